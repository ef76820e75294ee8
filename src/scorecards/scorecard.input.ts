import { Field, InputType, Int } from "type-graphql";
import { IdOf, Parts, Prose, Version } from "../platform/graphql/input-fields";
import type { RatingOutcome, Recommendation } from "./scorecard.rules";
import { RatingOutcomeEnum, RecommendationEnum } from "./scorecard.type";

@InputType({ description: "What you say of one criterion." })
export class RatingInput {
  @IdOf("Criterion", "What is rated: a criterion of the session's rubric.")
  criterionId!: string;

  @Field(() => RatingOutcomeEnum, { defaultValue: "RATED", description: "Whether there is a value. Default RATED." })
  outcome!: RatingOutcome;

  @Field(() => Int, { nullable: true, description: "Value on the criterion's scale; only with RATED." })
  value?: number | null;

  @Prose("What you saw and heard.", { optional: true, max: 5000 })
  evidence?: string | null;
}

@InputType({ description: "Your scorecard of a session, begun or carried on. What is left out stays." })
export class SaveScorecardInput {
  @IdOf("InterviewSession", "The session; you sit on its panel.")
  sessionId!: string;

  @Version("The `version` that you read; none for a new scorecard.", { optional: true })
  version?: number | null;

  @Field(() => RecommendationEnum, { nullable: true, description: "What you recommend." })
  recommendation?: Recommendation | null;

  @Prose("What you say in all.", { optional: true })
  summary?: string | null;

  @Parts(() => RatingInput, "Ratings to write; one that was there for the same criterion is replaced.", { max: 60 })
  ratings!: RatingInput[];
}

@InputType({ description: "The scorecard to hand in: your own." })
export class SubmitScorecardInput {
  @IdOf("Scorecard", "The scorecard.")
  id!: string;

  @Version()
  version!: number;
}

@InputType({ description: "The scorecard to take back: your own." })
export class WithdrawScorecardInput extends SubmitScorecardInput {}
