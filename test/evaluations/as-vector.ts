import type { OverallScore } from "../../src/evaluations/score.rules";
import file from "./vectors/rubric_aggregation_vectors.json";

export type ReferenceRating = number | "NOT_OBSERVED" | "NOT_APPLICABLE";

/** As the reference file names things: absent cell = not observed, `se` = standard error, `ad` = average deviation. */
export interface ReferenceCase {
  id: string;
  criteria: {
    id: string;
    skill: string;
    min: number;
    max: number;
    weight: number;
    gate: { min: number; rule: "MEAN" | "ANY" } | null;
  }[];
  skills: { id: string; weight: number; gateMin?: number }[];
  scorecards: {
    id: string;
    interviewer: string;
    status: "DRAFT" | "SUBMITTED" | "WITHDRAWN";
    ratings: Record<string, ReferenceRating>;
  }[];
  options: {
    minCoverage: number;
    passMin: number;
    levels: { id: string; min: number }[];
    priorSd?: number;
    priorDf?: number;
  };
}

export const { cases } = file.input as unknown as { cases: ReferenceCase[] };
export const expected = file.expected as Record<string, unknown>;

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

/** Every number within the file's tolerance (relative above 1, as the file carries ten digits), the rest exactly. */
export function withinTolerance(value: unknown): unknown {
  if (typeof value === "number") {
    return {
      asymmetricMatch: (actual: unknown) =>
        typeof actual === "number" && Math.abs(actual - value) <= file.tolerance * Math.max(1, Math.abs(value)),
      toString: () => `${value}`,
    };
  }
  if (Array.isArray(value)) return value.map(withinTolerance);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withinTolerance(inner)]));
}
