import type { Fault } from "../platform/errors";
import { MILLISECONDS } from "../platform/time";
import { offsetMinutes, wallClock } from "./calendar-time.rules";

/** What a clock on the wall shows, such as 2026-03-29T02:30; in which zone is said elsewhere. */
export type LocalTime = string;

/** A time as people name it: an instant, or what the clocks of a zone show. */
export type NamedTime = Date | LocalTime;

const { minute: MINUTE, day: DAY } = MILLISECONDS;
const WRITTEN =
  /^(\d{4}-\d\d-\d\d)T(([01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;

/** The time that a text names: by RFC 3339 with an offset, seconds left out or not; without one as clocks show it. */
export function namedTime(text: string): NamedTime | null {
  const [, day, minute, , seconds = ":00", offset] = WRITTEN.exec(text.toUpperCase()) ?? [];
  if (!day || !isDay(day)) return null;
  const local = `${day}T${minute}${seconds}`;
  return offset ? new Date(`${local}${offset}`) : local;
}

/** Date takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** What the clocks of a zone show at an instant, to the minute. */
export function localTime(instant: Date, timeZone: string): LocalTime {
  const { yyyy, LL, dd, HH, mm } = wallClock(instant, timeZone);
  return `${yyyy}-${LL}-${dd}T${HH}:${mm}`;
}

/** Every instant at which the clocks of the zone show the time, in order: none where they skip it, two where it comes twice. */
export function instantsOf(local: LocalTime, timeZone: string): Date[] {
  const shown = Date.parse(`${local}Z`);
  // No zone is a day away from UTC, so that what its clocks are ahead by before and after is all that it can be.
  const offsets = new Set([-DAY, DAY].map((away) => offsetMinutes(new Date(shown + away), timeZone)));
  return [...offsets]
    .map((offset) => ({ offset, instant: new Date(shown - offset * MINUTE) }))
    .filter(({ offset, instant }) => offsetMinutes(instant, timeZone) === offset)
    .map(({ instant }) => instant)
    .sort((one, other) => one.getTime() - other.getTime());
}

interface Read {
  /** Null where the time names no instant, or two. */
  instant: Date | null;
  faults: Fault[];
}

/** The instant of a time in a zone, and what keeps it from being one. */
export function readTime(time: NamedTime, timeZone: string, field: string): Read {
  if (time instanceof Date) return { instant: time, faults: [] };
  const instants = instantsOf(time, timeZone);
  const [instant = null] = instants;
  if (instants.length === 1) return { instant, faults: [] };
  const message = instant ? twice(time, timeZone, instants) : never(time, timeZone);
  return { instant: null, faults: [{ code: "BAD_SCHEDULE", message, field: [field] }] };
}

function never(local: LocalTime, timeZone: string): string {
  const { from, to } = shiftAt(local, timeZone);
  return `${shortened(local)} does not exist in ${timeZone}: the clocks go forward from ${from} to ${to}. Name a time before or after.`;
}

function twice(local: LocalTime, timeZone: string, instants: readonly Date[]): string {
  const { from, to } = shiftAt(local, timeZone);
  const choices = instants.map((instant) => `${shortened(local)}${offsetText(offsetMinutes(instant, timeZone))}`);
  return `${shortened(local)} comes twice in ${timeZone}: the clocks go back from ${from} to ${to}. Say which you mean: ${choices.join(" or ")}.`;
}

const shortened = (local: LocalTime): string => local.replace(/:00(\.0+)?$/, "");

function offsetText(minutes: number): string {
  const digits = (value: number) => `${Math.floor(Math.abs(value))}`.padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${digits(minutes / 60)}:${digits(minutes % 60)}`;
}

/** What the clocks show when they are put forward or back, within a day of the time, and what they show then. */
function shiftAt(local: LocalTime, timeZone: string): { from: LocalTime; to: LocalTime } {
  const shown = Math.floor(Date.parse(`${local}Z`) / MINUTE) * MINUTE;
  const offsetAt = (milliseconds: number) => offsetMinutes(new Date(milliseconds), timeZone);
  let [before, after] = [shown - DAY, shown + DAY];
  const [first, last] = [offsetAt(before), offsetAt(after)];
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle) === first) before = middle;
    else after = middle;
  }
  const shownWith = (offset: number) => new Date(after + offset * MINUTE).toISOString().slice(0, 16);
  return { from: shownWith(first), to: shownWith(last) };
}
