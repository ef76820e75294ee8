import { Member } from "../identity/member.entity";
import { isMember, type Viewer } from "../identity/viewer.rules";
import { noun, one, pages } from "../platform/db/nouns";
import { CalendarAddress } from "./calendar-address.entity";

/** One's own. */
export const calendarAddresses = noun(CalendarAddress, {
  visible: (viewer: Viewer, bind) => (isMember(viewer) ? `t.member_id = ${bind(viewer.id)}` : "false"),
  descending: true,
});

export const memberOfCalendarAddress = one(CalendarAddress, "member", Member, {
  by: "memberId",
  always: true,
  description: "Whose sessions it tells.",
});

export const calendarAddressesOfMember = pages(Member, "calendarAddresses", CalendarAddress, {
  by: "memberId",
  description: "Your own calendar addresses, newest first; nobody else's.",
});
