import { MILLISECONDS } from "../platform/time";

/** A scorecard that somebody owes. */
export interface OwedScorecard {
  panelistId: string;
  sessionId: string;
  /** End of the session; null where it has begun without a time. */
  dueAt: Date | null;
}

/** Whole minutes since it was due; 0 where it is not yet, or never. */
export const minutesLate = ({ dueAt }: Pick<OwedScorecard, "dueAt">, now: Date): number =>
  dueAt ? Math.max(0, Math.floor((now.getTime() - dueAt.getTime()) / MILLISECONDS.minute)) : 0;
