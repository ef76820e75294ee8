/**
 * How far the overall score would move with other raters from the same organisation.
 * One rater's leniency moves all their criteria together, so the rater is the unit, not the rating.
 * @see docs/scoring.md, steps 13 and 14
 */
import { isBelow, sum } from "./arithmetic.rules";
import { tCdf, tQuantile } from "./distributions.rules";
import { panelSpread, raterShares, type Spread, type WeighedCriterion } from "./panel-spread.rules";

/** Why a value is null. Zero is a measured zero; null could not be estimated. */
export type NotEstimable = "NO_DATA" | "SINGLE_RATER" | "NO_VARIATION" | "ZERO_WEIGHT";

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

const INTERVAL_METHOD = "t, moderated rater variance";
const DEFAULT_LEVEL = 0.95;
/** A spread below this is rounding. */
const NO_SPREAD = 1e-9;

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
  const { variance, df } = moderatedSpread(panelSpread(criteria), prior);
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
