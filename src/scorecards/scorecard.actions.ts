import type { Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { panelOf, recordFeedback } from "../interviews/interview-session.actions";
import { InterviewSession, type Panelist } from "../interviews/interview-session.entity";
import { hasBegun, isCalledOff, stateAt } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Criterion } from "../question-bank/rubric.entity";
import { Rating, Scorecard } from "./scorecard.entity";
import type { RatingInput, SaveScorecardInput, SubmitScorecardInput, WithdrawScorecardInput } from "./scorecard.input";
import { mayWriteScorecard } from "./scorecard.policy";
import { draftToCarryOn, moved, ratingFaults, submitted } from "./scorecard.rules";

/**
 * Begins the viewer's scorecard of a session, or carries it on.
 * @throws Refusal NOT_FOUND | NOT_ON_PANEL | ILLEGAL_MOVE | STALE_VERSION | ALREADY_EXISTS | BAD_INPUT |
 * VALUE_OUTSIDE_SCALE | CRITERION_NOT_RATED_HERE
 */
export function saveScorecard(ctx: Ctx, input: SaveScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const session = await tx.find(InterviewSession, input.sessionId, "sessionId");
    const { memberId } = await ownSeat(tx, session);
    if (isCalledOff(session.state))
      refuse("ILLEGAL_MOVE", `The session is ${session.state}: there is nothing to rate.`, "sessionId");
    refuseAll(ratingFaults(input.ratings, await criteriaOf(tx, session)));
    const card = await draftOf(tx, session, memberId, input.version ?? null);
    await writeRatings(tx, card, input.ratings);
    return tx.change(card, {
      recommendation: input.recommendation ?? card.recommendation,
      summary: input.summary ?? card.summary,
    });
  });
}

/**
 * Hands in the viewer's own scorecard.
 * @throws Refusal NOT_FOUND | FORBIDDEN | STALE_VERSION | ILLEGAL_MOVE | RECOMMENDATION_MISSING | RATINGS_MISSING
 */
export function submitScorecard(ctx: Ctx, { id, version }: SubmitScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const { session, card } = await claimOwn(tx, id, version);
    const state = stateAt(session, ctx.now);
    if (!hasBegun(state)) refuse("ILLEGAL_MOVE", `The session is ${state}: hand in when it has begun.`, "id");
    const next = submitted(card, await criteriaOf(tx, session), await ratingsOf(tx, card), ctx.now);
    await announce(tx, "scorecard.submitted", card, ["state"]);
    await recordFeedback(tx, session, await ownSeat(tx, session), ctx.now);
    return tx.change(card, next);
  });
}

/** Takes the viewer's own scorecard back. @throws Refusal NOT_FOUND | FORBIDDEN | STALE_VERSION | ILLEGAL_MOVE */
export function withdrawScorecard(ctx: Ctx, { id, version }: WithdrawScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const { session, card } = await claimOwn(tx, id, version);
    const next = moved(card, "WITHDRAWN");
    await announce(tx, "scorecard.withdrawn", card, ["state"]);
    if (card.state === "SUBMITTED") await recordFeedback(tx, session, await ownSeat(tx, session), null);
    return tx.change(card, next);
  });
}

/** Locks the session, then the card: everybody in this order, so that two panellists do not wait for each other. */
async function claimOwn(
  tx: Tx<Viewer>,
  id: string,
  version: number,
): Promise<{ session: InterviewSession; card: Scorecard }> {
  const { sessionId } = await tx.find(Scorecard, id, "id");
  const session = await tx.claim(InterviewSession, sessionId);
  const card = await tx.claim(Scorecard, id, version);
  must(mayWriteScorecard(tx.viewer, card), "act on somebody else's scorecard");
  return { session, card };
}

/** The viewer's seat on the panel. @throws Refusal NOT_ON_PANEL */
async function ownSeat(tx: Tx, session: InterviewSession): Promise<Panelist> {
  const panel = await panelOf(tx, session);
  const seat = panel.find(({ memberId }) => memberId === tx.viewer.id);
  return (
    seat ?? refuse("NOT_ON_PANEL", "Only the session's panel writes scorecards, and you do not sit on it.", "sessionId")
  );
}

/** The member's open draft, locked, or a new one. @throws Refusal ILLEGAL_MOVE | STALE_VERSION | ALREADY_EXISTS */
async function draftOf(
  tx: Tx,
  session: InterviewSession,
  memberId: string,
  version: number | null,
): Promise<Scorecard> {
  const own = (bind: Bind) => `t.session_id = ${bind(session.id)} and t.interviewer_id = ${bind(memberId)}`;
  const cards = await allRows(tx, Scorecard, own);
  const draft = draftToCarryOn(cards, version);
  if (draft) return tx.claim(Scorecard, draft.id, version ?? undefined);
  return tx.insert(Scorecard, {
    sessionId: session.id,
    interviewerId: memberId,
    revision: cards.length + 1,
    state: "DRAFT",
    recommendation: null,
    summary: "",
    submittedAt: null,
  });
}

async function writeRatings(tx: Tx, card: Scorecard, ratings: readonly RatingInput[]): Promise<void> {
  const criteria = ratings.map(({ criterionId }) => criterionId);
  await tx.all("delete from ratings where scorecard_id = $1 and criterion_id = any($2)", [card.id, criteria]);
  const rows = ratings.map(({ criterionId, outcome, value = null, evidence }) => ({
    scorecardId: card.id,
    criterionId,
    outcome,
    value,
    evidence: evidence ?? "",
  }));
  await tx.insertAll(Rating, rows);
}

const ratingsOf = (tx: Tx, card: Scorecard): Promise<Rating[]> =>
  allRows(tx, Rating, (bind) => `t.scorecard_id = ${bind(card.id)}`);

const criteriaOf = (tx: Tx, session: InterviewSession): Promise<Criterion[]> =>
  allRows(tx, Criterion, (bind) => `t.rubric_version_id = ${bind(session.rubricVersionId)}`, "order by t.position");
