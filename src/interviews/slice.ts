import { defineSlice } from "../platform/slice";
import * as kit from "./interview-kit.relations";
import { InterviewKitResolver } from "./interview-kit.resolver";
import * as session from "./interview-session.relations";
import { InterviewSessionResolver } from "./interview-session.resolver";

export const interviews = defineSlice({
  name: "interviews",
  idTypes: {
    InterviewKit: 0x050,
    KitQuestion: 0x051,
    InterviewSession: 0x052,
    SessionQuestion: 0x053,
    Panelist: 0x054,
  },
  declared: { ...kit, ...session },
  resolvers: [InterviewKitResolver, InterviewSessionResolver],
  refusals: {
    BAD_SCHEDULE: "Start, end and time zone do not make a slot.",
  },
  conflicts: {
    uq_interview_kits_organization_id_name: { field: ["name"], message: "A kit of this name is already there." },
  },
  events: [
    "interview_kit.created",
    "interview_session.planned",
    "interview_session.scheduled",
    "interview_session.moved",
    "interview_session.completed",
    "interview_session.reopened",
    "scorecard.waived",
  ],
});
