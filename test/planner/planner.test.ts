/** Rows that are read with all that is asked of them, case by case. Every way to read and to execute answers each alike. */
import { submitScorecard } from "../../src/scorecards/scorecard.actions";
import type { Company } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { superuserUrl, withClient } from "../support/database";
import { disagreement } from "./agreement";
import { busyCompany, type Scene, sceneOf } from "./cast";
import { type Asker, type Servers, startServers, type Way, waysOf } from "./servers";
import { everybody, foreignCompany, idsOf } from "./world";

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

jest.setTimeout(60_000);

let servers: Servers;
let scene: Scene;
let theirs: Company;
let admin: Asker;
const MANY = 100;
let busy: Asker;

beforeAll(async () => {
  servers = await startServers();
  scene = await sceneOf(servers.first);
  theirs = await foreignCompany(servers.first.database);
  admin = await servers.askerOf("admin", scene.firm.people.admin);
  const crowded = await busyCompany(servers.first, MANY);
  busy = await servers.askerOf("a busy admin", crowded.people.admin);
});

afterAll(() => servers.close());

interface Told {
  data: Anything;
  errors: Anything;
  /** Most that a planning server took. */
  statements: number;
}

/** What all ways answer, once they agree. */
async function told(query: string, variables: Record<string, unknown> = {}, asker: Asker = admin): Promise<Told> {
  const answers = await servers.askAll(asker, { query, variables });
  expect(disagreement(answers)).toBeNull();
  const planned = [...answers["planned, compiled"], ...answers["planned, interpreted"]];
  const { data, errors } = JSON.parse(planned.at(-1)!.text);
  return { data, errors, statements: Math.max(...planned.map(({ statements }) => statements.length)) };
}

const signed = (person: keyof Company["people"]): Promise<Asker> => servers.askerOf(person, scene.firm.people[person]);

describe("a row that another names", () => {
  test("may be nobody: the row that names nobody stays", async () => {
    const { data, statements } = await told("{ skills { nodes { slug parent { slug parent { slug } } } } }");
    const parents = Object.fromEntries(data.skills.nodes.map((each: Anything) => [each.slug, each.parent]));
    expect(parents).toEqual({
      ds: null,
      indexes: { slug: "sql", parent: null },
      joins: { slug: "sql", parent: null },
      rest: null,
      sql: null,
    });
    expect(statements).toBe(1);
  });

  test("is null where the viewer may not see it", async () => {
    const query = "{ applications { nodes { id candidate { name } job { title } } } }";
    const [all, few] = [await told(query), await told(query, {}, await signed("auditor"))];
    const candidates = ({ data }: Told) =>
      data.applications.nodes.map((each: Anything) => each.candidate?.name ?? null);
    expect(candidates(all)).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map((index) => `Candidate ${index}`));
    expect(candidates(few)).toEqual(Array(8).fill(null));
    expect(few.statements).toBe(1);
  });

  test("is null where its type is not for the viewer, and its id is told by nobody", async () => {
    const query =
      "query ($id: ID!) { node(id: $id) { ... on InterviewSession { scorecards { enteredByKey enteredBy { name } } } } }";
    const cards = ({ data }: Told) => data.node.scorecards;
    const variables = { id: scene.blind.id };
    expect(cards(await told(query, variables))).toEqual([
      { enteredByKey: true, enteredBy: { name: "scorecards:write" } },
    ]);
    expect(cards(await told(query, variables, await signed("recruiter")))).toEqual([
      { enteredByKey: true, enteredBy: null },
    ]);
  });
});

describe("blind scorecards", () => {
  const CARDS = "scorecards { state interviewer { name } ratings { value } }";
  const query = `query ($id: ID!) {
    node(id: $id) { ... on InterviewSession { ${CARDS} application { interviewSessions { nodes { id ${CARDS} } } } } }
    interviewSessions { nodes { id ${CARDS} panel { member { name scorecards { nodes { session { id ${CARDS} } } } } } } }
  }`;

  const authorsIn = (data: Anything, sessionId: string): string[] => {
    const found: string[] = [];
    const look = (each: Anything): void => {
      if (each === null || typeof each !== "object") return;
      const isIt = each.id === sessionId || each === data.node;
      if (isIt) found.push(...each.scorecards.map((card: Anything) => `${card.interviewer.name}: ${card.state}`));
      for (const part of Object.values(each)) look(part);
    };
    look(data);
    return [...new Set(found)].sort();
  };

  test("stay unseen on every path of a plan, until one's own is in", async () => {
    const { firm } = scene;
    const { applicationId } = scene.blind;
    const session = await interview(firm, { applicationId, panel: ["ann", "bob"] });
    await submit(firm, "bob", session, { "sql-query": 2 });
    const own = await draft(firm, "ann", session, { "sql-query": 5 });
    const [ann, recruiter] = [await signed("ann"), await signed("recruiter")];
    const before = await told(query, { id: session.id }, ann);
    expect(authorsIn(before.data, session.id)).toEqual(["ann: DRAFT"]);
    expect(before.statements).toBe(2);
    expect(authorsIn((await told(query, { id: session.id }, recruiter)).data, session.id)).toEqual(["bob: SUBMITTED"]);
    await submitScorecard(firm.as("ann"), own);
    const after = await told(query, { id: session.id }, ann);
    expect(authorsIn(after.data, session.id)).toEqual(["ann: SUBMITTED", "bob: SUBMITTED"]);
  });
});

describe("pages of each parent", () => {
  /** Ids and cursors of all standings of each job, in an order. */
  async function all(orderBy: string | null): Promise<{ cursor: string; node: { id: string } }[][]> {
    const query =
      "query ($orderBy: StandingOrder) { jobs(orderBy: NEWEST) { nodes { standings(orderBy: $orderBy) { edges { cursor node { id } } } } } }";
    const { data } = await told(query, { orderBy });
    return data.jobs.nodes.map((job: Anything) => job.standings.edges);
  }

  const ORDERS = [null, "SCORE", "PROBABILITY", "COVERAGE"];
  const SIZES = [{ first: 0 }, { first: 2 }, { first: 4 }, { first: 100 }, { last: 0 }, { last: 2 }, { last: 100 }];

  test.each(ORDERS.flatMap((order) => SIZES.map((size) => [JSON.stringify(size), order, size] as const)))(
    "%s in the order %s are those of the whole list",
    async (_, orderBy, size) => {
      const lists = await all(orderBy);
      const query = `query ($first: Int, $last: Int, $after: String, $before: String, $orderBy: StandingOrder) {
        jobs(orderBy: NEWEST) { nodes { standings(first: $first, last: $last, after: $after, before: $before, orderBy: $orderBy) {
          nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`;
      const cursors = { after: lists[1]![0]!.cursor, before: lists[1]![4]!.cursor };
      for (const bounds of [{}, { after: cursors.after }, { before: cursors.before }, cursors]) {
        const { data, statements } = await told(query, { ...size, ...bounds, orderBy });
        const [whole, page] = [lists[1]!.map(({ node }) => node.id), data.jobs.nodes[1].standings];
        const between = whole.slice("after" in bounds ? 1 : 0, "before" in bounds ? 4 : undefined);
        const wanted =
          "first" in size ? between.slice(0, size.first) : between.slice(Math.max(0, between.length - size.last));
        expect(page.nodes.map(({ id }: Anything) => id)).toEqual(wanted);
        const cursorAt = (index: number) => lists[1]!.find(({ node }) => node.id === wanted.at(index))?.cursor ?? null;
        expect(page.pageInfo).toMatchObject({ startCursor: cursorAt(0), endCursor: cursorAt(-1) });
        expect(statements).toBe(1);
      }
    },
  );

  test("hold the rows of their own parent alone", async () => {
    const { data } = await told("{ jobs { nodes { id applications(first: 4) { nodes { job { id } } totalCount } } } }");
    const found = data.jobs.nodes.map(({ id, applications }: Anything) => [
      applications.nodes.every(({ job }: Anything) => job.id === id),
      applications.nodes.length,
      applications.totalCount,
    ]);
    expect(found).toEqual([
      [true, 3, 3],
      [true, 4, 5],
    ]);
  });

  test("under two names are two pages", async () => {
    const query =
      "query ($n: Int) { jobs { nodes { a: applications(first: $n) { nodes { id } } b: applications(last: 1) { nodes { id status } } } } }";
    const { data, statements } = await told(query, { n: 2 });
    const [{ a, b }] = data.jobs.nodes;
    expect([a.nodes.length, b.nodes.length]).toEqual([2, 1]);
    expect(a.nodes).not.toContainEqual({ id: b.nodes[0].id });
    expect(statements).toBe(1);
  });

  test.each([
    ["the size that is meant anyway", "applications", "applications(first: 25)"],
    ["a variable", "applications(first: $n)", "applications(first: 2)"],
    ["null", "applications(after: null)", "applications"],
    ["the order that is meant anyway", "standings", "standings(orderBy: SCORE)"],
  ])("that are asked for twice in other words, with %s, say what each asks", async (_, one, other) => {
    const query = `query ($n: Int) { jobs { nodes {
      a: ${one} { nodes { createdAt: ${one.startsWith("a") ? "createdAt" : "refreshedAt"} } } b: ${other} { nodes { id } } } } }`;
    const { data } = await told(one.includes("$n") ? query : query.replace("query ($n: Int)", ""), { n: 2 });
    expect(data.jobs.nodes[1].a.nodes[0].createdAt).toMatch(/Z$/);
  });
});

test("a row under two parents of a link is there under both, with all that hangs on it", async () => {
  const query =
    "{ questions { nodes { versions(first: 1) { nodes { skills { slug children { nodes { slug } } } } } } } }";
  const { data, statements } = await told(query);
  const skills = [
    { slug: "sql", children: { nodes: [{ slug: "indexes" }, { slug: "joins" }] } },
    { slug: "rest", children: { nodes: [] } },
  ];
  const found = data.questions.nodes.map(({ versions }: Anything) => versions.nodes[0].skills);
  expect(found.slice(0, 2)).toEqual([skills, skills]);
  expect(statements).toBe(1);
});

describe("selections", () => {
  test("of one field merge, wherever they stand", async () => {
    const query = `{ jobs { nodes { title profileVersion { level } ...F ... on Node { ... on Job { profileVersion { number } } } }
      nodes { profileVersion { profile { current { passMark } } } } edges { node { profileVersion { id } } } } }
      fragment F on Job { profileVersion { profile { name ...P } } } fragment P on RoleProfile { current { level } }`;
    const { data, statements } = await told(query);
    const profile = { name: "Back-end", current: { level: "MIDDLE", passMark: 60 } };
    expect(data.jobs.nodes[1].profileVersion).toEqual({ level: "MIDDLE", number: 1, profile });
    expect(data.jobs.edges[1].node.profileVersion.id).toBe(scene.firm.profileVersionId);
    expect(statements).toBe(1);
  });

  test("lead round and round", async () => {
    const query = `query ($id: ID!) { node(id: $id) { ... on InterviewSession { id scorecards { id session { id scorecards { id session { id
      scorecards { revision } } } } } } } }`;
    const { data, statements } = await told(query, { id: scene.blind.id });
    const [card] = data.node.scorecards;
    expect(card.session.scorecards[0].session).toEqual({ id: scene.blind.id, scorecards: [{ revision: 1 }] });
    expect(statements).toBe(1);
  });

  const BOTH = `query ($there: Boolean!) { jobs { nodes { title @skip(if: $there) ...F @include(if: $there) ...F
    profileVersion { level profile @include(if: $there) { name } } } nodes @skip(if: $there) { ... { createdAt } } } }
    fragment F on Job { profileVersion { number @skip(if: $there) } }`;

  test("are there or left out by a variable, now so and now so", async () => {
    for (const there of [true, false, true, false, false, true]) {
      const { data, statements } = await told(BOTH, { there });
      const { createdAt, ...job } = data.jobs.nodes[1];
      const profileVersion = there
        ? { level: "MIDDLE", profile: { name: "Back-end" } }
        : { level: "MIDDLE", number: 1 };
      expect(job).toEqual({ ...(there ? {} : { title: "Back-end developer" }), profileVersion });
      expect(createdAt === undefined).toBe(there);
      expect(statements).toBe(1);
    }
  });

  test.each([
    [
      "a fragment that is left out once and spread again",
      "{ jobs { nodes { ...F @skip(if: true) ...F } } } fragment F on Job { title }",
    ],
    [
      "a fragment that is left out elsewhere",
      "{ a: jobs { nodes { id ...F @skip(if: true) } } jobs { nodes { ...F } } } fragment F on Job { title }",
    ],
    [
      "a field that is left out beside itself",
      "{ jobs { nodes @include(if: false) { ... { createdAt } } nodes { title } } }",
    ],
  ])("are whole: %s", async (_, query) => {
    const { data } = await told(query);
    expect(data.jobs.nodes).toEqual([{ title: "Tester" }, { title: "Back-end developer" }]);
  });
});

describe("what is wrong", () => {
  test("with a nested page is told at its path, while the rest answers", async () => {
    const query = `query ($id: ID!) { bad: node(id: $id) { ... on Job { title applications(first: 101) { nodes { id } } } }
      good: node(id: $id) { ... on Job { applications(first: 1) { nodes { status } } } } jobs { nodes { title } } }`;
    const { data, errors } = await told(query, { id: scene.jobs[0].id });
    expect(data.bad).toBeNull();
    expect([data.good.applications.nodes, data.jobs.nodes.length]).toEqual([[{ status: "ACTIVE" }], 2]);
    expect(errors).toMatchObject([
      { path: ["bad", "applications"], extensions: { code: "BAD_PAGE", field: ["first"] } },
    ]);
  });

  test("with one of several items ends nothing else: no promise rejects unheard, which would end the server", async () => {
    const query = `{ questions { nodes { a: versions { nodes { ... on EssayQuestion { comments(first: 101) { nodes { text } } }
      ... on NumericQuestion { stem } } } b: versions(first: 25) { nodes { number } } } } }`;
    const { errors } = await told(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_PAGE" } }]);
    // Jest fails a test in which a promise rejects unheard.
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

describe("rows that PostgreSQL writes as they are answered", () => {
  const SKILLS =
    "{ skills(first: 2) { totalCount edges { cursor node { slug parent { name } } } pageInfo { hasNextPage endCursor } } }";
  const texts = async (query: string) => {
    await told(query);
    return (await servers.ask("planned, compiled", admin, { query, variables: {} })).statements;
  };

  test("are one text each, with the number of all, in one statement", async () => {
    const statements = await texts(SKILLS);
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/ as written .*/s);
    expect(statements[0]).toContain(" as total");
  });

  test("of a page on which there are none, are counted all the same", async () => {
    const { data } = await told("{ skills(first: 0) { totalCount nodes { slug } } }");
    expect(data.skills).toEqual({ totalCount: 5, nodes: [] });
  });

  test.each([
    ["a field that is made by hand", "{ applications { nodes { id debrief { openedAt } } } }"],
    ["a page within", "{ jobs { nodes { applications { nodes { id } } } } }"],
    ["the schema beside", "{ __schema { queryType { name } } skills { nodes { slug } } }"],
    ["types of which there are several", "{ questions { nodes { current { __typename } } } }"],
    ["rows in two ways", "{ skills { nodes { id } edges { node { slug } } } }"],
  ])("are read instead where a query asks for %s", async (_, query) => {
    expect((await texts(query)).join()).not.toContain(" as written ");
  });

  test("are read instead where SQL would write a value in another way", async () => {
    const set = (value: string) =>
      withClient(superuserUrl, (client) =>
        client.query("update applications set created_at = $1 where organization_id = $2", [
          value,
          scene.firm.organizationId,
        ]),
      );
    await set("infinity");
    const { errors } = await told("{ applications { nodes { createdAt } } }");
    await set(new Date().toISOString());
    expect(errors).toMatchObject([{ path: ["applications", "nodes", 0, "createdAt"] }]);
  });
});

test("a default of a variable is read as its type is", async () => {
  const query =
    'query ($f: JobFilter = { updatedSince: "2020-01-01T00:00:00.000Z" }) { jobs(filter: $f) { nodes { title } } }';
  expect((await told(query)).data.jobs.nodes).toHaveLength(2);
});

test.each(waysOf)("%s: a payload is read after its own write, and the next after the next", async (way: Way) => {
  const { firm } = scene;
  const id = (await told("{ candidates(first: 1) { nodes { id } } }")).data.candidates.nodes[0].id;
  const { data } = await told("query ($id: ID!) { node(id: $id) { ... on Candidate { version } } }", { id });
  const write = (alias: string, version: number) =>
    `${alias}: updateCandidate(input: { id: "${id}", version: ${version}, name: "${alias}" }) {
      candidate { name applications { nodes { candidate { name version } job { title } } } } userErrors { code } }`;
  const { version } = data.node;
  const query = `mutation { ${write("first", version)} ${write("second", version + 1)} }`;
  const { text } = await servers.ask(way, await servers.askerOf("admin", firm.people.admin), { query, variables: {} });
  for (const [index, name] of ["first", "second"].entries()) {
    const { candidate, userErrors } = JSON.parse(text).data[name];
    expect([candidate.name, userErrors]).toEqual([name, []]);
    expect(candidate.applications.nodes[0].candidate).toEqual({ name, version: version + index + 1 });
  }
});

test("another organisation's rows are never met", async () => {
  const { foreign, ours } = await withClient(superuserUrl, async (client) => ({
    foreign: [...(await idsOf(client, servers.first.database, theirs)).values()].flat(),
    ours: [...(await idsOf(client, servers.first.database, scene.firm)).values()].flat(),
  }));
  const ids = [...foreign.slice(0, 60), ...ours.slice(0, 40)];
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Member { organization { id members { nodes { id scorecards { nodes { id } } } } } }
    ... on Job { applications { nodes { id candidate { id } interviewSessions { nodes { id panel { id } } } } } } }
    members { nodes { id } } skills { nodes { id children { nodes { id } } } } }`;
  const { data } = await told(query, { ids });
  expect(data.nodes.map((node: Anything) => node?.id ?? null)).toEqual(
    ids.map((id) => (ours.includes(id) ? id : null)),
  );
  const met = new Set(JSON.stringify(data).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
  expect(foreign.filter((id) => met.has(id))).toEqual([]);
});

describe("statements", () => {
  /** A session with everything, as a dashboard shows it. */
  const DASHBOARD = `query ($n: Int) { interviewSessions(first: $n) { nodes {
    id state startsAt endsAt timeZone version application { id status candidate { name } job { title profileVersion { passMark } } }
    kit { name minutes questions { position } } plannedBy { name } panel { seat feedbackGivenAt member { name role } }
    scorecards { state recommendation submittedAt interviewer { name } ratings { value criterion { key skill { slug } } } }
  } } }`;

  test.each([1, 10, MANY])("of a dashboard are one for %i sessions", async (n) => {
    const { data, statements } = await told(DASHBOARD, { n }, busy);
    expect(data.interviewSessions.nodes).toHaveLength(n);
    expect(data.interviewSessions.nodes[n - 1].scorecards).toHaveLength(2);
    expect(statements).toBe(1);
  });

  const LINKS = `application { candidate { id } job { profileVersion { profile { id } } } } kit { profileVersion { id } rubricVersion { rubric { id } } }
    profileVersion { profile { id } } rubricVersion { rubric { id } } plannedBy { id }`;
  const WIDE = `{ interviewSessions(first: 2) { nodes { ${LINKS} scorecards { session { ${LINKS} } } panel { session { ${LINKS} } }
    application { interviewSessions(first: 2) { nodes { ${LINKS} } } debriefNotes(first: 1) { nodes { author { id } } }
      decisions(first: 1) { nodes { decidedBy { id } } } } } } }`;

  test.each(["admin", "ann", "auditor"] as const)(
    "are no longer than PostgreSQL plans well, where %s asks for 60 relations",
    async (who) => {
      const asker = await signed(who);
      expect((await told(WIDE, {}, asker)).errors).toBeUndefined();
      const { statements } = await servers.ask("planned, interpreted", asker, { query: WIDE, variables: {} });
      const levels = statements.map((text) => text.match(/\bl\d+ as \(/g)?.length ?? 0);
      expect(Math.max(...levels)).toBeLessThanOrEqual(40);
      expect(Math.max(...levels)).toBeGreaterThan(30);
    },
  );
});

test("everybody at once is told what they are told alone", async () => {
  const query = `{ interviewSessions { nodes { id scorecards { id ratings { value } } application { id candidate { name }
    interviewSessions(first: 2) { nodes { id } totalCount } } } } members { nodes { name scorecards { nodes { id } } } } }`;
  const askers = await Promise.all(
    (await everybody(scene.firm, theirs)).map(([name, who]) => servers.askerOf(name, who)),
  );
  const ask = async (asker: Asker) => (await servers.ask("planned, compiled", asker, { query, variables: {} })).text;
  const alone: string[] = [];
  for (const asker of askers)
    alone.push((await servers.ask("by loaders, interpreted", asker, { query, variables: {} })).text);
  for (let time = 0; time < 4; time++) expect(await Promise.all(askers.map(ask))).toEqual(alone);
});
