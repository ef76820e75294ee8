import type { Guest, Person } from "./calendar-person.rules";
import { inWords } from "./calendar-time.rules";
import type { SessionState } from "./interview-session.rules";
import type { Seat } from "./panelist.rules";

interface Slot {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string | null;
  place: string | null;
}

interface Session extends Slot {
  id: string;
  state: SessionState;
  calendarSequence: number;
  updatedAt: Date;
}

/** What else an entry tells. */
interface Facts {
  /** The times that the session was given, the first one first. */
  history: readonly Slot[];
  planner: Person | null;
  panel: readonly Guest[];
  /** Null where the viewer does not see the candidate. */
  candidate: { name: string; jobTitle: string } | null;
}

/** What a calendar shows of a session. */
export interface CalendarEntry {
  /** The same in every file and for ever. */
  uid: string;
  sequence: number;
  changedAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** IANA name. */
  timeZone: string;
  summary: string;
  description: string;
  place: string | null;
  /** False for one that was called off, is held, or waits for another time. */
  takesPlace: boolean;
  organizer: Person | null;
  guests: readonly Guest[];
}

/** What is written before the name of a session that does not take place: not every program heeds its status. */
const NOT_TAKING_PLACE: Readonly<Partial<Record<SessionState, string>>> = {
  NEEDS_SCHEDULING: "To be rescheduled: ",
  ON_HOLD: "On hold: ",
  CANCELLED: "Cancelled: ",
  NO_SHOW: "No-show: ",
};

const SEATS: Readonly<Record<Seat, string>> = { LEAD: " (lead)", INTERVIEWER: "", SHADOW: " (shadow)" };

/** The session as a calendar shows it, with the last time that it had; null where it never had one. */
export function calendarEntry(session: Session, { history, planner, panel, candidate }: Facts): CalendarEntry | null {
  const slot = [...history, session].findLast(({ startsAt, endsAt }) => startsAt && endsAt);
  if (!slot) return null;
  const span = { startsAt: slot.startsAt!, endsAt: slot.endsAt!, timeZone: slot.timeZone ?? "UTC" };
  const off = NOT_TAKING_PLACE[session.state];
  const about = candidate ? `: ${candidate.name}, ${candidate.jobTitle}` : "";
  return {
    uid: `${session.id}@assay`,
    sequence: session.calendarSequence,
    changedAt: session.updatedAt,
    ...span,
    summary: `${off ?? ""}Interview${about}`,
    description: `${inWords(span)}\n\nPanel: ${panel.map(({ name, seat }) => `${name}${SEATS[seat]}`).join(", ")}`,
    place: slot.place,
    takesPlace: off === undefined,
    organizer: planner,
    guests: panel,
  };
}

/** The place as a link, where it is nothing else; null where it is a room. Commas and semicolons part values in a calendar. */
export function linkOf(place: string | null): string | null {
  if (!/^https?:\/\/\S+$/i.test(place ?? "") || !URL.canParse(place!)) return null;
  return new URL(place!).href.replace(/[,;\\]/g, (character) => encodeURIComponent(character));
}
