/**
 * Which events are told to whom. An event never tells what its reader may not see: each type names the noun that it is
 * about, and is told to those who ever see that noun; KEPT is for those who oversee everything.
 */
import { maySee } from "../identity/grant.rules";
import { hasScope, SCOPES, type Viewer } from "../identity/viewer.rules";

/** For those alone who read the whole journal. */
export const KEPT = "KEPT";

/**
 * Event type -> the noun that it is about, or KEPT: what tells of somebody's own, of a draft, of a comment, of what was
 * taken out, or of keys and of the server's own affairs. A type that is not here is KEPT; a guard asks for it.
 */
export const EVENTS: Readonly<Record<string, string>> = {
  "organization.created": "Organization",
  "organization.settings_updated": "Organization",
  "member.invited": "Member",
  "member.joined": "Member",
  "member.edited": "Member",
  "member.deactivated": "Member",
  "member.reactivated": "Member",
  "api_key.created": KEPT,
  "api_key.rotated": KEPT,
  "api_key.revoked": KEPT,
  "job.set_aside": KEPT,
  "job.retried": KEPT,

  "skill.created": "Skill",
  "skill.updated": "Skill",
  "role_profile.created": "RoleProfile",
  "role_profile.updated": "RoleProfile",

  "question_bank.created": "QuestionBank",
  "question_bank.updated": "QuestionBank",
  "question_bank.exported": KEPT,
  "import.done": KEPT,
  "question.created": "Question",
  "question.updated": "Question",
  "question.review_requested": "Question",
  "question.returned": "Question",
  "question.published": "Question",
  "question.retired": "Question",
  "question.draft_discarded": "Question",
  "question.commented": KEPT,
  "rubric.created": "Rubric",
  "rubric.updated": "Rubric",
  "rubric.review_requested": "Rubric",
  "rubric.returned": "Rubric",
  "rubric.published": "Rubric",
  "rubric.retired": "Rubric",
  "rubric.draft_discarded": "Rubric",

  "candidate.created": "Candidate",
  "candidate.updated": "Candidate",
  "candidate.erased": "Candidate",
  "candidate.exported": KEPT,
  "job.created": "Job",
  "job.updated": "Job",
  "application.created": "Application",
  "application.updated": "Application",
  "application.settled": "Application",

  "interview_kit.created": "InterviewKit",
  "interview_kit.updated": "InterviewKit",
  "interview_session.planned": "InterviewSession",
  "interview_session.scheduled": "InterviewSession",
  "interview_session.moved": "InterviewSession",
  "interview_session.completed": "InterviewSession",
  "interview_session.reopened": "InterviewSession",
  "panelist.added": "Panelist",
  "panelist.edited": "Panelist",
  "panelist.removed": "InterviewSession",
  "panelist.responded": "Panelist",
  "session_question.marked": "SessionQuestion",
  "calendar_address.created": KEPT,
  "calendar_address.revoked": KEPT,

  "scorecard.waived": "Panelist",
  "scorecard.reminder_due": "Panelist",
  "scorecard.submitted": "Scorecard",
  "scorecard.replaced": "Scorecard",
  "scorecard.amended": "Scorecard",
  "scorecard.withdrawn": "Scorecard",
  "scorecard.discarded": KEPT,

  "score_prior.renewed": "ScorePrior",
  "debrief_note.added": "DebriefNote",
  "decision.proposed": "Decision",
  "decision.recorded": "Decision",
  "decision.reopened": "Decision",
  "score_link.created": KEPT,
  "score_link.revoked": KEPT,

  "webhook_endpoint.created": KEPT,
  "webhook_endpoint.edited": KEPT,
  "webhook_endpoint.enabled": KEPT,
  "webhook_endpoint.disabled": KEPT,
  "webhook_endpoint.secret_rotated": KEPT,
  "webhook_endpoint.tested": KEPT,
  "webhook_endpoint.replayed": KEPT,
};

/** Who hears of everything: whoever reads the audit trail. */
export const overseesEvents = (viewer: Viewer): boolean => maySee(viewer, "JournalEntry");

/** A key that enters scorecards knows of its own alone; events name everybody's. */
const hearsOf = (viewer: Viewer, noun: string): boolean =>
  maySee(viewer, noun) && (noun !== "Scorecard" || hasScope(viewer, "scorecards:read"));

/** Whether the viewer, a key or somebody who oversees, is told of events of the type. */
export function isTold(viewer: Viewer, type: string): boolean {
  if (overseesEvents(viewer)) return true;
  const noun = EVENTS[type] ?? KEPT;
  return noun !== KEPT && hearsOf(viewer, noun);
}

/** Whoever listens at a webhook endpoint hears what a key would that has every scope but for the audit trail. */
export const LISTENER: Viewer = {
  kind: "KEY",
  organizationId: "",
  id: "",
  scopes: SCOPES.filter((scope) => scope !== "audit:read"),
};

/** The types of which the viewer is told; null where it is all of them, also what is not announced any more. */
export const typesTold = (viewer: Viewer): string[] | null =>
  overseesEvents(viewer) ? null : Object.keys(EVENTS).filter((type) => isTold(viewer, type));

/** Something that happened, as it is told: names and ids, and no values. The same in the feed and in webhooks. */
export interface ToldEvent {
  /** Of the journal's entry. */
  id: string;
  /** Its place in the organisation's journal: 1, 2, 3 … A decimal in text, for there may be more than 32 bits of them. */
  position: string;
  type: string;
  /** The instant of the request that did it. */
  occurredAt: Date;
  objectId: string;
  /** Null where the id is none of ours. */
  objectType: string | null;
  actorKind: Viewer["kind"];
  /** Null for the server's own work. */
  actorId: string | null;
  requestId: string;
  changes: readonly string[];
}
