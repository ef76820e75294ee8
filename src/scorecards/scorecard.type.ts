import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { RatingOutcome } from "./rating.rules";
import type { Rating, Scorecard } from "./scorecard.entity";
import type { Recommendation, ScorecardState } from "./scorecard.rules";

export const ScorecardStateEnum = enumOf<ScorecardState>("ScorecardState", "Where a scorecard stands.", {
  DRAFT: "Being written; seen by its author alone.",
  SUBMITTED: "Handed in; it counts.",
  AMENDED: "Replaced by a later revision; kept, not counted.",
  WITHDRAWN: "Taken back; kept, not counted.",
});

export const RecommendationEnum = enumOf<Recommendation>("Recommendation", "What an interviewer recommends.", {
  STRONG_NO: "Certainly not.",
  NO: "Rather not.",
  YES: "Rather yes.",
  STRONG_YES: "Certainly.",
  NO_DECISION: "The interview did not settle it.",
});

export const RatingOutcomeEnum = enumOf<RatingOutcome>("RatingOutcome", "What an interviewer can say of a criterion.", {
  RATED: "A value on its scale.",
  NOT_OBSERVED: "The interview did not show it. Not a zero: it lowers the coverage.",
  NOT_APPLICABLE: "It does not matter for this candidate.",
});

type PublishedScorecard = Pick<
  Scorecard,
  | "id"
  | "revision"
  | "state"
  | "recommendation"
  | "summary"
  | "amendmentReason"
  | "submittedAt"
  | "createdAt"
  | "version"
>;

@Noun("Scorecard", "What one interviewer saw in one session.")
export abstract class ScorecardType extends NodeType implements PublishedScorecard {
  @Field(() => Int, { description: "1, 2, 3 … of this interviewer in this session." })
  revision!: number;

  @Field(() => ScorecardStateEnum, { description: "Where the scorecard stands." })
  state!: ScorecardState;

  @Field(() => RecommendationEnum, {
    nullable: true,
    description: "What the interviewer recommends; null until given.",
  })
  recommendation!: Recommendation | null;

  @Field(() => String, { description: "What the interviewer says in all; may be empty." })
  summary!: string;

  @Field(() => String, {
    nullable: true,
    description: "Why it replaced the revision before; null for one that replaced none.",
  })
  amendmentReason!: string | null;

  @Field(() => Date, { nullable: true, description: "When it was handed in; null until then." })
  submittedAt!: Date | null;

  @Field(() => Date, { description: "When it was begun." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the scorecard." })
  version!: number;
}

type PublishedRating = Pick<Rating, "id" | "outcome" | "value" | "evidence">;

@Noun("Rating", "What a scorecard says of one criterion.")
export abstract class RatingType extends NodeType implements PublishedRating {
  @Field(() => RatingOutcomeEnum, { description: "Whether there is a value, and if not why." })
  outcome!: RatingOutcome;

  @Field(() => Int, { nullable: true, description: "Value on the criterion's scale; null unless RATED." })
  value!: number | null;

  @Field(() => String, { description: "What the interviewer saw and heard; may be empty." })
  evidence!: string;
}
