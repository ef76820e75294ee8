import { localTime } from "../interviews/local-time.rules";
import { MILLISECONDS } from "../platform/time";

const { hour: HOUR, day: DAY } = MILLISECONDS;

/** How often somebody is reminded of one scorecard. */
export const MOST_REMINDERS = 5;

/** What has been owed for longer is nobody's news, such as what was owed before there were reminders. */
export const LAST_AFTER_DAYS = 14;

/** Of the clocks where the panellist lives: nobody is reminded from the one to the other. */
const [QUIET_FROM, QUIET_UNTIL] = ["20:00", "08:00"];

export interface Owed {
  /** End of the session. */
  endedAt: Date;
  /** When they were reminded already; before the end it was of another time that the session had. */
  remindedAt: readonly Date[];
  /** IANA name. */
  timeZone: string;
}

/** Whether a panellist is to be reminded now: an hour after the end, then a day after the last time, and not at night. */
export function reminderDue({ endedAt, remindedAt, timeZone }: Owed, now: Date): boolean {
  const ended = endedAt.getTime();
  const reminded = remindedAt.map((instant) => instant.getTime()).filter((instant) => instant >= ended);
  if (reminded.length >= MOST_REMINDERS || now.getTime() > ended + LAST_AFTER_DAYS * DAY) return false;
  const from = reminded.length > 0 ? Math.max(...reminded) + DAY : ended + HOUR;
  return now.getTime() >= from && !isQuiet(now, timeZone);
}

function isQuiet(now: Date, timeZone: string): boolean {
  const clock = localTime(now, timeZone).slice(-"08:00".length);
  return clock >= QUIET_FROM! || clock < QUIET_UNTIL!;
}
