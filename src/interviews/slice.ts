import { defineSlice } from "../platform/slice";
import * as kit from "./interview-kit.relations";
import { InterviewKitResolver } from "./interview-kit.resolver";
import { kitSection } from "./interview-kit.section";
import { InterviewKitWarningsResolver, KitWarningResolver } from "./interview-kit-warning.resolver";
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
  resolvers: [InterviewKitResolver, InterviewKitWarningsResolver, KitWarningResolver, InterviewSessionResolver],
  bankSections: [kitSection],
  refusals: {
    NOT_READY: "A kit takes READY versions of rubrics and questions: publish it first, or take the READY one.",
    KIT_UNUSABLE: "The kit asks the same question twice.",
    BAD_SCHEDULE: "Start, end and time zone do not make a slot.",
  },
  conflicts: {
    uq_interview_kits_organization_id_name: { field: ["name"], message: "A kit of this name is already there." },
    uq_interview_kits_organization_id_external_key: {
      field: ["externalKey"],
      message: "A kit of this key is already there.",
    },
  },
  events: [
    "interview_kit.created",
    "interview_kit.updated",
    "interview_session.planned",
    "interview_session.scheduled",
    "interview_session.moved",
    "interview_session.completed",
    "interview_session.reopened",
    "scorecard.waived",
  ],
});
