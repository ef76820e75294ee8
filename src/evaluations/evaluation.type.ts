import { Field, Float, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { CriterionScore } from "./criterion-score.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore, OverallScore, ScoreRecommendation } from "./score.rules";
import type { SkillScore } from "./skill-score.rules";
import type { Interval, NotEstimable } from "./uncertainty.rules";

const NotEstimableEnum = enumOf<NotEstimable>("NotEstimable", "Why a value could not be estimated. Null is not zero.", {
  NO_DATA: "Nobody rated anything that counts.",
  SINGLE_RATER: "No criterion was rated by two people, and there is no history to lean on.",
  NO_VARIATION: "The raters do not differ at all.",
  ZERO_WEIGHT: "What was rated weighs nothing.",
});

const ScoreRecommendationEnum = enumOf<ScoreRecommendation>(
  "ScoreRecommendation",
  "What the profile says of the score.",
  {
    RECOMMENDED: "The score reaches the pass mark, every gate is passed, and enough was observed.",
    NOT_RECOMMENDED: "A gate failed, or the score stays below the pass mark.",
    INSUFFICIENT_EVIDENCE: "Too little was observed, or a gate is unresolved.",
  },
);

const GateKindEnum = enumOf<GateResult["kind"]>("GateKind", "What a gate is on.", {
  CRITERION: "A criterion, on its own scale.",
  SKILL: "A skill, 0 to 100.",
});

const GateStatusEnum = enumOf<GateResult["status"]>("GateStatus", "How a gate came out.", {
  PASSED: "Reached.",
  FAILED: "Missed; no strength elsewhere makes up for it.",
  UNRESOLVED: "Nothing to hold against it.",
  NOT_APPLICABLE: "It does not matter for this candidate.",
});

@Value("Interval", "A confidence interval.")
class IntervalType implements Interval {
  @Field(() => Float, { description: "Lower end, clipped to 0 to 100." })
  lower!: number;

  @Field(() => Float, { description: "Upper end, clipped to 0 to 100." })
  upper!: number;

  @Field(() => Float, { description: "Between 0 and 1: 0.95 for a 95 % interval." })
  level!: number;

  @Field(() => String, { description: "Name of the method, as in docs/scoring.md." })
  method!: string;
}

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

@Value("SkillScore", "The score of one skill of the profile.")
export abstract class SkillScoreType implements Omit<SkillScore, "id"> {
  @Field(() => Float, {
    nullable: true,
    description: "Mean of its rated criteria by weight, 0 to 100; null with a `reason`.",
  })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1: the part of the applicable weight that was observed." })
  coverage!: number | null;

  @Field(() => Int, { description: "Raters with at least one rating on its criteria." })
  raterCount!: number;

  @Field(() => NotEstimableEnum, { nullable: true, description: "Why the score is null." })
  reason!: NotEstimable | null;
}

@Value("CriterionScore", "What the panel says of one criterion, and what it brings to the score.")
export abstract class CriterionScoreType implements Omit<CriterionScore, "id" | "skillId"> {
  @Field(() => Int, { description: "Raters who rated it." })
  raterCount!: number;

  @Field(() => Float, { nullable: true, description: "0 to 100; null if nobody rated it." })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean rating on the criterion's own scale." })
  rawMean!: number | null;

  @Field(() => Float, { nullable: true, description: "Standard deviation on its own scale; null below two raters." })
  rawStandardDeviation!: number | null;

  @Field(() => Float, { nullable: true, description: "Highest less lowest rating; null below two raters." })
  range!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean distance from the mean, own scale; null below two raters." })
  averageDeviation!: number | null;

  @Field(() => Float, { nullable: true, description: "Agreement r_wg, 0 to 1; null below two raters." })
  rwg!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the raters should talk about it; null below two raters.",
  })
  disagreement!: boolean | null;

  @Field(() => Boolean, { description: "Whether it does not matter for this candidate." })
  notApplicable!: boolean;

  @Field(() => Float, { nullable: true, description: "Its part of the overall score, 0 to 1; they sum to 1." })
  effectiveWeight!: number | null;

  @Field(() => Float, { nullable: true, description: "The points that it brings; they add up to the overall score." })
  contribution!: number | null;
}

@Value("GateResult", "How a gate of the profile or the rubric came out.")
export abstract class GateResultType implements Omit<GateResult, "id"> {
  @Field(() => GateKindEnum, { description: "What the gate is on." })
  kind!: GateResult["kind"];

  @Field(() => Float, {
    description: "Least value that passes: on the criterion's own scale, or 0 to 100 for a skill.",
  })
  min!: number;

  @Field(() => Float, {
    nullable: true,
    description: "What is held against `min`, on the same scale; null if nothing was rated.",
  })
  actual!: number | null;

  @Field(() => GateStatusEnum, { description: "How it came out." })
  status!: GateResult["status"];
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
