import { periodFaults } from "../identity/period.rules";
import type { Fault } from "../platform/errors";
import type { SessionState } from "./interview-session.rules";

export type SessionOrder = "NEWEST" | "STARTS_FIRST" | "STARTS_LAST";

/** What is asked of a session. Whatever is null, left out or empty asks for nothing. */
export interface SessionWishes {
  states?: readonly SessionState[] | null;
  applicationId?: string | null;
  candidateId?: string | null;
  jobId?: string | null;
  interviewerId?: string | null;
  skillId?: string | null;
  startsFrom?: Date | null;
  startsUntil?: Date | null;
  overdue?: boolean | null;
}

/** What keeps the wishes from ever being fulfilled. */
export const sessionWishFaults = (wishes: SessionWishes): Fault[] => periodFaults(wishes, "startsFrom", "startsUntil");
