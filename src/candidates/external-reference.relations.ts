import type { Viewer } from "../identity/viewer.rules";
import { many, noun } from "../platform/db/nouns";
import { Application } from "./application.entity";
import { Candidate } from "./candidate.entity";
import { maySeeEveryApplication, maySeeEveryCandidate } from "./candidate.policy";
import { ExternalReference } from "./external-reference.entity";
import { Job } from "./job.entity";

/**
 * Whoever sees an object sees what others call it, of those to whom the table of permissions shows any: they see every
 * job, and of candidates and applications all or none.
 */
export const externalReferences = noun(ExternalReference, {
  visible: (viewer: Viewer) =>
    [
      "t.job_id is not null",
      ...(maySeeEveryCandidate(viewer) ? ["t.candidate_id is not null"] : []),
      ...(maySeeEveryApplication(viewer) ? ["t.application_id is not null"] : []),
    ].join(" or "),
});

const description = "What other systems call it. Empty for interviewers and auditors.";

export const referencesOfCandidate = many(Candidate, "externalReferences", ExternalReference, {
  by: "candidateId",
  description,
});

export const referencesOfJob = many(Job, "externalReferences", ExternalReference, { by: "jobId", description });

export const referencesOfApplication = many(Application, "externalReferences", ExternalReference, {
  by: "applicationId",
  description,
});
