/** What the counted scorecards say about one criterion. @see docs/scoring.md, steps 1 to 3 and 10 */
import { byId, isBelow, mean, sum } from "./arithmetic.rules";

export type Cell = { outcome: "RATED"; value: number } | { outcome: "NOT_OBSERVED" } | { outcome: "NOT_APPLICABLE" };

export interface ScoredCriterion {
  id: string;
  /** A criterion whose skill the profile does not name is reported, but counts nowhere: no weight, no coverage, no gate. */
  skillId: string;
  min: number;
  /** Above min. */
  max: number;
  /** From 0, relative to the other criteria of the skill. */
  weight: number;
  /** On the criterion's own scale. MEAN looks at the mean over raters, ANY at each single rating. */
  gate: { min: number; rule: "MEAN" | "ANY" } | null;
}

export interface CountedCard {
  id: string;
  /** Somebody with several cards is one rater, whose value on a criterion is the mean of theirs. */
  raterId: string;
  /** Only SUBMITTED counts. */
  status: "DRAFT" | "SUBMITTED" | "AMENDED" | "WITHDRAWN";
  /** By criterion id. An absent cell is NOT_OBSERVED; cells of criteria that are not scored are passed over. */
  cells: ReadonlyMap<string, Cell>;
  recommendation?: "STRONG_NO" | "NO" | "YES" | "STRONG_YES" | "NO_DECISION" | null;
}

export interface CriterionScore {
  id: string;
  skillId: string;
  /** Raters who rated it. */
  raterCount: number;
  /** m, 0..100. Null if nobody rated it. */
  score: number | null;
  /** On the criterion's own scale. Null if nobody rated it. */
  rawMean: number | null;
  /** Sample standard deviation over raters, own scale. Null below two raters, as are the next four. */
  rawStandardDeviation: number | null;
  /** Highest less lowest, own scale. */
  range: number | null;
  /** AD, mean distance from the mean, own scale. */
  averageDeviation: number | null;
  /** r_wg, 0..1: 1 is full agreement, 0 is what uniform guessing would give, or worse. */
  rwg: number | null;
  /** The raters should talk about this criterion. */
  disagreement: boolean | null;
  /** A counted card says so, and nobody rated it. */
  notApplicable: boolean;
  /** ω, 0..1: its part of the overall score; sums to 1. Null if nobody rated it, or without an overall score. */
  effectiveWeight: number | null;
  /** ω·m: the points it brings; they add up to the overall score. Null as effectiveWeight. */
  contribution: number | null;
}

/** A criterion with its ratings. */
export interface CriterionReading extends Pick<CriterionScore, "notApplicable" | "score"> {
  id: string;
  criterion: ScoredCriterion;
  /** Every single rating, own scale, in order of card id. */
  ratings: readonly { raterId: string; value: number }[];
  /** One value per rater, own scale, in order of rater id. */
  valueByRater: ReadonlyMap<string, number>;
  /** x, 0..100, likewise. */
  scoreByRater: ReadonlyMap<string, number>;
}

type RatedCriterion = CriterionReading & { score: number };

type Agreement = Pick<CriterionScore, "rawStandardDeviation" | "range" | "averageDeviation" | "rwg" | "disagreement">;

const UNKNOWN_AGREEMENT: Agreement = {
  rawStandardDeviation: null,
  range: null,
  averageDeviation: null,
  rwg: null,
  disagreement: null,
};

/** Bounds that keep squares finite and differences exact; no scale that people use comes near them. */
const NARROWEST_SCALE = 1e-6;
const FARTHEST_POINT = 1e9;

/** Every criterion with what the counted cards say, by id. */
export function criterionReadings(
  criteria: readonly ScoredCriterion[],
  counted: readonly CountedCard[],
): CriterionReading[] {
  const cards = byId(counted);
  return byId(criteria).map((criterion) => readingOf(criterion, cards));
}

export function isRated(reading: CriterionReading): reading is RatedCriterion {
  return reading.score !== null;
}

/** @param effectiveWeight ω, null without an overall score */
export function criterionScore(reading: CriterionReading, effectiveWeight: number | null): CriterionScore {
  const { criterion, score, notApplicable } = reading;
  const values = [...reading.valueByRater.values()];
  const weight = score === null ? null : effectiveWeight;
  return {
    id: criterion.id,
    skillId: criterion.skillId,
    raterCount: values.length,
    score,
    rawMean: mean(values),
    ...agreement(values, criterion),
    notApplicable,
    effectiveWeight: weight,
    contribution: weight === null || score === null ? null : weight * score,
  };
}

/** Steps 2 and 3: one value per rater, and whether the criterion applies to the candidate at all. */
function readingOf(criterion: ScoredCriterion, cards: readonly CountedCard[]): CriterionReading {
  const cells = cards.map((card) => ({ raterId: card.raterId, cell: card.cells.get(criterion.id) }));
  const ratings = cells.flatMap(({ raterId, cell }) =>
    cell?.outcome === "RATED" && isOnScale(cell.value, criterion) ? [{ raterId, value: cell.value }] : [],
  );
  const valueByRater = meanByRater(ratings);
  const scoreByRater = new Map([...valueByRater].map(([rater, value]) => [rater, rescaled(value, criterion)]));
  return {
    id: criterion.id,
    criterion,
    ratings,
    valueByRater,
    scoreByRater,
    score: mean([...scoreByRater.values()]),
    notApplicable: ratings.length === 0 && cells.some(({ cell }) => cell?.outcome === "NOT_APPLICABLE"),
  };
}

/** Step 1. x, 0..100. */
function rescaled(value: number, { min, max }: ScoredCriterion): number {
  return (100 * (value - min)) / (max - min);
}

function isOnScale(value: number, { min, max }: ScoredCriterion): boolean {
  const isScale = max - min >= NARROWEST_SCALE && min >= -FARTHEST_POINT && max <= FARTHEST_POINT;
  return isScale && value >= min && value <= max;
}

function meanByRater(ratings: CriterionReading["ratings"]): Map<string, number> {
  const raters = [...new Set(ratings.map(({ raterId }) => raterId))].sort();
  return new Map(
    raters.map((rater) => {
      const own = ratings.filter(({ raterId }) => raterId === rater);
      return [rater, sum(own.map(({ value }) => value)) / own.length];
    }),
  );
}

/** Step 10, on the raw scale of A = max - min + 1 options. */
function agreement(values: readonly number[], { min, max }: ScoredCriterion): Agreement {
  if (values.length < 2) return UNKNOWN_AGREEMENT;
  const options = max - min + 1;
  const centre = sum(values) / values.length;
  const variance = sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
  const averageDeviation = sum(values.map((value) => Math.abs(value - centre))) / values.length;
  return {
    rawStandardDeviation: Math.sqrt(variance),
    range: Math.max(...values) - Math.min(...values),
    averageDeviation,
    rwg: Math.max(0, 1 - variance / uniformVariance(options)),
    disagreement: isBelow(options / 6, averageDeviation),
  };
}

/** Variance of raters who pick any of the options alike. @see James, Demaree & Wolf (1984) */
function uniformVariance(options: number): number {
  return (options ** 2 - 1) / 12;
}
