/**
 * Who may do what, and who ever sees what: the one table. It is asked before anything else; facts decide further, in the
 * policies and sights of the slices, and `only` says how. A field or type that is not here is nobody's.
 */
import { HIRING, ROLES, type Role, type Scope } from "./viewer.rules";

export interface Grant {
  readonly roles: readonly Role[];
  /** Keys with one of these scopes; every key where it is `ANY_KEY`, none where it is left out. */
  readonly scopes?: readonly Scope[] | typeof ANY_KEY;
  /** What must be so besides, in words. */
  readonly only?: string;
}

export const ANY_KEY = "ANY_KEY";

const ADMIN: readonly Role[] = ["ADMIN"];
const DECIDERS: readonly Role[] = ["ADMIN", "HIRING_MANAGER"];
const OVERSEERS: readonly Role[] = ["ADMIN", "AUDITOR"];
/** An auditor looks on, and takes part on panels alone. */
const TAKING_PART: readonly Role[] = ["ADMIN", "RECRUITER", "HIRING_MANAGER", "INTERVIEWER"];

const ofHiring: Grant = { roles: HIRING };
const ofAdmin: Grant = { roles: ADMIN };
const ofWriters: Grant = { roles: TAKING_PART };
const ofReviewers: Grant = { roles: TAKING_PART, only: "who did not write in the version" };
const ofCandidates: Grant = { roles: HIRING, scopes: ["candidates:write"] };
const ofPrivacy: Grant = { roles: ADMIN, scopes: ["candidates:privacy"] };
const ofInterviews: Grant = { roles: HIRING, scopes: ["interviews:write"] };
const ofOneself: Grant = { roles: ROLES, only: "one's own" };
const ofPanellists: Grant = { roles: ROLES, only: "who sit on the panel, about their own" };
const ofScorecards: Grant = {
  ...ofPanellists,
  scopes: ["scorecards:write"],
  only: "who sit on the panel, about their own; keys on behalf of one who does",
};

/** Mutation -> who may. */
export const MUTATIONS = {
  inviteMember: ofAdmin,
  editMember: ofAdmin,
  deactivateMember: ofAdmin,
  reactivateMember: ofAdmin,
  updateOrganizationSettings: ofAdmin,
  createApiKey: ofAdmin,
  rotateApiKey: ofAdmin,
  revokeApiKey: ofAdmin,
  editOwnProfile: ofOneself,
  retryJob: ofAdmin,

  createSkill: ofHiring,
  createRoleProfile: ofHiring,
  editRoleProfile: ofHiring,

  createQuestionBank: ofWriters,
  editQuestionBank: ofWriters,
  createQuestion: ofWriters,
  editQuestion: ofWriters,
  requestQuestionReview: ofWriters,
  reviewQuestion: ofReviewers,
  retireQuestion: ofWriters,
  discardQuestionDraft: ofWriters,
  commentOnQuestion: ofWriters,
  createRubric: ofWriters,
  editRubric: ofWriters,
  requestRubricReview: ofWriters,
  reviewRubric: ofReviewers,
  retireRubric: ofWriters,
  discardRubricDraft: ofWriters,
  exportBank: { roles: TAKING_PART },
  importBank: { roles: TAKING_PART, only: "to publish, or for what they could not make by hand: who run the hiring" },

  createCandidate: ofCandidates,
  updateCandidate: ofCandidates,
  createJob: ofCandidates,
  createApplication: ofCandidates,
  upsertCandidates: ofCandidates,
  upsertJobs: ofCandidates,
  upsertApplications: ofCandidates,
  exportCandidate: ofPrivacy,
  eraseCandidate: ofPrivacy,

  createInterviewKit: ofHiring,
  editInterviewKit: ofHiring,
  planInterviewSession: ofInterviews,
  scheduleInterviewSession: ofInterviews,
  moveInterviewSession: {
    roles: ROLES,
    scopes: ["interviews:write"],
    only: "who run the hiring; who asks on the panel, to begin, to end and to say that nobody came",
  },
  waiveScorecard: { roles: HIRING, only: "not one's own" },
  addPanelist: ofInterviews,
  editPanelist: { ...ofInterviews, only: "not one's own seat" },
  replacePanelist: { ...ofInterviews, only: "not one's own seat" },
  removePanelist: { ...ofInterviews, only: "not one's own seat" },
  respondToInvitation: ofOneself,
  markQuestionAsked: { roles: ROLES, only: "who run the hiring, and who ask on the panel" },
  writeQuestionNote: ofPanellists,
  createCalendarAddress: ofOneself,
  revokeCalendarAddress: ofOneself,

  saveScorecard: ofScorecards,
  submitScorecard: ofScorecards,
  amendScorecard: ofScorecards,
  withdrawScorecard: ofScorecards,

  addDebriefNote: { roles: TAKING_PART, only: "who see the score" },
  proposeDecision: { roles: TAKING_PART, only: "who run the hiring or led an interview, and see the score" },
  recordDecision: { roles: DECIDERS, only: "who see the score" },
  reopenDecision: { roles: DECIDERS, only: "who see the score" },
  renewScorePrior: ofHiring,
  createScoreLink: { roles: HIRING, only: "who see the score" },
  revokeScoreLink: ofHiring,

  createWebhookEndpoint: ofAdmin,
  editWebhookEndpoint: ofAdmin,
  enableWebhookEndpoint: ofAdmin,
  disableWebhookEndpoint: ofAdmin,
  rotateWebhookSecret: ofAdmin,
  testWebhook: ofAdmin,
  replayWebhookDelivery: ofAdmin,
  replayWebhookDeliveries: ofAdmin,
} as const satisfies Readonly<Record<string, Grant>>;

/** Root query field that is no list of a type -> who may. Lists hold what their types show. */
export const QUERIES: Readonly<Record<string, Grant>> = {
  viewer: { roles: ROLES, scopes: ANY_KEY },
  node: { roles: ROLES, scopes: ANY_KEY, only: "what they see" },
  nodes: { roles: ROLES, scopes: ANY_KEY, only: "what they see" },
  searchQuestions: { roles: ROLES, scopes: ["questions:read"] },
  exportBank: { roles: TAKING_PART },
  events: { roles: OVERSEERS, scopes: ANY_KEY, only: "keys: about what they see; with `audit:read`, about everything" },
  compareApplications: { roles: ROLES, scopes: ["scorecards:read"], only: "applications that they see" },
};

const seenByAll: Grant = { roles: ROLES, scopes: ANY_KEY };
const seenWithQuestions: Grant = { roles: ROLES, scopes: ["questions:read"] };
const seenWithInterviews: Grant = { roles: ROLES, scopes: ["interviews:read"] };
const seenWithScorecards: Grant = { roles: ROLES, scopes: ["scorecards:read"], only: "blind feedback allowing" };
const seenByAuthors: Grant = { roles: ROLES, scopes: ["scorecards:read", "scorecards:write"] };

/** Noun -> who ever sees any of its rows. */
export const TYPES: Readonly<Record<string, Grant>> = {
  Organization: seenByAll,
  Member: seenByAll,
  ApiKey: { roles: ADMIN },
  JournalEntry: { roles: OVERSEERS, scopes: ["audit:read"] },
  AccessEntry: { roles: OVERSEERS, scopes: ["audit:read"] },
  SetAsideJob: ofAdmin,

  Skill: seenByAll,
  RoleProfile: seenByAll,
  RoleProfileVersion: seenByAll,
  Expectation: seenByAll,

  QuestionBank: seenWithQuestions,
  Question: seenWithQuestions,
  QuestionVersion: seenWithQuestions,
  QuestionComment: { roles: TAKING_PART },
  QuestionUse: seenWithQuestions,
  Import: { roles: ROLES },
  Rubric: seenWithQuestions,
  RubricVersion: seenWithQuestions,
  Criterion: seenWithQuestions,
  Anchor: seenWithQuestions,

  Candidate: { roles: ROLES, scopes: ["candidates:read"], only: "interviewers and auditors: whom they interview" },
  ExternalReference: { roles: HIRING, scopes: ["candidates:read", "interviews:read"], only: "of what they see" },
  Job: seenByAll,
  Application: {
    roles: ROLES,
    scopes: ["candidates:read", "interviews:read"],
    only: "interviewers: of whom they interview",
  },

  InterviewKit: seenWithInterviews,
  KitQuestion: seenWithInterviews,
  InterviewSession: { ...seenWithInterviews, only: "interviewers: on whose panel they sit" },
  Panelist: { ...seenWithInterviews, only: "with the session" },
  SessionQuestion: { ...seenWithInterviews, only: "with the session" },
  ScheduleChange: { ...seenWithInterviews, only: "with the session" },
  QuestionNote: { roles: ROLES, only: "one's own" },
  CalendarAddress: { roles: ROLES, only: "one's own" },

  Scorecard: {
    ...seenByAuthors,
    only: "one's own; others', blind feedback allowing; auditors: one's own; keys with `scorecards:write` alone: what they entered",
  },
  Rating: { ...seenByAuthors, only: "with the scorecard" },

  ScorePrior: seenWithScorecards,
  Standing: seenWithScorecards,
  DebriefNote: { roles: TAKING_PART, scopes: ["scorecards:read"], only: "blind feedback allowing" },
  Decision: seenWithScorecards,
  Dissent: seenWithScorecards,
  ScoreLink: ofHiring,

  WebhookEndpoint: ofAdmin,
  WebhookDelivery: ofAdmin,
  WebhookAttempt: ofAdmin,
};
