import { Member } from "../identity/member.entity";
import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { settle } from "./interview-session.actions";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { stateAt } from "./interview-session.rules";
import { claimPanel, claimSeat, settlePanel } from "./open-panel.actions";
import type {
  AddPanelistInput,
  EditPanelistInput,
  RemovePanelistInput,
  ReplacePanelistInput,
  RespondToInvitationInput,
} from "./panelist.input";
import { mayAnswer, maySeat } from "./panelist.policy";
import {
  answerFaults,
  emptinessFaults,
  excuseFaults,
  freshSeat,
  fullnessFaults,
  leavingFaults,
  newcomerFaults,
  reassigned,
} from "./panelist.rules";

const SEAT_YOURSELF =
  "seat yourself here, nor anybody with a key: a scorecard is in, which they may have read before they write their own. " +
  "Let somebody else do it";

/** Seats one more. @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | ILLEGAL_MOVE | BAD_INPUT | SLOT_TAKEN */
export function addPanelist(
  ctx: Ctx,
  { sessionId, memberId, seat, feedbackRequired }: AddPanelistInput,
): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const open = await claimPanel(tx, sessionId, "sessionId");
    must(maySeat(ctx.viewer, { memberId }, open.panel), SEAT_YOURSELF);
    const member = await tx.find(Member, memberId, "memberId");
    refuseAll([...newcomerFaults(open.panel, member), ...fullnessFaults(open.panel)]);
    const newcomer = await tx.insert(Panelist, { ...freshSeat, sessionId, memberId, seat, feedbackRequired });
    await announce(tx, "panelist.added", newcomer);
    return settlePanel(tx, open);
  });
}

/** Gives a seat to somebody else. @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | ILLEGAL_MOVE | BAD_INPUT | SLOT_TAKEN */
export function replacePanelist(
  ctx: Ctx,
  { panelistId, memberId, reason }: ReplacePanelistInput,
): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { seated: leaver, ...open } = await claimSeat(tx, panelistId);
    must(maySeat(ctx.viewer, { memberId }, open.panel), SEAT_YOURSELF);
    const member = await tx.find(Member, memberId, "memberId");
    refuseAll([...leavingFaults(leaver), ...newcomerFaults(open.panel, member), ...emptinessFaults(open.panel)]);
    const { sessionId, seat, feedbackRequired } = leaver;
    await unseat(tx, open.session, leaver);
    const newcomer = await tx.insert(Panelist, { ...freshSeat, sessionId, memberId, seat, feedbackRequired });
    await announce(tx, "panelist.added", newcomer);
    return settlePanel(tx, open, reason);
  });
}

/** Takes a seat away. @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | ILLEGAL_MOVE */
export function removePanelist(ctx: Ctx, { panelistId, reason }: RemovePanelistInput): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { seated: leaver, ...open } = await claimSeat(tx, panelistId);
    const left = open.panel.filter((each) => each !== leaver);
    refuseAll([...leavingFaults(leaver), ...emptinessFaults(left)]);
    await unseat(tx, open.session, leaver);
    return settlePanel(tx, open, reason);
  });
}

/**
 * Changes what a panellist is there for, or whether the session waits for their scorecard.
 * @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | ILLEGAL_MOVE
 */
export function editPanelist(ctx: Ctx, { panelistId, ...wish }: EditPanelistInput): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { seated, session, panel } = await claimSeat(tx, panelistId);
    const next = reassigned(seated, wish);
    const after = panel.map((each) => (each === seated ? next : each));
    refuseAll([...excuseFaults(stateAt(session, ctx.now), seated, next), ...emptinessFaults(after, "seat")]);
    const changed = (["seat", "feedbackRequired"] as const).filter((field) => next[field] !== seated[field]);
    if (changed.length === 0) return session;
    await announce(tx, "panelist.edited", seated, changed);
    await tx.change(await tx.claim(Panelist, panelistId), next);
    // Calendars tell who leads and who listens, and nothing of scorecards.
    const calendarSequence = session.calendarSequence + (changed.includes("seat") ? 1 : 0);
    return settle(tx, session, { ...session, calendarSequence });
  });
}

/** Answers the viewer's own invitation. @throws Refusal NOT_FOUND | FORBIDDEN | ILLEGAL_MOVE */
export function respondToInvitation(
  ctx: Ctx,
  { panelistId, response, note: responseNote = null }: RespondToInvitationInput,
): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { sessionId, memberId } = await tx.find(Panelist, panelistId, "panelistId");
    must(mayAnswer(ctx.viewer, { memberId }), "answer somebody else's invitation");
    const session = await tx.hold(InterviewSession, sessionId, "panelistId");
    refuseAll(answerFaults(stateAt(session, ctx.now)));
    const seat = await tx.claim(Panelist, panelistId);
    await announce(tx, "panelist.responded", seat, ["response"]);
    await tx.change(seat, { response, respondedAt: ctx.now, responseNote });
    return session;
  });
}

/** The journal names the session: of the seat, nothing is left to be read. */
async function unseat(tx: Tx, session: InterviewSession, { id }: Panelist): Promise<void> {
  await tx.all("delete from panelists where id = $1", [id]);
  await announce(tx, "panelist.removed", session, ["panel"]);
}
