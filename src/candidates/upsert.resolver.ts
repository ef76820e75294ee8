import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload } from "../platform/graphql/payload";
import { ApplicationType } from "./application.type";
import { upsertApplications } from "./application-upsert.actions";
import { CandidateType } from "./candidate.type";
import { upsertCandidates } from "./candidate-upsert.actions";
import { JobType } from "./job.type";
import { upsertJobs } from "./job-upsert.actions";
import { UpsertApplicationsInput, UpsertCandidatesInput, UpsertJobsInput } from "./upsert.input";
import { MOST_ITEMS } from "./upsert.rules";
import { upsertPayloadOf } from "./upsert.type";

const UpsertCandidatesPayload = upsertPayloadOf("Candidate", () => CandidateType);
const UpsertJobsPayload = upsertPayloadOf("Job", () => JobType);
const UpsertApplicationsPayload = upsertPayloadOf("Application", () => ApplicationType);

/** Of a call with as many items as it may have. */
const complexity = MOST_ITEMS;

@Resolver()
export class UpsertResolver {
  @Mutation(() => UpsertCandidatesPayload, {
    description:
      "Adds and changes candidates as another system has them. Whom it did not know yet is found by e-mail. The same call again changes nothing.",
    complexity,
  })
  upsertCandidates(@Context() ctx: Ctx, @Input(() => UpsertCandidatesInput) input: UpsertCandidatesInput) {
    return payload(ctx, "results", input, upsertCandidates);
  }

  @Mutation(() => UpsertJobsPayload, {
    description: "Opens and changes jobs as another system has them. The same call again changes nothing.",
    complexity,
  })
  upsertJobs(@Context() ctx: Ctx, @Input(() => UpsertJobsInput) input: UpsertJobsInput) {
    return payload(ctx, "results", input, upsertJobs);
  }

  @Mutation(() => UpsertApplicationsPayload, {
    description:
      "Enters candidates for jobs as another system has them. Which candidate, and which job, stays as it is. The same call again changes nothing.",
    complexity,
  })
  upsertApplications(@Context() ctx: Ctx, @Input(() => UpsertApplicationsInput) input: UpsertApplicationsInput) {
    return payload(ctx, "results", input, upsertApplications);
  }
}
