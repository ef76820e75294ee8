import { holdActive } from "../candidates/application.actions";
import type { Ctx } from "../identity/viewer.type";
import { refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { panelOf } from "./interview-session.actions";
import { InterviewSession } from "./interview-session.entity";
import type { ScheduleInterviewSessionInput } from "./interview-session.input";
import { moved, ratedFaults } from "./interview-session.rules";
import { readSlot, reasonFaults } from "./schedule.rules";
import { reschedule } from "./schedule-change.actions";

/**
 * Gives a session its time, or another one, also where it has begun and nobody has rated it.
 * @throws Refusal FORBIDDEN | NOT_FOUND | DECIDED | STALE_VERSION | ILLEGAL_MOVE | BAD_SCHEDULE | REASON_MISSING | SLOT_TAKEN
 */
export function scheduleInterviewSession(ctx: Ctx, input: ScheduleInterviewSessionInput): Promise<InterviewSession> {
  const { slot, faults } = readSlot(input);
  refuseAll(faults);
  if (!slot.startsAt) refuse("BAD_SCHEDULE", "A slot has a start: send `startsAt`.", "startsAt");
  const { reason = null } = input;
  return ctx.db.transaction(async (tx) => {
    const { applicationId } = await tx.find(InterviewSession, input.id, "id");
    const { candidateId } = await holdActive(tx, applicationId, "id");
    const session = await tx.claim(InterviewSession, input.id, input.version);
    const place = input.place === undefined ? session.place : input.place;
    const panel = await panelOf(tx, session);
    const next = { ...moved(session, "SCHEDULED", ctx.now, "id"), ...slot, place };
    refuseAll([...ratedFaults("SCHEDULED", panel, "id"), ...reasonFaults(session, next, reason)]);
    await announce(tx, "interview_session.scheduled", session, ["startsAt", "endsAt", "timeZone", "place"]);
    const people = { candidateId, memberIds: panel.map(({ memberId }) => memberId) };
    return tx.change(session, await reschedule(tx, session, next, { people, reason, fieldOf: () => ["startsAt"] }));
  });
}
