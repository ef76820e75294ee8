import { getNamedType, isObjectType } from "graphql";
import { seedDemo } from "../../src/demo/demo.actions";
import { DEMO_NAME } from "../../src/demo/demo.rules";
import { demoSettings, demoToken } from "../../src/demo/demo-session.actions";
import { DEMO_TABS } from "../../src/demo/demo-tabs.rules";
import { ROLES } from "../../src/identity/viewer.rules";
import { schema } from "../../src/server";
import { type Api, startApi } from "../support/api";

const SECRET = "a secret of the tests, thirty-two long";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

let api: Api;
let tokens: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  await seedDemo(api.database);
  const signed = ROLES.map(async (role) => [role, await demoToken(api.database, SECRET, role)] as const);
  tokens = Object.fromEntries(await Promise.all(signed));
}, 20_000);

afterAll(() => api.close());

async function asked(role: string, query: string): Promise<Anything> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${tokens[role]}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as Anything;
  expect(errors).toBeUndefined();
  return data;
}

/** Path of every list in the answer, without indices -> its greatest length. */
function lengths(value: Anything, path = "", found = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(value)) {
    found.set(path, Math.max(found.get(path) ?? 0, value.length));
    for (const each of value) lengths(each, `${path}[]`, found);
  } else if (value !== null && typeof value === "object") {
    for (const [key, each] of Object.entries(value)) lengths(each, `${path}.${key}`, found);
  }
  return found;
}

const emptyListsIn = (data: Anything): string[] =>
  [...lengths(data)].filter(([, length]) => length === 0).map(([path]) => path);

const rootLists = Object.values(schema.getQueryType()!.getFields())
  .filter(({ type }) => isObjectType(getNamedType(type)) && getNamedType(type).name.endsWith("Connection"))
  .map(({ name }) => name);

test.each(DEMO_TABS)("the tab '$title' shows something in every list, to the recruiter", async ({ query }) => {
  const data = await asked("RECRUITER", query);
  expect(lengths(data).size).toBeGreaterThan(0);
  expect(emptyListsIn(data)).toEqual([]);
});

test("the tabs have titles of their own", () => {
  expect(new Set(DEMO_TABS.map(({ title }) => title)).size).toBe(DEMO_TABS.length);
});

test.each(ROLES)("a token for %s signs in to the demo organisation", async (role) => {
  const { viewer } = await asked(role, "{ viewer { member { role } organization { name } } }");
  expect(viewer).toEqual({ member: { role }, organization: { name: DEMO_NAME } });
});

test.each(["OWNER", "", "interviewer"])("there is no token for %j", async (role) => {
  await expect(demoToken(api.database, SECRET, role)).rejects.toThrow("Name a role: admin, recruiter");
});

test("GraphiQL is opened with the recruiter's token on demo data, and with nobody's on real data", async () => {
  const settings = await demoSettings(api.database, SECRET);
  tokens.GUIDE = settings.demoToken!;
  expect((await asked("GUIDE", "{ viewer { member { role } } }")).viewer.member.role).toBe("RECRUITER");
  expect(settings.tabs).toBe(DEMO_TABS);
  expect((await demoSettings(api.database, null)).demoToken).toBeNull();
});

test("the schema has the root lists that the demo is to fill", () => {
  expect(rootLists.sort()).toEqual([
    "applications",
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
    "skills",
  ]);
});

test.each(rootLists)("the root list %s is not empty for the recruiter", async (name) => {
  const data = await asked("RECRUITER", `{ ${name} { totalCount nodes { id } } }`);
  expect(data[name].nodes.length).toBeGreaterThan(0);
  expect(data[name].totalCount).toBeGreaterThanOrEqual(data[name].nodes.length);
});

test("the interviews stand in different states, and one of them is COMPLETE with a score", async () => {
  const query = `{
    interviewSessions { nodes { state } }
    applications { nodes { candidate { name } evaluation { overall { score raterCount } } } }
  }`;
  const { interviewSessions, applications } = await asked("RECRUITER", query);
  const states = new Set(interviewSessions.nodes.map(({ state }: Anything) => state));
  expect(states).toEqual(new Set(["COMPLETE", "AWAITING_FEEDBACK", "SCHEDULED", "NEEDS_SCHEDULING"]));
  const mira = applications.nodes.find(({ candidate }: Anything) => candidate.name === "Mira Andersson");
  expect(mira.evaluation.overall.raterCount).toBe(3);
  // Per criterion 75, 58.33, 66.67, 41.67, 83.33 and 66.67; the skills weigh 3, 3, 2, 2, 2 and 1.
  expect(mira.evaluation.overall.score).toBeCloseTo(850 / 13, 7);
});
