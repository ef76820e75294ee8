import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { InterviewSession, Scorecard } from "./interview.entities";
import { Question } from "./question.entities";
import { Standing } from "./score.entities";

export enum StandingOrder {
  SCORE = "SCORE",
}
registerEnumType(StandingOrder, { name: "StandingOrder" });

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ObjectType()
export class InterviewSessionEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => InterviewSession)
  node!: InterviewSession;
}

@ObjectType()
export class InterviewSessionConnection {
  @Field(() => [InterviewSessionEdge])
  edges!: InterviewSessionEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType()
export class QuestionConnection {
  @Field(() => [Question])
  nodes!: Question[];
}

@ObjectType()
export class StandingConnection {
  @Field(() => [Standing])
  nodes!: Standing[];
}

@InputType()
export class SubmitScorecardInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;
}

@ObjectType()
export class UserError {
  @Field(() => String)
  message!: string;
}

@ObjectType()
export class SubmitScorecardPayload {
  @Field(() => Scorecard, { nullable: true })
  scorecard!: Scorecard | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
