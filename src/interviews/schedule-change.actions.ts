import { isMember, type Viewer } from "../identity/viewer.rules";
import type { Tx } from "../platform/db/tx";
import { book } from "./booking.actions";
import type { FieldOf, People } from "./booking.rules";
import type { InterviewSession } from "./interview-session.entity";
import { ScheduleChange } from "./schedule.entity";
import { isAskedAnew, isShownAnew, isTimeChanged, takesTime } from "./schedule.rules";

interface Change {
  people: People;
  /** Null where none was given. */
  reason: string | null;
  /** Where to tell that somebody is taken. */
  fieldOf: FieldOf;
}

/**
 * Brings everything that follows from a session's time in line with the session as it is to be: history, bookings, the
 * panel's answers, the calendar's number, with which it is returned. The session must have been claimed.
 * @throws Refusal SLOT_TAKEN
 */
export async function reschedule(
  tx: Tx<Viewer>,
  session: InterviewSession,
  next: InterviewSession,
  { people, reason, fieldOf }: Change,
): Promise<InterviewSession> {
  const isNew = isShownAnew(session, next);
  if (isAskedAnew(session, next)) await askPanelAnew(tx, next);
  if (isTimeChanged(session, next)) await book(tx, next, people, fieldOf);
  if (isNew || reason !== null) await noteSchedule(tx, next, reason);
  return isNew ? { ...next, calendarSequence: session.calendarSequence + 1 } : next;
}

/** Writes down the time that the session takes from now on, or that it takes none, and why. */
export async function noteSchedule(
  tx: Tx<Viewer>,
  session: InterviewSession,
  reason: string | null = null,
): Promise<void> {
  const { startsAt, endsAt, timeZone, place } = session;
  const slot = takesTime(session)
    ? { startsAt, endsAt, timeZone, place }
    : { startsAt: null, endsAt: null, timeZone: null, place: null };
  const changedById = isMember(tx.viewer) ? tx.viewer.id : null;
  await tx.insert(ScheduleChange, { ...slot, sessionId: session.id, changedById, reason });
}

const askPanelAnew = (tx: Tx, { id }: InterviewSession): Promise<unknown> =>
  tx.all(
    `update panelists
     set response = 'PENDING', responded_at = null, response_note = null, version = version + 1, updated_at = $2
     where session_id = $1 and response <> 'PENDING'`,
    [id, tx.occasion.now],
  );
