import { Member } from "../identity/member.entity";
import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import type { Bind } from "../platform/db/nouns";
import { allRows } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { newSecretLink } from "../platform/secret-link";
import { CalendarAddress } from "./calendar-address.entity";
import type { CreateCalendarAddressInput, RevokeCalendarAddressInput } from "./calendar-address.input";
import type { NewCalendarAddressType } from "./calendar-address.type";

/** Of one member, that work. */
const MOST_ADDRESSES = 10;

/** Where the calendar behind a link is read. */
export const calendarPath = <T extends string>(token: T): `/calendar/${T}.ics` => `/calendar/${token}.ics`;

/** Makes an address for the viewer's own calendar. @throws Refusal FORBIDDEN | TOO_MANY_ADDRESSES */
export function createCalendarAddress(
  ctx: Ctx,
  { label }: CreateCalendarAddressInput,
): Promise<NewCalendarAddressType> {
  const { viewer } = ctx;
  if (!isMember(viewer)) return refuse("FORBIDDEN", "You may not have a calendar address: members have.");
  return ctx.db.transaction(async (tx) => {
    // One at a time, so that the count holds.
    await tx.claim(Member, viewer.id);
    const working = (bind: Bind) => `t.member_id = ${bind(viewer.id)} and t.revoked_at is null`;
    if ((await allRows(tx, CalendarAddress, working)).length >= MOST_ADDRESSES) {
      refuse("TOO_MANY_ADDRESSES", `You have ${MOST_ADDRESSES} that work: revoke one that nobody reads any more.`);
    }
    const id = newId("CalendarAddress");
    const { token, secretHash } = newSecretLink(viewer.organizationId, id);
    const fresh = { id, memberId: viewer.id, label, secretHash, revokedAt: null };
    const calendarAddress = await tx.insert(CalendarAddress, fresh);
    await announce(tx, "calendar_address.created", calendarAddress);
    return { path: calendarPath(token), calendarAddress };
  });
}

/** Closes an address of the viewer's own; one that is closed stays so. @throws Refusal NOT_FOUND */
export function revokeCalendarAddress(ctx: Ctx, { id }: RevokeCalendarAddressInput): Promise<CalendarAddress> {
  return ctx.db.transaction(async (tx) => {
    const address = await tx.claim(CalendarAddress, id);
    if (address.revokedAt) return address;
    await announce(tx, "calendar_address.revoked", address, ["revokedAt"]);
    return tx.change(address, { revokedAt: ctx.now });
  });
}
