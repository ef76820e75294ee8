import { assertActive, holdActive } from "../candidates/application.actions";
import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import { isMember, type Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { book } from "./booking.actions";
import { InterviewKit } from "./interview-kit.entity";
import { InterviewSession, Panelist } from "./interview-session.entity";
import type {
  MoveInterviewSessionInput,
  PlanInterviewSessionInput,
  WaiveScorecardInput,
} from "./interview-session.input";
import { mayMoveSession } from "./interview-session.policy";
import { dropsFeedback, isCalledOff, moved, owesFeedback, ratedFaults, settled } from "./interview-session.rules";
import { absenceFaults, freshSeat, panelFaults } from "./panelist.rules";
import { readSlot, type Slot, takesTime } from "./schedule.rules";
import { noteSchedule, reschedule } from "./schedule-change.actions";
import { copyQuestions } from "./session-question.actions";

/**
 * Plans a session from a kit, and copies the kit.
 * @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | BAD_SCHEDULE | BAD_INPUT | SLOT_TAKEN
 */
export function planInterviewSession(ctx: Ctx, input: PlanInterviewSessionInput): Promise<InterviewSession> {
  const { slot, faults } = readSlot(input);
  refuseAll([...faults, ...panelFaults(input.panel)]);
  const memberIds = input.panel.map(({ memberId }) => memberId);
  return ctx.db.transaction(async (tx) => {
    const { id: applicationId } = await tx.find(Application, input.applicationId, "applicationId");
    const { candidateId } = await holdActive(tx, applicationId, "applicationId");
    const kit = await tx.find(InterviewKit, input.kitId, "kitId");
    refuseAll(absenceFaults(await tx.findAll(Member, memberIds, seatPath)));
    const session = await insertSession(tx, kit, slot, input);
    await copyQuestions(tx, kit, session);
    await tx.insertAll(
      Panelist,
      input.panel.map((seat) => ({ ...freshSeat, ...seat, sessionId: session.id })),
    );
    await announce(tx, "interview_session.planned", session);
    if (takesTime(session)) await noteSchedule(tx, session);
    await book(tx, session, { candidateId, memberIds }, (memberId) =>
      memberId === null ? ["startsAt"] : seatPath(memberIds.indexOf(memberId)),
    );
    return session;
  });
}

const seatPath = (index: number) => ["panel", `${index}`, "memberId"];

/**
 * Begins, ends, holds or calls off a session.
 * @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | STALE_VERSION | ILLEGAL_MOVE
 */
export function moveInterviewSession(
  ctx: Ctx,
  { id, version, to, reason = null }: MoveInterviewSessionInput,
): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { applicationId } = await tx.find(InterviewSession, id, "id");
    const application = await tx.hold(Application, applicationId, "id");
    const session = await tx.claim(InterviewSession, id, version);
    const panel = await panelOf(tx, session);
    must(mayMoveSession(ctx.viewer, panel, to), `make this session ${to}`);
    if (to === "SCHEDULED") refuse("ILLEGAL_MOVE", "Use `scheduleInterviewSession`, which takes the time.", "to");
    const next = moved(session, to, ctx.now);
    refuseAll(ratedFaults(to, panel, "to"));
    if (dropsFeedback(next, panel)) assertActive(application, "id");
    await announce(tx, "interview_session.moved", session, ["state"]);
    const people = { candidateId: application.candidateId, memberIds: panel.map(({ memberId }) => memberId) };
    return settle(tx, session, await reschedule(tx, session, next, { people, reason, fieldOf: () => null }));
  });
}

/** Lets a session be complete without somebody's scorecard. @throws Refusal FORBIDDEN | NOT_FOUND | ILLEGAL_MOVE */
export function waiveScorecard(ctx: Ctx, { panelistId, reason }: WaiveScorecardInput): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const { sessionId } = await tx.find(Panelist, panelistId, "panelistId");
    const session = await tx.claim(InterviewSession, sessionId);
    const panelist = await tx.claim(Panelist, panelistId);
    must(panelist.memberId !== ctx.viewer.id, "waive your own scorecard");
    if (isCalledOff(session.state) || !owesFeedback(panelist))
      refuse("ILLEGAL_MOVE", "This panellist owes no scorecard: there is nothing to waive.", "panelistId");
    await tx.change(panelist, { waivedAt: ctx.now, waivedReason: reason });
    await announce(tx, "scorecard.waived", panelist, ["waivedAt"]);
    return settle(tx, session, session);
  });
}

/**
 * Notes that a panellist's scorecard came in, or with null that it was taken back, and completes or reopens the session.
 * For slices that know what a scorecard is; in their transaction. The session must have been claimed.
 */
export async function recordFeedback(
  tx: Tx,
  session: InterviewSession,
  panelist: Panelist,
  givenAt: Date | null,
): Promise<void> {
  await tx.change(panelist, { feedbackGivenAt: givenAt });
  await settle(tx, session, session);
}

/** The panel of a session, whoever asks. */
export function panelOf(tx: Tx, session: InterviewSession): Promise<Panelist[]> {
  return allRows(tx, Panelist, (bind) => `t.session_id = ${bind(session.id)}`, "order by t.id");
}

/** Writes the claimed session as `next`, once its panel's feedback is counted. */
export async function settle(tx: Tx, session: InterviewSession, next: InterviewSession): Promise<InterviewSession> {
  const settledSession = settled(next, await panelOf(tx, session), tx.occasion.now);
  const { state, feedbackOwed, startsAt, endsAt, timeZone, calendarSequence } = settledSession;
  const isSame = state === session.state && feedbackOwed === session.feedbackOwed;
  if (isSame && calendarSequence === session.calendarSequence) return session;
  if (state !== session.state && state === "COMPLETE")
    await announce(tx, "interview_session.completed", session, ["state"]);
  if (state !== session.state && session.state === "COMPLETE")
    await announce(tx, "interview_session.reopened", session, ["state"]);
  return tx.change(session, { state, feedbackOwed, startsAt, endsAt, timeZone, calendarSequence });
}

const insertSession = (
  tx: Tx<Viewer>,
  kit: InterviewKit,
  slot: Slot,
  { applicationId, place = null, panel }: PlanInterviewSessionInput,
): Promise<InterviewSession> =>
  tx.insert(InterviewSession, {
    ...slot,
    place,
    applicationId,
    kitId: kit.id,
    profileVersionId: kit.profileVersionId,
    rubricVersionId: kit.rubricVersionId,
    state: slot.startsAt ? "SCHEDULED" : "NEEDS_SCHEDULING",
    feedbackOwed: panel.filter(({ feedbackRequired }) => feedbackRequired).length,
    plannedById: isMember(tx.viewer) ? tx.viewer.id : null,
    calendarSequence: 0,
  });
