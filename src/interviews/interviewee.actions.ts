import { Application } from "../candidates/application.entity";
import { candidateOfApplication, jobOfApplication } from "../candidates/application.relations";
import type { Candidate } from "../candidates/candidate.entity";
import type { Job } from "../candidates/job.entity";
import type { Ctx } from "../identity/viewer.type";
import { byId, target } from "../platform/db/loaders";

export interface Interviewee {
  name: string;
  jobTitle: string;
}

/** Whom an application is of, as mails name them; null where the reader does not see them. */
export async function interviewee(
  { db }: Ctx,
  { applicationId }: { applicationId: string },
): Promise<Interviewee | null> {
  const application = await byId(db, Application, applicationId);
  if (!application) return null;
  const candidate = (await target(db, candidateOfApplication, application)) as Candidate | null;
  const job = (await target(db, jobOfApplication, application)) as Job;
  return candidate && { name: candidate.name, jobTitle: job.title };
}
