import type { Viewer } from "../identity/viewer.rules";
import { noun, one, pages } from "../platform/db/nouns";
import { Application } from "./application.entity";
import { Candidate } from "./candidate.entity";
import { maySeeEveryApplication } from "./candidate.policy";
import { Job } from "./job.entity";

export const applications = noun(Application, {
  visible: (viewer: Viewer) => `${maySeeEveryApplication(viewer)}`,
  descending: true,
});

export const candidateOfApplication = one(Application, "candidate", Candidate, {
  by: "candidateId",
  description: "Who applies; null for an auditor who does not interview them.",
});

export const jobOfApplication = one(Application, "job", Job, {
  by: "jobId",
  always: true,
  description: "What the candidate applies for.",
});

export const applicationsOfCandidate = pages(Candidate, "applications", Application, {
  by: "candidateId",
  description: "What the candidate applied for, newest first.",
});

export const applicationsOfJob = pages(Job, "applications", Application, {
  by: "jobId",
  description: "Who applied, newest first.",
});
