import { periodFaults } from "../identity/period.rules";
import type { Fault } from "../platform/errors";
import type { Recommendation, ScorecardState } from "./scorecard.rules";

export type ScorecardOrder = "NEWEST" | "SUBMITTED_LAST";

/** What is asked of a scorecard. Whatever is null, left out or empty asks for nothing. */
export interface ScorecardWishes {
  states?: readonly ScorecardState[] | null;
  sessionId?: string | null;
  applicationId?: string | null;
  candidateId?: string | null;
  jobId?: string | null;
  interviewerId?: string | null;
  skillId?: string | null;
  recommendations?: readonly Recommendation[] | null;
  submittedFrom?: Date | null;
  submittedUntil?: Date | null;
  overdue?: boolean | null;
}

/** What keeps the wishes from ever being fulfilled. */
export const scorecardWishFaults = (wishes: ScorecardWishes): Fault[] =>
  periodFaults(wishes, "submittedFrom", "submittedUntil");
