import type { Ctx } from "../identity/viewer.type";
import { announce } from "../platform/journal/announce";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { Job } from "./job.entity";
import type { CreateJobInput } from "./job.input";

/** Opens a job. @throws Refusal FORBIDDEN | NOT_FOUND */
export function createJob(ctx: Ctx, { title, profileVersionId }: CreateJobInput): Promise<Job> {
  return ctx.db.transaction(async (tx) => {
    await tx.find(RoleProfileVersion, profileVersionId, "profileVersionId");
    const job = await tx.insert(Job, { title, profileVersionId });
    await announce(tx, "job.created", job);
    return job;
  });
}
