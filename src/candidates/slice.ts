import { defineSlice } from "../platform/slice";
import * as application from "./application.relations";
import { ApplicationResolver } from "./application.resolver";
import * as candidate from "./candidate.relations";
import { CandidateResolver } from "./candidate.resolver";
import { CandidatePrivacyResolver } from "./candidate-privacy.resolver";
import "./external-reference.type";
import * as externalReference from "./external-reference.relations";
import * as job from "./job.relations";
import { JobResolver } from "./job.resolver";
import { personalData } from "./personal-data.actions";
import { eraseOverdueCandidates } from "./retention.jobs";
import { UpsertResolver } from "./upsert.resolver";

export const candidates = defineSlice({
  name: "candidates",
  idTypes: { Candidate: 0x040, Job: 0x041, Application: 0x042, ExternalReference: 0x043 },
  declared: { ...candidate, ...job, ...application, ...externalReference },
  resolvers: [CandidateResolver, CandidatePrivacyResolver, JobResolver, ApplicationResolver, UpsertResolver],
  refusals: {
    DECIDED: "The application is decided: reopen the decision first.",
    REFERENCE_UNKNOWN: "An item names something that is not there: send that first, or mend the name.",
    ERASED: "The candidate's personal data was erased: no more is written about them.",
  },
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
  events: [
    "candidate.created",
    "candidate.updated",
    "candidate.exported",
    "candidate.erased",
    "job.created",
    "job.updated",
    "application.created",
    "application.updated",
    "application.settled",
  ],
  jobs: { "candidates.retain": eraseOverdueCandidates },
  personalData,
});
