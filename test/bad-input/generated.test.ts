import {
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { Client } from "pg";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { proposeDecision } from "../../src/evaluations/decision.actions";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { LEAST_NEWS } from "../../src/evaluations/score-prior.rules";
import { Organization } from "../../src/identity/organization.entity";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import type { Class } from "../../src/platform/class";
import { allRows } from "../../src/platform/db/reader";
import type { OrganizationRow } from "../../src/platform/db/row";
import { typeNameOf } from "../../src/platform/graphql/node";
import { newId, typeOfId } from "../../src/platform/ids";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { createRubric } from "../../src/question-bank/rubric.actions";
import type { CreateRubricInput } from "../../src/question-bank/rubric.input";
import { requestRubricReview } from "../../src/question-bank/rubric-review.actions";
import { saveScorecard } from "../../src/scorecards/scorecard.actions";
import { schema } from "../../src/server";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import type { CreateRoleProfileInput } from "../../src/skills/role-profile.input";
import { type Company, company, type Person, publish } from "../cast/company";
import { debriefed, decide, hired } from "../cast/debrief";
import { draft, freeHour, interview, submit } from "../cast/interview";
import {
  draftQuestion,
  newBank,
  newestVersion,
  publishedQuestion,
  QUESTION_KINDS,
  questionInReview,
  wordingOfKind,
} from "../cast/questions";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";

jest.setTimeout(30_000);

// Every field of every input, found in the schema: none is listed by hand, so a new one is tested when it is published.

type Input = Record<string, unknown>;

interface Place {
  mutation: string;
  /** From `input`; lists by their first item. */
  path: string[];
  field: GraphQLInputField;
}

const mutations = Object.values(schema.getMutationType()!.getFields());

function placesOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${mutation} takes an input that is no object`);
  return Object.values(named.getFields()).flatMap((field) => {
    const item = isListType(getNullableType(field.type)) && isInputObjectType(getNamedType(field.type));
    const path = [...above, field.name, ...(item ? ["0"] : [])];
    if (isInputObjectType(getNamedType(field.type))) return placesOf(mutation, field.type, path);
    return [{ mutation, path, field }];
  });
}

/** Fields that may be null, inputs within inputs included. */
function optionalOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const path = [...above, field.name];
    const within = isListType(getNullableType(field.type)) ? [...path, "0"] : path;
    const own = isNonNullType(field.type) ? [] : [{ mutation, path, field }];
    return [...own, ...optionalOf(mutation, field.type, within)];
  });
}

const places = mutations.flatMap(({ name, args }) => placesOf(name, args[0]!.type));
const ofType = (name: string) =>
  places
    .filter(({ field }) => getNamedType(field.type).name === name)
    .map((place) => [`${place.mutation}.${place.path.join(".")}`, place] as const);

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

/** Where the answer of a mutation shows what was stored. */
const READABLE: Record<string, string> = {
  addDebriefNote: "debriefNote { text }",
  addPanelist: "interviewSession { panel { seat } }",
  amendScorecard: "scorecard { amendmentReason summary ratings { evidence } }",
  commentOnQuestion: "comment { text }",
  createApplication: "application { id }",
  // Without its address, whose random letters could say anything.
  createCalendarAddress: "newCalendarAddress { calendarAddress { label } }",
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
  discardQuestionDraft: "question { id }",
  discardRubricDraft: "rubric { id }",
  editInterviewKit: "interviewKit { name }",
  editPanelist: "interviewSession { panel { seat } }",
  editQuestion: QUESTION,
  editRoleProfile: PROFILE,
  editRubric: RUBRIC,
  importBank: "report { counts { created } items { outcome faults { message } object { id } } }",
  markQuestionAsked: "sessionQuestion { askedAt spentSeconds }",
  moveInterviewSession: `interviewSession { state ${HISTORY} }`,
  planInterviewSession: "interviewSession { timeZone place }",
  proposeDecision: DECISION,
  recordDecision: DECISION,
  removePanelist: `interviewSession { ${HISTORY} }`,
  renewScorePrior: "scorePrior { number }",
  reopenDecision: "decision { reopenedReason }",
  replacePanelist: `interviewSession { ${HISTORY} }`,
  requestQuestionReview: "question { id }",
  requestRubricReview: "rubric { id }",
  respondToInvitation: "interviewSession { panel { responseNote } }",
  retireQuestion: "question { id }",
  retireRubric: "rubric { id }",
  reviewQuestion: QUESTION,
  reviewRubric: "rubric { id }",
  revokeCalendarAddress: "calendarAddress { revokedAt }",
  revokeScoreLink: "scoreLink { revokedAt }",
  saveScorecard: "scorecard { summary ratings { evidence } }",
  scheduleInterviewSession: `interviewSession { timeZone place ${HISTORY} }`,
  submitScorecard: "scorecard { state }",
  updateCandidate: "candidate { name email }",
  updateOrganizationSettings: "organization { feedbackVisibility requireEveryCriterion requireEvidenceForExtremes }",
  waiveScorecard: "interviewSession { panel { waivedReason } }",
  withdrawScorecard: "scorecard { state }",
  writeQuestionNote: "questionNote { text }",
};

/** What is somebody's own: scorecards, notes, answers to invitations, calendar addresses. */
const OWN = /^((amend|save|submit|withdraw)Scorecard|writeQuestionNote|respondToInvitation|\w+CalendarAddress)$/;

/** One's own is done by Ann, reviews by somebody else than the author; the rest by one who may do most. */
function actorOf(mutation: string): Person {
  if (mutation.startsWith("review")) return "recruiter";
  return OWN.test(mutation) ? "ann" : "admin";
}

/** A valid input, new each time, so that it can be accepted once. */
type Make = () => Promise<Input>;

/** A company with a row of every published type, and for every mutation inputs that together say all that it takes. */
interface Stage {
  company: Company;
  valid: Record<string, Make[]>;
}

let made = 0;
const unique = () => `n${++made}`;

const versioned = ({ id, version }: { id: string; version: number }) => ({ id, version });

/** Everybody but the auditor. */
const RATERS = ["ann", "bob", "cyd", "admin", "recruiter", "hiringManager"] as const;

/** Sessions that everybody rates alike but Ann: as many as an estimate of how far raters are apart wants. */
async function history(own: Company): Promise<void> {
  for (let left = LEAST_NEWS; left > 0; left--) {
    const session = await interview(own, { panel: RATERS });
    for (const who of RATERS) await submit(own, who, session, { "sql-query": who === "ann" ? 2 : 3 });
  }
}

async function stage(api: Api): Promise<Stage> {
  const own = await company(api.database);
  const [admin, ann] = [own.as("admin"), own.as("ann")];
  const bank = await newBank(own);
  const ready = [];
  for (const kind of QUESTION_KINDS) ready.push(await publishedQuestion(own, bank.id, kind));
  const questionVersion = await newestVersion(own, ready[0]!);
  const skillId = own.skillIds.sql!;
  const candidate = async () => (await createCandidate(admin, { name: "Somebody" })).id;
  const session = (state: SessionState = "IN_PROGRESS") => interview(asking, { panel: ["ann", "bob"], state });
  /** Of what was made for a session, in order. */
  const of = <E extends OrganizationRow>(entity: Class<E>, { id }: Pick<InterviewSession, "id">): Promise<E[]> =>
    allRows(admin.db, entity, (bind) => `t.session_id = ${bind(id)}`, "order by t.id");
  const seat = async (index: number, state?: SessionState) => (await of(Panelist, await session(state)))[index]!.id;
  const question = async () => (await of(SessionQuestion, await session()))[0]!.id;
  const talked = async () => (await debriefed(own, { ann: { "sql-query": 3 } })).applicationId;
  /** Proposed already; to hire departs from a score of which too little was seen. */
  const words = async () => {
    const applicationId = await talked();
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
  const newRubric = () => createRubric(admin, rubric() satisfies CreateRubricInput);
  const wordings = QUESTION_KINDS.map((kind) => wordingOfKind(kind, [skillId]) as unknown as Input);
  const file = (format: string, text: (name: string) => string, more: object = {}) => {
    return async () => ({ format, text: text(unique()), publish: false, dryRun: false, ...more });
  };
  const table = { bankId: bank.id, skillIds: [skillId] };
  const only = (make: Make) => [make];
  const valid: Stage["valid"] = {
    addDebriefNote: only(async () => ({ applicationId: await talked(), text: "Agreed." })),
    addPanelist: only(async () => ({
      sessionId: (await session()).id,
      memberId: own.people.cyd.id,
      seat: "SHADOW",
      feedbackRequired: false,
    })),
    amendScorecard: only(async () => {
      const card = versioned(await submit(own, "ann", await session(), { "sql-query": 3 }));
      const rating = { criterionId: own.criterionIds["sql-schema"], outcome: "RATED", value: 3, evidence: "E" };
      return { ...card, reason: "R", recommendation: "YES", summary: "S", ratings: [rating] };
    }),
    commentOnQuestion: only(async () => ({ questionVersionId: questionVersion.id, text: "Clear." })),
    createApplication: only(async () => ({ candidateId: await candidate(), jobId: own.job.id })),
    createCalendarAddress: only(async () => {
      // Few may work at a time.
      await superuser.query("update calendar_addresses set revoked_at = now() where organization_id = $1", [
        own.organizationId,
      ]);
      return { label: "Phone" };
    }),
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
    createSkill: only(async () => ({ slug: unique(), name: "N", parentId: skillId })),
    discardQuestionDraft: only(async () => versioned(await draftQuestion(own, bank.id))),
    discardRubricDraft: only(async () => versioned(await newRubric())),
    editInterviewKit: only(async () => ({ ...kit(), ...versioned(await createInterviewKit(admin, kit())) })),
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
    importBank: [
      file("GIFT", (name) => `Is ${name} right? {T}`, table),
      file("AIKEN", (name) => `Is ${name} right?\nA. Yes\nB. No\nANSWER: A`, table),
      file("CSV", (name) => `kind,stem\nESSAY,Is ${name} right?`, table),
      file("YAML", (name) => `assay: 1\nbanks:\n  - { key: ${name}, name: ${name} }`),
    ],
    markQuestionAsked: only(async () => ({ sessionQuestionId: await question(), asked: true, spentSeconds: 60 })),
    moveInterviewSession: only(async () => ({
      ...versioned(await session("SCHEDULED")),
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
    recordDecision: only(async () => ({
      ...(await words()),
      dissents: [{ memberId: own.people.ann.id, reason: "D" }],
    })),
    removePanelist: only(async () => ({ panelistId: await seat(1), reason: "Ill" })),
    renewScorePrior: only(async () => ({ rubricVersionId: own.rubricVersionId })),
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
    respondToInvitation: only(async () => ({
      panelistId: await seat(0, "SCHEDULED"),
      response: "TENTATIVE",
      note: "N",
    })),
    retireQuestion: only(async () => versioned(await publishedQuestion(own, bank.id))),
    retireRubric: only(async () => versioned(await publish(await newRubric(), admin, own.as("recruiter")))),
    reviewQuestion: ["APPROVED", "RETURNED"].map((verdict) => async () => ({
      ...versioned(await questionInReview(own, bank.id)),
      verdict,
      comment: "Read.",
    })),
    reviewRubric: ["APPROVED", "RETURNED"].map((verdict) => async () => ({
      ...versioned(await requestRubricReview(admin, await newRubric())),
      verdict,
    })),
    revokeCalendarAddress: only(async () => {
      await valid.createCalendarAddress![0]!();
      return { id: (await createCalendarAddress(ann, { label: "Phone" })).calendarAddress.id };
    }),
    revokeScoreLink: only(async () => {
      const { scoreLink } = await createScoreLink(admin, { applicationId: await talked() });
      return { id: scoreLink.id };
    }),
    saveScorecard: only(async () => {
      const { id: sessionId } = await session();
      const { version } = await saveScorecard(ann, { sessionId, ratings: [] });
      const rating = { criterionId: own.criterionIds["sql-query"], outcome: "RATED", value: 3, evidence: "E" };
      return { sessionId, version, recommendation: "YES", summary: "S", ratings: [rating] };
    }),
    scheduleInterviewSession: only(async () => ({
      ...versioned(await session("SCHEDULED")),
      ...slot(),
      place: "Room",
      reason: "R",
    })),
    submitScorecard: only(async () => versioned(await draft(own, "ann", await session()))),
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
        feedbackVisibility: "AFTER_OWN_SUBMISSION",
        requireEveryCriterion: !requireEveryCriterion,
        requireEvidenceForExtremes: true,
      };
    }),
    waiveScorecard: only(async () => ({ panelistId: await seat(0), reason: "Ill" })),
    withdrawScorecard: only(async () => versioned(await submit(own, "ann", await session(), { "sql-query": 3 }))),
    writeQuestionNote: only(async () => {
      const sessionQuestionId = await question();
      const { version } = await writeQuestionNote(ann, { sessionQuestionId, text: "First." });
      return { sessionQuestionId, text: "N", version };
    }),
  };
  // An import, so that there is one.
  await api.ask(own.people.admin, documentOf("importBank"), { input: await valid.importBank![0]!() });
  return { company: own, valid };
}

/** Path of a place -> index of the first valid input that has it. */
const having = new Map<string, number>();

/** A valid input in which the place is filled in: what belongs to one kind of question is not in every one. */
async function inputWith({ valid }: Stage, { mutation, path }: Pick<Place, "mutation" | "path">): Promise<Input> {
  const name = [mutation, ...path].join(".");
  const makes = valid[mutation]!;
  const known = having.get(name);
  if (known !== undefined) return makes[known]!();
  for (const [index, make] of makes.entries()) {
    const input = await make();
    if (!isFilled(at(input, path))) continue;
    having.set(name, index);
    return input;
  }
  throw new Error(`No valid input of ${mutation} has ${path.join(".")}`);
}

/** Something is there: a list of nothing leaves its items untested. */
const isFilled = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : (value ?? null) !== null);

const documentOf = (mutation: string): string => {
  const type = schema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) { ${READABLE[mutation]} userErrors { code field message } } }`;
};

let api: Api;
let ours: Stage;
let theirs: Stage;
let superuser: Client;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  const { rows } = await superuser.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organization_id' order by 1`,
  );
  tables = rows.map(({ name }) => name);
  [ours, theirs] = [await stage(api), await stage(api)];
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

/** Number and content of the rows of every table, in both organisations. */
async function everyRow(): Promise<unknown[]> {
  const counts = tables.map(
    (table) => `select '${table}' as name, count(*)::int as n, sum(hashtextextended(t::text, 0))::text as said
      from ${table} t where organization_id = any($1)`,
  );
  const ids = [ours.company.organizationId, theirs.company.organizationId];
  return (await superuser.query(counts.join(" union all "), [ids])).rows;
}

const LEAK =
  /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|QueryFailed|relation "|syntax error at|invalid byte|duplicate key|\bselect\b.*\bfrom\b|insert into|SQLSTATE|pg_/i;

async function attempt(mutation: string, input: unknown): Promise<Answer> {
  const answer = await api.send(ours.company.people[actorOf(mutation)], documentOf(mutation), { input });
  const { headers: _, ...said } = answer;
  expect(JSON.stringify(said)).not.toMatch(LEAK);
  expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain("INTERNAL_SERVER_ERROR");
  return answer;
}

/** Sends the input once with each of the values at the path, all to be refused, and proves that nothing was written. */
async function refused<V>({ mutation, path }: Place, input: Input, values: readonly V[]): Promise<[V, Answer][]> {
  const before = await everyRow();
  const answers = await Promise.all(values.map((value) => attempt(mutation, changed(input, path, value))));
  expect(await everyRow()).toEqual(before);
  return values.map((value, index) => [value, answers[index]!]);
}

function at(input: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? input : at((input as Record<string, unknown> | null | undefined)?.[key], rest);
}

const isList = ({ field }: Place): boolean => isListType(getNullableType(field.type));

/** The value as the field takes it: in a list where it takes several. */
const valueAt = (place: Place, value: unknown): unknown => (isList(place) ? [value] : value);

/** The value at the place; of several the first. */
function leafAt(input: unknown, place: Place): unknown {
  const value = at(input, place.path);
  return isList(place) ? (value as unknown[])[0] : value;
}

/** The input with another value at the path. */
function changed(input: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = changed((input as Record<string, unknown>)[key], rest, value);
  if (Array.isArray(input)) return input.map((item, index) => (`${index}` === key ? inner : item));
  return { ...(input as object), [key]: inner };
}

const outcomeOf = ({ data, errors }: Answer, mutation: string) => ({ errors, payload: data?.[mutation] });

test("every mutation takes one input, and accepts valid ones that together fill in every field", async () => {
  expect(mutations.filter(({ args }) => args.length !== 1 || args[0]!.name !== "input")).toEqual([]);
  expect(Object.keys(ours.valid).sort()).toEqual(mutations.map(({ name }) => name).sort());
  for (const { name } of mutations) {
    const inputs = await Promise.all(ours.valid[name]!.map((make) => make()));
    const untold = places
      .filter(({ mutation, path }) => mutation === name && !inputs.some((input) => isFilled(at(input, path))))
      .map(({ path }) => path.join("."));
    expect({ name, untold }).toEqual({ name, untold: [] });
    for (const input of inputs) {
      const { errors, payload } = outcomeOf(await attempt(name, input), name);
      expect({ name, errors, payload }).toMatchObject({ name, errors: undefined, payload: { userErrors: [] } });
    }
  }
});

test("each format of a file is imported as it stands", async () => {
  for (const make of ours.valid.importBank!) {
    const input = await make();
    const { payload } = outcomeOf(await attempt("importBank", input), "importBank");
    expect({ input, payload }).toMatchObject({ input, payload: { report: { counts: { created: 1 } } } });
  }
});

describe("an id of an input", () => {
  const garbage = [
    "",
    "x",
    42,
    "🦄",
    "\u0000",
    "a".repeat(10_000),
    "' or 1=1 --",
    "6f1c6a1e-6d0e-4b43-8f57-0d2f6d8f0a11",
  ];

  test.each(ofType("ID"))("%s must be the id of the right type", async (_, place) => {
    const { mutation, path } = place;
    const input = await inputWith(ours, place);
    const right = leafAt(input, place) as string;
    const type = typeOfId(right)!;
    const other = type === "Candidate" ? newId("Job") : newId("Candidate");
    const existing = type === "Member" ? ours.company.job.id : ours.company.people.ann.id;
    const wrong = [...garbage, right.toUpperCase(), ` ${right}`, `${right}0`, right.slice(1), other, existing];
    const values = wrong.map((id) => valueAt(place, id));
    for (const [id, answer] of await refused<unknown>(place, input, values)) {
      expect({ id, ...outcomeOf(answer, mutation) }).toMatchObject({
        id,
        errors: undefined,
        payload: { userErrors: [{ code: "WRONG_ID_TYPE", field: path, message: expect.stringContaining(type) }] },
      });
    }
  });

  /** The session's rubric decides what can be rated, so that an unknown criterion can be told from a hidden one by nobody. */
  const OTHER_REFUSAL: Record<string, string> = {
    "amendScorecard.ratings.0.criterionId": "CRITERION_NOT_RATED_HERE",
    "saveScorecard.ratings.0.criterionId": "CRITERION_NOT_RATED_HERE",
  };

  test.each(ofType("ID"))("%s of another organisation is like one that never was", async (name, place) => {
    const { mutation, path } = place;
    const foreign = leafAt(await inputWith(theirs, place), place) as string;
    const ids = [foreign, newId(typeOfId(foreign)!)];
    const values = ids.map((id) => valueAt(place, id));
    const answers = (await refused(place, await inputWith(ours, place), values)).map(
      ([, { status, data, errors }], index) =>
        JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(ids[index]!, "<id>")),
    );
    expect(answers[0]).toEqual(answers[1]);
    if (OTHER_REFUSAL[name]) {
      const fault = { code: OTHER_REFUSAL[name], field: path };
      expect(answers[0]).toMatchObject({ data: { [mutation]: { userErrors: [fault] } } });
    } else {
      expect(answers[0].errors).toMatchObject([
        { path: [mutation], message: expect.stringContaining("<id>"), extensions: { code: "NOT_FOUND" } },
      ]);
    }
  });

  test("NOT_FOUND names the field at fault", async () => {
    const unnamed: string[] = [];
    for (const [name, place] of ofType("ID")) {
      const { mutation, path } = place;
      const input = await inputWith(ours, place);
      const never = newId(typeOfId(leafAt(input, place) as string)!);
      const { errors } = await attempt(mutation, changed(input, path, valueAt(place, never)));
      const field = errors?.[0]?.extensions.field;
      const named = isList(place) ? [...path, "0"] : path;
      if (errors && JSON.stringify(field) !== JSON.stringify(named)) unnamed.push(`${name}: ${JSON.stringify(field)}`);
    }
    expect(unnamed).toEqual([]);
  });
});

/** The noun of a published type, which is one of several where the noun has kinds. */
function nounOf(type: string): string {
  const interfaces = (schema.getType(type) as GraphQLObjectType).getInterfaces().map(({ name }) => name);
  return interfaces.find((name) => name !== "Node") ?? type;
}

describe("an id of node and nodes", () => {
  const nouns = schema
    .getPossibleTypes(schema.getType("Node") as never)
    .map(({ name }) => name)
    .sort();

  const send = async (query: string, variables: object, who: Person = "admin") => {
    const answer = await api.send(ours.company.people[who], query, variables);
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
    return answer;
  };
  const node = (id: string, who?: Person) => send("query ($id: ID!) { node(id: $id) { __typename id } }", { id }, who);
  const nodes = (ids: string[], who?: Person) =>
    send("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids }, who);

  async function idOf(type: string, { company: { organizationId } }: Stage): Promise<string> {
    const noun = nounOf(type);
    const { tableName } = api.database.dataSource.entityMetadatas.find(({ name }) => name === noun)!;
    const key = noun === "Organization" ? "id" : "organization_id";
    const { rows } = await superuser.query(`select * from ${tableName} where ${key} = $1 order by id`, [
      organizationId,
    ]);
    const row = rows.find((each) => typeNameOf(each) === type);
    if (!row) throw new Error(`The stage has no ${type}`);
    return row.id;
  }

  test.each(nouns)("%s: our own is found, another organisation's is like one that never was", async (noun) => {
    // What is one's own is Ann's; the first scorecard is.
    const who = ["Rating", "Scorecard", "QuestionNote", "CalendarAddress"].includes(noun) ? "ann" : "admin";
    const own = await idOf(noun, ours);
    expect((await node(own, who)).data).toEqual({ node: { __typename: noun, id: own } });
    const foreign = await idOf(noun, theirs);
    const never = newId(nounOf(noun));
    const answers = [];
    for (const id of [foreign, never]) {
      const { status, data, errors } = await node(id, who);
      expect(errors).toMatchObject([{ path: ["node"], extensions: { code: "NOT_FOUND" } }]);
      answers.push(JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(id, "<id>")));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect((await nodes([foreign, own, never], who)).data).toEqual({
      nodes: [null, { __typename: noun, id: own }, null],
    });
  });

  test.each(["", "x", "🦄", "\u0000", "\ud800", "a".repeat(10_000), "6f1c6a1e-6d0e-4b43-8f57-0d2f6d8f0a11"])(
    "%j is no id of ours",
    async (id) => {
      const [one, several] = [await node(id), await nodes([ours.company.job.id, id])];
      expect(one).toMatchObject({
        data: { node: null },
        errors: [{ path: ["node"], extensions: { code: "BAD_ID", field: ["id"] } }],
      });
      expect(several).toMatchObject({ data: null, errors: [{ path: ["nodes"], extensions: { code: "BAD_ID" } }] });
    },
  );

  test("nodes names its own argument, and takes at most 100", async () => {
    const many = Array.from({ length: 101 }, () => ours.company.job.id);
    expect(await nodes(many)).toMatchObject({
      data: null,
      errors: [{ extensions: { code: "BAD_PAGE", field: ["ids"] } }],
    });
    expect((await nodes(many.slice(1))).data.nodes).toHaveLength(100);
    expect((await nodes(["x"])).errors?.[0]?.extensions.field?.[0]).toBe("ids");
  });
});

describe("a text of an input", () => {
  const texts = ofType("String");
  /** The file of an import reports on each of its questions instead; see gift.test.ts. */
  const fields = texts.filter(([name]) => name !== "importBank.text");

  const promised = ({ field }: Place) => field.description ?? "";
  const oneLine = (place: Place) => !/(At most|each of 1 to) \d+ characters\.$|not blank\.$/.test(promised(place));
  /** What is answered with, and matched, is nothing where it is blank; the same types hold feedback, which may be. */
  const ANSWERS = /\.(options\.0\.text|acceptedTexts\.0\.text|pairs\.0\.answer|pairs\.0\.prompt\.text)$/;
  const isAnswer = ({ mutation, path }: Place) => ANSWERS.test([mutation, ...path].join("."));
  const mayBeBlank = (place: Place) =>
    !oneLine(place) && !/not blank|each of 1 to/.test(promised(place)) && !isAnswer(place);

  const unstorable = {
    NUL: "a\u0000b",
    "NUL alone": "\u0000",
    "a lone high surrogate": "a\ud800b",
    "a lone low surrogate": "a\udc00b",
    "surrogates in the wrong order": "\udc00\ud800",
    "a control character": "a\u0007b",
    "a C1 control character": "a\u0085b",
    DEL: "a\u007fb",
    "25,000 letters": "a".repeat(25_000),
  };
  const BLANK = /^(BAD_INPUT|QUESTION_UNUSABLE)$/;
  const blank = { nothing: "", spaces: "   ", "white space of other scripts": "\u00a0\u3000\u2003" };

  test.each(fields)("%s refuses what cannot be stored or is too long", async (_, place) => {
    const { mutation, path } = place;
    const input = await inputWith(ours, place);
    const bad = {
      ...unstorable,
      ...(oneLine(place)
        ? {
            "two lines": "a\nb",
            "a line separator": "a\u2028b",
            "turned about": "\u202eabc",
            "nothing to see": "\u200b",
          }
        : {}),
      ...(mayBeBlank(place) ? {} : blank),
    };
    const answers = await refused(
      place,
      input,
      Object.values(bad).map((text) => valueAt(place, text)),
    );
    for (const [index, what] of Object.keys(bad).entries()) {
      const [, answer] = answers[index]!;
      expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject({
        what,
        errors: undefined,
        payload: { userErrors: [{ code: what in blank ? expect.stringMatching(BLANK) : "BAD_INPUT", field: path }] },
      });
    }
  });

  const wide = {
    emoji: "👩🏽‍💻🦄🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "right to left": "שלום عالم abc",
    "four bytes": "𝒳𐍈𠜎",
    combining: "Z\u0338\u0321 e\u0301 \u0915\u094d\u0937",
    "quotes and the like": `'; drop table candidates; -- "\\ \${x} %s <b>&amp;`,
  };

  /** What the field makes of a text where it does not take any. */
  function shaped({ path }: Place, text: string): { sent: string; stored: string } {
    if (path.at(-1) === "comment") return { sent: text, stored: text.trim() };
    if (path.at(-1) !== "email") return { sent: text, stored: text };
    const local = `${text.replace(/[\s@]/g, "")}${++made}`;
    return { sent: `${local}@EXAMPLE.org`, stored: `${local}@example.org`.toLowerCase() };
  }

  const refusing: Record<string, string> = { slug: "BAD_INPUT", key: "BAD_INPUT", timeZone: "BAD_SCHEDULE" };

  test.each(fields)("%s keeps every letter of every script", async (_, place) => {
    const { mutation, path } = place;
    const code = refusing[path.at(-1)!];
    for (const [what, text] of Object.entries(wide)) {
      // Another one each time: names that are there already are refused.
      const { sent, stored } = shaped(place, `${text} ${unique()}`);
      const input = await inputWith(ours, place);
      if (code) {
        const [[, answer]] = (await refused(place, input, [valueAt(place, sent)])) as [[unknown, Answer]];
        const userErrors = [{ code, field: path }];
        expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject({ what, payload: { userErrors } });
      } else {
        const answer = await attempt(mutation, changed(input, path, valueAt(place, sent)));
        const accepted = { what, errors: undefined, payload: { userErrors: [] } };
        expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject(accepted);
        expect(stringsIn(answer.data)).toContain(stored);
      }
    }
  });

  const PROMISE = /(\d+) characters(?:, not blank|; no id of ours)?\.$/;
  const lines = fields.filter(([, place]) => !oneLine(place));

  test.each(lines)("%s may have lines, and be blank unless it says otherwise", async (_, place) => {
    for (const text of [...(mayBeBlank(place) ? ["", "  "] : []), "one\ntwo\r\n\tthree"]) {
      const { sent, stored } = shaped(place, text);
      const input = changed(await inputWith(ours, place), place.path, valueAt(place, sent));
      const answer = await attempt(place.mutation, input);
      expect(answer.data[place.mutation].userErrors).toEqual([]);
      expect(stringsIn(answer.data)).toContain(stored);
    }
  });

  test.each(fields.filter(([, { field }]) => PROMISE.test(field.description ?? "")))(
    "%s takes as many characters as it promises, and not one more",
    async (_, place) => {
      const limit = Number(PROMISE.exec(promised(place))![1]);
      if (place.path.at(-1) === "timeZone") return;
      const { mutation, path } = place;
      const full = unique().padEnd(limit, "x");
      const taken = await attempt(mutation, changed(await inputWith(ours, place), path, valueAt(place, full)));
      expect(stringsIn(taken.data)).toContain(full);
      const [[, { data }]] = (await refused(place, await inputWith(ours, place), [valueAt(place, `${full}x`)])) as [
        [unknown, Answer],
      ];
      expect(data[mutation].userErrors).toMatchObject([{ code: "BAD_INPUT", field: path }]);
    },
  );

  function stringsIn(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return value && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
  }
});

/** What GraphQL itself says of a value of another kind. */
const UNREADABLE = { status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] };

describe("an optional field of an input", () => {
  const optional = mutations
    .flatMap(({ name, args }) => optionalOf(name, args[0]!.type))
    .map((place) => [`${place.mutation}.${place.path.join(".")}`, place] as const);

  /** Where nothing means something else, such as a slot in halves, or a draft that was begun already. */
  const refusing: Record<string, string> = {
    "scheduleInterviewSession.reason": "REASON_MISSING",
    "recordDecision.departureReason": "DEPARTURE_UNEXPLAINED",
    startsAt: "BAD_SCHEDULE",
    endsAt: "BAD_SCHEDULE",
    timeZone: "BAD_SCHEDULE",
    version: "STALE_VERSION",
    value: "VALUE_OUTSIDE_SCALE",
    // What a question of the kind must have, and a file that names no bank.
    answer: "QUESTION_UNUSABLE",
    options: "QUESTION_UNUSABLE",
    acceptedTexts: "QUESTION_UNUSABLE",
    acceptedIntervals: "QUESTION_UNUSABLE",
    pairs: "QUESTION_UNUSABLE",
    bankId: "BAD_INPUT",
  };

  test.each(optional)("%s may be null or left out", async (name, place) => {
    const { mutation, path } = place;
    for (const nothing of [null, undefined]) {
      const input = changed(await inputWith(ours, place), path, nothing);
      const { errors, payload } = outcomeOf(await attempt(mutation, input), mutation);
      const code = refusing[name] ?? refusing[path.at(-1)!];
      const userErrors = code ? [{ code, field: path }] : [];
      expect({ nothing, errors, payload }).toMatchObject({ nothing, errors: undefined, payload: { userErrors } });
    }
  });
});

describe("a number of an input", () => {
  test.each(ofType("Int"))("%s refuses what is out of range", async (_, place) => {
    const { mutation, path } = place;
    const input = await inputWith(ours, place);
    for (const [number, answer] of await refused(place, input, [2_147_483_647, -2_147_483_648])) {
      // A version may be any positive number; a wrong one is stale.
      const code = path.at(-1) === "version" && number > 0 ? "STALE_VERSION" : /^(BAD_INPUT|VALUE_OUTSIDE_SCALE)$/;
      const userErrors = [{ code: expect.stringMatching(code), field: path }];
      expect({ number, ...outcomeOf(answer, mutation) }).toMatchObject({
        number,
        errors: undefined,
        payload: { userErrors },
      });
    }
    const none: unknown[] = [2 ** 31, -(2 ** 31) - 1, 1e300, 1.5, "7", true];
    for (const [number, { status, errors }] of await refused(place, input, none)) {
      expect({ number, status, errors }).toMatchObject({ number, ...UNREADABLE });
    }
  });
});

describe("a number with a point of an input", () => {
  test.each(ofType("Float"))(
    "%s refuses what is no number, and one that turns its interval about",
    async (_, place) => {
      const { mutation, path } = place;
      const input = await inputWith(ours, place);
      for (const [number, { status, errors }] of await refused<unknown>(place, input, ["7", true, null, [1], {}])) {
        expect({ number, status, errors }).toMatchObject({ number, ...UNREADABLE });
      }
      const about = path.at(-1) === "low" ? 1e308 : -1e308;
      const [[, answer]] = (await refused(place, input, [about])) as [[number, Answer]];
      const userErrors = [{ code: "QUESTION_UNUSABLE", field: path.slice(0, -1) }];
      expect(outcomeOf(answer, mutation)).toMatchObject({ errors: undefined, payload: { userErrors } });
    },
  );
});

describe("a time of an input", () => {
  const none = [
    "",
    "soon",
    "2031-02-30T10:00:00Z",
    "2031-02-30T10:00",
    "2031-01-01",
    "25:00",
    "\u0000",
    0,
    1e300,
    true,
  ];
  const outlandish = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00", "9999-12-31T23:59"];

  test.each([...ofType("DateTime"), ...ofType("SlotTime")])(
    "%s refuses what is no time, or one that makes no slot",
    async (_, place) => {
      const { mutation } = place;
      const input = await inputWith(ours, place);
      for (const [time, { status, errors }] of await refused<unknown>(place, input, none)) {
        expect({ time, status, errors }).toMatchObject({ time, ...UNREADABLE });
      }
      for (const [time, answer] of await refused(place, input, outlandish)) {
        const userErrors = expect.arrayContaining([expect.objectContaining({ code: "BAD_SCHEDULE" })]);
        expect({ time, ...outcomeOf(answer, mutation) }).toMatchObject({
          time,
          errors: undefined,
          payload: { userErrors },
        });
      }
    },
  );
});

test("every published noun has a type of id", () => {
  const nouns = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node"),
  );
  const names = nouns.map(({ name }) => nounOf(name));
  expect(names.map((name) => typeOfId(newId(name)))).toEqual(names);
});
