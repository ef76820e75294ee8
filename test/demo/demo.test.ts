import { getNamedType, isObjectType } from "graphql";
import { APPLICATION_STATUSES } from "../../src/candidates/application.rules";
import { DEMO_NAME } from "../../src/demo/demo.rules";
import { demoSettings, demoToken } from "../../src/demo/demo-session.actions";
import { DEMO_TABS } from "../../src/demo/demo-tabs.rules";
import { DECISION_STATES } from "../../src/evaluations/decision.rules";
import { ROLES } from "../../src/identity/viewer.rules";
import { SESSION_STATES } from "../../src/interviews/interview-session.rules";
import { schema } from "../../src/server";
import { freshDemo } from "../cast/demo";
import { type Api, startApi } from "../support/api";
import { emptyLists, listLengths } from "../support/empty-lists";

jest.setTimeout(120_000);

const SECRET = "a secret of the tests, thirty-two long";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

let api: Api;
let tokens: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  await freshDemo(api.database);
  const signed = ROLES.map(async (role) => [role, await demoToken(api.database, SECRET, role)] as const);
  tokens = Object.fromEntries(await Promise.all(signed));
}, 120_000);

afterAll(() => api.close());

async function asked(role: string, query: string, variables: object = {}): Promise<Anything> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${tokens[role]}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Anything;
  expect(errors).toBeUndefined();
  return data;
}

const rootLists = Object.values(schema.getQueryType()!.getFields())
  .filter(({ type }) => isObjectType(getNamedType(type)) && getNamedType(type).name.endsWith("Connection"))
  .map(({ name }) => name);

test("GraphiQL is opened with six tabs, whose titles differ", async () => {
  const { tabs } = await demoSettings(api.database, SECRET);
  expect(tabs).toHaveLength(6);
  expect(new Set(tabs.map(({ title }) => title)).size).toBe(6);
});

test.each(DEMO_TABS.map(({ title }, index) => ({ title, index })))(
  "the tab '$title' shows something in every list, to the guide",
  async ({ index }) => {
    const { demoToken: token, tabs } = await demoSettings(api.database, SECRET);
    tokens.GUIDE = token!;
    const { query, variables } = tabs[index]!;
    const data = await asked("GUIDE", query, JSON.parse(variables ?? "{}"));
    expect(listLengths(data).size).toBeGreaterThan(0);
    expect(emptyLists(data)).toEqual([]);
  },
);

test.each(ROLES)("a token for %s signs in to the demo organisation", async (role) => {
  const { viewer } = await asked(role, "{ viewer { member { role } organization { name } } }");
  expect(viewer).toEqual({ member: { role }, organization: { name: DEMO_NAME } });
});

test.each(["OWNER", "", "interviewer"])("there is no token for %j", async (role) => {
  await expect(demoToken(api.database, SECRET, role)).rejects.toThrow("Name a role: admin, recruiter");
});

test("GraphiQL is opened as somebody who runs the hiring on demo data, and as nobody on real data", async () => {
  const { demoToken: token, demoMember } = await demoSettings(api.database, SECRET);
  tokens.GUIDE = token!;
  expect((await asked("GUIDE", "{ viewer { member { name role } } }")).viewer.member).toEqual({
    name: "Hana Sato",
    role: "HIRING_MANAGER",
  });
  expect(demoMember).toBe("Hana Sato, hiring manager");
  const real = await demoSettings(api.database, null);
  expect(real.demoToken).toBeNull();
  expect(real.tabs.every(({ variables }) => variables === undefined)).toBe(true);
});

test("the schema has the root lists that the demo is to fill", () => {
  expect(rootLists.sort()).toEqual([
    "accessLog",
    "apiKeys",
    "applications",
    "auditTrail",
    "candidates",
    "imports",
    "interviewKits",
    "interviewSessions",
    "jobs",
    "members",
    "questionBanks",
    "questions",
    "roleProfiles",
    "rubrics",
    "scorecards",
    "setAsideJobs",
    "skills",
    "webhookDeliveries",
    "webhookEndpoints",
  ]);
});

/** Lists for those who look after the organisation; all others are for the recruiter too. */
const READERS: Readonly<Record<string, string>> = { accessLog: "AUDITOR", auditTrail: "AUDITOR" };
/** Nobody was told the secret of a key or endpoint that the demo made, and none of its jobs has failed. */
const EMPTY = ["apiKeys", "setAsideJobs", "webhookDeliveries", "webhookEndpoints"];
const filled = rootLists.filter((name) => !EMPTY.includes(name));

test.each(filled)("the root list %s is not empty for who reads it", async (name) => {
  const data = await asked(READERS[name] ?? "RECRUITER", `{ ${name} { totalCount nodes { id } } }`);
  expect(data[name].nodes.length).toBeGreaterThan(0);
  expect(data[name].totalCount).toBeGreaterThanOrEqual(data[name].nodes.length);
});

test("there are 14 members, 5 jobs and 40 candidates", async () => {
  const data = await asked("RECRUITER", "{ members { totalCount } jobs { totalCount } candidates { totalCount } }");
  expect(Object.values(data).map((list) => (list as Anything).totalCount)).toEqual([14, 5, 40]);
});

test("the interviews stand in every state, and the scorecards in every state that the story needs", async () => {
  const { interviewSessions, scorecards } = await asked(
    "RECRUITER",
    "{ interviewSessions(first: 100) { nodes { state } } scorecards(first: 100) { nodes { state } } }",
  );
  expect(new Set(interviewSessions.nodes.map(({ state }: Anything) => state))).toEqual(new Set(SESSION_STATES));
  // Drafts are their authors' alone.
  expect(new Set(scorecards.nodes.map(({ state }: Anything) => state))).toEqual(new Set(["SUBMITTED", "AMENDED"]));
  const drafts = await asked("INTERVIEWER", "{ scorecards(filter: { states: [DRAFT] }) { totalCount } }");
  expect(drafts.scorecards.totalCount).toBeGreaterThan(0);
});

test("applications stand in every status, and decisions in every state, one of them against the score or with dissent", async () => {
  const { applications } = await asked(
    "RECRUITER",
    `{ applications(first: 100) {
         nodes { status decisions { nodes { state dissents { reason } } } debrief { topics { kind } } }
       } }`,
  );
  expect(new Set(applications.nodes.map(({ status }: Anything) => status))).toEqual(new Set(APPLICATION_STATUSES));
  const decisions = applications.nodes.flatMap((each: Anything) => each.decisions.nodes);
  expect(new Set(decisions.map(({ state }: Anything) => state))).toEqual(new Set(DECISION_STATES));
  expect(decisions.some(({ dissents }: Anything) => dissents.length > 0)).toBe(true);
  const kinds = applications.nodes.flatMap((each: Anything) => each.debrief?.topics ?? []);
  expect(new Set(kinds.map(({ kind }: Anything) => kind))).toContain("DISAGREEMENT");
});

test("the first candidate is the worked example of the README, and leans on the panels' history", async () => {
  const { applications } = await asked(
    "RECRUITER",
    `{ applications(first: 100) {
         nodes { candidate { name } evaluation { overall { score raterCount } priors { number } } standing { score } }
       } }`,
  );
  const mira = applications.nodes.find(({ candidate }: Anything) => candidate.name === "Mira Andersson");
  expect(mira.evaluation.overall.raterCount).toBe(3);
  // Per criterion 75, 58.33, 66.67, 41.67, 83.33 and 66.67; the skills weigh 3, 3, 2, 2, 2 and 1.
  expect(mira.evaluation.overall.score).toBeCloseTo(850 / 13, 7);
  expect(mira.evaluation.priors).toHaveLength(1);
  expect(mira.standing.score).toBe(mira.evaluation.overall.score);
});

test("the demo is the same each time", async () => {
  const story = `{ applications(first: 100) {
    nodes { candidate { name } evaluation { overall { score } } interviewSessions { nodes { state panel { member { name } } } } }
  } }`;
  const here = await asked("ADMIN", story);
  await freshDemo(api.database);
  tokens.AGAIN = await demoToken(api.database, SECRET, "ADMIN");
  expect(await asked("AGAIN", story)).toEqual(here);
});
