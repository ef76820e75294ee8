import { holdActive } from "../candidates/application.actions";
import { Member } from "../identity/member.entity";
import { Organization } from "../identity/organization.entity";
import { isKey, isMember, type Viewer } from "../identity/viewer.rules";
import { panelOf } from "../interviews/interview-session.actions";
import { InterviewSession, type Panelist } from "../interviews/interview-session.entity";
import { isCalledOff } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse, refuseAll } from "../platform/errors";
import { Scorecard } from "./scorecard.entity";
import { mayEnterScorecards, mayWriteScorecard } from "./scorecard.policy";
import { draftToCarryOn } from "./scorecard.rules";
import { handOf, otherHandFaults } from "./scorecard-hand.rules";

/*
 * What is locked before a scorecard is written, always in one order: the member for whom a key writes, the application,
 * its session, the card. So nobody waits in a ring, and nothing is written behind a decision, behind a session's being
 * called off, or for somebody who has left.
 */

/** The session, which goes nowhere until the end. Others may write their cards of it. @throws Refusal NOT_FOUND | DECIDED */
export async function holdSession(tx: Tx, id: string): Promise<InterviewSession> {
  const { applicationId } = await tx.find(InterviewSession, id, "sessionId");
  await holdActive(tx, applicationId, "sessionId");
  return tx.hold(InterviewSession, id, "sessionId");
}

/**
 * The viewer's own card, or the one that the viewing key entered, and its session, locked.
 * @throws Refusal NOT_FOUND | FORBIDDEN | BAD_INPUT | DECIDED | STALE_VERSION
 */
export async function claimOwn(
  tx: Tx<Viewer>,
  id: string,
  version: number,
): Promise<{ session: InterviewSession; card: Scorecard }> {
  const found = await tx.find(Scorecard, id, "id");
  must(mayWriteScorecard(tx.viewer, found), "act on somebody else's scorecard");
  if (isKey(tx.viewer)) await holdWorking(tx, found.interviewerId, "id");
  const { applicationId } = await tx.find(InterviewSession, found.sessionId, "id");
  await holdActive(tx, applicationId, "id");
  const session = await tx.claim(InterviewSession, found.sessionId);
  return { session, card: await tx.claim(Scorecard, id, version) };
}

/**
 * Whose scorecard the viewer writes: a member their own, a key that of the member whom it names.
 * @throws Refusal FORBIDDEN | INTERVIEWER_MISSING | NOT_FOUND | BAD_INPUT
 */
export async function interviewerFor(tx: Tx<Viewer>, named: string | null): Promise<string> {
  const { viewer } = tx;
  if (isMember(viewer)) {
    if (named === null || named === viewer.id) return viewer.id;
    const { id } = await tx.find(Member, named, "interviewerId");
    must(id === viewer.id, "write somebody else's scorecard");
  }
  must(mayEnterScorecards(viewer), "write scorecards");
  if (named === null) {
    refuse("INTERVIEWER_MISSING", "A key writes for a member of the panel: name them.", "interviewerId");
  }
  await holdWorking(tx, named, "interviewerId");
  return named;
}

/** Nobody speaks for those who have left: they could not put it right. Held first of all. @throws Refusal NOT_FOUND | BAD_INPUT */
async function holdWorking(tx: Tx, memberId: string, field: string): Promise<void> {
  const { active } = await tx.hold(Member, memberId, field);
  if (!active) refuse("BAD_INPUT", "The interviewer is deactivated: their scorecards stay as they are.", field);
}

/** The interviewer's seat on the panel; `field` is the input field that leads to it. @throws Refusal NOT_ON_PANEL */
export async function seatOf(
  tx: Tx,
  session: InterviewSession,
  interviewerId: string,
  field = "id",
): Promise<Panelist> {
  const panel = await panelOf(tx, session);
  const seat = panel.find(({ memberId }) => memberId === interviewerId);
  return seat ?? refuse("NOT_ON_PANEL", "Only the session's panel writes its scorecards.", field);
}

/** @throws Refusal ILLEGAL_MOVE where the session was called off */
export function assertGoingOn({ state }: InterviewSession, field: string): void {
  if (isCalledOff(state)) refuse("ILLEGAL_MOVE", `The session is ${state}: there is nothing to rate.`, field);
}

/** The member's open draft, locked, or a new one. @throws Refusal WRITTEN_BY_OTHERS | ILLEGAL_MOVE | STALE_VERSION | ALREADY_EXISTS */
export async function draftOf(
  tx: Tx<Viewer>,
  session: InterviewSession,
  memberId: string,
  version: number | null,
): Promise<Scorecard> {
  const own = (bind: Bind) => `t.session_id = ${bind(session.id)} and t.interviewer_id = ${bind(memberId)}`;
  const cards = await allRows(tx, Scorecard, own);
  const hand = handOf(tx.viewer);
  refuseAll(otherHandFaults(cards, hand));
  const draft = draftToCarryOn(cards, version);
  if (draft) return tx.claim(Scorecard, draft.id, version ?? undefined);
  return tx.insert(Scorecard, {
    sessionId: session.id,
    interviewerId: memberId,
    revision: cards.length + 1,
    state: "DRAFT",
    recommendation: null,
    summary: "",
    amendmentReason: null,
    submittedAt: null,
    enteredByKeyId: hand,
  });
}

/** What the organisation asks of a scorecard that is handed in. */
export const demandsOf = (tx: Tx): Promise<Organization> => tx.find(Organization, tx.viewer.organizationId);
