import { Member } from "../identity/member.entity";
import { many, one, part, unpublished } from "../platform/db/nouns";
import { InterviewSession } from "./interview-session.entity";
import { Booking, ScheduleChange } from "./schedule.entity";

export const scheduleChanges = part(ScheduleChange, InterviewSession, { by: "sessionId" });
export const bookings = unpublished(Booking);

export const sessionOfScheduleChange = one(ScheduleChange, "session", InterviewSession, {
  by: "sessionId",
  always: true,
  description: "The session.",
});

export const changesOfSchedule = many(InterviewSession, "scheduleHistory", ScheduleChange, {
  by: "sessionId",
  description:
    "Every time that the session was given, every time that it lost one, and why its panel was changed; the oldest first.",
});

export const memberOfScheduleChange = one(ScheduleChange, "changedBy", Member, {
  by: "changedById",
  description: "Who did it; null where no member did.",
});
