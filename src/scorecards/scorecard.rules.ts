import { type Fault, refuse } from "../platform/errors";

/** DRAFT is its author's alone; SUBMITTED counts; AMENDED was replaced by a later revision; WITHDRAWN counts nowhere. */
export const SCORECARD_STATES = ["DRAFT", "SUBMITTED", "AMENDED", "WITHDRAWN"] as const;
export type ScorecardState = (typeof SCORECARD_STATES)[number];

export const SCORECARD_MOVES: Readonly<Record<ScorecardState, readonly ScorecardState[]>> = {
  DRAFT: ["SUBMITTED", "WITHDRAWN"],
  SUBMITTED: ["AMENDED", "WITHDRAWN"],
  AMENDED: [],
  WITHDRAWN: [],
};

/** NO_DECISION is an answer too: the interview did not settle it. */
export const RECOMMENDATIONS = ["STRONG_NO", "NO", "YES", "STRONG_YES", "NO_DECISION"] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** NOT_OBSERVED: the interview did not show it. NOT_APPLICABLE: it does not matter for this candidate. Neither is a zero. */
export type RatingOutcome = "RATED" | "NOT_OBSERVED" | "NOT_APPLICABLE";

interface Card {
  state: ScorecardState;
  recommendation: Recommendation | null;
}

interface RateableCriterion {
  id: string;
  name: string;
  scaleMin: number;
  scaleMax: number;
}

export interface RatingDraft {
  criterionId: string;
  outcome: RatingOutcome;
  value?: number | null;
}

/** The card after a move. @throws Refusal ILLEGAL_MOVE */
export function moved<C extends Card>(card: C, to: ScorecardState): C {
  if (!SCORECARD_MOVES[card.state].includes(to)) {
    refuse("ILLEGAL_MOVE", `A scorecard that is ${card.state} cannot become ${to}.`, "id");
  }
  return { ...card, state: to };
}

/**
 * The card as handed in.
 * @throws Refusal ILLEGAL_MOVE | RECOMMENDATION_MISSING | RATINGS_MISSING, which names the criteria
 */
export function submitted<C extends Card & { submittedAt: Date | null }>(
  card: C,
  criteria: readonly RateableCriterion[],
  ratings: readonly RatingDraft[],
  now: Date,
): C {
  const next = moved(card, "SUBMITTED");
  if (!card.recommendation) {
    refuse("RECOMMENDATION_MISSING", "Say what you recommend; NO_DECISION is an answer too.", "recommendation");
  }
  const rated = new Set(ratings.map(({ criterionId }) => criterionId));
  const missing = criteria.filter(({ id }) => !rated.has(id)).map(({ name }) => name);
  if (missing.length > 0) {
    const names = missing.join(", ");
    refuse("RATINGS_MISSING", `Rate these too, or mark them as NOT_OBSERVED: ${names}.`, "ratings");
  }
  return { ...next, submittedAt: now };
}

interface Versioned {
  state: ScorecardState;
  version: number;
}

/**
 * Of one interviewer's cards for a session, the draft to carry on; null where one is to be begun.
 * @throws Refusal ILLEGAL_MOVE | STALE_VERSION
 */
export function draftToCarryOn<C extends Versioned>(cards: readonly C[], version: number | null): C | null {
  if (cards.some(({ state }) => state === "SUBMITTED")) {
    refuse("ILLEGAL_MOVE", "Your scorecard is in: withdraw it to write another.", "sessionId");
  }
  const draft = cards.find(({ state }) => state === "DRAFT") ?? null;
  if (draft && version === null) {
    refuse("STALE_VERSION", `You have begun already: carry on from version ${draft.version}.`, "version");
  }
  if (!draft && version !== null) {
    refuse("STALE_VERSION", "You have no draft here: leave `version` out to begin one.", "version");
  }
  return draft;
}

/** What is wrong with ratings for the criteria of a session. Paths are those of the input. */
export function ratingFaults(ratings: readonly RatingDraft[], criteria: readonly RateableCriterion[]): Fault[] {
  const byId = new Map(criteria.map((criterion) => [criterion.id, criterion]));
  return ratings.flatMap((rating, index) => {
    const at = (code: string, message: string, field: string): Fault => ({
      code,
      message,
      field: ["ratings", `${index}`, field],
    });
    const criterion = byId.get(rating.criterionId);
    if (!criterion)
      return [at("CRITERION_NOT_RATED_HERE", "The session's rubric has no such criterion.", "criterionId")];
    if (ratings.findIndex(({ criterionId }) => criterionId === rating.criterionId) < index) {
      return [at("BAD_INPUT", `"${criterion.name}" is rated twice.`, "criterionId")];
    }
    return valueFaults(rating, criterion, at);
  });
}

type At = (code: string, message: string, field: string) => Fault;

function valueFaults(
  { outcome, value = null }: RatingDraft,
  { name, scaleMin, scaleMax }: RateableCriterion,
  at: At,
): Fault[] {
  if (outcome !== "RATED") {
    return value === null ? [] : [at("VALUE_OUTSIDE_SCALE", `"${name}" is ${outcome}, so it takes no value.`, "value")];
  }
  if (value !== null && value >= scaleMin && value <= scaleMax) return [];
  const given = value === null ? "has no value" : `is rated ${value}`;
  return [at("VALUE_OUTSIDE_SCALE", `"${name}" ${given}; its scale goes from ${scaleMin} to ${scaleMax}.`, "value")];
}
