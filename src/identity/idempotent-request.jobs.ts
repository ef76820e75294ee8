import { expireIdempotentRequests } from "../platform/idempotency";
import type { Job } from "../platform/jobs/job";

/** Every hour, off the full one. */
export const forgetOldKeys: Job = {
  at: "17 * * * *",
  run: ({ db, viewer }) => expireIdempotentRequests(db.database, viewer.organizationId),
};
