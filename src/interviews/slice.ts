import { defineSlice } from "../platform/slice";
import { ApplicationListResolver } from "./application-filter.resolver";
import * as calendarAddress from "./calendar-address.relations";
import { CalendarAddressResolver } from "./calendar-address.resolver";
import { calendarFeed } from "./calendar-feed.actions";
import { CalendarFileResolver } from "./calendar-file.resolver";
import * as kit from "./interview-kit.relations";
import { InterviewKitResolver } from "./interview-kit.resolver";
import { kitSection } from "./interview-kit.section";
import { InterviewKitWarningsResolver, KitWarningResolver } from "./interview-kit-warning.resolver";
import * as session from "./interview-session.relations";
import { InterviewSessionResolver } from "./interview-session.resolver";
import { invitationJobs } from "./invitation-mail.jobs";
import { PanelistResolver } from "./panelist.resolver";
import { personalData } from "./personal-data.actions";
import * as schedule from "./schedule.relations";
import { SessionListResolver } from "./session-filter.resolver";
import * as sessionQuestion from "./session-question.relations";
import { SessionQuestionResolver } from "./session-question.resolver";
import { SeatsToDoResolver } from "./to-do.resolver";
import { UpcomingSessionsResolver } from "./upcoming.resolver";
// No resolver names it: it is published by being loaded.
import "./schedule.type";

export const interviews = defineSlice({
  name: "interviews",
  idTypes: {
    InterviewKit: 0x050,
    KitQuestion: 0x051,
    InterviewSession: 0x052,
    SessionQuestion: 0x053,
    Panelist: 0x054,
    Booking: 0x055,
    ScheduleChange: 0x056,
    QuestionNote: 0x057,
    CalendarAddress: 0x058,
  },
  declared: { ...kit, ...session, ...sessionQuestion, ...schedule, ...calendarAddress },
  resolvers: [
    InterviewKitResolver,
    InterviewKitWarningsResolver,
    KitWarningResolver,
    InterviewSessionResolver,
    PanelistResolver,
    SessionQuestionResolver,
    SessionListResolver,
    ApplicationListResolver,
    UpcomingSessionsResolver,
    SeatsToDoResolver,
    CalendarFileResolver,
    CalendarAddressResolver,
  ],
  documents: [calendarFeed],
  bankSections: [kitSection],
  refusals: {
    NOT_READY: "A kit takes READY versions of rubrics and questions: publish it first, or take the READY one.",
    KIT_UNUSABLE: "The kit asks the same question twice.",
    TOO_MANY_ADDRESSES: "As many calendar addresses of yours work as may: revoke one that is not read any more.",
    BAD_SCHEDULE: "Start, end and time zone do not make a slot.",
    SLOT_TAKEN: "Somebody of the panel, or the candidate, sits in another session then.",
    REASON_MISSING: "What was agreed is changed: say why.",
    SESSIONS_OPEN:
      "A session of the candidate is not over: call it off, or see that its scorecards come in or are waived.",
  },
  conflicts: {
    uq_interview_kits_organization_id_name: { field: ["name"], message: "A kit of this name is already there." },
    uq_interview_kits_organization_id_external_key: {
      field: ["externalKey"],
      message: "A kit of this key is already there.",
    },
  },
  jobs: invitationJobs,
  events: [
    "interview_kit.created",
    "interview_kit.updated",
    "interview_session.planned",
    "interview_session.scheduled",
    "interview_session.moved",
    "interview_session.completed",
    "interview_session.reopened",
    "panelist.added",
    "panelist.edited",
    "panelist.removed",
    "panelist.responded",
    "session_question.marked",
    "scorecard.waived",
    "calendar_address.created",
    "calendar_address.revoked",
  ],
  personalData,
});
