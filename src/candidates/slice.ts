import { defineSlice } from "../platform/slice";
import * as application from "./application.relations";
import { ApplicationResolver } from "./application.resolver";
import * as candidate from "./candidate.relations";
import { CandidateResolver } from "./candidate.resolver";
import * as job from "./job.relations";
import { JobResolver } from "./job.resolver";

export const candidates = defineSlice({
  name: "candidates",
  idTypes: { Candidate: 0x040, Job: 0x041, Application: 0x042 },
  declared: { ...candidate, ...job, ...application },
  resolvers: [CandidateResolver, JobResolver, ApplicationResolver],
  refusals: { DECIDED: "The application is decided: reopen the decision first." },
  conflicts: {
    uq_candidates_organization_id_email: {
      field: ["email"],
      message: "A candidate with this e-mail is already there.",
    },
    uq_applications_organization_id_candidate_id_job_id: {
      field: ["candidateId"],
      message: "The candidate has applied for this job already.",
    },
  },
  events: ["candidate.created", "candidate.updated", "job.created", "application.created", "application.settled"],
});
