import type { Job } from "../platform/jobs/job";
import { retainCandidates } from "./retention.actions";

/** At night in Europe, and off the full hour. */
export const eraseOverdueCandidates: Job = { at: "41 2 * * *", run: retainCandidates };
