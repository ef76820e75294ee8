/**
 * The explained score: what a candidate's scorecards say against a role profile, and how each number came about.
 * Criterion first, then skill, then overall: the order is part of the method. @see docs/scoring.md
 *
 * Everything is sorted by id before it is summed, so that the same evidence gives the same bytes.
 * Ids are unique within their list; thresholds are finite. Malformed weights and ratings are refused where they are
 * written. Should one arrive here, a weight that is not a positive number weighs 0, and a value outside its scale,
 * or on a scale without width, counts as NOT_OBSERVED.
 */
import { byId, isBelow, usableWeight, weightedMean } from "./arithmetic.rules";
import {
  type CountedCard,
  type CriterionScore,
  criterionReadings,
  criterionScore,
  type ScoredCriterion,
} from "./criterion-score.rules";
import { type GateResult, gateResults } from "./gate.rules";
import {
  effectiveWeights,
  type ScoredSkill,
  type SkillReading,
  type SkillScore,
  skillReadings,
  weighedCriteria,
} from "./skill-score.rules";
import {
  type HistoryPrior,
  type NotEstimable,
  scoreUncertainty,
  type Uncertainty,
  withoutScore,
} from "./uncertainty.rules";

/** Stored with every score: another method version may give another number. */
export const METHOD_VERSION = "assay-score/1";

export interface Standard {
  /** 0..1: with less of the profile covered there is no recommendation. */
  minCoverage: number;
  /** 0..100 */
  passMin: number;
  /** Lower ends on 0..100, in any order; the lowest is normally 0. */
  bands: readonly { id: string; min: number }[];
  /** Null until the organisation has enough history. */
  prior: HistoryPrior | null;
  /** Of the interval, between 0 and 1; .95 if left out. */
  level?: number;
}

export interface OverallScore extends Omit<Uncertainty, "probabilityAbovePass" | "borderline"> {
  /** 0..100 */
  score: number | null;
  /** 0..1. Null if nothing that weighs is applicable. */
  coverage: number | null;
  /** Id of the highest band that the score reaches. Null without a score, or below every band. */
  band: string | null;
  /** Why the score is null. */
  reason: NotEstimable | null;
}

export type ScoreRecommendation = "RECOMMENDED" | "NOT_RECOMMENDED" | "INSUFFICIENT_EVIDENCE";

export interface ExplainedScore extends Pick<Uncertainty, "probabilityAbovePass" | "borderline"> {
  methodVersion: string;
  criteria: CriterionScore[];
  skills: SkillScore[];
  overall: OverallScore;
  /** Those of criteria, then those of skills. */
  gates: GateResult[];
  recommendation: ScoreRecommendation;
  /** Whether counted cards recommend both ways. Null below two cards that take a side. */
  opposed: boolean | null;
  /** Cards that are not SUBMITTED. */
  excludedCardIds: string[];
}

export function explainedScore(input: {
  criteria: readonly ScoredCriterion[];
  skills: readonly ScoredSkill[];
  cards: readonly CountedCard[];
  standard: Standard;
}): ExplainedScore {
  const { standard } = input;
  const counted = input.cards.filter(isCounted);
  const readings = criterionReadings(input.criteria, counted);
  const skills = skillReadings(input.skills, readings, standard.level);
  const weights = effectiveWeights(skills);
  const { score, reason, ...composite } = compositeScore(skills);
  const { probabilityAbovePass, borderline, ...uncertainty } =
    score === null ? withoutScore(reason) : scoreUncertainty(score, weighedCriteria(readings, weights), standard);
  const gates = gateResults(readings, skills);
  return {
    methodVersion: METHOD_VERSION,
    criteria: readings.map((reading) =>
      criterionScore(reading, score === null ? null : (weights.get(reading.id) ?? 0)),
    ),
    skills: skills.map(({ result }) => result),
    overall: { score, ...composite, band: bandReached(score, standard.bands), ...uncertainty, reason },
    gates,
    recommendation: recommendation(gates, { score, ...composite }, standard),
    borderline,
    probabilityAbovePass,
    opposed: isOpposed(counted),
    excludedCardIds: byId(input.cards.filter((card) => !isCounted(card))).map(({ id }) => id),
  };
}

function isCounted({ status }: CountedCard): boolean {
  return status === "SUBMITTED";
}

type Composite = { coverage: number | null } & (
  | { score: number; reason: null }
  | { score: null; reason: NotEstimable }
);

/** Step 5. */
function compositeScore(skills: readonly SkillReading[]): Composite {
  const score = weightedOver(skills, "score");
  const coverage = weightedOver(skills, "coverage");
  return score === null ? { score, coverage, reason: reasonWithoutScore(skills) } : { score, coverage, reason: null };
}

/** Skills for which the measure is null stay out of the mean. */
function weightedOver(skills: readonly SkillReading[], measure: "score" | "coverage"): number | null {
  return weightedMean(
    skills.flatMap(({ skill, result }) => {
      const value = result[measure];
      return value === null ? [] : [{ value, weight: skill.weight }];
    }),
  );
}

/** ZERO_WEIGHT where no rating whatever could have given a score. */
function reasonWithoutScore(skills: readonly SkillReading[]): NotEstimable {
  const weighing = skills.filter(({ skill }) => usableWeight(skill.weight) > 0);
  const isWeightless = skills.length > 0 && weighing.every(({ result }) => result.reason === "ZERO_WEIGHT");
  return isWeightless ? "ZERO_WEIGHT" : "NO_DATA";
}

/** Step 8: a failed gate first, then missing evidence, and only then the score. */
function recommendation(
  gates: readonly GateResult[],
  { score, coverage }: Pick<OverallScore, "score" | "coverage">,
  { minCoverage, passMin }: Standard,
): ScoreRecommendation {
  if (gates.some(({ status }) => status === "FAILED")) return "NOT_RECOMMENDED";
  const isUnresolved = gates.some(({ status }) => status === "UNRESOLVED");
  if (score === null || coverage === null || isBelow(coverage, minCoverage) || isUnresolved) {
    return "INSUFFICIENT_EVIDENCE";
  }
  return isBelow(score, passMin) ? "NOT_RECOMMENDED" : "RECOMMENDED";
}

/** Step 9. */
function bandReached(score: number | null, bands: Standard["bands"]): string | null {
  if (score === null) return null;
  const reached = byId(bands).filter(({ min }) => !isBelow(score, min));
  return reached.sort((a, b) => b.min - a.min)[0]?.id ?? null;
}

/** Step 10. NO_DECISION takes no side. */
function isOpposed(counted: readonly CountedCard[]): boolean | null {
  const inFavour = counted.filter(({ recommendation }) => recommendation === "YES" || recommendation === "STRONG_YES");
  const against = counted.filter(({ recommendation }) => recommendation === "NO" || recommendation === "STRONG_NO");
  return inFavour.length + against.length < 2 ? null : inFavour.length > 0 && against.length > 0;
}
