import { ArgsType, Field, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { enumOf } from "../platform/graphql/enum";
import { IdOf } from "../platform/graphql/input-fields";
import type { Recommendation, ScorecardState } from "./scorecard.rules";
import { RecommendationEnum, ScorecardStateEnum } from "./scorecard.type";
import type { ScorecardOrder, ScorecardWishes } from "./scorecard-filter.rules";

const ScorecardOrderEnum = enumOf<ScorecardOrder>("ScorecardOrder", "The order of a list of scorecards.", {
  NEWEST: "The last one begun first.",
  SUBMITTED_LAST: "The last one handed in first; those that never were come last.",
});

@InputType({ description: "Which scorecards to list: those that fulfil everything that is given." })
class ScorecardFilter implements ScorecardWishes {
  @Field(() => [ScorecardStateEnum], { nullable: true, description: "Where the scorecard stands: any of these." })
  states?: ScorecardState[] | null;

  @IdOf("InterviewSession", "The session that it is about.", { optional: true })
  sessionId?: string | null;

  @IdOf("Application", "The application that its session is about.", { optional: true })
  applicationId?: string | null;

  @IdOf("Candidate", "Who was interviewed; none where you may not see the candidate.", { optional: true })
  candidateId?: string | null;

  @IdOf("Job", "The job that is applied for.", { optional: true })
  jobId?: string | null;

  @IdOf("Member", "Who wrote it.", { optional: true })
  interviewerId?: string | null;

  @IdOf("Skill", "A skill that its session's rubric rates: this one, or one below it.", { optional: true })
  skillId?: string | null;

  @Field(() => [RecommendationEnum], { nullable: true, description: "What the interviewer recommends: any of these." })
  recommendations?: Recommendation[] | null;

  @Field(() => Date, { nullable: true, description: "It was handed in then or later." })
  submittedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: "It was handed in before then." })
  submittedUntil?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: your drafts whose session is over. False: all others.",
  })
  overdue?: boolean | null;
}

@ArgsType()
export class ScorecardListArguments extends PageArguments {
  @Field(() => ScorecardFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: ScorecardFilter | null;

  @Field(() => ScorecardOrderEnum, { nullable: true, description: "Their order; NEWEST when left out." })
  orderBy?: ScorecardOrder | null;
}
