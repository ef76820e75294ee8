import type { InterviewSession } from "../interviews/interview-session.entity";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuseAll } from "../platform/errors";
import { Criterion } from "../question-bank/rubric.entity";
import { patched, type RatingDraft, type RatingPatch, ratingFaults } from "./rating.rules";
import { Rating, type Scorecard } from "./scorecard.entity";

/** What a session is rated by, in the rubric's order. */
export const criteriaOf = (tx: Tx, { rubricVersionId }: InterviewSession): Promise<Criterion[]> =>
  allRows(tx, Criterion, (bind) => `t.rubric_version_id = ${bind(rubricVersionId)}`, "order by t.position");

export const ratingsOf = (tx: Tx, card: Scorecard): Promise<Rating[]> =>
  allRows(tx, Rating, (bind) => `t.scorecard_id = ${bind(card.id)}`);

/**
 * What was written, over what was there. @throws Refusal BAD_INPUT | VALUE_OUTSIDE_SCALE | CRITERION_NOT_RATED_HERE
 */
export function patchedRatings(
  criteria: readonly Criterion[],
  before: readonly Rating[],
  written: readonly RatingPatch[],
): RatingDraft[] {
  const ratings = patched(before, written);
  refuseAll(ratingFaults(ratings, criteria));
  return ratings;
}

/** Writes the ratings; one of the same criterion is replaced. The card must have been claimed, or be new. */
export async function writeRatings(tx: Tx, card: Scorecard, ratings: readonly RatingDraft[]): Promise<void> {
  const criteria = ratings.map(({ criterionId }) => criterionId);
  await tx.all("delete from ratings where scorecard_id = $1 and criterion_id = any($2)", [card.id, criteria]);
  await tx.insertAll(
    Rating,
    ratings.map(({ criterionId, outcome, value, evidence }) => ({
      scorecardId: card.id,
      criterionId,
      outcome,
      value,
      evidence,
    })),
  );
}
