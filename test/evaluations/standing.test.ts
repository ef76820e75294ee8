import { refreshStandings } from "../../src/evaluations/standing.actions";
import { Standing } from "../../src/evaluations/standing.entity";
import { FEEDBACK_VISIBILITIES, type FeedbackVisibility } from "../../src/identity/organization.rules";
import { allRows } from "../../src/platform/db/reader";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { keyWith, SCORE_SCOPES } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { passOverThePast } from "../support/past";
import { callOff } from "./calling-off";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

const RUBRIC = {
  skills: { sql: 1 },
  criteria: [
    { key: "query", skill: "sql", weight: 1 },
    { key: "schema", skill: "sql", weight: 1 },
  ],
};

const ORDERS = ["SCORE", "PROBABILITY", "COVERAGE"];

const STANDINGS = `
query ($job: ID!, $first: Int, $last: Int, $after: String, $before: String, $orderBy: StandingOrder) {
  node(id: $job) { ... on Job { standings(first: $first, last: $last, after: $after, before: $before, orderBy: $orderBy) {
    totalCount nodes { id score coverage probabilityAbovePass application { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }
}`;

let api: Api;
let dispatcher: Dispatcher;
const failures: unknown[] = [];

/** Two cores may be shared with other test files. */
jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  await passOverThePast(api.database);
  dispatcher = listening();
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
  expect(failures).toEqual([]);
});

const listening = (): Dispatcher =>
  startDispatcher({ database: api.database, slices, log: (_, error) => failures.push(error) });

const seen = async (firm: Company, person: Person, variables: object = {}): Promise<Anything> =>
  (await api.ask(firm.people[person], STANDINGS, { job: firm.job.id, ...variables })).node.standings;

const storedOf = (firm: Company, applicationId: string): Promise<Standing[]> =>
  allRows(firm.as("admin").db, Standing, (bind) => `t.application_id = ${bind(applicationId)}`);

describe("a standing", () => {
  test("is there once somebody applied, and follows the scorecards under the same id", async () => {
    const firm = await company(api.database, RUBRIC);
    const { id } = await firm.applicant();
    await dispatcher.drained();
    const [first] = await storedOf(firm, id);
    expect(first).toMatchObject({ jobId: firm.job.id, score: null, recommendation: "INSUFFICIENT_EVIDENCE" });

    const session = await interview(firm, { applicationId: id, panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 4, schema: 4 });
    await dispatcher.drained();
    const [second] = await storedOf(firm, id);
    expect(second).toMatchObject({ id: first!.id, createdAt: first!.createdAt, score: 75, coverage: 1, raterCount: 1 });
    expect(second!.refreshedAt.getTime()).toBeGreaterThan(first!.refreshedAt.getTime());
  });

  test("is one, however often it is refreshed, and no organisation refreshes another's", async () => {
    const [firm, other] = [await company(api.database, RUBRIC), await company(api.database, RUBRIC)];
    const { id } = await firm.applicant();
    await dispatcher.drained();
    for (const refresher of [firm, firm, other]) {
      await refresher.as("admin").db.transaction((tx) => refreshStandings(tx, [id, id]));
    }
    expect(await storedOf(firm, id)).toHaveLength(1);
    expect(await storedOf(other, id)).toEqual([]);
  });

  test("that is hardly probable can be paged past", async () => {
    const firm = await company(api.database, RUBRIC);
    const ids = [(await firm.applicant("A")).id, (await firm.applicant("B")).id];
    await dispatcher.drained();
    await firm.as("admin").db.database.write(firm.organizationId, async (runner) => {
      await runner.manager.update(Standing, { applicationId: ids[0] }, { probabilityAbovePass: 5e-324 });
    });
    const { pageInfo, nodes } = await seen(firm, "admin", { first: 1, orderBy: "PROBABILITY" });
    const after = pageInfo.endCursor;
    const rest = await seen(firm, "admin", { first: 1, after, orderBy: "PROBABILITY" });
    expect([...nodes, ...rest.nodes].map(({ application }: Anything) => application.id)).toEqual(ids);
  });

  test("is refreshed for every application of a rubric version, in bounded steps", async () => {
    const firm = await company(api.database, RUBRIC);
    const admin = firm.as("admin");
    const statements: string[] = [];
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.push((await firm.applicant(`No ${index}`)).id);
    await dispatcher.drained();
    api.database.heard = (text) => statements.push(text);
    await admin.db.transaction((tx) => refreshStandings(tx, ids.slice(0, 1)));
    const one = statements.splice(0).length;
    await admin.db.transaction((tx) => refreshStandings(tx, ids));
    api.database.heard = undefined;
    expect(statements).toHaveLength(one);
  });
});

/** What is made once, and looked at under each policy. */
interface Applications {
  /** The hiring manager owes a scorecard; Ann's is in. */
  owed: string;
  /** COMPLETE: Ann and Bob. */
  complete: string;
  /** COMPLETE: Bob; nothing is required of Cyd. */
  optional: string;
  /** Bob owes a scorecard, nothing is required of Cyd, and nobody has rated anything. */
  empty: string;
  /** Bob's and Cyd's scorecards were in and Ann owed hers when the session was cancelled. */
  calledOff: string;
}

type Which = keyof Applications;

const ALL: Which[] = ["owed", "complete", "optional", "empty", "calledOff"];
const OWING_NONE: Which[] = ["complete", "optional", "empty", "calledOff"];
const AUDITED: Which[] = ["complete", "optional", "calledOff"];

/** @see docs/decisions/0006-blindness-in-one-predicate.md */
const SEEN: Record<FeedbackVisibility, Partial<Record<Person, Which[]>>> = {
  NEVER: {
    recruiter: ALL,
    admin: ALL,
    hiringManager: OWING_NONE,
    ann: [],
    bob: [],
    cyd: [],
    auditor: AUDITED,
  },
  AFTER_OWN_SUBMISSION: {
    recruiter: ALL,
    admin: ALL,
    hiringManager: OWING_NONE,
    ann: ["owed", "complete"],
    bob: ["complete", "optional", "calledOff"],
    cyd: ["optional", "calledOff"],
    auditor: AUDITED,
  },
  ALWAYS: {
    recruiter: ALL,
    admin: ALL,
    hiringManager: OWING_NONE,
    ann: ["owed", "complete", "calledOff"],
    bob: ["complete", "optional", "calledOff"],
    cyd: ["optional", "empty", "calledOff"],
    auditor: AUDITED,
  },
};

describe("whose score is kept from the viewer is not among the standings", () => {
  let firm: Company;
  let applications: Applications;
  let standingIds: Map<string, string>;

  beforeAll(async () => {
    firm = await company(api.database, RUBRIC);
    const optionalCyd = { who: "cyd", feedbackRequired: false } as const;
    const [owed, complete, optional, empty, calledOff] = [
      await interview(firm, { panel: ["ann", "hiringManager"] }),
      await interview(firm, { panel: ["ann", "bob"] }),
      await interview(firm, { panel: ["bob", optionalCyd] }),
      await interview(firm, { panel: ["bob", optionalCyd] }),
      await interview(firm, { panel: ["ann", "bob", "cyd"] }),
    ] as const;
    await submit(firm, "ann", owed, { query: 5, schema: 3 });
    await submit(firm, "ann", complete, { query: 4, schema: 4 });
    await submit(firm, "bob", complete, { query: 2, schema: 4 });
    await submit(firm, "bob", optional, { query: 4 });
    await submit(firm, "bob", calledOff, { query: 5, schema: 5 });
    await submit(firm, "cyd", calledOff, { query: 5, schema: 4 });
    await dispatcher.drained();
    const idOf = ({ applicationId }: { applicationId: string }) => applicationId;
    applications = {
      owed: idOf(owed),
      complete: idOf(complete),
      optional: idOf(optional),
      empty: idOf(empty),
      calledOff: idOf(calledOff),
    };
    const rows = await allRows(firm.as("admin").db, Standing, () => "true");
    standingIds = new Map(rows.map(({ id, applicationId }) => [applicationId, id]));
    expect(standingIds.size).toBe(ALL.length);
    await dispatcher.stop();
    await callOff(firm, calledOff.id);
  });

  const nameOf = (id: string): Which => ALL.find((which) => applications[which] === id)!;
  const names = (nodes: Anything[]): Which[] => nodes.map(({ application }) => nameOf(application.id)).sort();

  /** Each way to standings -> the applications whose standing it gives away. */
  const WAYS: Record<string, (person: Person) => Promise<Which[]>> = {
    "the list in every order": async (person) => {
      const lists = [];
      for (const orderBy of ORDERS) lists.push(names((await seen(firm, person, { orderBy })).nodes));
      expect(new Set(lists.map(String)).size).toBe(1);
      return lists[0]!;
    },
    "its count": async (person) => {
      const { totalCount, nodes } = await seen(firm, person);
      expect(totalCount).toBe(nodes.length);
      return names(nodes);
    },
    "pages of one, forwards and backwards": async (person) => {
      const forwards = await walked(person, (cursor) => ({ first: 1, after: cursor }), "endCursor", "hasNextPage");
      const backwards = await walked(
        person,
        (cursor) => ({ last: 1, before: cursor }),
        "startCursor",
        "hasPreviousPage",
      );
      expect([...backwards].reverse()).toEqual(forwards);
      return forwards.sort();
    },
    "a place behind a row that is kept": async (person) => {
      const { pageInfo } = await seen(firm, "recruiter", { first: 1, orderBy: "SCORE" });
      const after = await seen(firm, person, { after: pageInfo.startCursor, orderBy: "SCORE" });
      const before = await seen(firm, person, { before: pageInfo.startCursor, last: 9, orderBy: "SCORE" });
      const [first] = (await seen(firm, person, { first: 1, orderBy: "SCORE" })).nodes;
      const best = (await seen(firm, "recruiter", { first: 1, orderBy: "SCORE" })).nodes[0].id;
      return names([...before.nodes, ...after.nodes, ...(first?.id === best ? [first] : [])]);
    },
    "nodes by id": async (person) => {
      const ids = [...standingIds.values()];
      const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Standing { application { id } } } }";
      const { nodes } = await api.ask(firm.people[person], query, { ids });
      return names(nodes.filter(Boolean));
    },
    "a node by its id": async (person) => {
      const query = "query ($id: ID!) { node(id: $id) { ... on Standing { application { id } } } }";
      const answers = await Promise.all(
        [...standingIds.values()].map((id) => api.send(firm.people[person], query, { id })),
      );
      const refused = answers.filter(({ errors }) => errors);
      expect(new Set(refused.map(({ errors }) => errors![0]!.extensions.code))).toEqual(
        new Set(refused.length > 0 ? ["NOT_FOUND"] : []),
      );
      return names(answers.flatMap(({ data }) => (data?.node ? [data.node] : [])));
    },
    "the application's own field": async (person) => {
      const query =
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Application { standing { application { id } } } } }";
      const { nodes } = await api.ask(firm.people[person], query, { ids: Object.values(applications) });
      return names(nodes.flatMap((node: Anything) => (node?.standing ? [node.standing] : [])));
    },
  };

  async function walked(
    person: Person,
    ask: (cursor: string | null) => object,
    end: "startCursor" | "endCursor",
    more: "hasNextPage" | "hasPreviousPage",
  ): Promise<Which[]> {
    const found: Which[] = [];
    for (let cursor: string | null = null; ; ) {
      const { nodes, pageInfo } = await seen(firm, person, { ...ask(cursor), orderBy: "SCORE" });
      found.push(...names(nodes));
      if (!pageInfo[more]) return found;
      cursor = pageInfo[end];
    }
  }

  const setPolicy = (policy: FeedbackVisibility) =>
    withClient(superuserUrl, (client) =>
      client.query("update organizations set feedback_visibility = $2 where id = $1", [firm.organizationId, policy]),
    );

  const MOMENTS = {
    "before the journal tells of what was called off": async () => {
      expect(await storedOf(firm, applications.calledOff)).toMatchObject([{ score: 93.75, raterCount: 2 }]);
    },
    "once it has": async () => {
      dispatcher = listening();
      await dispatcher.drained();
      expect(await storedOf(firm, applications.calledOff)).toMatchObject([{ score: null, raterCount: 0 }]);
    },
  };

  describe.each(Object.entries(MOMENTS))("%s", (_, come) => {
    beforeAll(come);

    describe.each(FEEDBACK_VISIBILITIES)("under %s", (policy) => {
      beforeAll(() => setPolicy(policy));

      test.each(Object.entries(SEEN[policy]))("%s sees %j", async (person, expected) => {
        for (const [way, look] of Object.entries(WAYS)) {
          expect({ way, seen: await look(person as Person) }).toEqual({ way, seen: [...expected].sort() });
        }
      });
    });

    test.each([
      ["with", ALL],
      ["without", []],
    ] as const)("a key %s scorecards:read sees %j", async (which, expected) => {
      const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Standing { application { id } } } }";
      const { secret } = await keyWith(firm, SCORE_SCOPES[which]);
      const asked = await api.ask(secret, query, { ids: [...standingIds.values()] });
      expect(names(asked.nodes.filter(Boolean))).toEqual([...expected].sort());
    });
  });
});
