import type { Ctx } from "../identity/viewer.type";
import { must } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Application } from "./application.entity";
import type { CreateApplicationInput } from "./application.input";
import { Candidate } from "./candidate.entity";
import { mayKeepCandidates } from "./candidate.policy";
import { Job } from "./job.entity";

/** Enters a candidate for a job. @throws Refusal FORBIDDEN | NOT_FOUND | ALREADY_EXISTS */
export function createApplication(ctx: Ctx, { candidateId, jobId }: CreateApplicationInput): Promise<Application> {
  must(mayKeepCandidates(ctx.viewer), "enter candidates for jobs");
  return ctx.db.transaction(async (tx) => {
    await tx.find(Candidate, candidateId, "candidateId");
    await tx.find(Job, jobId, "jobId");
    const application = await tx.insert(Application, { candidateId, jobId });
    await announce(tx, "application.created", application);
    return application;
  });
}
