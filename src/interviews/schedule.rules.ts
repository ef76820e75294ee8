import { canonicalTimeZone } from "../identity/time-zone.rules";
import type { Fault } from "../platform/errors";
import { MILLISECONDS } from "../platform/time";
import { isCalledOff, type SessionState } from "./interview-session.rules";
import { type NamedTime, readTime } from "./local-time.rules";

export interface SlotWish {
  startsAt?: NamedTime | null | undefined;
  endsAt?: NamedTime | null | undefined;
  timeZone?: string | null | undefined;
}

export interface Slot {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string | null;
}

const LONGEST_HOURS = 24;
const [EARLIEST_YEAR, LATEST_YEAR] = [2000, 2100];

const fault = (message: string, field: string): Fault => ({ code: "BAD_SCHEDULE", message, field: [field] });

/** The slot that is wished for, and all that is wrong with it: it needs start, end and zone together, in order. */
export function readSlot({ startsAt, endsAt, timeZone }: SlotWish): { slot: Slot; faults: Fault[] } {
  const zone = timeZone ? canonicalTimeZone(timeZone) : null;
  if (!startsAt && !endsAt && !timeZone) return { slot: { startsAt: null, endsAt: null, timeZone: null }, faults: [] };
  // Where the zone is not known, the order of two clock times can still be told.
  const read = (time: NamedTime | null | undefined, field: string, missing: string) =>
    time ? readTime(time, zone ?? "UTC", field) : { instant: null, faults: [fault(missing, field)] };
  const start = read(
    startsAt,
    "startsAt",
    "A slot has a start: send `startsAt`, or leave `endsAt` and `timeZone` out too.",
  );
  const end = read(endsAt, "endsAt", "A slot has an end: send `endsAt`, or leave `startsAt` and `timeZone` out too.");
  const slot = { startsAt: start.instant, endsAt: end.instant, timeZone: zone };
  const wantsZone = [startsAt, endsAt].some((time) => typeof time === "string");
  return {
    slot,
    faults: [...start.faults, ...end.faults, ...spanFaults(slot), ...(zone ? [] : [zoneFault(timeZone, wantsZone)])],
  };
}

function spanFaults({ startsAt, endsAt }: Slot): Fault[] {
  const faults: Fault[] = [];
  if (startsAt && endsAt && endsAt <= startsAt) faults.push(fault("The session ends after it starts.", "endsAt"));
  if (startsAt && endsAt && endsAt.getTime() - startsAt.getTime() > LONGEST_HOURS * MILLISECONDS.hour) {
    faults.push(fault(`A session lasts at most ${LONGEST_HOURS} hours.`, "endsAt"));
  }
  const year = startsAt?.getUTCFullYear() ?? EARLIEST_YEAR;
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
    faults.push(fault(`The session starts between ${EARLIEST_YEAR} and ${LATEST_YEAR}.`, "startsAt"));
  }
  return faults;
}

function zoneFault(given: string | null | undefined, wantsZone: boolean): Fault {
  const wanted = "`timeZone` is an IANA name such as Europe/Zurich, in its own capitals, or UTC";
  if (given) return fault(`There is no time zone ${JSON.stringify(given)}: ${wanted}.`, "timeZone");
  const why = wantsZone
    ? "A time without an offset means nothing without a zone"
    : "Say in which zone people read the times";
  return fault(`${why}: ${wanted}.`, "timeZone");
}

interface Scheduled {
  state: SessionState;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string | null;
  place: string | null;
}

const IDLE: readonly SessionState[] = ["NEEDS_SCHEDULING", "ON_HOLD", "CANCELLED", "NO_SHOW"];

/** Whether a session takes its time of somebody: one that is held or called off keeps it, and takes none. */
export const takesTime = <S extends Pick<Scheduled, "state" | "startsAt" | "endsAt">>(
  session: S,
): session is S & { startsAt: Date; endsAt: Date } =>
  session.startsAt !== null && session.endsAt !== null && !IDLE.includes(session.state);

const timeOf = (session: Scheduled): string =>
  takesTime(session) ? `${session.startsAt.getTime()} ${session.endsAt.getTime()}` : "none";

/** Whether people have to keep another time for the session, or none any more. */
export const isTimeChanged = (before: Scheduled, after: Scheduled): boolean => timeOf(before) !== timeOf(after);

/** Whether a calendar shows the session in another way: its time, its place, that it was held or called off. */
export function isShownAnew(before: Scheduled, after: Scheduled): boolean {
  if (isTimeChanged(before, after)) return true;
  if (takesTime(after)) return before.timeZone !== after.timeZone || before.place !== after.place;
  return before.state !== after.state;
}

/** Whether the panel's answers are void: there is another time to answer to. Of what was called off they stay. */
export const isAskedAnew = (before: Scheduled, after: Scheduled): boolean =>
  isTimeChanged(before, after) && !isCalledOff(after.state);

/** Who has kept a time free wants to know why it is another one. */
export function reasonFaults(before: Scheduled, after: Scheduled, reason: string | null): Fault[] {
  if (reason !== null || !takesTime(before) || !takesTime(after) || !isTimeChanged(before, after)) return [];
  const message = "The session has a time: say in `reason` why it gets another one.";
  return [{ code: "REASON_MISSING", message, field: ["reason"] }];
}
