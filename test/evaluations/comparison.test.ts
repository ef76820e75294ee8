import { createApplication } from "../../src/candidates/application.actions";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { createJob } from "../../src/candidates/job.actions";
import { allRows } from "../../src/platform/db/reader";
import { newId } from "../../src/platform/ids";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import { RoleProfileVersion } from "../../src/skills/role-profile.entity";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

const COMPARE = `
query ($ids: [ID!]!) { compareApplications(ids: $ids) {
  applications { application { id } withheld evaluation { overall { score coverage } recommendation } }
  skills { skill { slug } cells { application { id } level weight score { score coverage } gate { status min actual } } }
} }`;

let api: Api;
let firm: Company;
/** Scored by two; Ann alone has rated; of another job, whose profile asks for another skill; not interviewed at all. */
let scored: string;
let owed: string;
let elsewhere: string;
let fresh: string;

/** Two cores may be shared with other test files. */
jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 2, rest: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "design", skill: "rest", weight: 1 },
      { key: "risk", skill: "testing", weight: 1 },
    ],
  });
  const first = await interview(firm, { panel: ["ann", "bob"] });
  await submit(firm, "ann", first, { query: 4, design: 2 });
  await submit(firm, "bob", first, { query: 2, design: 2 });
  const second = await interview(firm, { panel: ["ann", "hiringManager"] });
  await submit(firm, "ann", second, { query: 5 });
  elsewhere = await appliedElsewhere();
  const third = await interview(firm, { applicationId: elsewhere, panel: ["ann"] });
  await submit(firm, "ann", third, { query: 3, risk: 2 });
  scored = first.applicationId;
  owed = second.applicationId;
  fresh = (await firm.applicant()).id;
});

afterAll(() => api.close());

/** A job whose profile has a gate on testing, names SQL after it, and knows nothing of REST. */
async function appliedElsewhere(): Promise<string> {
  const admin = firm.as("admin");
  const profile = await createRoleProfile(admin, {
    name: "Tester",
    level: "SENIOR",
    passMark: 60,
    leastCoveragePercent: 60,
    bands: [{ label: "L1", min: 0 }],
    expectations: [
      { skillId: firm.skillIds.testing!, level: "SENIOR", weight: 3, gate: 50 },
      { skillId: firm.skillIds.sql!, level: "JUNIOR", weight: 1 },
    ],
  });
  const [version] = await allRows(admin.db, RoleProfileVersion, (bind) => `t.profile_id = ${bind(profile.id)}`);
  const job = await createJob(admin, { title: "Tester", profileVersionId: version!.id });
  const { id: candidateId } = await createCandidate(admin, { name: "Terry Tester" });
  return (await createApplication(admin, { candidateId, jobId: job.id })).id;
}

const compared = async (person: Person, ids: string[]): Promise<Anything> =>
  (await api.ask(firm.people[person], COMPARE, { ids })).compareApplications;

const none = { level: null, weight: null, score: null, gate: null };

test("applications stand side by side, skill by skill, in the first profile's order", async () => {
  const { applications, skills } = await compared("admin", [scored, elsewhere, fresh]);
  expect(applications.map(({ application }: Anything) => application.id)).toEqual([scored, elsewhere, fresh]);
  expect(applications.map(({ withheld }: Anything) => withheld)).toEqual([false, false, false]);
  expect(applications[0].evaluation.overall.score).toBeCloseTo((2 * 50 + 25) / 3, 9);
  expect(skills.map(({ skill }: Anything) => skill.slug)).toEqual(["sql", "rest", "testing"]);
  expect(skills.map(({ cells }: Anything) => cells.map(({ application: _, ...cell }: Anything) => cell))).toEqual([
    [
      { level: "MIDDLE", weight: 2, score: { score: 50, coverage: 1 }, gate: null },
      { level: "JUNIOR", weight: 1, score: { score: 50, coverage: 1 }, gate: null },
      { level: "MIDDLE", weight: 2, score: { score: null, coverage: null }, gate: null },
    ],
    [
      { level: "MIDDLE", weight: 1, score: { score: 25, coverage: 1 }, gate: null },
      none,
      { level: "MIDDLE", weight: 1, score: { score: null, coverage: null }, gate: null },
    ],
    [
      none,
      {
        level: "SENIOR",
        weight: 3,
        score: { score: 25, coverage: 1 },
        gate: { status: "FAILED", min: 50, actual: 25 },
      },
      none,
    ],
  ]);
  for (const { cells } of skills) {
    expect(cells.map(({ application }: Anything) => application.id)).toEqual([scored, elsewhere, fresh]);
  }
});

test("the first named gives the order", async () => {
  const { skills } = await compared("admin", [elsewhere, scored]);
  expect(skills.map(({ skill }: Anything) => skill.slug)).toEqual(["testing", "sql", "rest"]);
});

test("a score that is kept from the viewer is withheld, and what the job expects is not", async () => {
  const { applications, skills } = await compared("hiringManager", [scored, owed]);
  expect(applications.map(({ withheld, evaluation }: Anything) => [withheld, evaluation === null])).toEqual([
    [false, false],
    [true, true],
  ]);
  for (const { cells } of skills) {
    expect(cells[0].score).not.toBeNull();
    expect(cells[1]).toMatchObject({ level: "MIDDLE", score: null, gate: null });
  }
});

test("each column is what the application's own evaluation says", async () => {
  const query =
    "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Application { evaluation { overall { score coverage } recommendation } } } }";
  for (const person of ["admin", "recruiter", "hiringManager", "auditor"] as const) {
    const ids = [scored, owed, elsewhere, fresh];
    const { nodes } = await api.ask(firm.people[person], query, { ids });
    const { applications } = await compared(person, ids);
    expect(applications.map(({ evaluation }: Anything) => evaluation)).toEqual(
      nodes.map(({ evaluation }: Anything) => evaluation),
    );
  }
});

test("an application that the viewer does not see is not found, nor is one that never was", async () => {
  for (const hidden of [elsewhere, fresh, newId("Application")]) {
    const { errors } = await api.send(firm.people.bob, COMPARE, { ids: [scored, hidden] });
    expect(errors![0]!.message).toBe(`There is no Application with id ${hidden} that you may see.`);
    expect(errors![0]!.extensions).toEqual({ code: "NOT_FOUND", field: ["ids"] });
  }
});

test.each<[string, () => string[], string, string]>([
  ["none", () => [], "BAD_INPUT", "0 applications: name 2 to 10 to compare."],
  ["one", () => [scored], "BAD_INPUT", "1 applications: name 2 to 10 to compare."],
  [
    "eleven",
    () => Array.from({ length: 11 }, () => newId("Application")),
    "BAD_INPUT",
    "11 applications: name 2 to 10 to compare.",
  ],
  ["one twice", () => [scored, scored], "BAD_INPUT", "is named twice."],
  ["a job", () => [scored, firm.job.id], "WRONG_ID_TYPE", "is no id of an Application."],
  ["no id at all", () => [scored, "Robert'); --"], "WRONG_ID_TYPE", "is no id of an Application."],
])("to compare %s is refused", async (_, ids, code, message) => {
  const { errors } = await api.send(firm.people.admin, COMPARE, { ids: ids() });
  expect(errors![0]!.extensions).toEqual({ code, field: ["ids"] });
  expect(errors![0]!.message).toContain(message);
});

test("four cost as many statements as two", async () => {
  const statements: string[] = [];
  const counted = async (ids: string[]) => {
    api.database.heard = (text) => statements.push(text);
    await compared("admin", ids);
    api.database.heard = undefined;
    return statements.splice(0).length;
  };
  expect(await counted([scored, owed, elsewhere, fresh])).toBe(await counted([scored, owed]));
});
