import type { Fault } from "../platform/errors";
import { MILLISECONDS } from "../platform/time";
import { type DeliveryState, DONE } from "./webhook-delivery.rules";

/** Deliveries that one replay sends again. */
export const MOST_REPLAYED = 10_000;
/** The log is kept for 30 days: whoever asks for more has mistaken a date. */
const LONGEST_DAYS = 31;

interface Period {
  from: Date;
  until: Date;
}

/** What keeps the period from holding anything, or has it hold more than there can be. */
export function replayFaults({ from, until }: Period): Fault[] {
  const at = (message: string): Fault[] => [{ code: "BAD_INPUT", message, field: ["until"] }];
  if (until <= from) return at("`until` is not after `from`, so that nothing lies between: swap them.");
  if (until.getTime() - from.getTime() <= LONGEST_DAYS * MILLISECONDS.day) return [];
  return at(`\`until\` is more than ${LONGEST_DAYS} days after \`from\`: deliveries are kept for 30 days.`);
}

/** Deliveries that a replay takes. */
export const replayedStates = (onlyFailed: boolean): readonly DeliveryState[] => (onlyFailed ? ["FAILED"] : DONE);
