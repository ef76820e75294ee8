/** Many people do everything at once, sense and nonsense: nothing breaks, and in the end all numbers agree. */
import { Pool } from "pg";
import { Decision } from "../../src/evaluations/decision.entity";
import { evaluation, wholeEvidenceOf } from "../../src/evaluations/evaluation.actions";
import { type Evidence, scoreOf } from "../../src/evaluations/evidence.rules";
import { METHOD_VERSION } from "../../src/evaluations/score.rules";
import { Standing } from "../../src/evaluations/standing.entity";
import { standOf } from "../../src/evaluations/standing.rules";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { allRows } from "../../src/platform/db/reader";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { debriefed } from "../cast/debrief";
import { interview } from "../cast/interview";
import { readyQuestion } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import { passOverThePast } from "../support/past";
import { Fate } from "./fate";
import { ANSWERS, APPLICATIONS, DEEDS, type DeedName, nextTry, type Try } from "./storm-deeds";
import { AFTERWARDS, ALWAYS } from "./storm-invariants";
import { worldOf } from "./storm-world";

/** The choices of each step follow from the seed and from what stands in the database just then. */
const SEED = Number(process.env.STORM_SEED ?? 4);
const STEPS = 1000;
/** Where people were not in each other's way by then, it goes on for as long again. */
const MOST_STEPS = 2 * STEPS;
const LANES = 16;
/** Every so many steps, what holds at every commit is looked at. */
const WATCHED = 40;

/** Without these, people were not in each other's way. */
const TURBULENT = ["STALE_VERSION", "ILLEGAL_MOVE", "SLOT_TAKEN", "DECIDED", "SCORE_WITHHELD", "FORBIDDEN"];

const HOUR = 3_600_000;
const now = new Date(Math.floor(Date.now() / HOUR) * HOUR);

let api: Api;
let dispatcher: Dispatcher;
let firm: Company;
/** One connection: what is read later was there later. */
let superuser: Pool;
const failures: unknown[] = [];

/** Two cores may be shared with other test files. */
jest.setTimeout(240_000);

beforeAll(async () => {
  api = await startApi();
  await passOverThePast(api.database);
  dispatcher = startDispatcher({ database: api.database, slices, log: (_, error) => failures.push(error) });
  superuser = new Pool({ connectionString: superuserUrl, max: 1 });
  firm = await company(api.database, {
    skills: { sql: 2, rest: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 2, gate: { min: 2, rule: "MEAN" } },
      { key: "design", skill: "rest", weight: 1 },
    ],
  });
  await kitThatAsks();
  await history();
  for (let count = 0; count < APPLICATIONS; count++) {
    const { id: applicationId } = await firm.applicant();
    await interview(firm, { applicationId, panel: ["ann", "bob", "cyd"] });
  }
});

afterAll(async () => {
  await dispatcher.stop();
  await superuser.end();
  await api.close();
});

async function kitThatAsks(): Promise<void> {
  const admin = firm.as("admin");
  const { id: bankId } = await createQuestionBank(admin, { name: "Bank" });
  const asked = await readyQuestion({ author: admin, reviewer: firm.as("recruiter") }, { bankId, stem: "Why?" });
  const { profileVersionId, rubricVersionId } = firm;
  const questions = [{ questionVersionId: asked.id, minutes: 20 }];
  firm.kit = await createInterviewKit(admin, {
    name: "Kit that asks",
    profileVersionId,
    rubricVersionId,
    minutes: 45,
    questions,
  });
}

/** More than enough for an estimate of the spread, as some of it will be withdrawn. */
async function history(): Promise<void> {
  const fate = new Fate(SEED, -1);
  const raters: Person[] = ["ann", "bob", "cyd", "recruiter", "hiringManager"];
  for (let count = 0; count < 9; count++) {
    const values = () => ({ query: 1 + fate.below(5), design: 1 + fate.below(5) });
    await debriefed(firm, Object.fromEntries(raters.map((who) => [who, values()])));
  }
}

/** Name of what should hold -> rows that break it. */
const broken = async (invariants: Readonly<Record<string, string>>): Promise<Record<string, unknown[]>> => {
  const found: Record<string, unknown[]> = {};
  for (const [name, text] of Object.entries(invariants)) {
    const { rows } = await superuser.query(text, [firm.organizationId]);
    if (rows.length > 0) found[name] = rows;
  }
  return found;
};

/** Mutation -> how often. */
const succeeded = new Map<string, number>();
/** Code -> how often. */
const refused = new Map<string, number>();
const defects: unknown[] = [];
const falls: unknown[] = [];
const sequences = new Map<string, number>();

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

async function send(step: number, name: DeedName, { who, input }: Try): Promise<void> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const { answer } = DEEDS[name];
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} { ${ANSWERS[answer]} } userErrors { code } } }`;
  const { status, data, errors = [] } = await api.send(firm.people[who], query, { input });
  const userErrors: { code: string }[] = data?.[name]?.userErrors ?? [];
  const codes = [...errors.map(({ extensions }) => extensions.code), ...userErrors.map(({ code }) => code)];
  for (const code of new Set(codes)) count(refused, code);
  if (codes.length === 0) count(succeeded, name);
  const isOdd = codes.some((code) =>
    ["INTERNAL_SERVER_ERROR", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].includes(code),
  );
  if (status !== 200 || isOdd || (codes.length === 0 && !data?.[name]?.[answer]))
    defects.push({ step, name, who, input, status, errors, userErrors });
}

async function take(step: number): Promise<void> {
  const world = await worldOf(superuser, firm.organizationId);
  for (const { id, calendar_sequence: sequence } of world.sessions) {
    if (sequence < (sequences.get(id) ?? 0)) falls.push({ step, id, sequence });
    sequences.set(id, sequence);
  }
  const { name, ...tried } = nextTry({ firm, world, fate: new Fate(SEED, step), now });
  await send(step, name, tried);
  if (step % WATCHED === 0) expect({ step, broken: await broken(ALWAYS) }).toEqual({ step, broken: {} });
}

const isTurbulent = () => TURBULENT.every((code) => refused.has(code));

async function rage(): Promise<void> {
  let step = 0;
  const lane = async () => {
    while (step < STEPS || (step < MOST_STEPS && !isTurbulent())) await take(step++);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

test(`a storm of ${STEPS} steps, ${LANES} at once, breaks nothing (seed ${SEED})`, async () => {
  await rage();
  await dispatcher.drained();
  expect({ defects, falls, failures }).toEqual({ defects: [], falls: [], failures: [] });
  expect([...succeeded.keys()].sort()).toEqual(Object.keys(DEEDS).sort());
  expect([...succeeded.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThanOrEqual(STEPS / 4);
  expect([...refused.keys()]).toEqual(expect.arrayContaining(TURBULENT));
  expect(await broken(AFTERWARDS)).toEqual({});
});

const byId = <T extends { id: string }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

test("every standing is the evaluation computed anew", async () => {
  const { db } = firm.as("admin");
  const standings = await allRows(db, Standing, () => "true");
  const ids = standings.map(({ applicationId }) => applicationId);
  const { rows } = await superuser.query("select id from applications where organization_id = $1", [
    firm.organizationId,
  ]);
  expect([...ids].sort()).toEqual(rows.map(({ id }) => id).sort());
  const evidence = await wholeEvidenceOf(db, ids);
  for (const standing of standings)
    expect(standing).toMatchObject(standOf(evaluation(evidence.get(standing.applicationId)!)));
});

/** What was found out about the candidate; an estimate of the spread may be renewed after the decision. */
const found = ({ profile, criteria, cards, ratings }: Evidence) => ({
  profile,
  criteria: byId(criteria),
  cards: byId(cards),
  ratings: [...ratings].map((each) => JSON.stringify(Object.entries(each).sort())).sort(),
});

test("every decision is frozen with the score of its evidence, and the evidence stands while it holds", async () => {
  const { db } = firm.as("admin");
  const decisions = await allRows(db, Decision, () => "t.state in ('RECORDED', 'REOPENED')");
  expect(new Set(decisions.map(({ state }) => state))).toEqual(new Set(["RECORDED", "REOPENED"]));
  const evidence = await wholeEvidenceOf(
    db,
    decisions.map(({ applicationId }) => applicationId),
  );
  for (const { applicationId, state, evidence: frozen, score, methodVersion } of decisions) {
    expect(methodVersion).toBe(METHOD_VERSION);
    expect(score).toEqual(JSON.parse(JSON.stringify(scoreOf(frozen!))));
    if (state === "RECORDED") expect(found(frozen!)).toEqual(found(evidence.get(applicationId)!));
  }
});

test("every event of the journal is listed by a slice", async () => {
  const listed = slices.flatMap(({ events }) => events);
  const text = "select distinct type from journal_entries where organization_id = $1";
  const { rows } = await superuser.query<{ type: string }>(text, [firm.organizationId]);
  expect(listed).toEqual(expect.arrayContaining(rows.map(({ type }) => type)));
});
