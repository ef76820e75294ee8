import { contextBehind } from "../identity/secret-link.actions";
import type { Ctx } from "../identity/viewer.type";
import type { Database } from "../platform/db/database";
import type { Bind } from "../platform/db/nouns";
import { allRows, organizationReader, visibleRows } from "../platform/db/reader";
import type { LinkedDocument } from "../platform/http/linked-documents";
import type { SecretLink } from "../platform/secret-link";
import { MILLISECONDS } from "../platform/time";
import { calendarPath } from "./calendar-address.actions";
import { CalendarAddress } from "./calendar-address.entity";
import { calendarEntries } from "./calendar-entry.actions";
import { calendarText } from "./calendar-text.actions";
import { InterviewSession } from "./interview-session.entity";

const DAYS_BACK = 90;
const HOUR_SECONDS = 3600;

/** The calendar behind a calendar address. */
export const calendarFeed: LinkedDocument = {
  path: calendarPath(":token"),
  type: "text/calendar; charset=utf-8",
  contentSecurityPolicy: "default-src 'none'",
  fileName: "interviews.ics",
  kept: true,
  cost: 20,
  read: async (database, link, requestId) => {
    const address = await workingAddress(database, link);
    const opened = address && (await contextBehind(database, link, address, requestId));
    return opened && memberCalendar(opened.ctx, opened.member.name);
  },
};

/** What the link names; null where there is none, or it was revoked. */
async function workingAddress(database: Database, { organizationId, id }: SecretLink): Promise<CalendarAddress | null> {
  const reader = organizationReader(database, organizationId);
  const [address] = await allRows(reader, CalendarAddress, (bind) => `t.id = ${bind(id)} and t.revoked_at is null`);
  return address ?? null;
}

/** The sessions on whose panel the viewer sits: a seat that was given away takes its session out of the calendar. */
async function memberCalendar(ctx: Ctx, name: string): Promise<string> {
  const sessions = await visibleRows(ctx.db, InterviewSession, (bind) => recentSeats(ctx, bind), "order by t.id");
  const entries = await calendarEntries(ctx, sessions);
  return calendarText({
    method: "PUBLISH",
    name: `Interviews of ${name}`,
    refreshSeconds: HOUR_SECONDS,
    entries: entries.filter((entry) => entry !== null),
  });
}

/** Sessions of the viewer's seats that end, or would have ended, within the time that the calendar tells. */
function recentSeats({ viewer, now }: Ctx, bind: Bind): string {
  const seats = `array(select p.session_id from panelists p where p.member_id = ${bind(viewer.id)})`;
  const since = bind(new Date(now.getTime() - DAYS_BACK * MILLISECONDS.day));
  const lost = `array(select c.session_id from schedule_changes c where c.session_id = any(${seats}) and c.ends_at >= ${since})`;
  return `t.id = any(${seats}) and (t.ends_at >= ${since} or (t.ends_at is null and t.id = any(${lost})))`;
}
