import { createApplication } from "../../src/candidates/application.actions";
import type { Application } from "../../src/candidates/application.entity";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { createJob } from "../../src/candidates/job.actions";
import type { Job } from "../../src/candidates/job.entity";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { SESSION_STATES, stateAt, stateAtSql } from "../../src/interviews/interview-session.rules";
import { allRows } from "../../src/platform/db/reader";
import { newId } from "../../src/platform/ids";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { RubricVersion } from "../../src/question-bank/rubric.entity";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import { RoleProfileVersion } from "../../src/skills/role-profile.entity";
import { createSkill } from "../../src/skills/skill.actions";
import { type Company, company, type Person, publish } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { type Entry, inHours, writeDiary } from "./diary";

jest.setTimeout(30_000);

let api: Api;
let firm: Company;
/** By the names that the tests call them. */
const applications: Record<string, Application> = {};
const sessions: Record<string, string> = {};
const jobs: Record<string, Job> = {};
const skills: Record<string, string> = {};

/** A job whose profile expects REST alone, and a kit whose rubric rates DS alone. */
async function otherJob() {
  const admin = firm.as("admin");
  const profile = await createRoleProfile(admin, {
    name: "Clerk",
    level: "JUNIOR",
    passMark: 50,
    leastCoveragePercent: 50,
    bands: [{ label: "All", min: 0 }],
    expectations: [{ skillId: skills.rest!, level: "JUNIOR", weight: 1 }],
  });
  const [profileVersion] = await allRows(admin.db, RoleProfileVersion, (bind) => `t.profile_id = ${bind(profile.id)}`);
  const anchors = [1, 2].map((value) => ({ value, label: `${value}`, behaviour: `Hints: ${value}.` }));
  const criterion = { key: "ds", name: "DS", skillId: skills.ds!, weight: 1, scaleMin: 1, scaleMax: 2, anchors };
  const rubric = await createRubric(admin, { name: "Short rubric", criteria: [criterion] });
  await publish(rubric, admin, firm.as("recruiter"));
  const [rubricVersion] = await allRows(admin.db, RubricVersion, (bind) => `t.rubric_id = ${bind(rubric.id)}`);
  const kit = await createInterviewKit(admin, {
    name: "Short kit",
    profileVersionId: profileVersion!.id,
    rubricVersionId: rubricVersion!.id,
    minutes: 30,
    questions: [],
  });
  return { kit, job: await createJob(admin, { title: "Clerk", profileVersionId: profileVersion!.id }) };
}

async function apply(name: string, candidateId: string, job: Job): Promise<void> {
  applications[name] = await createApplication(firm.as("recruiter"), { candidateId, jobId: job.id });
}

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
  Object.assign(skills, firm.skillIds);
  skills.storage = (await createSkill(firm.as("admin"), { slug: "storage", name: "Storage" })).id;
  await withClient(superuserUrl, (client) =>
    client.query("update skills set parent_id = $1 where id = $2", [skills.storage, skills.sql]),
  );
  const { kit, job } = await otherJob();
  Object.assign(jobs, { developer: firm.job, clerk: job });
  const recruiter = firm.as("recruiter");
  const [dora, emil] = [
    await createCandidate(recruiter, { name: "Dora" }),
    await createCandidate(recruiter, { name: "Emil" }),
  ];
  await apply("dora developer", dora.id, firm.job);
  await apply("emil developer", emil.id, firm.job);
  await apply("dora clerk", dora.id, job);
  await apply("emil clerk", emil.id, job);
  const of = (name: string) => ({ application: applications[name]! });
  const diary: Record<string, Entry> = {
    late: {
      ...of("dora developer"),
      state: "SCHEDULED",
      hours: [-3, -2],
      panel: { ann: { card: "DRAFT", says: "NO" }, bob: { card: "SUBMITTED", says: "YES", at: inHours(-1) } },
    },
    soon: { ...of("dora developer"), state: "SCHEDULED", hours: [1, 2], panel: { ann: "owes" } },
    done: {
      ...of("emil clerk"),
      state: "COMPLETE",
      hours: [-30, -29],
      panel: { bob: { card: "SUBMITTED", says: "NO", at: inHours(-25) } },
      kit,
    },
    unplanned: { ...of("emil clerk"), state: "NEEDS_SCHEDULING", panel: { cyd: "owes" }, kit },
    running: { ...of("emil developer"), state: "SCHEDULED", hours: [-0.2, 0.8], panel: { bob: { card: "DRAFT" } } },
    off: { ...of("emil developer"), state: "CANCELLED", hours: [-6, -5], panel: { bob: { card: "WITHDRAWN" } } },
    waiting: {
      ...of("dora clerk"),
      state: "AWAITING_FEEDBACK",
      hours: [-50, -49],
      panel: { bob: { card: "SUBMITTED", says: "STRONG_YES", at: inHours(-40) }, cyd: "owes" },
      kit,
    },
    // Of what ann and bob see the application, but not this.
    apart: { ...of("dora developer"), state: "AWAITING_FEEDBACK", hours: [-9, -8], panel: { cyd: "owes" } },
    elsewhere: { ...of("emil developer"), state: "SCHEDULED", hours: [-9, -8], panel: { ann: "owes" } },
  };
  const ids = await writeDiary(api.database, firm, Object.values(diary));
  for (const [index, name] of Object.keys(diary).entries()) sessions[name] = ids[index]!;
});

afterAll(() => api.close());

const named = (all: Record<string, string>) => new Map(Object.entries(all).map(([name, id]) => [id, name]));
const candidateOf = (application: string): string => applications[application]!.candidateId;
const applicationIds = () => Object.fromEntries(Object.entries(applications).map(([name, { id }]) => [name, id]));

type Wishes = Record<string, unknown>;

const FIELDS = { interviewSessions: "id", applications: "id", scorecards: "id session { id } interviewer { name }" };
type List = keyof typeof FIELDS;
const TYPES: Record<List, string> = {
  interviewSessions: "InterviewSession",
  applications: "Application",
  scorecards: "Scorecard",
};

/** The rows that a list holds, by their names, in its order; a scorecard by its author and session. */
async function listed(who: Person, list: List, filter: Wishes | null, orderBy?: string): Promise<string[]> {
  const type = TYPES[list];
  const query = `query List($filter: ${type}Filter, $orderBy: ${type}Order) {
    ${list}(filter: $filter, orderBy: $orderBy, first: 100) { totalCount nodes { ${FIELDS[list]} } } }`;
  const { [list]: page } = await api.ask(firm.people[who], query, { filter, orderBy });
  expect(page.totalCount).toBe(page.nodes.length);
  const names = named(list === "applications" ? applicationIds() : sessions);
  return page.nodes.map(
    ({ id, session, interviewer }: { id: string; session?: { id: string }; interviewer?: { name: string } }) =>
      session ? `${interviewer!.name} ${names.get(session.id)}` : names.get(id),
  );
}

const sorted = (names: readonly string[]) => [...names].sort();
const ALL = ["apart", "done", "elsewhere", "late", "off", "running", "soon", "unplanned", "waiting"];
const but = (...names: string[]) => ALL.filter((name) => !names.includes(name));

describe("sessions", () => {
  test.each<[string, () => Wishes | null, string[]]>([
    ["nothing", () => null, ALL],
    ["an empty filter", () => ({}), ALL],
    ["wishes that are null or empty", () => ({ states: [], jobId: null, overdue: null }), ALL],
    ["one state", () => ({ states: ["SCHEDULED"] }), ["soon"]],
    [
      "states by the clock",
      () => ({ states: ["IN_PROGRESS", "AWAITING_FEEDBACK"] }),
      ["apart", "elsewhere", "late", "running", "waiting"],
    ],
    [
      "a state that is stored",
      () => ({ states: ["CANCELLED", "COMPLETE", "NEEDS_SCHEDULING"] }),
      ["done", "off", "unplanned"],
    ],
    ["an application", () => ({ applicationId: applications["dora developer"]!.id }), ["apart", "late", "soon"]],
    ["a candidate", () => ({ candidateId: candidateOf("dora developer") }), ["apart", "late", "soon", "waiting"]],
    ["a job", () => ({ jobId: jobs.clerk!.id }), ["done", "unplanned", "waiting"]],
    ["somebody of the panel", () => ({ interviewerId: firm.people.cyd.id }), ["apart", "unplanned", "waiting"]],
    ["a skill", () => ({ skillId: skills.ds }), ALL],
    ["a skill that one rubric rates", () => ({ skillId: skills.sql }), but("done", "unplanned", "waiting")],
    ["a skill above those that are rated", () => ({ skillId: skills.storage }), but("done", "unplanned", "waiting")],
    ["a start", () => ({ startsFrom: inHours(-1) }), ["running", "soon"]],
    ["an end of starts", () => ({ startsUntil: inHours(-20) }), ["done", "waiting"]],
    ["a period", () => ({ startsFrom: inHours(-10), startsUntil: inHours(-2) }), ["apart", "elsewhere", "late", "off"]],
    ["what is overdue", () => ({ overdue: true }), ["apart", "elsewhere", "late", "waiting"]],
    ["what is not", () => ({ overdue: false }), ["done", "off", "running", "soon", "unplanned"]],
    [
      "all of it",
      () => ({ jobId: jobs.developer!.id, interviewerId: firm.people.ann.id, overdue: true }),
      ["elsewhere", "late"],
    ],
  ])("are found by %s", async (_, filter, expected) => {
    expect(sorted(await listed("admin", "interviewSessions", filter()))).toEqual(expected);
  });

  test("start on the bound that is within, and not on the one that is not", async () => {
    const { interviewSessions } = await api.ask(firm.people.admin, "{ interviewSessions { nodes { id startsAt } } }");
    const { startsAt } = interviewSessions.nodes.find(({ id }: { id: string }) => id === sessions.soon);
    const after = new Date(Date.parse(startsAt) + 1).toISOString();
    expect(await listed("admin", "interviewSessions", { startsFrom: startsAt, startsUntil: after })).toEqual(["soon"]);
    expect(await listed("admin", "interviewSessions", { startsFrom: inHours(0.5), startsUntil: startsAt })).toEqual([]);
  });

  test("come in the order that is asked for, those without a time last", async () => {
    expect(await listed("admin", "interviewSessions", null)).toEqual(Object.keys(sessions).reverse());
    expect(await listed("admin", "interviewSessions", null, "NEWEST")).toEqual(Object.keys(sessions).reverse());
    const first = await listed("admin", "interviewSessions", { states: [] }, "STARTS_FIRST");
    expect(first.filter((name) => name !== "apart" && name !== "elsewhere")).toEqual([
      "waiting",
      "done",
      "off",
      "late",
      "running",
      "soon",
      "unplanned",
    ]);
    const last = await listed("admin", "interviewSessions", { overdue: false }, "STARTS_LAST");
    expect(last).toEqual(["soon", "running", "off", "done", "unplanned"]);
  });
});

describe("applications", () => {
  const EVERY = ["dora clerk", "dora developer", "emil clerk", "emil developer"];

  test.each<[string, () => Wishes | null, string[]]>([
    ["nothing", () => null, EVERY],
    ["a status", () => ({ statuses: ["ACTIVE"] }), EVERY],
    ["statuses that none has", () => ({ statuses: ["HIRED", "REJECTED"] }), []],
    ["a job", () => ({ jobId: jobs.clerk!.id }), ["dora clerk", "emil clerk"]],
    ["a candidate", () => ({ candidateId: candidateOf("emil clerk") }), ["emil clerk", "emil developer"]],
    [
      "somebody of a panel",
      () => ({ interviewerId: firm.people.cyd.id }),
      ["dora clerk", "dora developer", "emil clerk"],
    ],
    ["a skill that every profile expects", () => ({ skillId: skills.rest }), EVERY],
    ["a skill that one profile expects", () => ({ skillId: skills.ds }), ["dora developer", "emil developer"]],
    ["a skill above one", () => ({ skillId: skills.storage }), ["dora developer", "emil developer"]],
    ["a day that has not come", () => ({ appliedFrom: inHours(1) }), []],
    ["the days until then", () => ({ appliedFrom: inHours(-1), appliedUntil: inHours(1) }), EVERY],
    ["a day that is over", () => ({ appliedUntil: inHours(-1) }), []],
    ["what is overdue", () => ({ overdue: true }), ["dora clerk", "dora developer", "emil developer"]],
    ["what is not", () => ({ overdue: false }), ["emil clerk"]],
    ["all of it", () => ({ jobId: jobs.clerk!.id, overdue: true }), ["dora clerk"]],
  ])("are found by %s", async (_, filter, expected) => {
    expect(sorted(await listed("admin", "applications", filter()))).toEqual(expected);
  });

  test("come in the order that is asked for", async () => {
    const made = Object.keys(applications);
    expect(await listed("admin", "applications", null, "OLDEST")).toEqual(made);
    expect(await listed("admin", "applications", null)).toEqual(made.reverse());
  });
});

describe("scorecards", () => {
  const SUBMITTED = ["bob done", "bob late", "bob waiting"];

  test.each<[string, Person, () => Wishes | null, string[]]>([
    ["nothing", "bob", () => null, ["bob done", "bob late", "bob off", "bob running", "bob waiting"]],
    ["nothing, as a recruiter", "recruiter", () => null, SUBMITTED],
    ["a state", "bob", () => ({ states: ["DRAFT"] }), ["bob running"]],
    ["states", "bob", () => ({ states: ["DRAFT", "WITHDRAWN"] }), ["bob off", "bob running"]],
    ["a session", "admin", () => ({ sessionId: sessions.late }), ["bob late"]],
    ["an application", "admin", () => ({ applicationId: applications["emil clerk"]!.id }), ["bob done"]],
    ["a candidate", "admin", () => ({ candidateId: candidateOf("dora clerk") }), ["bob late", "bob waiting"]],
    ["a job", "admin", () => ({ jobId: jobs.clerk!.id }), ["bob done", "bob waiting"]],
    ["an interviewer", "admin", () => ({ interviewerId: firm.people.bob.id }), SUBMITTED],
    ["an interviewer who has handed in nothing", "admin", () => ({ interviewerId: firm.people.ann.id }), []],
    ["a skill", "admin", () => ({ skillId: skills.storage }), ["bob late"]],
    ["a recommendation", "admin", () => ({ recommendations: ["YES"] }), ["bob late"]],
    ["recommendations", "admin", () => ({ recommendations: ["NO", "STRONG_YES"] }), ["bob done", "bob waiting"]],
    ["when it came in", "admin", () => ({ submittedFrom: inHours(-30), submittedUntil: inHours(-2) }), ["bob done"]],
    ["what is overdue", "ann", () => ({ overdue: true }), ["ann late"]],
    ["what is overdue, where nothing is", "bob", () => ({ overdue: true }), []],
    [
      "what is not",
      "bob",
      () => ({ overdue: false }),
      ["bob done", "bob late", "bob off", "bob running", "bob waiting"],
    ],
    [
      "all of it",
      "admin",
      () => ({ candidateId: candidateOf("dora clerk"), recommendations: ["YES", "NO"] }),
      ["bob late"],
    ],
  ])("are found by %s", async (_, who, filter, expected) => {
    expect(sorted(await listed(who, "scorecards", filter()))).toEqual(expected);
  });

  test("come in the order that is asked for, those that never came in last", async () => {
    const order = ["bob off", "bob late", "bob done", "bob waiting", "bob running"];
    expect(await listed("bob", "scorecards", null, "SUBMITTED_LAST")).toEqual(order);
    expect(await listed("bob", "scorecards", null)).toEqual([
      "bob waiting",
      "bob off",
      "bob running",
      "bob done",
      "bob late",
    ]);
  });
});

/** Every list in every order, three pages long or more. */
const ORDERS: [Person, List, string | null][] = [
  ["admin", "interviewSessions", null],
  ["admin", "interviewSessions", "NEWEST"],
  ["admin", "interviewSessions", "STARTS_FIRST"],
  ["admin", "interviewSessions", "STARTS_LAST"],
  ["admin", "applications", "NEWEST"],
  ["admin", "applications", "OLDEST"],
  ["bob", "scorecards", "NEWEST"],
  ["bob", "scorecards", "SUBMITTED_LAST"],
];

describe.each(ORDERS)("%s's %s in the order %s", (who, list, orderBy) => {
  const page = (args: Wishes) => {
    const query = `query Page($orderBy: ${TYPES[list]}Order, $first: Int, $last: Int, $after: String, $before: String) {
      ${list}(orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) {
        nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
    return api.send(firm.people[who], query, { orderBy, ...args });
  };
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

  test("are paged from either end, each once", async () => {
    const all = idsOf((await page({ first: 100 })).data[list]);
    for (const forwards of [true, false]) {
      const met: string[] = [];
      for (let cursor: string | undefined, left = 20; left > 0; left--) {
        const args = forwards ? { first: 2, after: cursor } : { last: 2, before: cursor };
        const { data } = await page(args);
        met.splice(forwards ? met.length : 0, 0, ...idsOf(data[list]));
        const { startCursor, endCursor, hasNextPage, hasPreviousPage } = data[list].pageInfo;
        cursor = forwards ? endCursor : startCursor;
        if (!(forwards ? hasNextPage : hasPreviousPage)) break;
      }
      expect(met).toEqual(all);
    }
  });

  test("take no cursor of another order", async () => {
    const other = ORDERS.find(
      ([, each, order]) => each === list && order !== orderBy && order !== "NEWEST" && order !== null,
    );
    const query = `query Page($orderBy: ${TYPES[list]}Order) { ${list}(orderBy: $orderBy) { pageInfo { endCursor } } }`;
    const { [list]: told } = await api.ask(firm.people[who], query, { orderBy: other?.[2] ?? "NEWEST" });
    const { errors } = await page({ after: told.pageInfo.endCursor });
    const same = (other?.[2] ?? "NEWEST") === (orderBy ?? "NEWEST");
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(same ? undefined : ["BAD_CURSOR"]);
  });
});

describe("a filter that cannot be", () => {
  const late = inHours(1).toISOString();
  const early = inHours(-1).toISOString();

  test.each<[List, string, Wishes, string, string]>([
    ...(["interviewSessions", "applications", "scorecards"] as const).flatMap((list) =>
      ["candidateId", "jobId", "interviewerId", "skillId"].map((field): [List, string, Wishes, string, string] => [
        list,
        `${field} of another type`,
        { [field]: newId("Rubric") },
        "WRONG_ID_TYPE",
        field,
      ]),
    ),
    ["interviewSessions", "an application that is none", { applicationId: "17" }, "WRONG_ID_TYPE", "applicationId"],
    ["scorecards", "a session of another type", { sessionId: newId("Job") }, "WRONG_ID_TYPE", "sessionId"],
    ["scorecards", "an application of another type", { applicationId: newId("Job") }, "WRONG_ID_TYPE", "applicationId"],
    [
      "interviewSessions",
      "an end before the start",
      { startsFrom: late, startsUntil: early },
      "BAD_INPUT",
      "startsUntil",
    ],
    ["interviewSessions", "an end at the start", { startsFrom: late, startsUntil: late }, "BAD_INPUT", "startsUntil"],
    [
      "applications",
      "an end before the start",
      { appliedFrom: late, appliedUntil: early },
      "BAD_INPUT",
      "appliedUntil",
    ],
    [
      "scorecards",
      "an end before the start",
      { submittedFrom: late, submittedUntil: early },
      "BAD_INPUT",
      "submittedUntil",
    ],
  ])("of %s, by %s, is refused", async (list, _, filter, code, field) => {
    const query = `query List($filter: ${TYPES[list]}Filter) { ${list}(filter: $filter) { totalCount } }`;
    const { errors } = await api.send(firm.people.admin, query, { filter });
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([[code, [field]]]);
  });
});

test("what another organisation has finds nothing", async () => {
  const other = await company(api.database);
  const { id: applicationId, candidateId } = await other.applicant();
  const common = { candidateId, jobId: other.job.id, interviewerId: other.people.ann.id, skillId: other.skillIds.sql };
  const [sessionId] = await writeDiary(api.database, other, [
    { application: { id: applicationId }, state: "COMPLETE", hours: [-2, -1], panel: { ann: { card: "SUBMITTED" } } },
  ]);
  const lists: [List, Wishes][] = [
    ["interviewSessions", { ...common, applicationId }],
    ["applications", common],
    ["scorecards", { ...common, applicationId, sessionId }],
  ];
  for (const [list, wishes] of lists)
    for (const [key, value] of Object.entries(wishes))
      expect([list, key, await listed("admin", list, { [key]: value })]).toEqual([list, key, []]);
});

describe("a filter tells nobody what they do not see", () => {
  test("an auditor finds nothing by a candidate, whom they do not see", async () => {
    for (const list of ["interviewSessions", "applications"] as const)
      expect(await listed("auditor", list, { candidateId: candidateOf("dora clerk") })).toEqual([]);
    expect(await listed("auditor", "applications", { jobId: jobs.clerk!.id })).toHaveLength(2);
  });

  test("an interviewer finds no application by a session of it that they do not see", async () => {
    expect(sorted(await listed("ann", "applications", null))).toEqual(["dora developer", "emil developer"]);
    expect(await listed("ann", "applications", { interviewerId: firm.people.cyd.id })).toEqual([]);
    expect(await listed("ann", "applications", { interviewerId: firm.people.bob.id })).toEqual(["dora developer"]);
    expect(sorted(await listed("bob", "applications", { overdue: true }))).toEqual(["dora clerk", "dora developer"]);
    expect(sorted(await listed("bob", "applications", { overdue: false }))).toEqual(["emil clerk", "emil developer"]);
  });

  test("an interviewer finds their own sessions alone", async () => {
    expect(sorted(await listed("ann", "interviewSessions", { overdue: true }))).toEqual(["elsewhere", "late"]);
    expect(await listed("ann", "interviewSessions", { interviewerId: firm.people.bob.id })).toEqual(["late"]);
  });
});

test("the clock's rule and its twin in SQL agree, whatever is stored", async () => {
  const now = new Date("2026-11-20T14:00:00Z");
  const instants = [null, -90, -30, 0, 30, 90].map((minutes) =>
    minutes === null ? null : new Date(now.getTime() + minutes * 60_000),
  );
  const slots = instants.flatMap((startsAt) => instants.map((endsAt) => ({ startsAt, endsAt })));
  const cases = SESSION_STATES.flatMap((state) =>
    slots.flatMap((slot) => [0, 1, 2].map((feedbackOwed) => ({ state, ...slot, feedbackOwed }))),
  );
  const rows = await firm.as("admin").db.all<{ state: string }>(
    `select ${stateAtSql("s", "$2")} as state from unnest($1::text[], $3::timestamptz[], $4::timestamptz[], $5::int[])
       with ordinality s(state, starts_at, ends_at, feedback_owed, place) where $2::timestamptz is not null order by place`,
    [
      cases.map(({ state }) => state),
      now,
      cases.map(({ startsAt }) => startsAt),
      cases.map(({ endsAt }) => endsAt),
      cases.map(({ feedbackOwed }) => feedbackOwed),
    ],
  );
  expect(cases).toHaveLength(8 * 36 * 3);
  expect(rows.map(({ state }) => state)).toEqual(cases.map((each) => stateAt(each, now)));
});
