import type { ApplicationStatus } from "../candidates/application.rules";
import type { SyncWishes } from "../candidates/sync.rules";
import { periodFaults } from "../identity/period.rules";
import type { Fault } from "../platform/errors";

export type ApplicationOrder = "NEWEST" | "OLDEST" | "UPDATED_FIRST";

/** What is asked of an application. Whatever is null, left out or empty asks for nothing. */
export interface ApplicationWishes extends SyncWishes {
  statuses?: readonly ApplicationStatus[] | null;
  jobId?: string | null;
  candidateId?: string | null;
  interviewerId?: string | null;
  skillId?: string | null;
  appliedFrom?: Date | null;
  appliedUntil?: Date | null;
  overdue?: boolean | null;
}

/** What keeps the wishes from ever being fulfilled. */
export const applicationWishFaults = (wishes: ApplicationWishes): Fault[] =>
  periodFaults(wishes, "appliedFrom", "appliedUntil");
