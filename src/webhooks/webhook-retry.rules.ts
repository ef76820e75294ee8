/** When something is tried again, and for how long an endpoint is left alone. */
import { MILLISECONDS } from "../platform/time";

const { minute, hour, day } = MILLISECONDS;

/** After each failed try, as Standard Webhooks has them: 10 tries over three days. */
const RETRIES = [
  5000,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;
const JITTER = 0.1;

export const MOST_TRIES = RETRIES.length + 1;

/** Milliseconds until the next try once `tries` have failed; null after the last. `chance`: 0 to 1, so that not all come back at once. */
export function retryMilliseconds(tries: number, chance: number): number | null {
  const retry = RETRIES[tries - 1];
  return retry === undefined ? null : Math.round(retry * (1 + JITTER * chance));
}

const LONGEST_WISH = day;

/** What `Retry-After` asks for, in seconds or as an HTTP date, at most a day; 0 where it is nothing of both. @see RFC 9110 section 10.2.3 */
export function wishedMilliseconds(retryAfter: string | undefined, now: Date): number {
  const text = retryAfter?.trim() ?? "";
  const wish = /^\d+$/.test(text) ? Number(text) * 1000 : isHttpDate(text) ? Date.parse(text) - now.getTime() : 0;
  return Math.min(LONGEST_WISH, Math.max(0, wish));
}

/** Sun, 06 Nov 1994 08:49:37 GMT. The two older forms are sent by nobody. */
const isHttpDate = (text: string): boolean =>
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text) && !Number.isNaN(Date.parse(text));

const SHORTEST_REST = 1000;
const LONGEST_REST = minute;

/** How long an endpoint is left alone that has failed for so long: as long again, so that rests double; 1 s to 1 min. */
export const restMilliseconds = (failingMilliseconds: number): number =>
  Math.min(LONGEST_REST, Math.max(SHORTEST_REST, failingMilliseconds));

/** Without any success for so long, an endpoint is given up. */
export const GIVEN_UP_AFTER = 5 * day;
