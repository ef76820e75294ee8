import { createApplication } from "../../src/candidates/application.actions";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { upsertCandidates } from "../../src/candidates/candidate-upsert.actions";
import { upsertJobs } from "../../src/candidates/job-upsert.actions";
import { proposeDecision } from "../../src/evaluations/decision.actions";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { LEAST_NEWS } from "../../src/evaluations/score-prior.rules";
import { createApiKey } from "../../src/identity/api-key.actions";
import type { ApiKey } from "../../src/identity/api-key.entity";
import { deactivateMember, inviteMember } from "../../src/identity/member.actions";
import { Organization } from "../../src/identity/organization.entity";
import { HIRING } from "../../src/identity/viewer.rules";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import type { Class } from "../../src/platform/class";
import { allRows } from "../../src/platform/db/reader";
import type { OrganizationRow } from "../../src/platform/db/row";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { SetAsideJob } from "../../src/platform/jobs/set-aside-job.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { createRubric } from "../../src/question-bank/rubric.actions";
import type { CreateRubricInput } from "../../src/question-bank/rubric.input";
import { requestRubricReview } from "../../src/question-bank/rubric-review.actions";
import { saveScorecard } from "../../src/scorecards/scorecard.actions";
import { schema } from "../../src/server";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import type { CreateRoleProfileInput } from "../../src/skills/role-profile.input";
import { WebhookDelivery } from "../../src/webhooks/webhook-delivery.entity";
import { createWebhookEndpoint, disableWebhookEndpoint } from "../../src/webhooks/webhook-endpoint.actions";
import type { Answer, Api } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { at, type Input, isFilled, type Place } from "../support/input-places";
import { type Company, company, type Person, publish, roleOf } from "./company";
import { decide, hired } from "./debrief";
import { worked } from "./integration";
import { draft, freeHour, interview, submit } from "./interview";
import {
  draftQuestion,
  newBank,
  newestVersion,
  publishedQuestion,
  QUESTION_KINDS,
  questionInReview,
  wordingOfKind,
} from "./questions";

/** All that a version says, whatever its kind. */
const WORDING = `
  title stem tags licence source generalFeedback { text } guidance { good followUps redFlags } comments { nodes { text } }
  ... on SingleChoiceQuestion { options { text feedback { text } } }
  ... on MultipleChoiceQuestion { options { text feedback { text } } }
  ... on TrueFalseQuestion { feedbackWhenTrue { text } feedbackWhenFalse { text } }
  ... on ShortTextQuestion { accepted { text feedback { text } } }
  ... on NumericQuestion { accepted { feedback { text } } feedbackOtherwise { text } }
  ... on MatchingQuestion { pairs { prompt { text } answer } }`;
const QUESTION = `question { externalKey versions { nodes { ${WORDING} } } }`;
const RUBRIC = "rubric { name externalKey versions { nodes { criteria { key name anchors { label behaviour } } } } }";
const PROFILE = "roleProfile { name externalKey versions { nodes { bands { label } } } }";

const DECISION = "decision { rationale departureReason dissents { reason } }";
const HISTORY = "scheduleHistory { reason }";
/** Of each item by itself. */
const resultsOf = (object: string) => `results { outcome ${object} userErrors { code field message } }`;
const REFERENCES = "externalReferences { system externalId }";

/** Where the answer of a mutation shows what was stored. */
const READABLE: Record<string, string> = {
  addDebriefNote: "debriefNote { text }",
  addPanelist: "interviewSession { panel { seat } }",
  amendScorecard: "scorecard { amendmentReason summary ratings { evidence } }",
  commentOnQuestion: "comment { text }",
  createApplication: "application { id }",
  // Without its address, whose random letters could say anything.
  createCalendarAddress: "newCalendarAddress { calendarAddress { label } }",
  // Without its secret, for the same reason.
  createApiKey: "newApiKey { apiKey { name } }",
  createCandidate: "candidate { name email }",
  createInterviewKit: "interviewKit { name externalKey }",
  createJob: "job { title }",
  createQuestion: QUESTION,
  createQuestionBank: "questionBank { name description externalKey }",
  editQuestionBank: "questionBank { name description }",
  createRoleProfile: PROFILE,
  createRubric: RUBRIC,
  createScoreLink: "newScoreLink { scoreLink { expiresAt } }",
  createSkill: "skill { slug name }",
  // Without its secret, as with keys.
  createWebhookEndpoint: "newWebhookSecret { webhookEndpoint { url description eventTypes } }",
  deactivateMember: "member { deactivationReason }",
  disableWebhookEndpoint: "webhookEndpoint { disabledReason }",
  discardQuestionDraft: "question { id }",
  eraseCandidate: "candidate { name email erasedAt }",
  exportBank: "bankExport { format itemCount }",
  exportCandidate: "candidateExport { fileName mediaType }",
  discardRubricDraft: "rubric { id }",
  editInterviewKit: "interviewKit { name }",
  editMember: "member { name email }",
  editOwnProfile: "member { timeZone }",
  editPanelist: "interviewSession { panel { seat } }",
  editQuestion: QUESTION,
  editRoleProfile: PROFILE,
  editRubric: RUBRIC,
  editWebhookEndpoint: "webhookEndpoint { url description eventTypes }",
  enableWebhookEndpoint: "webhookEndpoint { state }",
  importBank: "report { counts { created } items { outcome faults { message } object { id } } }",
  inviteMember: "member { name email }",
  markQuestionAsked: "sessionQuestion { askedAt spentSeconds }",
  moveInterviewSession: `interviewSession { state ${HISTORY} }`,
  planInterviewSession: "interviewSession { timeZone place }",
  proposeDecision: DECISION,
  reactivateMember: "member { active }",
  recordDecision: DECISION,
  removePanelist: `interviewSession { ${HISTORY} }`,
  renewScorePrior: "scorePrior { number }",
  reopenDecision: "decision { reopenedReason }",
  replacePanelist: `interviewSession { ${HISTORY} }`,
  replayWebhookDeliveries: "webhookReplay { count }",
  replayWebhookDelivery: "webhookDelivery { state }",
  requestQuestionReview: "question { id }",
  requestRubricReview: "rubric { id }",
  respondToInvitation: "interviewSession { panel { responseNote } }",
  retireQuestion: "question { id }",
  retireRubric: "rubric { id }",
  reviewQuestion: QUESTION,
  retryJob: "setAsideJob { retriedAt }",
  reviewRubric: "rubric { id }",
  revokeApiKey: "apiKey { revokedAt }",
  revokeCalendarAddress: "calendarAddress { revokedAt }",
  revokeScoreLink: "scoreLink { revokedAt }",
  rotateApiKey: "newApiKey { apiKey { version } }",
  rotateWebhookSecret: "newWebhookSecret { webhookEndpoint { version } }",
  saveScorecard: "scorecard { summary ratings { evidence } }",
  scheduleInterviewSession: `interviewSession { timeZone place ${HISTORY} }`,
  submitScorecard: "scorecard { state }",
  testWebhook: "webhookAttempt { number }",
  updateCandidate: "candidate { name email }",
  upsertApplications: resultsOf(`application { ${REFERENCES} }`),
  upsertCandidates: resultsOf(`candidate { name email ${REFERENCES} }`),
  upsertJobs: resultsOf(`job { title ${REFERENCES} }`),
  updateOrganizationSettings:
    "organization { name feedbackVisibility requireEveryCriterion requireEvidenceForExtremes candidateRetentionDays }",
  waiveScorecard: "interviewSession { panel { waivedReason } }",
  withdrawScorecard: "scorecard { state }",
  writeQuestionNote: "questionNote { text }",
};

/** What is somebody's own: scorecards, notes, answers to invitations, calendar addresses. */
const OWN =
  /^((amend|save|submit|withdraw)Scorecard|writeQuestionNote|respondToInvitation|editOwnProfile|\w+CalendarAddress)$/;

/** One's own is done by Ann, reviews by somebody else than the author; the rest by one who may do most. */
export function actorOf(mutation: string): Person {
  if (mutation.startsWith("review")) return "recruiter";
  return OWN.test(mutation) ? "ann" : "admin";
}

/** A valid input for somebody who plays the part that it wants, new each time, so that it can be accepted once. */
type Make = (by: Person) => Promise<Input>;

/** A company with a row of every published type, and for every mutation inputs that together say all that it takes. */
export interface Stage {
  company: Company;
  valid: Record<string, Make[]>;
}

/** A port on which nobody listens: whoever is called there says so at once. */
const NOBODY = "127.0.0.1:9";

/** Mutations that leave a row of a type of which there is none otherwise. */
const LEFT_BEHIND = [
  "testWebhook",
  "importBank",
  "commentOnQuestion",
  "scheduleInterviewSession",
  "createApiKey",
  "createSkill",
  "upsertJobs",
];

let made = 0;
export const unique = () => `n${++made}`;

const versioned = ({ id, version }: { id: string; version: number }) => ({ id, version });

/** Whoever sits on the panel of what somebody does: they themselves, where they do not run the hiring anyway. */
const panellistFor = (by: Person): Person => (HIRING.includes(roleOf(by)) ? "ann" : by);

/** Nobody reviews what they wrote. */
const authorFor = (by: Person): Person => (by === "admin" ? "recruiter" : "admin");

/** Id of the object in the result of an item. */
const idIn = (result: object | undefined, field: string): string =>
  (result as Record<string, { id: string }>)[field]!.id;

/** Everybody but the auditor. */
const RATERS = ["ann", "bob", "cyd", "admin", "recruiter", "hiringManager"] as const;

/** Sessions that everybody rates alike but Ann: as many as an estimate of how far raters are apart wants. */
async function history(own: Company): Promise<void> {
  for (let left = LEAST_NEWS; left > 0; left--) {
    const session = await interview(own, { panel: RATERS });
    for (const who of RATERS) await submit(own, who, session, { "sql-query": who === "ann" ? 2 : 3 });
  }
}

export async function stage(api: Api): Promise<Stage> {
  const own = await company(api.database);
  const admin = own.as("admin");
  /** Also what triggers keep as it was written. */
  const asSuperuser = (text: string) =>
    withClient(superuserUrl, async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query(text, [own.organizationId]);
    });
  const bank = await newBank(own);
  const ready = [];
  for (const kind of QUESTION_KINDS) ready.push(await publishedQuestion(own, bank.id, kind));
  const questionVersion = await newestVersion(own, ready[0]!);
  const skillId = own.skillIds.sql!;
  await interview(own, { panel: ["ann"] });
  await worked(own);
  const candidate = async () => (await createCandidate(admin, { name: "Somebody" })).id;
  const session = (state: SessionState = "IN_PROGRESS", first: Person = "ann") =>
    interview(asking, { panel: [first, "bob"], state });
  /** Of what was made for a session, in order. */
  const of = <E extends OrganizationRow>(entity: Class<E>, { id }: Pick<InterviewSession, "id">): Promise<E[]> =>
    allRows(admin.db, entity, (bind) => `t.session_id = ${bind(id)}`, "order by t.id");
  const seat = async (index: number, state?: SessionState, first?: Person) =>
    (await of(Panelist, await session(state, first)))[index]!.id;
  const question = async (first: Person) => (await of(SessionQuestion, await session("IN_PROGRESS", first)))[0]!.id;
  const talked = async (lead: Person = "ann") => {
    const { id, applicationId } = await interview(own, { panel: [{ who: lead, seat: "LEAD" }] });
    await submit(own, lead, { id }, { "sql-query": 3 });
    return applicationId;
  };
  /** Proposed already; to hire departs from a score of which too little was seen. */
  const words = async (by: Person) => {
    const applicationId = await talked(panellistFor(by));
    const said = { outcome: "HIRE" as const, rationale: "R", departureReason: "D" };
    const { version } = await proposeDecision(admin, { applicationId, ...said });
    return { applicationId, version, ...said };
  };
  /** From one free hour to the next. */
  const slot = () => {
    const [startsAt, endsAt] = [freeHour(), freeHour()].map((hour) => hour.toISOString());
    return { startsAt, endsAt, timeZone: "Europe/Zurich" };
  };
  const kit = () => ({
    name: unique(),
    profileVersionId: own.profileVersionId,
    rubricVersionId: own.rubricVersionId,
    minutes: 60,
    questions: [{ questionVersionId: questionVersion.id, minutes: 10 }],
  });
  const rubric = () => ({
    name: unique(),
    skillIds: [skillId],
    criteria: [
      {
        key: "k",
        name: "K",
        skillId,
        weight: 1,
        scaleMin: 1,
        scaleMax: 2,
        gate: { min: 2, rule: "MEAN" as const },
        anchors: [
          { value: 1, label: "Low", behaviour: "Some." },
          { value: 2, label: "High", behaviour: "All." },
        ],
      },
    ],
  });
  const profile = () => ({
    name: unique(),
    level: "MIDDLE" as const,
    passMark: 60,
    leastCoveragePercent: 50,
    bands: [{ label: "All", min: 0 }],
    expectations: [{ skillId, level: "MIDDLE" as const, weight: 1, gate: 10 }],
  });
  const asking = { ...own, kit: await createInterviewKit(admin, kit()) };
  await history(own);
  await hired(asking);
  const newRubric = (author = admin) => createRubric(author, rubric() satisfies CreateRubricInput);
  const newKey = async (): Promise<ApiKey> =>
    (await createApiKey(admin, { name: unique(), environment: "LIVE", scopes: ["audit:read"] })).apiKey;
  const dana = () => ({ email: `${unique()}@example.org`, name: "Dana", role: "INTERVIEWER" as const });
  const newMember = () => inviteMember(admin, dana());
  registerOutbound({ allowed: [NOBODY], haste: 1 });
  const hook = () => ({ url: `http://${NOBODY}/${unique()}`, description: "D", eventTypes: ["scorecard.submitted"] });
  const newEndpoint = async () => {
    // Few may hear at a time.
    await asSuperuser("update webhook_endpoints set state = 'DISABLED' where organization_id = $1");
    return (await createWebhookEndpoint(admin, hook())).webhookEndpoint;
  };
  const disabledEndpoint = async () =>
    disableWebhookEndpoint(admin, { id: (await newEndpoint()).id, reason: "Moving." });
  /** Given up by the server, as far as one can see. */
  const delivery = async (endpointId: string) => {
    const fresh = {
      endpointId,
      position: `${made}`,
      type: "candidate.updated",
      objectId: await candidate(),
      body: "{}",
    };
    const done = { state: "FAILED" as const, attempts: 10, dueAt: null, leasedUntil: null, deliveredAt: null };
    return admin.db.transaction((tx) => tx.insert(WebhookDelivery, { ...fresh, ...done }));
  };
  const wordings = QUESTION_KINDS.map((kind) => wordingOfKind(kind, [skillId]) as unknown as Input);
  const file = (format: string, text: (name: string) => string, more: object = {}) => {
    return async () => ({ format, text: text(unique()), publish: false, dryRun: false, ...more });
  };
  const table = { bankId: bank.id, skillIds: [skillId] };
  const only = (make: Make) => [make];
  const valid: Stage["valid"] = {
    addDebriefNote: only(async (by) => ({ applicationId: await talked(panellistFor(by)), text: "Agreed." })),
    addPanelist: only(async () => ({
      sessionId: (await session()).id,
      memberId: own.people.cyd.id,
      seat: "SHADOW",
      feedbackRequired: false,
    })),
    amendScorecard: only(async (by) => {
      const card = versioned(await submit(own, by, await session("IN_PROGRESS", by), { "sql-query": 3 }));
      const rating = { criterionId: own.criterionIds["sql-schema"], outcome: "RATED", value: 3, evidence: "E" };
      return { ...card, reason: "R", recommendation: "YES", summary: "S", ratings: [rating] };
    }),
    commentOnQuestion: only(async () => ({ questionVersionId: questionVersion.id, text: "Clear." })),
    createApplication: only(async () => ({ candidateId: await candidate(), jobId: own.job.id })),
    createCalendarAddress: only(async () => {
      // Few may work at a time.
      await asSuperuser("update calendar_addresses set revoked_at = now() where organization_id = $1");
      return { label: "Phone" };
    }),
    createApiKey: only(async () => ({
      name: unique(),
      environment: "LIVE",
      scopes: ["CANDIDATES_READ", "AUDIT_READ"],
      expiresInDays: 3,
    })),
    createCandidate: only(async () => ({ name: "Ada", email: `${unique()}@example.org` })),
    createInterviewKit: only(async () => ({ ...kit(), externalKey: unique() })),
    createJob: only(async () => ({ title: "A job", profileVersionId: own.profileVersionId })),
    createQuestion: wordings.map((wording) => async () => ({ ...wording, bankId: bank.id, externalKey: unique() })),
    createQuestionBank: only(async () => ({ name: unique(), description: "D", externalKey: unique() })),
    editQuestionBank: only(async () => {
      const { id, version } = await createQuestionBank(admin, { name: unique() });
      return { id, version, name: unique(), description: "D" };
    }),
    createRoleProfile: only(async () => ({ ...profile(), externalKey: unique() })),
    createRubric: only(async () => ({ ...rubric(), externalKey: unique() })),
    createScoreLink: only(async () => ({ applicationId: await talked(), expiresInDays: 3 })),
    createWebhookEndpoint: only(async () => {
      await newEndpoint();
      return hook();
    }),
    createSkill: only(async () => ({ slug: unique(), name: "N", parentId: skillId })),
    disableWebhookEndpoint: only(async () => ({ id: (await newEndpoint()).id, reason: "Moving." })),
    editWebhookEndpoint: only(async () => ({ ...versioned(await newEndpoint()), ...hook() })),
    enableWebhookEndpoint: only(async () => ({ ...versioned(await disabledEndpoint()), skipMissed: true })),
    replayWebhookDelivery: only(async () => ({ id: (await delivery((await newEndpoint()).id)).id })),
    replayWebhookDeliveries: only(async () => {
      const { id: endpointId } = await newEndpoint();
      const { createdAt } = await delivery(endpointId);
      const [from, until] = [-1, 1].map((days) => new Date(createdAt.getTime() + days * 86_400_000).toISOString());
      return { endpointId, from, until, onlyFailed: true };
    }),
    rotateWebhookSecret: only(async () => ({ ...versioned(await newEndpoint()), overlapHours: 1 })),
    testWebhook: only(async () => ({ id: (await newEndpoint()).id })),
    deactivateMember: only(async () => ({ ...versioned(await newMember()), reason: "R" })),
    discardQuestionDraft: only(async () => versioned(await draftQuestion(own, bank.id))),
    discardRubricDraft: only(async () => versioned(await newRubric())),
    editInterviewKit: only(async () => ({ ...kit(), ...versioned(await createInterviewKit(admin, kit())) })),
    editMember: only(async () => ({ ...versioned(await newMember()), ...dana(), role: "AUDITOR" })),
    editOwnProfile: only(async () => ({ timeZone: "Asia/Kolkata" })),
    editPanelist: only(async () => ({
      panelistId: await seat(1, "SCHEDULED"),
      seat: "SHADOW",
      feedbackRequired: false,
    })),
    editQuestion: wordings.map((wording) => async () => ({
      ...wording,
      ...versioned(await draftQuestion(own, bank.id)),
    })),
    editRoleProfile: only(async () => {
      const there = await createRoleProfile(admin, profile() satisfies CreateRoleProfileInput);
      return { ...profile(), ...versioned(there) };
    }),
    editRubric: only(async () => ({ ...rubric(), ...versioned(await newRubric()) })),
    eraseCandidate: only(async () => ({ id: await candidate(), version: 1 })),
    exportBank: only(async () => ({ format: "CSV", bankId: bank.id })),
    exportCandidate: only(async () => ({ id: await candidate() })),
    importBank: [
      file("GIFT", (name) => `Is ${name} right? {T}`, table),
      file("AIKEN", (name) => `Is ${name} right?\nA. Yes\nB. No\nANSWER: A`, table),
      file("CSV", (name) => `kind,stem\nESSAY,Is ${name} right?`, table),
      file("YAML", (name) => `assay: 1\nbanks:\n  - { key: ${name}, name: ${name} }`),
    ],
    inviteMember: only(async () => dana()),
    markQuestionAsked: only(async (by) => ({
      sessionQuestionId: await question(panellistFor(by)),
      asked: true,
      spentSeconds: 60,
    })),
    moveInterviewSession: only(async (by) => ({
      ...versioned(await session("SCHEDULED", panellistFor(by))),
      to: "IN_PROGRESS",
      reason: "They are here.",
    })),
    planInterviewSession: only(async () => ({
      ...slot(),
      place: "Room",
      applicationId: (await own.applicant()).id,
      kitId: own.kit.id,
      panel: [{ memberId: own.people.ann.id, seat: "LEAD", feedbackRequired: true }],
    })),
    proposeDecision: only(words),
    reactivateMember: only(async () => versioned(await deactivateMember(admin, versioned(await newMember())))),
    recordDecision: only(async (by) => ({
      ...(await words(by)),
      dissents: [{ memberId: own.people.ann.id, reason: "D" }],
    })),
    removePanelist: only(async () => ({ panelistId: await seat(1), reason: "Ill" })),
    renewScorePrior: only(async () => {
      // As if nothing were known yet: an estimate is made only of what is new.
      await asSuperuser("update score_priors set panels = '[]' where organization_id = $1");
      return { rubricVersionId: own.rubricVersionId };
    }),
    reopenDecision: only(async () => {
      const departureReason = "D";
      return { ...versioned(await decide(own, await talked(), { departureReason })), reason: "R" };
    }),
    replacePanelist: only(async () => ({
      panelistId: await seat(1),
      memberId: own.people.cyd.id,
      reason: "Ill",
    })),
    requestQuestionReview: only(async () => versioned(await draftQuestion(own, bank.id))),
    requestRubricReview: only(async () => versioned(await newRubric())),
    respondToInvitation: only(async (by) => ({
      panelistId: await seat(0, "SCHEDULED", by),
      response: "TENTATIVE",
      note: "N",
    })),
    retireQuestion: only(async () => versioned(await publishedQuestion(own, bank.id))),
    retireRubric: only(async () => versioned(await publish(await newRubric(), admin, own.as("recruiter")))),
    reviewQuestion: ["APPROVED", "RETURNED"].map((verdict) => async (by) => ({
      ...versioned(await questionInReview(own, bank.id, { author: authorFor(by) })),
      verdict,
      comment: "Read.",
    })),
    reviewRubric: ["APPROVED", "RETURNED"].map((verdict) => async (by) => ({
      ...versioned(await requestRubricReview(own.as(authorFor(by)), await newRubric(own.as(authorFor(by))))),
      verdict,
    })),
    revokeApiKey: only(async () => ({ id: (await newKey()).id })),
    revokeCalendarAddress: only(async (by) => {
      await valid.createCalendarAddress![0]!(by);
      return { id: (await createCalendarAddress(own.as(by), { label: "Phone" })).calendarAddress.id };
    }),
    retryJob: only(async () =>
      versioned(
        await admin.db.transaction((tx) =>
          tx.insert(SetAsideJob, { job: "tests.job", facts: {}, attempts: 1, failure: "F", retriedAt: null }),
        ),
      ),
    ),
    revokeScoreLink: only(async () => {
      const { scoreLink } = await createScoreLink(admin, { applicationId: await talked() });
      return { id: scoreLink.id };
    }),
    rotateApiKey: only(async () => ({ ...versioned(await newKey()), overlapHours: 1 })),
    saveScorecard: only(async (by) => {
      const { id: sessionId } = await session("IN_PROGRESS", by);
      const { version } = await saveScorecard(own.as(by), { sessionId, ratings: [] });
      const rating = { criterionId: own.criterionIds["sql-query"], outcome: "RATED", value: 3, evidence: "E" };
      const interviewerId = own.people[by].id;
      return { sessionId, interviewerId, version, recommendation: "YES", summary: "S", ratings: [rating] };
    }),
    scheduleInterviewSession: only(async () => ({
      ...versioned(await session("SCHEDULED")),
      ...slot(),
      place: "Room",
      reason: "R",
    })),
    submitScorecard: only(async (by) => versioned(await draft(own, by, await session("IN_PROGRESS", by)))),
    updateCandidate: only(async () => ({
      id: await candidate(),
      version: 1,
      name: "Ada",
      email: `${unique()}@example.org`,
    })),
    updateOrganizationSettings: only(async () => {
      const [organization] = await allRows(admin.db, Organization, () => "true");
      const { version, requireEveryCriterion } = organization!;
      return {
        version,
        name: unique(),
        feedbackVisibility: "AFTER_OWN_SUBMISSION",
        requireEveryCriterion: !requireEveryCriterion,
        requireEvidenceForExtremes: true,
        candidateRetentionDays: 3650,
      };
    }),
    upsertApplications: [false, true].map((isThere) => async () => {
      const [candidateExternalId, jobExternalId, externalId] = [unique(), unique(), unique()];
      const { job } = own;
      const [sentCandidate] = await upsertCandidates(admin, {
        system: "cast",
        items: [{ externalId: candidateExternalId, name: "Ada" }],
      });
      const [sentJob] = await upsertJobs(admin, {
        system: "cast",
        items: [{ externalId: jobExternalId, title: "A job", profileVersionId: job.profileVersionId }],
      });
      // One that the system does not know is linked.
      const [candidateId, jobId] = [idIn(sentCandidate, "candidate"), idIn(sentJob, "job")];
      if (isThere) await createApplication(admin, { candidateId, jobId });
      return { system: "cast", items: [{ externalId, candidateExternalId, jobExternalId }] };
    }),
    upsertCandidates: only(async () => ({
      system: "cast",
      items: [{ externalId: unique(), name: "Ada", email: `${unique()}@example.org` }],
    })),
    // One that is there keeps its profile where none is sent.
    upsertJobs: only(async () => {
      const { profileVersionId } = own;
      const item = { externalId: unique(), title: "A job", profileVersionId };
      await upsertJobs(admin, { system: "cast", items: [item] });
      return { system: "cast", items: [{ ...item, title: "Another job" }] };
    }),
    waiveScorecard: only(async () => ({ panelistId: await seat(0), reason: "Ill" })),
    withdrawScorecard: only(async (by) =>
      versioned(await submit(own, by, await session("IN_PROGRESS", by), { "sql-query": 3 })),
    ),
    writeQuestionNote: only(async (by) => {
      const sessionQuestionId = await question(by);
      const { version } = await writeQuestionNote(own.as(by), { sessionQuestionId, text: "First." });
      return { sessionQuestionId, text: "N", version };
    }),
  };
  for (const name of LEFT_BEHIND) {
    const by = actorOf(name);
    await api.ask(own.people[by], documentOf(name), { input: await valid[name]![0]!(by) });
  }
  return { company: own, valid };
}

/** Path of a place -> index of the first valid input that has it. */
const having = new Map<string, number>();

/** A valid input in which the place is filled in: what belongs to one kind of question is not in every one. */
export async function inputWith(
  { valid }: Stage,
  { mutation, path }: Pick<Place, "mutation" | "path">,
  by = actorOf(mutation),
): Promise<Input> {
  const name = [mutation, ...path].join(".");
  const makes = valid[mutation]!;
  const known = having.get(name);
  if (known !== undefined) return makes[known]!(by);
  for (const [index, make] of makes.entries()) {
    const input = await make(by);
    if (!isFilled(at(input, path))) continue;
    having.set(name, index);
    return input;
  }
  throw new Error(`No valid input of ${mutation} has ${path.join(".")}`);
}

export const documentOf = (mutation: string): string => {
  const type = schema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) { ${READABLE[mutation]} userErrors { code field message } } }`;
};

/** What is wrong with one item of several stands with that item. */
export function outcomeOf({ data, errors }: Answer, mutation: string) {
  const payload = data?.[mutation];
  if (!payload?.results) return { errors, payload };
  const ofItems = payload.results.flatMap(({ userErrors }: { userErrors: object[] }) => userErrors);
  return { errors, payload: { ...payload, userErrors: [...payload.userErrors, ...ofItems] } };
}
