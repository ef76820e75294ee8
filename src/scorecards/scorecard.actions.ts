import type { Ctx } from "../identity/viewer.type";
import { recordFeedback } from "../interviews/interview-session.actions";
import { hasBegun, stateAt } from "../interviews/interview-session.rules";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { criteriaOf, patchedRatings, ratingsOf, writeRatings } from "./rating.actions";
import { revised } from "./rating.rules";
import { Scorecard } from "./scorecard.entity";
import type {
  AmendScorecardInput,
  SaveScorecardInput,
  SubmitScorecardInput,
  WithdrawScorecardInput,
} from "./scorecard.input";
import { moved, submitted, worded } from "./scorecard.rules";
import { handOf } from "./scorecard-hand.rules";
import {
  assertGoingOn,
  claimOwn,
  demandsOf,
  draftOf,
  holdSession,
  interviewerFor,
  seatOf,
} from "./scorecard-lock.actions";

/**
 * Begins the viewer's scorecard of a session, or carries it on; with a key, that of the member whom it names.
 * @throws Refusal FORBIDDEN | INTERVIEWER_MISSING | WRITTEN_BY_OTHERS | NOT_FOUND | DECIDED | NOT_ON_PANEL | ILLEGAL_MOVE | STALE_VERSION | ALREADY_EXISTS | BAD_INPUT |
 * VALUE_OUTSIDE_SCALE | CRITERION_NOT_RATED_HERE
 */
export function saveScorecard(ctx: Ctx, input: SaveScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const interviewerId = await interviewerFor(tx, input.interviewerId ?? null);
    const session = await holdSession(tx, input.sessionId);
    await seatOf(tx, session, interviewerId, input.interviewerId ? "interviewerId" : "sessionId");
    assertGoingOn(session, "sessionId");
    const card = await draftOf(tx, session, interviewerId, input.version ?? null);
    const before = await ratingsOf(tx, card);
    await writeRatings(tx, card, patchedRatings(await criteriaOf(tx, session), before, input.ratings));
    return tx.change(card, { ...worded(card, input), enteredByKeyId: handOf(tx.viewer) });
  });
}

/**
 * Hands in the viewer's own scorecard, or the one that the viewing key entered.
 * @throws Refusal NOT_FOUND | FORBIDDEN | BAD_INPUT | DECIDED | STALE_VERSION | ILLEGAL_MOVE | RECOMMENDATION_MISSING |
 * RATINGS_MISSING | EVIDENCE_MISSING
 */
export function submitScorecard(ctx: Ctx, { id, version }: SubmitScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const { session, card } = await claimOwn(tx, id, version);
    const state = stateAt(session, ctx.now);
    if (!hasBegun(state)) refuse("ILLEGAL_MOVE", `The session is ${state}: hand in when it has begun.`, "id");
    const sheet = { criteria: await criteriaOf(tx, session), ratings: await ratingsOf(tx, card) };
    const next = submitted(card, { ...sheet, demands: await demandsOf(tx) }, ctx.now);
    await announce(tx, "scorecard.submitted", card, ["state"]);
    await recordFeedback(tx, session, await seatOf(tx, session, card.interviewerId), ctx.now);
    return tx.change(card, { ...next, enteredByKeyId: handOf(tx.viewer) });
  });
}

/**
 * Replaces the viewer's own submitted scorecard by a later revision. When the panellist's feedback was given stays as
 * it was: it did not come in later for being put right.
 * @throws Refusal NOT_FOUND | FORBIDDEN | DECIDED | STALE_VERSION | ILLEGAL_MOVE | BAD_INPUT | VALUE_OUTSIDE_SCALE |
 * CRITERION_NOT_RATED_HERE | RATINGS_MISSING | EVIDENCE_MISSING
 */
export function amendScorecard(ctx: Ctx, input: AmendScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const { session, card } = await claimOwn(tx, input.id, input.version);
    const replaced = moved(card, "AMENDED");
    assertGoingOn(session, "id");
    const criteria = await criteriaOf(tx, session);
    const before = await ratingsOf(tx, card);
    const ratings = revised(criteria, before, patchedRatings(criteria, before, input.ratings));
    const draft = { state: "DRAFT" as const, submittedAt: null, ...worded(card, input) };
    const { sessionId, interviewerId, revision } = card;
    const next = await tx.insert(Scorecard, {
      ...submitted(draft, { criteria, ratings, demands: await demandsOf(tx) }, ctx.now),
      sessionId,
      interviewerId,
      revision: revision + 1,
      amendmentReason: input.reason,
      enteredByKeyId: handOf(tx.viewer),
    });
    await writeRatings(tx, next, ratings);
    await tx.change(card, replaced);
    await announce(tx, "scorecard.replaced", card, ["state"]);
    await announce(tx, "scorecard.amended", next, writtenFields(input));
    return next;
  });
}

/**
 * Takes the viewer's own scorecard back, or the one that the viewing key entered, with the revisions that it replaced.
 * @throws Refusal NOT_FOUND | FORBIDDEN | BAD_INPUT | DECIDED | STALE_VERSION | ILLEGAL_MOVE
 */
export function withdrawScorecard(ctx: Ctx, { id, version }: WithdrawScorecardInput): Promise<Scorecard> {
  return ctx.db.transaction(async (tx) => {
    const { session, card } = await claimOwn(tx, id, version);
    const next = moved(card, "WITHDRAWN");
    if (card.state === "SUBMITTED") {
      await announce(tx, "scorecard.withdrawn", card, ["state"]);
      await recordFeedback(tx, session, await seatOf(tx, session, card.interviewerId), null);
    } else {
      // That somebody had begun a draft is theirs to know, and moves no score.
      await announce(tx, "scorecard.discarded", card, ["state"]);
    }
    for (const replaced of await replacedBy(tx, card)) await tx.change(replaced, { state: "WITHDRAWN" });
    return tx.change(card, next);
  });
}

/** The earlier revisions that an amendment replaced: they are as open as the one that did, and go with it. */
const replacedBy = (tx: Tx, { sessionId, interviewerId }: Scorecard): Promise<Scorecard[]> =>
  allRows(
    tx,
    Scorecard,
    (bind) => `t.session_id = ${bind(sessionId)} and t.interviewer_id = ${bind(interviewerId)} and t.state = 'AMENDED'`,
    "order by t.id for update of t",
  );

/** Names of the published fields that the amendment writes. */
const writtenFields = ({ recommendation, summary, ratings }: AmendScorecardInput): string[] => [
  ...(recommendation ? ["recommendation"] : []),
  ...(typeof summary === "string" ? ["summary"] : []),
  ...(ratings.length > 0 ? ["ratings"] : []),
];
