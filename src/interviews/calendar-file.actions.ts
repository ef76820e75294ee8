import type { Ctx } from "../identity/viewer.type";
import { calendarEntries } from "./calendar-entry.actions";
import type { CalendarEntry } from "./calendar-entry.rules";
import { calendarText } from "./calendar-text.actions";
import type { InterviewSession } from "./interview-session.entity";

/** The session as a file for calendar programs; null where it never had a time. Batched. */
export function calendarFile(ctx: Ctx, session: InterviewSession): Promise<string | null> {
  const loader = ctx.db.loader("InterviewSession.calendarFile", async (sessions: readonly InterviewSession[]) => {
    const entries = await calendarEntries(ctx, sessions);
    return entries.map((entry) => entry && calendarText({ method: methodOf(entry), entries: [entry] }));
  });
  return loader.load(session);
}

/** An invitation names who invites: where nobody does, the session is told without one. */
const methodOf = ({ takesPlace, organizer }: CalendarEntry) => {
  if (!takesPlace) return "CANCEL";
  return organizer ? "REQUEST" : "PUBLISH";
};
