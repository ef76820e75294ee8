import { MILLISECONDS } from "../platform/time";

/** How many candidates are looked for at a time. */
export const BATCH = 50;

/** What last happened before this instant, happened more than `days` times 24 hours ago. */
export const retentionHorizon = (now: Date, days: number): Date => new Date(now.getTime() - days * MILLISECONDS.day);

export interface LastHappened {
  /** Of everything about the candidate; later than now where something is to come. */
  at: Date;
  /** Whether an application waits for its decision. */
  undecided: boolean;
}

/** Whether a candidate is kept no longer: nothing waits to be decided, and the last that happened lies before the horizon. */
export const isOverdue = ({ at, undecided }: LastHappened, horizon: Date): boolean => !undecided && at < horizon;
