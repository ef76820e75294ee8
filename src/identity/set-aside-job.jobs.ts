import type { Job } from "../platform/jobs/job";
import { requeue } from "./set-aside-job.actions";

export const retrySetAsideJob: Job = { on: ["job.retried"], run: requeue };
