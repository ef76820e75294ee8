import type { ExplainedScore, ScoreRecommendation } from "./score.rules";

/** What an evaluation comes to, in the columns by which candidates are ordered. */
export interface Stand {
  score: number | null;
  coverage: number | null;
  probabilityAbovePass: number | null;
  intervalLower: number | null;
  intervalUpper: number | null;
  borderline: boolean | null;
  band: string | null;
  recommendation: ScoreRecommendation;
  raterCount: number;
  methodVersion: string;
  priorIds: string[];
}

export function standOf({ overall, priorIds, ...whole }: ExplainedScore & { priorIds: string[] }): Stand {
  const { score, coverage, interval, band, raterCount } = overall;
  const { probabilityAbovePass, borderline, recommendation, methodVersion } = whole;
  return {
    score,
    coverage,
    probabilityAbovePass,
    intervalLower: interval?.lower ?? null,
    intervalUpper: interval?.upper ?? null,
    borderline,
    band,
    recommendation,
    raterCount,
    methodVersion,
    priorIds,
  };
}
