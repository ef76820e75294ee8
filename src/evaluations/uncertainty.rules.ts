/**
 * How far the overall score would move with other raters from the same organisation.
 * One rater's leniency moves all their criteria together, so the rater is the unit, not the rating.
 * @see docs/scoring.md, steps 11 to 14
 */
import { isBelow, sum } from "./arithmetic.rules";
import { tCdf, tQuantile } from "./distributions.rules";

/** Why a value is null. Zero is a measured zero; null could not be estimated. */
export type NotEstimable = "NO_DATA" | "SINGLE_RATER" | "NO_VARIATION" | "ZERO_WEIGHT";

/** A criterion that carries weight in the score, as its raters saw it. */
export interface WeighedCriterion {
  /** ω, above 0; sums to 1 over all criteria given. */
  effectiveWeight: number;
  /** m, 0..100: the mean of `scoreByRater`. */
  score: number;
  /** x, 0..100, in order of rater id, which is the order of summation. */
  scoreByRater: ReadonlyMap<string, number>;
}

/** What the organisation's past panels say about one rater's spread on this rubric. */
export interface HistoryPrior {
  /** s0, 0..100: standard deviation of a single rater's composite. */
  sd: number;
  /** ν0, above 0: what this history weighs, in degrees of freedom. */
  df: number;
}

export interface Interval {
  /** Clipped to 0..100, as is `upper`. */
  lower: number;
  upper: number;
  /** Between 0 and 1: .95 for a 95 % interval. */
  level: number;
  method: string;
}

export interface Uncertainty {
  /** Raters with at least one rating that carries weight. */
  raterCount: number;
  /** 1..raterCount: equals it when all carry the same share. Null without a score. */
  effectiveRaterCount: number | null;
  /** s̃, 0..100: spread of a single rater's composite. */
  raterStandardDeviation: number | null;
  /** Degrees of freedom of the panel and its history together; 0 leaves the spread unknown. */
  degreesOfFreedom: number;
  /** On the scale of the score. A measured 0 where raters do not differ at all. */
  standardError: number | null;
  interval: Interval | null;
  /** 0..1: probability that the score of an endless panel lies above the pass mark. */
  probabilityAbovePass: number | null;
  /** Whether the interval holds both a failing and a passing score. */
  borderline: boolean | null;
  /** Why a value above is null. */
  uncertaintyReason: NotEstimable | null;
}

interface Spread {
  /** s², in squared points of the score. */
  variance: number;
  df: number;
}

const INTERVAL_METHOD = "t, moderated rater variance";
const DEFAULT_LEVEL = 0.95;
/** A spread below this is rounding. */
const NO_SPREAD = 1e-9;
/** Below it a double loses digits. */
const SMALLEST_SQUARE = Number.MIN_VALUE / Number.EPSILON;

/** Without a score nothing is uncertain, and no history makes it so. */
export function withoutScore(reason: NotEstimable): Uncertainty {
  return { raterCount: 0, effectiveRaterCount: null, degreesOfFreedom: 0, ...unknownSpread(reason) };
}

/**
 * Uncertainty of a score that follows from these criteria.
 * Raters who agree fully, with no history to temper them, leave a standard error of 0 but no interval and no probability
 * (NO_VARIATION): a scale of few points cannot tell small differences from none, so certainty would be claimed, not measured.
 */
export function scoreUncertainty(
  score: number,
  criteria: readonly WeighedCriterion[],
  { passMin, prior, level = DEFAULT_LEVEL }: { passMin: number; prior: HistoryPrior | null; level?: number },
): Uncertainty {
  const shares = raterShares(criteria);
  const sumOfSquares = sum([...shares.values()].map((share) => share * share));
  const panel = { raterCount: shares.size, effectiveRaterCount: 1 / sumOfSquares };
  const { variance, df } = moderatedSpread(panelSpread(criteria, [...shares.keys()]), prior);
  if (df === 0) return { ...panel, degreesOfFreedom: df, ...unknownSpread("SINGLE_RATER") };
  if (Math.sqrt(variance) <= NO_SPREAD) {
    return {
      ...panel,
      degreesOfFreedom: df,
      ...unknownSpread("NO_VARIATION"),
      raterStandardDeviation: 0,
      standardError: 0,
    };
  }
  const standardError = Math.sqrt(variance * sumOfSquares);
  const interval = intervalAround(score, standardError, df, isLevel(level) ? level : DEFAULT_LEVEL);
  return {
    ...panel,
    raterStandardDeviation: Math.sqrt(variance),
    degreesOfFreedom: df,
    standardError,
    interval,
    probabilityAbovePass: tCdf((score - passMin) / standardError, df),
    borderline: isBelow(interval.lower, passMin) && !isBelow(interval.upper, passMin),
    uncertaintyReason: null,
  };
}

function unknownSpread(uncertaintyReason: NotEstimable) {
  return {
    raterStandardDeviation: null,
    standardError: null,
    interval: null,
    probabilityAbovePass: null,
    borderline: null,
    uncertaintyReason,
  };
}

/** Step 11. v: each rater's share of the score, in order of rater id; sums to 1. */
function raterShares(criteria: readonly WeighedCriterion[]): Map<string, number> {
  const raters = [...new Set(criteria.flatMap((criterion) => [...criterion.scoreByRater.keys()]))].sort();
  return new Map(raters.map((rater) => [rater, sum(ratedBy(rater, criteria).map(weightPerRater))]));
}

/**
 * Step 12. s_w², from raters who share criteria. Each link that ties raters together is one degree of freedom;
 * a panel in which nobody shares a criterion has none. Criteria that weigh too little to be squared count as not shared.
 */
function panelSpread(criteria: readonly WeighedCriterion[], raters: readonly string[]): Spread {
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

/** Step 13. s̃²: panel and history, each weighed by its degrees of freedom. @see Smyth (2004), moderated variance */
function moderatedSpread(panel: Spread, prior: HistoryPrior | null): Spread {
  if (prior === null || !isUsable(prior)) return panel;
  const df = prior.df + panel.df;
  return { variance: (prior.df / df) * prior.sd ** 2 + (panel.df / df) * panel.variance, df };
}

/** A composite of 0..100 cannot spread by more than 100. */
function isUsable({ sd, df }: HistoryPrior): boolean {
  return sd >= 0 && sd <= 100 && df > 0 && Number.isFinite(df);
}

function isLevel(level: number): boolean {
  return level > 0 && level < 1;
}

/** Step 14. */
function intervalAround(score: number, standardError: number, df: number, level: number): Interval {
  const reach = tQuantile((1 + level) / 2, df) * standardError;
  return { lower: Math.max(0, score - reach), upper: Math.min(100, score + reach), level, method: INTERVAL_METHOD };
}

function ratedBy(rater: string, criteria: readonly WeighedCriterion[]): WeighedCriterion[] {
  return criteria.filter((criterion) => criterion.scoreByRater.has(rater));
}

/** ω/n: the part of the score that one rating of this criterion carries. */
function weightPerRater({ effectiveWeight, scoreByRater }: WeighedCriterion): number {
  return effectiveWeight / scoreByRater.size;
}
