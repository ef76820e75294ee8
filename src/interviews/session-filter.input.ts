import { ArgsType, Field, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { enumOf } from "../platform/graphql/enum";
import { IdOf } from "../platform/graphql/input-fields";
import type { SessionState } from "./interview-session.rules";
import { SessionStateEnum } from "./interview-session.type";
import type { SessionOrder, SessionWishes } from "./session-filter.rules";

const SessionOrderEnum = enumOf<SessionOrder>("InterviewSessionOrder", "The order of a list of sessions.", {
  NEWEST: "The last one planned first.",
  STARTS_FIRST: "The earliest start first; sessions without a time last.",
  STARTS_LAST: "The latest start first; sessions without a time last.",
});

@InputType({ description: "Which sessions to list: those that fulfil everything that is given." })
class InterviewSessionFilter implements SessionWishes {
  @Field(() => [SessionStateEnum], {
    nullable: true,
    description: "Where the session stands at this moment: any of these.",
  })
  states?: SessionState[] | null;

  @IdOf("Application", "The application that it is about.", { optional: true })
  applicationId?: string | null;

  @IdOf("Candidate", "Who is interviewed; none where you may not see the candidate.", { optional: true })
  candidateId?: string | null;

  @IdOf("Job", "The job that is applied for.", { optional: true })
  jobId?: string | null;

  @IdOf("Member", "Who sits on its panel.", { optional: true })
  interviewerId?: string | null;

  @IdOf("Skill", "A skill that its rubric rates: this one, or one below it.", { optional: true })
  skillId?: string | null;

  @Field(() => Date, { nullable: true, description: "It starts then or later." })
  startsFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: "It starts before then." })
  startsUntil?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: those that are over while somebody owes a scorecard. False: all others.",
  })
  overdue?: boolean | null;
}

@ArgsType()
export class SessionListArguments extends PageArguments {
  @Field(() => InterviewSessionFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: InterviewSessionFilter | null;

  @Field(() => SessionOrderEnum, { nullable: true, description: "Their order; NEWEST when left out." })
  orderBy?: SessionOrder | null;
}
