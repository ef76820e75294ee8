import { holdActive } from "../candidates/application.actions";
import { Organization } from "../identity/organization.entity";
import type { Viewer } from "../identity/viewer.rules";
import { panelOf } from "../interviews/interview-session.actions";
import { InterviewSession, type Panelist } from "../interviews/interview-session.entity";
import { isCalledOff } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse } from "../platform/errors";
import { Scorecard } from "./scorecard.entity";
import { mayWriteScorecard } from "./scorecard.policy";
import { draftToCarryOn } from "./scorecard.rules";

/*
 * What is locked before one's own scorecard is written, always in one order: the application, its session, the card. So
 * nobody waits in a ring, and nothing is written behind a decision, or behind a session's being called off.
 */

/** The session, which goes nowhere until the end. Others may write their cards of it. @throws Refusal NOT_FOUND | DECIDED */
export async function holdSession(tx: Tx, id: string): Promise<InterviewSession> {
  const { applicationId } = await tx.find(InterviewSession, id, "sessionId");
  await holdActive(tx, applicationId, "sessionId");
  return tx.hold(InterviewSession, id, "sessionId");
}

/** The viewer's own card and its session, locked. @throws Refusal NOT_FOUND | FORBIDDEN | DECIDED | STALE_VERSION */
export async function claimOwn(
  tx: Tx<Viewer>,
  id: string,
  version: number,
): Promise<{ session: InterviewSession; card: Scorecard }> {
  const found = await tx.find(Scorecard, id, "id");
  must(mayWriteScorecard(tx.viewer, found), "act on somebody else's scorecard");
  const { applicationId } = await tx.find(InterviewSession, found.sessionId, "id");
  await holdActive(tx, applicationId, "id");
  const session = await tx.claim(InterviewSession, found.sessionId);
  return { session, card: await tx.claim(Scorecard, id, version) };
}

/** The viewer's seat on the panel. @throws Refusal NOT_ON_PANEL */
export async function ownSeat(tx: Tx, session: InterviewSession): Promise<Panelist> {
  const panel = await panelOf(tx, session);
  const seat = panel.find(({ memberId }) => memberId === tx.viewer.id);
  return (
    seat ?? refuse("NOT_ON_PANEL", "Only the session's panel writes scorecards, and you do not sit on it.", "sessionId")
  );
}

/** @throws Refusal ILLEGAL_MOVE where the session was called off */
export function assertGoingOn({ state }: InterviewSession, field: string): void {
  if (isCalledOff(state)) refuse("ILLEGAL_MOVE", `The session is ${state}: there is nothing to rate.`, field);
}

/** The member's open draft, locked, or a new one. @throws Refusal ILLEGAL_MOVE | STALE_VERSION | ALREADY_EXISTS */
export async function draftOf(
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
    amendmentReason: null,
    submittedAt: null,
  });
}

/** What the organisation asks of a scorecard that is handed in. */
export const demandsOf = (tx: Tx): Promise<Organization> => tx.find(Organization, tx.viewer.organizationId);
