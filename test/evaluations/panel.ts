import type { Cell, CountedCard, ScoredCriterion } from "../../src/evaluations/criterion-score.rules";
import { explainedScore, type Standard } from "../../src/evaluations/score.rules";
import type { ScoredSkill } from "../../src/evaluations/skill-score.rules";

/** A rating, or what stands in its place. */
export type Rating = number | "NOT_OBSERVED" | "NOT_APPLICABLE";

export const standard: Standard = {
  minCoverage: 0.6,
  passMin: 60,
  bands: [
    { id: "L1", min: 0 },
    { id: "L2", min: 40 },
    { id: "L3", min: 60 },
    { id: "L4", min: 75 },
    { id: "L5", min: 90 },
  ],
  prior: null,
};

/** On a scale of 1 to 5, weight 1, no gate, unless said otherwise. */
export function criterion(id: string, skillId: string, more: Partial<ScoredCriterion> = {}): ScoredCriterion {
  return { id, skillId, min: 1, max: 5, weight: 1, gate: null, ...more };
}

export function skill(id: string, weight = 1, gateMin: number | null = null): ScoredSkill {
  return { id, weight, gateMin };
}

/** A submitted card of the rater, who is also its id, unless said otherwise. */
export function card(rater: string, ratings: Record<string, Rating>, more: Partial<CountedCard> = {}): CountedCard {
  const cells = new Map(Object.entries(ratings).map(([id, rating]): [string, Cell] => [id, cellOf(rating)]));
  return { id: rater, raterId: rater, status: "SUBMITTED", cells, ...more };
}

function cellOf(rating: Rating): Cell {
  return typeof rating === "number" ? { outcome: "RATED", value: rating } : { outcome: rating };
}

/** The explained score of these cards, by the standard above unless said otherwise. */
export function score(
  criteria: ScoredCriterion[],
  skills: ScoredSkill[],
  cards: CountedCard[],
  more: Partial<Standard> = {},
) {
  return explainedScore({ criteria, skills, cards, standard: { ...standard, ...more } });
}
