import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { InterviewKit, KitQuestion } from "./interview-kit.entity";
import { InterviewSession, Panelist, SessionQuestion } from "./interview-session.entity";
import type {
  MoveInterviewSessionInput,
  PlanInterviewSessionInput,
  ScheduleInterviewSessionInput,
  WaiveScorecardInput,
} from "./interview-session.input";
import { mayMoveSession, mayPlanInterviews } from "./interview-session.policy";
import {
  absenceFaults,
  canonicalTimeZone,
  moved,
  owesFeedback,
  panelFaults,
  scheduleFaults,
  settled,
} from "./interview-session.rules";

/** Plans a session from a kit, and copies the kit. @throws Refusal FORBIDDEN | NOT_FOUND | BAD_SCHEDULE | BAD_INPUT */
export function planInterviewSession(ctx: Ctx, input: PlanInterviewSessionInput): Promise<InterviewSession> {
  must(mayPlanInterviews(ctx.viewer), "plan interviews");
  const slot = slotOf(input);
  refuseAll([...scheduleFaults(slot), ...panelFaults(input.panel)]);
  return ctx.db.transaction(async (tx) => {
    await tx.find(Application, input.applicationId, "applicationId");
    const kit = await tx.find(InterviewKit, input.kitId, "kitId");
    const members = await tx.findAll(
      Member,
      input.panel.map(({ memberId }) => memberId),
      (index) => ["panel", `${index}`, "memberId"],
    );
    refuseAll(absenceFaults(members));
    const session = await tx.insert(InterviewSession, {
      ...slot,
      applicationId: input.applicationId,
      kitId: kit.id,
      profileVersionId: kit.profileVersionId,
      rubricVersionId: kit.rubricVersionId,
      state: slot.startsAt ? "SCHEDULED" : "NEEDS_SCHEDULING",
      feedbackOwed: input.panel.filter(({ feedbackRequired }) => feedbackRequired).length,
    });
    await copyQuestions(tx, kit, session);
    await seatPanel(tx, session, input.panel);
    await announce(tx, "interview_session.planned", session);
    return session;
  });
}

/** Gives a session its time. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | BAD_SCHEDULE */
export function scheduleInterviewSession(ctx: Ctx, input: ScheduleInterviewSessionInput): Promise<InterviewSession> {
  must(mayPlanInterviews(ctx.viewer), "schedule interviews");
  const slot = slotOf(input);
  refuseAll(scheduleFaults(slot));
  if (!slot.startsAt) refuse("BAD_SCHEDULE", "A slot has a start.", "startsAt");
  return ctx.db.transaction(async (tx) => {
    const session = await tx.claim(InterviewSession, input.id, input.version);
    const { state } = moved(session, "SCHEDULED", ctx.now);
    await announce(tx, "interview_session.scheduled", session, ["startsAt", "endsAt", "timeZone", "place"]);
    const place = input.place === undefined ? session.place : input.place;
    return tx.change(session, { ...slot, place, state });
  });
}

/** Begins, ends, holds or calls off a session. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function moveInterviewSession(
  ctx: Ctx,
  { id, version, to }: MoveInterviewSessionInput,
): Promise<InterviewSession> {
  return ctx.db.transaction(async (tx) => {
    const session = await tx.claim(InterviewSession, id, version);
    const panel = await panelOf(tx, session);
    must(mayMoveSession(ctx.viewer, panel, to), `make this session ${to}`);
    if (to === "SCHEDULED") refuse("ILLEGAL_MOVE", "Use `scheduleInterviewSession`, which takes the time.", "to");
    await announce(tx, "interview_session.moved", session, ["state"]);
    return settle(tx, session, moved(session, to, ctx.now));
  });
}

/** Lets a session be complete without somebody's scorecard. @throws Refusal FORBIDDEN | NOT_FOUND | ILLEGAL_MOVE */
export function waiveScorecard(ctx: Ctx, { panelistId, reason }: WaiveScorecardInput): Promise<InterviewSession> {
  must(mayPlanInterviews(ctx.viewer), "waive scorecards");
  return ctx.db.transaction(async (tx) => {
    const { sessionId } = await tx.find(Panelist, panelistId, "panelistId");
    const session = await tx.claim(InterviewSession, sessionId);
    const panelist = await tx.claim(Panelist, panelistId);
    must(panelist.memberId !== ctx.viewer.id, "waive your own scorecard");
    if (!owesFeedback(panelist))
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

/** Writes the session as `next`, once its panel's feedback is counted. */
async function settle(tx: Tx, session: InterviewSession, next: InterviewSession): Promise<InterviewSession> {
  const { state, feedbackOwed, startsAt, endsAt, timeZone } = settled(
    next,
    await panelOf(tx, session),
    tx.occasion.now,
  );
  if (state === session.state && feedbackOwed === session.feedbackOwed) return session;
  if (state === "COMPLETE") await announce(tx, "interview_session.completed", session, ["state"]);
  if (session.state === "COMPLETE") await announce(tx, "interview_session.reopened", session, ["state"]);
  return tx.change(session, { state, feedbackOwed, startsAt, endsAt, timeZone });
}

async function copyQuestions(tx: Tx, kit: InterviewKit, session: InterviewSession): Promise<void> {
  const questions = await allRows(tx, KitQuestion, (bind) => `t.kit_id = ${bind(kit.id)}`, "order by t.position");
  const copies = questions.map(({ questionVersionId, position, minutes }) => ({
    sessionId: session.id,
    questionVersionId,
    position,
    minutes,
  }));
  await tx.insertAll(SessionQuestion, copies);
}

async function seatPanel(tx: Tx, session: InterviewSession, panel: PlanInterviewSessionInput["panel"]): Promise<void> {
  const seats = panel.map(({ memberId, seat, feedbackRequired }) => ({
    sessionId: session.id,
    memberId,
    seat,
    feedbackRequired,
    feedbackGivenAt: null,
    waivedAt: null,
    waivedReason: null,
  }));
  await tx.insertAll(Panelist, seats);
}

const slotOf = ({
  startsAt = null,
  endsAt = null,
  timeZone = null,
  place = null,
}: Partial<PlanInterviewSessionInput>) => ({
  startsAt,
  endsAt,
  timeZone: timeZone && (canonicalTimeZone(timeZone) ?? timeZone),
  place,
});
