import { Field, InputType, Int } from "type-graphql";
import { IdOf, Line, Prose, Version } from "../platform/graphql/input-fields";
import { Parts } from "../platform/graphql/input-lists";
import type { RatingOutcome } from "./rating.rules";
import type { Recommendation } from "./scorecard.rules";
import { RatingOutcomeEnum, RecommendationEnum } from "./scorecard.type";

@InputType({ description: "What you say of one criterion. What is left out or null stays as it was." })
export class RatingInput {
  @IdOf("Criterion", "What is rated: a criterion of the session's rubric.")
  criterionId!: string;

  @Field(() => RatingOutcomeEnum, {
    nullable: true,
    description: "Whether there is a value. RATED where a `value` comes with it, or where nothing was said before.",
  })
  outcome?: RatingOutcome | null;

  @Field(() => Int, { nullable: true, description: "Value on the criterion's scale; only with RATED." })
  value?: number | null;

  @Prose("What you saw and heard; an empty text clears it.", { optional: true, max: 5000 })
  evidence?: string | null;
}

@InputType({ description: "What a scorecard says." })
abstract class SayingsInput {
  @Field(() => RecommendationEnum, { nullable: true, description: "What you recommend." })
  recommendation?: Recommendation | null;

  @Prose("What you say in all.", { optional: true })
  summary?: string | null;

  @Parts(() => RatingInput, "Ratings to write, each over what was there for its criterion.", { max: 60 })
  ratings!: RatingInput[];
}

@InputType({
  description:
    "A scorecard of a session, begun or carried on: yours, or with a key that of a member. What is left out stays.",
})
export class SaveScorecardInput extends SayingsInput {
  @IdOf("InterviewSession", "The session; you sit on its panel, or the interviewer whom a key names.")
  sessionId!: string;

  @IdOf("Member", "With a key: whose scorecard it is, a member of the panel. Without one: left out, or yourself.", {
    optional: true,
  })
  interviewerId?: string | null;

  @Version("The `version` that you read; none for a new scorecard.", { optional: true })
  version?: number | null;
}

@InputType({ description: "The scorecard to hand in: your own, or one that the key entered." })
export class SubmitScorecardInput {
  @IdOf("Scorecard", "The scorecard.")
  id!: string;

  @Version()
  version!: number;
}

@InputType({
  description:
    "What to put right in a submitted scorecard: your own, or one that the key entered. What is left out stays.",
})
export class AmendScorecardInput extends SayingsInput {
  @IdOf("Scorecard", "The scorecard.")
  id!: string;

  @Version()
  version!: number;

  @Line("Why; shown with the new revision.", { max: 500 })
  reason!: string;
}

@InputType({ description: "The scorecard to take back: your own, or one that the key entered." })
export class WithdrawScorecardInput extends SubmitScorecardInput {}
