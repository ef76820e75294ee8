import { ArgsType, Field, InputType } from "type-graphql";
import type { ApplicationStatus } from "../candidates/application.rules";
import { ApplicationStatusEnum } from "../candidates/application.type";
import { SyncFilter, UPDATED_FIRST_WORDS } from "../candidates/sync.type";
import { PageArguments } from "../platform/graphql/connection";
import { enumOf } from "../platform/graphql/enum";
import { IdOf } from "../platform/graphql/input-fields";
import type { ApplicationOrder, ApplicationWishes } from "./application-filter.rules";

const ApplicationOrderEnum = enumOf<ApplicationOrder>("ApplicationOrder", "The order of a list of applications.", {
  NEWEST: "Who applied last comes first.",
  OLDEST: "Who applied first comes first.",
  UPDATED_FIRST: UPDATED_FIRST_WORDS,
});

@InputType({ description: "Which applications to list: those that fulfil everything that is given." })
class ApplicationFilter extends SyncFilter implements ApplicationWishes {
  @Field(() => [ApplicationStatusEnum], { nullable: true, description: "Where the application stands: any of these." })
  statuses?: ApplicationStatus[] | null;

  @IdOf("Job", "The job that is applied for.", { optional: true })
  jobId?: string | null;

  @IdOf("Candidate", "Who applies; none where you may not see the candidate.", { optional: true })
  candidateId?: string | null;

  @IdOf("Member", "Who sits on the panel of one of its sessions that you may see.", { optional: true })
  interviewerId?: string | null;

  @IdOf("Skill", "A skill that the job's profile expects: this one, or one below it.", { optional: true })
  skillId?: string | null;

  @Field(() => Date, { nullable: true, description: "The candidate applied then or later." })
  appliedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: "The candidate applied before then." })
  appliedUntil?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: those with a session that is over while somebody owes a scorecard, among the sessions that you may see. " +
      "False: all others.",
  })
  overdue?: boolean | null;
}

@ArgsType()
export class ApplicationListArguments extends PageArguments {
  @Field(() => ApplicationFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: ApplicationFilter | null;

  @Field(() => ApplicationOrderEnum, {
    nullable: true,
    description: "Their order; NEWEST when left out, or UPDATED_FIRST with `updatedSince`.",
  })
  orderBy?: ApplicationOrder | null;
}
