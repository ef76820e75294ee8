import { MILLISECONDS } from "../platform/time";

/** When interviews begin, in UTC. */
const HOURS = [7, 9, 12, 14] as const;

export interface DemoSlot {
  startsAt: Date;
  endsAt: Date;
}

const hourFrom = (startsAt: number): DemoSlot => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(startsAt + MILLISECONDS.hour),
});

const isWorkday = (day: number): boolean => ![0, 6].includes(new Date(day).getUTCDay());

/** The nth hour of interviews on working days before today (`back` -1) or after it (1); never the same twice. */
export function demoSlot(now: Date, n: number, back: 1 | -1): DemoSlot {
  let day = Math.floor(now.getTime() / MILLISECONDS.day) * MILLISECONDS.day;
  for (let left = Math.floor(n / HOURS.length) + 1; left > 0; ) {
    day += back * MILLISECONDS.day;
    if (isWorkday(day)) left--;
  }
  return hourFrom(day + HOURS[n % HOURS.length]! * MILLISECONDS.hour);
}

const QUARTER_MILLISECONDS = MILLISECONDS.hour / 4;

/** The hour that began a while ago, at the last quarter. */
export const demoSlotNow = (now: Date): DemoSlot =>
  hourFrom(Math.floor(now.getTime() / QUARTER_MILLISECONDS) * QUARTER_MILLISECONDS - QUARTER_MILLISECONDS);

export const hoursAfter = (date: Date, hours: number): Date => new Date(date.getTime() + hours * MILLISECONDS.hour);
