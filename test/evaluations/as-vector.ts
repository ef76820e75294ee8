import type { OverallScore } from "../../src/evaluations/score.rules";

/** The overall score under the names that the reference vectors use. */
export const overallAsVector = (overall: OverallScore) => ({
  score: overall.score,
  coverage: overall.coverage,
  level: overall.band,
  raters: overall.raterCount,
  effectiveRaters: overall.effectiveRaterCount,
  raterSd: overall.raterStandardDeviation,
  df: overall.degreesOfFreedom,
  se: overall.standardError,
  ci: overall.interval && [overall.interval.lower, overall.interval.upper],
});
