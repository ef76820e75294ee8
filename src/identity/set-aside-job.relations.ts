import { everyone, noun } from "../platform/db/nouns";
import { SetAsideJob } from "../platform/jobs/set-aside-job.entity";

/** For those who are ADMIN, see the table of permissions. */
export const setAsideJobs = noun(SetAsideJob, { visible: everyone, descending: true });
