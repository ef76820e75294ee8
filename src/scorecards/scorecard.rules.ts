import { type Fault, refuse, refuseAll } from "../platform/errors";
import { type RateableCriterion, type RatingDraft, unproven, unrated } from "./rating.rules";

/** DRAFT is its author's alone; SUBMITTED counts; AMENDED was replaced by a later revision, and goes where that goes; WITHDRAWN counts nowhere. */
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

interface Card {
  state: ScorecardState;
  recommendation: Recommendation | null;
}

/** The card after a move. @throws Refusal ILLEGAL_MOVE */
export function moved<C extends Pick<Card, "state">>(card: C, to: ScorecardState): C {
  const open = SCORECARD_MOVES[card.state];
  if (!open.includes(to)) {
    const mending =
      open.length > 0 ? `it can become: ${open.join(", ")}` : "take its latest revision, or begin another";
    refuse("ILLEGAL_MOVE", `A scorecard that is ${card.state} cannot become ${to}; ${mending}.`, "id");
  }
  return { ...card, state: to };
}

interface Words {
  recommendation: Recommendation | null;
  summary: string;
}

/** What a card says in all, once what was written replaces its like; null leaves it as it was. */
export const worded = (
  card: Words,
  written: { recommendation?: Recommendation | null; summary?: string | null },
): Words => ({
  recommendation: written.recommendation ?? card.recommendation,
  summary: written.summary ?? card.summary,
});

/** What an organisation asks of a scorecard that is handed in. */
interface Demands {
  requireEveryCriterion: boolean;
  requireEvidenceForExtremes: boolean;
}

/** What the card says, and what is asked of it. */
interface Sheet {
  criteria: readonly RateableCriterion[];
  ratings: readonly RatingDraft[];
  demands: Demands;
}

/**
 * The card as handed in.
 * @throws Refusal ILLEGAL_MOVE, or RECOMMENDATION_MISSING, RATINGS_MISSING and EVIDENCE_MISSING, all told together
 */
export function submitted<C extends Card & { submittedAt: Date | null }>(card: C, sheet: Sheet, now: Date): C {
  const next = moved(card, "SUBMITTED");
  refuseAll(submissionFaults(card, sheet));
  return { ...next, submittedAt: now };
}

function submissionFaults({ recommendation }: Card, { criteria, ratings, demands }: Sheet): Fault[] {
  const faults: Fault[] = [];
  if (!recommendation) {
    const message = "Say what you recommend; NO_DECISION is an answer too.";
    faults.push({ code: "RECOMMENDATION_MISSING", message, field: ["recommendation"] });
  }
  const missing = demands.requireEveryCriterion ? unrated(criteria, ratings) : [];
  if (missing.length > 0) {
    const message = `Rate these too, or mark them as NOT_OBSERVED: ${named(missing)}.`;
    faults.push({ code: "RATINGS_MISSING", message, field: ["ratings"] });
  }
  const bare = demands.requireEvidenceForExtremes ? unproven(criteria, ratings) : [];
  if (bare.length > 0) {
    const message = `Give evidence for the lowest or highest value of: ${named(bare)}.`;
    faults.push({ code: "EVIDENCE_MISSING", message, field: ["ratings"] });
  }
  return faults;
}

const named = (criteria: readonly RateableCriterion[]): string => criteria.map(({ name }) => name).join(", ");

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
    refuse("ILLEGAL_MOVE", "The scorecard is in: amend it, or withdraw it to write another.", "sessionId");
  }
  const draft = cards.find(({ state }) => state === "DRAFT") ?? null;
  if (draft && version === null) {
    refuse("STALE_VERSION", `The scorecard is begun already: carry on from version ${draft.version}.`, "version");
  }
  if (!draft && version !== null) {
    refuse("STALE_VERSION", "There is no draft here: leave `version` out to begin one.", "version");
  }
  return draft;
}
