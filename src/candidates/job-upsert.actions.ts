import type { Ctx } from "../identity/viewer.type";
import { visibleRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { announceAll } from "../platform/journal/announce";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { Job } from "./job.entity";
import { type JobItem, movedJobIds, planJobs } from "./job-upsert.rules";
import { type Upsertable, upsert } from "./upsert.actions";
import { alike, knownTo, type Sent } from "./upsert-write.actions";

const jobs: Upsertable<JobItem, Job, Pick<Job, "title" | "profileVersionId">> = {
  entity: Job,
  by: "jobId",
  field: "job",
  writes: { title: "text", profileVersionId: "uuid" },
  plan: async (tx, sent) => {
    const known = await knownTo(tx, jobs, sent);
    return planJobs(sent.items, {
      known,
      profileVersionIds: await profileVersionIds(tx, sent.items),
      decidedJobIds: await decidedJobIds(tx, movedJobIds(sent.items, known)),
    });
  },
  fresh: (given) => given,
  tell: async (tx, created, changed) => {
    await announceAll(tx, "job.created", created);
    for (const { rows, changes } of alike(changed)) await announceAll(tx, "job.updated", rows, changes);
  },
};

/** Those of the items that are there. */
async function profileVersionIds(tx: Tx, items: readonly JobItem[]): Promise<Set<string>> {
  const ids = new Set(items.flatMap(({ profileVersionId }) => profileVersionId ?? []));
  if (ids.size === 0) return ids;
  const found = await visibleRows(tx, RoleProfileVersion, (bind) => `t.id = any(${bind([...ids])})`);
  return new Set(found.map(({ id }) => id));
}

/** Holds the applications for the jobs as they are: their scores come of the job's profile. */
async function decidedJobIds(tx: Tx, jobIds: readonly string[]): Promise<Set<string>> {
  if (jobIds.length === 0) return new Set();
  const applications = await tx.all<{ jobId: string; status: string }>(
    `select job_id as "jobId", status from applications where job_id = any($1) order by id for share`,
    [jobIds],
  );
  return new Set(applications.filter(({ status }) => status !== "ACTIVE").map(({ jobId }) => jobId));
}

/** Opens and changes jobs as another system has them. */
export const upsertJobs = (ctx: Ctx, sent: Sent<JobItem>): Promise<object[]> => upsert(ctx, jobs, sent);
