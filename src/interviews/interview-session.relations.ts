import { Application } from "../candidates/application.entity";
import { Candidate } from "../candidates/candidate.entity";
import { Member } from "../identity/member.entity";
import { isMember, type Viewer } from "../identity/viewer.rules";
import { type Bind, many, noun, one, pages, part, widen } from "../platform/db/nouns";
import { RubricVersion } from "../question-bank/rubric.entity";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { InterviewKit } from "./interview-kit.entity";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { maySeeEverySession } from "./interview-session.policy";
import { stateAtSql } from "./interview-session.rules";

/** Ids of the sessions on whose panel the member sits. */
const panelled = (memberId: string, bind: Bind) =>
  `select p.session_id from panelists p where p.member_id = ${bind(memberId)}`;

export const interviewSessions = noun(InterviewSession, {
  visible: (viewer: Viewer, bind) => {
    if (maySeeEverySession(viewer)) return "true";
    return isMember(viewer) ? `t.id = any(array(${panelled(viewer.id, bind)}))` : "false";
  },
  descending: true,
  said: { state: ({ now }, bind) => stateAtSql("t", `${bind(now)}::timestamptz`) },
});

export const panelists = part(Panelist, InterviewSession, { by: "sessionId" });

/** A panellist sees whom they interview. */
export const interviewedApplications = widen(Application, (viewer: Viewer, bind) =>
  isMember(viewer)
    ? `t.id = any(array(select s.application_id from interview_sessions s where s.id = any(array(${panelled(viewer.id, bind)}))))`
    : "false",
);

export const interviewedCandidates = widen(Candidate, (viewer: Viewer, bind) =>
  isMember(viewer)
    ? `t.id = any(array(select a.candidate_id from applications a where a.id = any(array(
         select s.application_id from interview_sessions s where s.id = any(array(${panelled(viewer.id, bind)}))))))`
    : "false",
);

export const applicationOfSession = one(InterviewSession, "application", Application, {
  by: "applicationId",
  always: true,
  description: "Whom it is about.",
});

export const sessionsOfApplication = pages(Application, "interviewSessions", InterviewSession, {
  by: "applicationId",
  description: "The application's sessions that you may see, newest first.",
});

export const kitOfSession = one(InterviewSession, "kit", InterviewKit, {
  by: "kitId",
  always: true,
  description: "The kit that it was planned from.",
});

export const profileOfSession = one(InterviewSession, "profileVersion", RoleProfileVersion, {
  by: "profileVersionId",
  always: true,
  description: "The profile that the kit interviews for. The score uses the job's.",
});

export const rubricOfSession = one(InterviewSession, "rubricVersion", RubricVersion, {
  by: "rubricVersionId",
  always: true,
  description: "How it is rated.",
});

export const plannerOfSession = one(InterviewSession, "plannedBy", Member, {
  by: "plannedById",
  description: "Who planned it; null where no member did.",
});

export const panelOfSession = many(InterviewSession, "panel", Panelist, {
  by: "sessionId",
  description: "Who interviews, in the order in which they were named.",
});

export const sessionOfPanelist = one(Panelist, "session", InterviewSession, {
  by: "sessionId",
  always: true,
  description: "The session.",
});

export const memberOfPanelist = one(Panelist, "member", Member, {
  by: "memberId",
  always: true,
  description: "Who sits there.",
});
