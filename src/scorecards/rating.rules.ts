import type { Fault } from "../platform/errors";

/** NOT_OBSERVED: the interview did not show it. NOT_APPLICABLE: it does not matter for this candidate. Neither is a zero. */
export type RatingOutcome = "RATED" | "NOT_OBSERVED" | "NOT_APPLICABLE";

export interface RateableCriterion {
  id: string;
  name: string;
  scaleMin: number;
  scaleMax: number;
}

/** What a scorecard says of one criterion; `value` is null unless RATED. */
export interface RatingDraft {
  criterionId: string;
  outcome: RatingOutcome;
  value: number | null;
  evidence: string;
}

/** What an interviewer writes of one criterion; what is left out or null stays as it was. */
export interface RatingPatch {
  criterionId: string;
  outcome?: RatingOutcome | null;
  value?: number | null;
  evidence?: string | null;
}

/** The ratings that were written, each over what was there. A value alone makes it RATED. */
export function patched(before: readonly RatingDraft[], written: readonly RatingPatch[]): RatingDraft[] {
  const known = new Map(before.map((rating) => [rating.criterionId, rating]));
  return written.map(({ criterionId, outcome: said, value: given, evidence }) => {
    const was = known.get(criterionId);
    const outcome = said ?? (typeof given === "number" ? "RATED" : (was?.outcome ?? "RATED"));
    const value = given ?? (outcome === "RATED" ? (was?.value ?? null) : null);
    return { criterionId, outcome, value, evidence: evidence ?? was?.evidence ?? "" };
  });
}

/** All ratings once those that were written replace their like, in the order of the criteria. */
export function revised(
  criteria: readonly RateableCriterion[],
  before: readonly RatingDraft[],
  written: readonly RatingDraft[],
): RatingDraft[] {
  const latest = new Map([...before, ...written].map((rating) => [rating.criterionId, rating]));
  return criteria.flatMap(({ id }) => latest.get(id) ?? []);
}

type Judged = Pick<RatingDraft, "criterionId" | "outcome" | "value">;

/** What is wrong with ratings for the criteria of a session. Paths are those of the input. */
export function ratingFaults(ratings: readonly Judged[], criteria: readonly RateableCriterion[]): Fault[] {
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

function valueFaults({ outcome, value }: Judged, { name, scaleMin, scaleMax }: RateableCriterion, at: At): Fault[] {
  if (outcome !== "RATED") {
    return value === null ? [] : [at("VALUE_OUTSIDE_SCALE", `"${name}" is ${outcome}, so it takes no value.`, "value")];
  }
  if (value !== null && value >= scaleMin && value <= scaleMax) return [];
  const given = value === null ? "has no value" : `is rated ${value}`;
  return [at("VALUE_OUTSIDE_SCALE", `"${name}" ${given}; its scale goes from ${scaleMin} to ${scaleMax}.`, "value")];
}

/** Criteria of which the ratings say nothing. */
export function unrated(criteria: readonly RateableCriterion[], ratings: readonly RatingDraft[]): RateableCriterion[] {
  const rated = new Set(ratings.map(({ criterionId }) => criterionId));
  return criteria.filter(({ id }) => !rated.has(id));
}

/** A letter, a digit, a sign: what can be seen. */
const VISIBLE = /[^\p{Z}\p{C}]/u;

/** Criteria that are rated at an end of their scale without a word of evidence. */
export function unproven(criteria: readonly RateableCriterion[], ratings: readonly RatingDraft[]): RateableCriterion[] {
  const byCriterion = new Map(ratings.map((rating) => [rating.criterionId, rating]));
  return criteria.filter(({ id, scaleMin, scaleMax }) => {
    const { value = null, evidence = "" } = byCriterion.get(id) ?? {};
    return (value === scaleMin || value === scaleMax) && !VISIBLE.test(evidence);
  });
}
