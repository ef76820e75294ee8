import type { CountedCard, ScoredCriterion } from "./criterion-score.rules";
import { type ExplainedScore, explainedScore } from "./score.rules";
import { type PanelHistory, type PriorEvidence, pooledPrior } from "./score-prior.rules";
import type { ScoredSkill } from "./skill-score.rules";

/** A criterion of one of the application's rubric versions. */
export interface CriterionEvidence {
  id: string;
  /** Ratings under one stable id are pooled. */
  stableId: string;
  skillId: string;
  scaleMin: number;
  scaleMax: number;
  weight: number;
  gateMin: number | null;
  gateRule: "MEAN" | "ANY" | null;
}

export interface CardEvidence {
  id: string;
  interviewerId: string;
  state: CountedCard["status"];
  recommendation: CountedCard["recommendation"];
}

export interface RatingEvidence {
  scorecardId: string;
  criterionId: string;
  outcome: "RATED" | "NOT_OBSERVED" | "NOT_APPLICABLE";
  value: number | null;
}

export interface ProfileEvidence {
  passMark: number;
  leastCoveragePercent: number;
  bands: readonly { label: string; min: number }[];
  expectations: readonly { skillId: string; weight: number; gate: number | null }[];
}

/** Everything that bears on one application, as plain JSON: what is frozen today gives the same score in years. */
export interface Evidence {
  profile: ProfileEvidence;
  criteria: readonly CriterionEvidence[];
  cards: readonly CardEvidence[];
  ratings: readonly RatingEvidence[];
  /** The newest estimate of each rubric version that has one; empty without history. */
  priors: readonly PriorEvidence[];
}

/** The explained score of an application. Its criteria are named by stable id. */
export function scoreOf({ profile, criteria, cards, ratings, priors }: Evidence): ExplainedScore {
  const stableIds = new Map(criteria.map(({ id, stableId }) => [id, stableId]));
  return explainedScore({
    criteria: pooled(criteria).map(scoredCriterion),
    skills: profile.expectations.map(
      ({ skillId, weight, gate }): ScoredSkill => ({ id: skillId, weight, gateMin: gate }),
    ),
    cards: cards.map((card) => countedCard(card, ratings, stableIds)),
    standard: {
      minCoverage: profile.leastCoveragePercent / 100,
      passMin: profile.passMark,
      bands: profile.bands.map(({ label, min }) => ({ id: label, min })),
      prior: pooledPrior(priors),
    },
  });
}

/** The estimates that the score of the evidence leans on. Without a score there is nothing to be sure of. */
export const priorsUsed = ({ priors }: Evidence, { overall }: ExplainedScore): string[] =>
  overall.score === null ? [] : priors.map(({ id }) => id).sort();

/** How far apart the raters of a session were by its own evidence; null where no two of them share a criterion. */
export function panelHistory(sessionId: string, evidence: Omit<Evidence, "priors">): PanelHistory | null {
  const { raterStandardDeviation, degreesOfFreedom } = scoreOf({ ...evidence, priors: [] }).overall;
  return raterStandardDeviation === null
    ? null
    : { sessionId, variance: raterStandardDeviation ** 2, degreesOfFreedom };
}

/** One criterion per stable id: that of the newest rubric version, whose weight and gate hold. Ids grow with time. */
export function pooled(criteria: readonly CriterionEvidence[]): CriterionEvidence[] {
  const newest = new Map<string, CriterionEvidence>();
  for (const criterion of criteria) {
    const known = newest.get(criterion.stableId);
    if (!known || known.id < criterion.id) newest.set(criterion.stableId, criterion);
  }
  return [...newest.values()];
}

function scoredCriterion({
  stableId,
  skillId,
  scaleMin,
  scaleMax,
  weight,
  gateMin,
  gateRule,
}: CriterionEvidence): ScoredCriterion {
  const gate = gateMin === null || gateRule === null ? null : { min: gateMin, rule: gateRule };
  return { id: stableId, skillId, min: scaleMin, max: scaleMax, weight, gate };
}

function countedCard(
  { id, interviewerId, state, recommendation }: CardEvidence,
  ratings: readonly RatingEvidence[],
  stableIds: ReadonlyMap<string, string>,
): CountedCard {
  const own = ratings.filter(({ scorecardId }) => scorecardId === id);
  const cells = own.map(({ criterionId, outcome, value }) => {
    const cell = outcome === "RATED" ? { outcome, value: value ?? Number.NaN } : { outcome };
    return [stableIds.get(criterionId) ?? criterionId, cell] as const;
  });
  return { id, raterId: interviewerId, status: state, recommendation, cells: new Map(cells) };
}
