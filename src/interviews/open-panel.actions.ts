import { holdActive } from "../candidates/application.actions";
import type { Viewer } from "../identity/viewer.rules";
import type { Tx } from "../platform/db/tx";
import { must, notFound, refuseAll } from "../platform/errors";
import { book } from "./booking.actions";
import { panelOf, settle } from "./interview-session.actions";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { stateAt } from "./interview-session.rules";
import { mayTakeSeat } from "./panelist.policy";
import { closedFaults } from "./panelist.rules";
import { noteSchedule } from "./schedule-change.actions";

export interface OpenPanel {
  session: InterviewSession;
  /** As it was. */
  panel: Panelist[];
  candidateId: string;
}

/** The session, locked, with a panel that may still be changed. @throws Refusal NOT_FOUND | DECIDED | ILLEGAL_MOVE */
export async function claimPanel(tx: Tx<Viewer>, sessionId: string, field: string): Promise<OpenPanel> {
  const { applicationId } = await tx.find(InterviewSession, sessionId, field);
  const { candidateId } = await holdActive(tx, applicationId, field);
  const session = await tx.claim(InterviewSession, sessionId);
  refuseAll(closedFaults(stateAt(session, tx.occasion.now), field));
  return { session, panel: await panelOf(tx, session), candidateId };
}

/** The same, by a seat that is somebody else's. @throws Refusal NOT_FOUND | FORBIDDEN | DECIDED | ILLEGAL_MOVE */
export async function claimSeat(tx: Tx<Viewer>, panelistId: string): Promise<OpenPanel & { seated: Panelist }> {
  const { sessionId } = await tx.find(Panelist, panelistId, "panelistId");
  const open = await claimPanel(tx, sessionId, "panelistId");
  const seated = open.panel.find(({ id }) => id === panelistId) ?? notFound("Panelist", panelistId, "panelistId");
  must(
    mayTakeSeat(tx.viewer, seated, open.panel),
    "take away or change your own seat, as you would step out of your own blindness, nor any with a key once a scorecard is in: let somebody else do it",
  );
  return { ...open, seated };
}

/** What follows from another panel: its people's time, whether the session is complete, what calendars show. */
export async function settlePanel(
  tx: Tx<Viewer>,
  { session, panel: before, candidateId }: OpenPanel,
  reason: string | null = null,
): Promise<InterviewSession> {
  const memberIds = (await panelOf(tx, session)).map(({ memberId }) => memberId);
  const isNew = (memberId: string | null) => !before.some((each) => each.memberId === memberId);
  await book(tx, session, { candidateId, memberIds }, (memberId) =>
    memberId && isNew(memberId) ? ["memberId"] : null,
  );
  if (reason !== null) await noteSchedule(tx, session, reason);
  return settle(tx, session, { ...session, calendarSequence: session.calendarSequence + 1 });
}
