import type { Fault } from "../platform/errors";
import { localTime } from "./local-time.rules";
import { takesTime } from "./schedule.rules";

type Session = Parameters<typeof takesTime>[0] & { id: string };

/** Whose time a session takes. */
export interface People {
  candidateId: string;
  memberIds: readonly string[];
}

/** The bookings of a session: one of each of its people, or none where it takes no time. */
export function bookingsOf(session: Session, { candidateId, memberIds }: People) {
  if (!takesTime(session)) return [];
  const { id: sessionId, startsAt, endsAt } = session;
  const slot = { sessionId, startsAt, endsAt };
  return [
    ...memberIds.map((memberId) => ({ ...slot, memberId, candidateId: null })),
    { ...slot, memberId: null, candidateId },
  ];
}

/** What stands in the way of a session. */
export interface Taken {
  /** Null for the candidate. */
  memberId: string | null;
  /** The member's; null for the candidate. */
  name: string | null;
  startsAt: Date;
  endsAt: Date;
  /** The session that takes the time. */
  sessionId: string;
}

/** Path of the input field that names somebody; null where none does. The candidate's member id is null. */
export type FieldOf = (memberId: string | null) => readonly string[] | null;

interface Telling {
  /** In which the times are told. */
  timeZone: string;
  /** Ids of the sessions that whoever asks may see. */
  visible: ReadonlySet<string>;
  fieldOf: FieldOf;
}

/** Somebody cannot come: who, from when to when, and by which session where that may be known. */
export function takenFault(
  { memberId, name, startsAt, endsAt, sessionId }: Taken,
  { timeZone, visible, fieldOf }: Telling,
): Fault {
  const span = `from ${localTime(startsAt, timeZone)} to ${localTime(endsAt, timeZone)} (${timeZone})`;
  const by = visible.has(sessionId) ? `the session ${sessionId}` : "another session";
  const message = `${name ?? "The candidate"} is taken ${span} by ${by}: take another time${name ? " or somebody else" : ""}.`;
  return { code: "SLOT_TAKEN", message, field: fieldOf(memberId) };
}
