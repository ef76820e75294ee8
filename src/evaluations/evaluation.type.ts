import { Field, Float, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { CriterionScore } from "./criterion-score.rules";
import { CriterionScoreType } from "./criterion-score.type";
import type { GateResult } from "./gate.rules";
import { GateResultType } from "./gate.type";
import type { ExplainedScore, OverallScore, ScoreRecommendation } from "./score.rules";
import type { SkillScore } from "./skill-score.rules";
import { SkillScoreType } from "./skill-score.type";
import type { Interval, NotEstimable } from "./uncertainty.rules";
import { IntervalType, NotEstimableEnum } from "./uncertainty.type";

export const ScoreRecommendationEnum = enumOf<ScoreRecommendation>(
  "ScoreRecommendation",
  "What the profile says of the score.",
  {
    RECOMMENDED: "The score reaches the pass mark, every gate is passed, and enough was observed.",
    NOT_RECOMMENDED: "A gate failed, or the score stays below the pass mark.",
    INSUFFICIENT_EVIDENCE: "Too little was observed, or a gate is unresolved.",
  },
);

@Value("OverallScore", "The score of the whole profile, and how sure it is.")
class OverallScoreType implements OverallScore {
  @Field(() => Float, {
    nullable: true,
    description: "Mean of the scored skills by weight, 0 to 100; null with a `reason`.",
  })
  score!: number | null;

  @Field(() => NotEstimableEnum, { nullable: true, description: "Why the score is null." })
  reason!: NotEstimable | null;

  @Field(() => Float, { nullable: true, description: "0 to 1: the part of the applicable weight that was observed." })
  coverage!: number | null;

  @Field(() => String, { nullable: true, description: "Label of the highest band that the score reaches." })
  band!: string | null;

  @Field(() => Int, { description: "Raters with at least one rating that carries weight." })
  raterCount!: number;

  @Field(() => Float, { nullable: true, description: "1 to `raterCount`; equal when all carry the same share." })
  effectiveRaterCount!: number | null;

  @Field(() => Float, { nullable: true, description: "Spread of a single rater's composite, in points." })
  raterStandardDeviation!: number | null;

  @Field(() => Float, { description: "Degrees of freedom; 0 leaves the spread unknown." })
  degreesOfFreedom!: number;

  @Field(() => Float, { nullable: true, description: "Standard error of the score, in points." })
  standardError!: number | null;

  @Field(() => IntervalType, { nullable: true, description: "Where the score of an endless panel would lie." })
  interval!: Interval | null;

  @Field(() => NotEstimableEnum, { nullable: true, description: "Why the uncertainty is null." })
  uncertaintyReason!: NotEstimable | null;
}

type Published = Omit<ExplainedScore, "criteria" | "skills" | "gates" | "overall" | "excludedCardIds">;

@Value(
  "Evaluation",
  "What an application's scorecards say against the job's role profile, and how each number came about.",
)
export abstract class EvaluationType implements Published {
  @Field(() => String, { description: "Version of the published method; another version may give another number." })
  methodVersion!: string;

  @Field(() => OverallScoreType, { description: "The score of the whole profile." })
  overall!: OverallScore;

  @Field(() => ScoreRecommendationEnum, { description: "What the profile says of it. People decide." })
  recommendation!: ScoreRecommendation;

  @Field(() => Float, {
    nullable: true,
    description: "0 to 1: probability that an endless panel would score above the pass mark.",
  })
  probabilityAbovePass!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the interval holds both a failing and a passing score.",
  })
  borderline!: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether interviewers recommend both ways; null below two who take a side.",
  })
  opposed!: boolean | null;

  @Field(() => [SkillScoreType], { description: "Skill by skill." })
  skills!: SkillScore[];

  @Field(() => [CriterionScoreType], { description: "Criterion by criterion, pooled over all sessions." })
  criteria!: CriterionScore[];

  @Field(() => [GateResultType], { description: "Gates of criteria, then of skills." })
  gates!: GateResult[];
}
