/** Ten times the rows, and PostgreSQL looks at no more of them: by the plans of what dashboards ask, made for its values and for any. */
import { Client, escapeLiteral } from "pg";
import { createApplication } from "../../src/candidates/application.actions";
import type { Application } from "../../src/candidates/application.entity";
import { createJob } from "../../src/candidates/job.actions";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { asking, newBank, publishedQuestion } from "../cast/questions";
import { type Entry, writeDiary } from "../dashboards/diary";
import { DAY, DEBRIEF, INTERVIEW } from "../dashboards/screens";
import { type Api, startApi } from "../support/api";
import { copyRows } from "../support/copies";
import { serverUrl, superuserUrl, withClient } from "../support/database";

jest.setTimeout(180_000);

const [APPLICATIONS, SESSIONS, QUESTIONS] = [5, 10, 5];
/** Of each row: 20 in all, and 200. */
const COPIES = { few: 19, many: 199 };

const COPIED = [
  "candidates",
  "applications",
  "interview_sessions",
  "panelists",
  "session_questions",
  "scorecards",
  "ratings",
  "standings",
  "questions",
  "question_versions",
  "question_skills",
];

const HELD: Omit<Entry, "application"> = {
  state: "COMPLETE",
  hours: [-30.4, -29.4],
  panel: { ann: { card: "SUBMITTED", says: "YES" }, bob: { card: "SUBMITTED", says: "NO" } },
};

interface Firm {
  own: Company;
  /** With one application. */
  jobId: string;
  /** With one session, on which everybody sits whom the tests ask as. */
  applicationId: string;
  sessionId: string;
}

/** What is asked about is there once; around it there are copies. */
async function firmOf({ database }: Api, copies: number): Promise<Firm> {
  const own = await asking(await company(database));
  const applications: Application[] = [];
  for (let made = 0; made < APPLICATIONS; made++) applications.push(await own.applicant());
  const entries = Array.from({ length: SESSIONS }, (_, n) => ({
    ...HELD,
    application: applications[n % APPLICATIONS]!,
  }));
  await writeDiary(database, own, entries);
  const rated = await interview(own, { applicationId: applications[0]!.id, panel: ["ann", "bob"] });
  await submit(own, "bob", rated, { "sql-query": 2 });
  const bank = await newBank(own);
  for (let made = 0; made < QUESTIONS; made++) await publishedQuestion(own, bank.id);
  const ids = applications.map(({ id }) => id);
  await own.as("admin").db.transaction((tx) => refreshStandings(tx, ids));
  const { organizationId } = own;
  await withClient(superuserUrl, (client) => copyRows(client, { organizationId, tables: COPIED, times: copies }));
  const admin = own.as("admin");
  const { id: jobId } = await createJob(admin, { title: "Tester", profileVersionId: own.profileVersionId });
  const { candidateId } = await own.applicant();
  const { id: applicationId } = await createApplication(admin, { candidateId, jobId });
  await admin.db.transaction((tx) => refreshStandings(tx, [applicationId]));
  const { id: sessionId } = await interview(own, { applicationId, panel: ["cyd"] });
  return { own, jobId, applicationId, sessionId };
}

let api: Api;
let firms: Record<keyof typeof COPIES, Firm>;

beforeAll(async () => {
  api = await startApi();
  firms = { few: await firmOf(api, COPIES.few), many: await firmOf(api, COPIES.many) };
  await withClient(superuserUrl, (client) => client.query("vacuum analyze"));
});

afterAll(() => api.close());

interface Statement {
  text: string;
  values: readonly unknown[];
}

/** What is read for an answer. */
async function readFor({ own, ...variables }: Firm, who: Person, query: string): Promise<Statement[]> {
  const statements: Statement[] = [];
  api.database.heard = (text, values) => statements.push({ text, values: [...values] });
  const { errors } = await api.send(own.people[who], query, variables);
  api.database.heard = undefined;
  expect(errors).toBeUndefined();
  return statements;
}

interface Plan {
  "Relation Name"?: string;
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
}

/** Table -> rows that the plan looked at. */
function lookedAt(plan: Plan, found = new Map<string, number>()): Map<string, number> {
  const table = plan["Relation Name"];
  if (table) {
    const { "Actual Rows": kept, "Rows Removed by Filter": left = 0, "Rows Removed by Index Recheck": lost = 0 } = plan;
    found.set(table, (found.get(table) ?? 0) + (kept + left + lost) * plan["Actual Loops"]);
  }
  for (const each of plan.Plans ?? []) lookedAt(each, found);
  return found;
}

const MODES = ["force_custom_plan", "force_generic_plan"] as const;
type Mode = (typeof MODES)[number];

/** As PostgreSQL reads a value, of whatever type the statement wants. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Date) return escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((each) => JSON.stringify(each)).join()}}`);
  return escapeLiteral(String(value));
}

/** Runs the statements as the server's login runs them. Table -> rows that were looked at, of all statements. */
async function lookedAtBy(statements: readonly Statement[], mode: Mode, organizationId: string) {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  const found = new Map<string, number>();
  try {
    // The few rows of a test are quickest read one after the other: what matters is whether there is another way.
    await client.query(
      `begin; set local plan_cache_mode = ${mode}; set local jit = off; set local enable_seqscan = off`,
    );
    await client.query("select set_config('app.organization', $1, true)", [organizationId]);
    for (const [index, { text, values }] of statements.entries()) {
      await client.query(`prepare s${index} as ${text}`);
      const given = values.length > 0 ? `(${values.map(literal).join(", ")})` : "";
      const explain = `explain (analyze, timing off, format json) execute s${index} ${given}`;
      const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(explain);
      lookedAt(rows[0]!["QUERY PLAN"][0].Plan, found);
    }
  } finally {
    await client.end();
  }
  return found;
}

const WHOM = "application { id candidate { id name email } job { id title } }";
const CARDS = `scorecards { id recommendation submittedAt interviewer { id name }
  ratings { id value outcome evidence criterion { id name skill { id name } } } }`;
const SESSION_FIELDS = `id startsAt state place ${WHOM} panel { id seat member { id name } } ${CARDS}`;

const DASHBOARD = `{ interviewSessions(first: 20) { nodes { ${SESSION_FIELDS} } pageInfo { hasNextPage } } }`;
const SESSION = `query ($sessionId: ID!) { node(id: $sessionId) { ... on InterviewSession { ${SESSION_FIELDS} } } }`;
const QUESTION_LIST =
  "{ questions(first: 20) { nodes { id externalKey createdAt current { id kind title stem skills { name } } } } }";
const BEST = `query ($jobId: ID!) { node(id: $jobId) { ... on Job { id standings(first: 20, orderBy: SCORE) {
  nodes { id score application { id candidate { id name } } } } } } }`;
const PEOPLE = "{ candidates(first: 20) { nodes { id name applications { nodes { id status job { title } } } } } }";

const HOT: [name: string, query: string, who: Person][] = [
  ["the dashboard", DASHBOARD, "admin"],
  ["the dashboard of an interviewer", DASHBOARD, "cyd"],
  ["a session", SESSION, "admin"],
  ["a session of an interviewer's", SESSION, "cyd"],
  ["the interview", INTERVIEW, "cyd"],
  ["the debrief", DEBRIEF, "hiringManager"],
  ["the day", DAY, "cyd"],
  ["questions", QUESTION_LIST, "ann"],
  ["candidates", PEOPLE, "recruiter"],
  ["standings", BEST, "hiringManager"],
];

/** A row more or less, where PostgreSQL takes another way to the same. */
const SLACK = 5;

describe.each(HOT)("%s", (_, query, who) => {
  test.each(MODES)("looks at no more rows of ten times as many, by %s", async (mode) => {
    const few = await lookedAtIn(firms.few, mode);
    const many = await lookedAtIn(firms.many, mode);
    const grown = [...many].filter(([table, rows]) => rows > 1.1 * (few.get(table) ?? 0) + SLACK);
    expect(grown).toEqual([]);
    expect(few.size).toBeGreaterThan(0);
  });

  const lookedAtIn = async (firm: Firm, mode: Mode) =>
    lookedAtBy(await readFor(firm, who, query), mode, firm.own.organizationId);
});

test("what looks at all rows is found out", async () => {
  const { own } = firms.many;
  const statement = { text: "select id from ratings where value > $1", values: [0] };
  const found = await lookedAtBy([statement], "force_custom_plan", own.organizationId);
  expect(found.get("ratings")).toBeGreaterThan(100);
});
