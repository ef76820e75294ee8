import { Field, Float, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { Decision, Dissent } from "./decision.entity";
import type { DecisionOutcome, DecisionState } from "./decision.rules";
import { ScoreRecommendationEnum } from "./evaluation.type";
import type { OverallScore, ScoreRecommendation } from "./score.rules";

export const DecisionOutcomeEnum = enumOf<DecisionOutcome>("DecisionOutcome", "What a decision comes to.", {
  HIRE: "The candidate is to be hired.",
  REJECT: "The candidate is not to be hired.",
});

const DecisionStateEnum = enumOf<DecisionState>("DecisionState", "Where a decision stands.", {
  PROPOSED: "It can still be changed.",
  RECORDED: "It holds, and is frozen.",
  REOPENED: "It held once; kept, with the reason why it no longer does.",
});

type PublishedDecision = Pick<
  Decision,
  | "id"
  | "number"
  | "state"
  | "outcome"
  | "rationale"
  | "departureReason"
  | "decidedAt"
  | "methodVersion"
  | "reopenedAt"
  | "reopenedReason"
  | "createdAt"
  | "version"
>;

@Noun("Decision", "What is decided about an application; once recorded it is frozen with what the score was made of.")
export abstract class DecisionType extends NodeType implements PublishedDecision {
  @Field(() => Int, { description: "1, 2, 3 … of this application." })
  number!: number;

  @Field(() => DecisionStateEnum, { description: "Where the decision stands." })
  state!: DecisionState;

  @Field(() => DecisionOutcomeEnum, { description: "What it comes to." })
  outcome!: DecisionOutcome;

  @Field(() => String, { description: "Why." })
  rationale!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Why it departs from what the score recommends; null where it does not. As far as given while PROPOSED.",
  })
  departureReason!: string | null;

  @Field(() => Date, { nullable: true, description: "When it was recorded; null while PROPOSED." })
  decidedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Version of the method by which it was scored; null while PROPOSED.",
  })
  methodVersion!: string | null;

  @Field(() => Date, { nullable: true, description: "When it was reopened; null unless REOPENED." })
  reopenedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was reopened; null unless REOPENED." })
  reopenedReason!: string | null;

  @Field(() => Date, { description: "When it was first proposed or recorded." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the decision." })
  version!: number;
}

export interface FrozenScore extends Pick<OverallScore, "score" | "coverage" | "band"> {
  recommendation: ScoreRecommendation;
}

@Value("FrozenScore", "What a score came to when somebody decided; never computed again.")
export abstract class FrozenScoreType implements FrozenScore {
  @Field(() => Float, { nullable: true, description: "0 to 100; null where nothing that counts was rated." })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1: the part of the applicable weight that was observed." })
  coverage!: number | null;

  @Field(() => String, { nullable: true, description: "Label of the highest band that the score reached." })
  band!: string | null;

  @Field(() => ScoreRecommendationEnum, { description: "What the profile said of it." })
  recommendation!: ScoreRecommendation;
}

type PublishedDissent = Pick<Dissent, "id" | "reason">;

@Noun("Dissent", "That a member disagrees with a decision, and why.")
export abstract class DissentType extends NodeType implements PublishedDissent {
  @Field(() => String, { description: "Why." })
  reason!: string;
}
