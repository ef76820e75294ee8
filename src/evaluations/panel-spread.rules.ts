/** How far the raters of a panel are apart, as far as they can be compared. @see docs/scoring.md, steps 11 and 12 */
import { sum } from "./arithmetic.rules";

/** A criterion that carries weight in the score, as its raters saw it. */
export interface WeighedCriterion {
  /** ω, above 0; sums to 1 over all criteria given. */
  effectiveWeight: number;
  /** m, 0..100: the mean of `scoreByRater`. */
  score: number;
  /** x, 0..100, in order of rater id, which is the order of summation. */
  scoreByRater: ReadonlyMap<string, number>;
}

export interface Spread {
  /** s², in squared points of the score. */
  variance: number;
  /** 0 leaves the variance unknown. */
  df: number;
}

/** Below it a double loses digits. */
const SMALLEST_SQUARE = Number.MIN_VALUE / Number.EPSILON;

/** Step 11. v: each rater's share of the score, in order of rater id; sums to 1. */
export function raterShares(criteria: readonly WeighedCriterion[]): Map<string, number> {
  const raters = [...new Set(criteria.flatMap((criterion) => [...criterion.scoreByRater.keys()]))].sort();
  return new Map(raters.map((rater) => [rater, sum(ratedBy(rater, criteria).map(weightPerRater))]));
}

/**
 * Step 12. s_w², from raters who share criteria. Each link that ties raters together is one degree of freedom;
 * a panel in which nobody shares a criterion has none. Criteria that weigh too little to be squared count as not shared.
 */
export function panelSpread(criteria: readonly WeighedCriterion[]): Spread {
  const raters = [...raterShares(criteria).keys()];
  const df = raters.length - panelComponents(criteria, raters);
  const squares = sum(raters.map((rater) => deviation(rater, criteria) ** 2));
  const expected = sum(raters.flatMap((rater) => leverages(rater, raters, criteria).map((a) => a * a)));
  return expected > SMALLEST_SQUARE ? { variance: squares / expected, df } : { variance: 0, df: 0 };
}

/** d: how far one rater's ratings pull the score from where the panel has it. */
function deviation(rater: string, criteria: readonly WeighedCriterion[]): number {
  return sum(
    ratedBy(rater, criteria).map(
      (criterion) => weightPerRater(criterion) * ((criterion.scoreByRater.get(rater) ?? 0) - criterion.score),
    ),
  );
}

/** a_jl over l: what a shift of rater l adds to the deviation of rater j. Their squares are Q, what a variance of 1 gives. */
function leverages(rater: string, raters: readonly string[], criteria: readonly WeighedCriterion[]): number[] {
  const own = ratedBy(rater, criteria);
  return raters.map((other) => {
    const shared = ratedBy(other, own).map((criterion) => weightPerRater(criterion) / criterion.scoreByRater.size);
    return (other === rater ? sum(own.map(weightPerRater)) : 0) - sum(shared);
  });
}

/** Number of groups whose raters are linked, directly or through others, by a criterion that they both rated. */
function panelComponents(criteria: readonly WeighedCriterion[], raters: readonly string[]): number {
  let groups = raters.map((rater) => new Set([rater]));
  for (const { scoreByRater } of criteria) {
    const tied = groups.filter((group) => [...group].some((rater) => scoreByRater.has(rater)));
    if (tied.length < 2) continue;
    groups = [...groups.filter((group) => !tied.includes(group)), new Set(tied.flatMap((group) => [...group]))];
  }
  return groups.length;
}

function ratedBy(rater: string, criteria: readonly WeighedCriterion[]): WeighedCriterion[] {
  return criteria.filter((criterion) => criterion.scoreByRater.has(rater));
}

/** ω/n: the part of the score that one rating of this criterion carries. */
function weightPerRater({ effectiveWeight, scoreByRater }: WeighedCriterion): number {
  return effectiveWeight / scoreByRater.size;
}
