import { MILLISECONDS } from "../platform/time";

/** What a clock on the wall shows; the names are those of a date pattern. */
export type WallClock = Readonly<Record<"yyyy" | "LL" | "dd" | "HH" | "mm" | "ss", string>>;

const { minute: MINUTE } = MILLISECONDS;

/** Zones whose formats are kept: making one costs more than a hundred readings, and each takes its memory. */
const MOST_KEPT = 50;
const kept = new Map<string, ReturnType<typeof newFormats>>();

function formatsOf(timeZone: string) {
  const known = kept.get(timeZone);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = newFormats(timeZone);
  kept.set(timeZone, made);
  return made;
}

function newFormats(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const digits = "2-digit";
  const shown = { hour: digits, minute: digits } as const;
  return {
    clock: format({ year: "numeric", month: digits, day: digits, ...shown, second: digits, hourCycle: "h23" }),
    date: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    time: format({ ...shown, timeZoneName: "shortOffset" }),
    zone: format({ timeZoneName: "long" }),
  };
}

/** What the clocks of a zone show at an instant. */
export function wallClock(instant: Date, timeZone: string): WallClock {
  const parts = formatsOf(timeZone).clock.formatToParts(instant);
  const part = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)!.value;
  return {
    yyyy: part("year"),
    LL: part("month"),
    dd: part("day"),
    HH: part("hour"),
    mm: part("minute"),
    ss: part("second"),
  };
}

/** How far the clocks of a zone are ahead of UTC. */
export function offsetMinutes(instant: Date, timeZone: string): number {
  const { yyyy, LL, dd, HH, mm } = wallClock(instant, timeZone);
  const shown = Date.UTC(+yyyy, +LL - 1, +dd, +HH, +mm) / MINUTE;
  return shown - Math.floor(instant.getTime() / MINUTE);
}

interface Span {
  startsAt: Date;
  endsAt: Date;
  /** IANA name. */
  timeZone: string;
}

/** From when to when, as people in the zone say it, and the zone: for those whose calendar shows another. */
export function inWords({ startsAt, endsAt, timeZone }: Span): string {
  const { date, time, zone } = formatsOf(timeZone);
  const moment = (instant: Date) => `${date.format(instant)}, ${time.format(instant)}`;
  const sameDay = date.format(startsAt) === date.format(endsAt);
  const name = zone.formatToParts(startsAt).find(({ type }) => type === "timeZoneName")!.value;
  return `${moment(startsAt)} to ${sameDay ? time.format(endsAt) : moment(endsAt)}\n${timeZone} (${name})`;
}
