import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, getIntrospectionQuery } from "graphql";
import { readConfig } from "../../../src/platform/config";
import { apolloServer } from "../../../src/platform/graphql/apollo";
import { newId } from "../../../src/platform/ids";
import { type Company, company, type Person } from "../../cast/company";
import { interview, submit } from "../../cast/interview";
import { type Api, startApi } from "../../support/api";
import { superuserUrl, withClient } from "../../support/database";

jest.setTimeout(30_000);

/** The same API twice on one database: executed by graphql-jit, and by graphql-js, which says what is right. */
let jit: Api;
let plain: Api;
let ours: Company;
let ids: Record<"candidate" | "job" | "skill" | "session" | "scorecard" | "application", string>;

beforeAll(async () => {
  [jit, plain] = await Promise.all([startApi({ jit: true }), startApi({ jit: false })]);
  ours = await company(plain.database);
  const application = await ours.applicant("Zoë Ångström 🦄");
  await ours.applicant("Noor");
  const session = await interview(ours, { applicationId: application.id, panel: ["ann", "bob"] });
  const scorecard = await submit(ours, "ann", session, { "sql-query": 4 });
  ids = {
    application: application.id,
    candidate: application.candidateId,
    job: ours.job.id,
    skill: ours.skillIds.sql!,
    session: session.id,
    scorecard: scorecard.id,
  };
});

afterAll(async () => {
  await jit.close();
  await plain.close();
});

interface Case {
  query: string;
  variables?: object;
  operationName?: string;
  as?: Person | null;
}

interface Executed {
  status: number;
  /** The body, letter by letter. */
  text: string;
  /** SQL statements that the execution caused. */
  statements: number;
}

async function execute(api: Api, on: Company, { query, variables, operationName, as = "recruiter" }: Case) {
  let statements = 0;
  api.database.heard = () => statements++;
  const signed: Record<string, string> = as ? { authorization: `Bearer ${await api.tokenOf(on.people[as])}` } : {};
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const executed: Executed = { status: response.status, text: await response.text(), statements };
  api.database.heard = undefined;
  return executed;
}

const NEVER = newId("Candidate");
const two = "query Me { viewer { member { email } } } query Server { about { name } }";

/** What each reads, by what it is about. Functions, since the ids are known only when the company stands. */
const reads: Record<string, () => Case> = {
  "a whole dashboard, with dates, enums, lists and nested pages": () => ({
    query: `{ interviewSessions(first: 5) { totalCount pageInfo { hasNextPage startCursor } edges { cursor node {
      id state startsAt timeZone version kit { name minutes } application { candidate { name email } job { title } }
      panel { seat feedbackRequired member { name role } } scorecards { state recommendation ratings { outcome value
      criterion { key skill { slug } } } } } } } }`,
  }),
  "an error in a nullable field beside a good one": () => ({
    query: `query ($id: ID!) { lost: node(id: $id) { id } viewer { member { name } } }`,
    variables: { id: NEVER },
  }),
  "two errors in nullable fields": () => ({
    query: `{ a: node(id: "x") { id } b: node(id: "y") { id } about { name } }`,
  }),
  "an error in a non-null field, which takes everything with it": () => ({
    query: "{ about { name } candidates(first: 1000) { totalCount } }",
  }),
  "an error in a non-null field under each item of a list": () => ({
    query: "{ candidates { nodes { name applications(first: 1000) { totalCount } } } }",
  }),
  "an error in a non-null field under a nullable one": () => ({
    query:
      "query ($id: ID!) { node(id: $id) { ... on Job { title applications(last: -1) { totalCount } } } about { name } }",
    variables: { id: ids.job },
  }),
  "null where a list item may be null": () => ({
    query: "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
    variables: { ids: [NEVER, ids.job, NEVER] },
  }),
  "null where a relation may be null": () => ({ query: "{ skills { nodes { slug parent { slug } } } }" }),
  "an interface with fragments for its types": () => ({
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Candidate { name email }
      ... on Job { title createdAt } ... on Skill { slug } ... on Node { again: id } } }`,
    variables: { ids: [ids.candidate, ids.job, ids.skill, ids.session] },
  }),
  "nested fragments": () => ({
    query: `fragment Whole on Candidate { ...Part applications { nodes { ...Applied } } }
      fragment Part on Candidate { name } fragment Applied on Application { job { title } }
      { candidates { nodes { ...Whole } } }`,
  }),
  "a fragment on the interface, spread on a type": () => ({
    query: "fragment Id on Node { id __typename } { jobs { nodes { ...Id title } } skills { nodes { ...Id } } }",
  }),
  "a variable of a number": () => ({
    query: "query ($n: Int) { skills(first: $n) { nodes { slug } } }",
    variables: { n: 2 },
  }),
  "a variable of the wrong type": () => ({
    query: "query ($n: Int) { skills(first: $n) { nodes { slug } } }",
    variables: { n: "two" },
  }),
  "a number of more than 32 bits": () => ({
    query: "query ($n: Int) { skills(first: $n) { nodes { slug } } }",
    variables: { n: 2 ** 31 },
  }),
  "a fraction for a whole number": () => ({
    query: "query ($n: Int) { skills(first: $n) { nodes { slug } } }",
    variables: { n: 1.5 },
  }),
  "a required variable that is missing": () => ({ query: "query ($id: ID!) { node(id: $id) { id } }" }),
  "a required variable that is null": () => ({
    query: "query ($id: ID!) { node(id: $id) { id } }",
    variables: { id: null },
  }),
  "several wrong variables at once": () => ({
    query: "query ($id: ID!, $n: Int!) { node(id: $id) { id } skills(first: $n) { totalCount } }",
    variables: { id: {}, n: "x" },
  }),
  "an optional variable that is missing, and one that is null": () => ({
    query:
      "query ($n: Int, $m: Int) { a: skills(first: $n) { nodes { slug } } b: skills(first: $m) { nodes { slug } } }",
    variables: { m: null },
  }),
  "a variable that the operation does not declare": () => ({
    query: "query ($n: Int) { skills(first: $n) { totalCount } }",
    variables: { n: 1, other: "x" },
  }),
  "one value for a list of values": () => ({
    query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    variables: { ids: ids.job },
  }),
  "null within a list of values": () => ({
    query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    variables: { ids: [ids.job, null] },
  }),
  "a default of a variable, kept and overridden": () => ({
    query:
      "query ($n: Int = 1, $m: Int = 1) { a: skills(first: $n) { nodes { slug } } b: skills(first: $m) { nodes { slug } } }",
    variables: { m: 2 },
  }),
  "skip and include by variables": () => ({
    query: `query ($yes: Boolean!, $no: Boolean!) { viewer { member { name @skip(if: $yes) email @include(if: $yes)
      role @skip(if: $no) active @include(if: $no) id @skip(if: $no) @include(if: $yes) } } }`,
    variables: { yes: true, no: false },
  }),
  "skip and include by defaults and by letters": () => ({
    query: `query ($yes: Boolean = true) { viewer { member { name @include(if: $yes) email @include(if: false) } }
      about @skip(if: true) { name } ... @include(if: $yes) { about { version } } }`,
  }),
  "skip and include on fragments": () => ({
    query: `query ($yes: Boolean!) { viewer { member { ...N @skip(if: $yes) ... on Member @include(if: $yes) { email } } } }
      fragment N on Member { name }`,
    variables: { yes: true },
  }),
  "skip by a variable that is missing": () => ({ query: "query ($yes: Boolean!) { about @skip(if: $yes) { name } }" }),
  "everything skipped": () => ({ query: "{ about @skip(if: true) { name } }" }),
  "aliases of one field with different arguments": () => ({
    query: "{ a: skills(first: 1) { nodes { slug } } b: skills(last: 1) { nodes { slug } } skills { totalCount } }",
  }),
  "selections of one field that merge": () => ({
    query: "{ viewer { member { name } } viewer { member { name email } organization { id } } }",
  }),
  "a field named twice": () => ({ query: "{ about { name name again: name } }" }),
  "type names at the root and below": () => ({
    query: "{ __typename about { __typename } viewer { __typename member { __typename } } }",
  }),
  "introspection of a type": () => ({
    query: `{ __schema { queryType { name } } __type(name: "Candidate") { kind fields { name type { kind ofType { name } } }
      interfaces { name } } none: __type(name: "Nothing") { name } }`,
  }),
  "the introspection that tools send": () => ({ query: getIntrospectionQuery() }),
  "one operation of two, by name": () => ({ query: two, operationName: "Server" }),
  "the other of the two": () => ({ query: two, operationName: "Me" }),
  "two operations without a name": () => ({ query: two }),
  "a name that no operation has": () => ({ query: two, operationName: "Nobody" }),
  "an empty name": () => ({ query: two, operationName: "" }),
  "the name of the only operation": () => ({ query: "query Only { about { name } }", operationName: "Only" }),
  "an unknown field": () => ({ query: "{ about { nope } }" }),
  "an unknown argument and a missing one": () => ({ query: "{ skills(limit: 1) { totalCount } node { id } }" }),
  "an unknown enum value": () => ({
    query: "mutation ($i: MoveInterviewSessionInput!) { moveInterviewSession(input: $i) { userErrors { code } } }",
    variables: { i: { id: ids.session, version: 1, to: "NOWHERE" } },
  }),
  "an unknown field of an input": () => ({
    query: "mutation ($i: CreateSkillInput!) { createSkill(input: $i) { skill { slug } } }",
    variables: { i: { slug: "a", name: "A", colour: "red" } },
  }),
  "a wrong field deep in a list of inputs": () => ({
    query: "mutation ($i: CreateRubricInput!) { createRubric(input: $i) { rubric { name } } }",
    variables: { i: { name: "R", criteria: [{ key: "a", anchors: [{ value: "high", label: "x", behaviour: "y" }] }] } },
  }),
  "a syntax error": () => ({ query: "{ about { name }" }),
  "an empty document": () => ({ query: "" }),
  "a kind of operation that there is not": () => ({ query: "subscription { about { name } }" }),
  "a fragment that contains itself": () => ({ query: "fragment A on About { ...A } { about { ...A } }" }),
  "nobody at a root field that wants a viewer": () => ({
    query: "{ about { name } viewer { member { id } } }",
    as: null,
  }),
  "an auditor, to whom the candidate is null": () => ({
    query: "{ applications { nodes { candidate { name } job { title } evaluation { methodVersion } } } }",
    as: "auditor",
  }),
  "a panellist with an explained score withheld": () => ({
    query: "{ applications { nodes { evaluation { overall { score } } } } }",
    as: "bob",
  }),
  "an explained score": () => ({
    query: `query ($id: ID!) { node(id: $id) { ... on Application { evaluation { methodVersion recommendation
      overall { score coverage interval { lower upper } reason } skills { skill { slug } score }
      criteria { criterion { key } n rawMean } gates { kind status } } } } }`,
    variables: { id: ids.application },
    as: "admin",
  }),
};

test.each(Object.keys(reads))("graphql-jit answers like graphql-js to %s", async (name) => {
  const given = reads[name]!();
  const wanted = await execute(plain, ours, given);
  // The third time it is compiled, the fourth time it is at hand.
  for (let time = 1; time <= 4; time++) {
    const { statements, ...answer } = await execute(jit, ours, given);
    expect({ ...answer, statements: wanted.statements }).toEqual(wanted);
    // What PostgreSQL writes is counted in the same statement.
    expect([wanted.statements, wanted.statements - 1]).toContain(statements);
  }
});

const skill = (alias: string, slug: string, name = "A skill") =>
  `${alias}: createSkill(input: { slug: "${slug}", name: "${name}" }) { skill { slug name } userErrors { code field message } }`;

/** A top-level error in a payload, which is non-null: the whole answer becomes null. */
const failing = `bad: updateCandidate(input: { id: "${NEVER}", version: 1, name: "X" }) { candidate { name } }`;

interface Written extends Case {
  /** Types of the journal rows that it leaves, in order. */
  journal: string[];
}

const CREATED = "skill.created";

/** Each runs once on either server, in a company of its own, and leaves what is told here: nothing runs twice. */
const writes: Record<string, (on: Company) => Written> = {
  "mutations in their order": () => ({
    query: `mutation { ${skill("one", "a")} ${skill("again", "a")} ${skill("two", "b")} }`,
    journal: [CREATED, CREATED],
  }),
  "a mutation that fails between two others": () => ({
    query: `mutation { ${skill("one", "a")} ${failing} ${skill("two", "b")} }`,
    journal: [CREATED],
  }),
  "a mutation that fails first": () => ({ query: `mutation { ${failing} ${skill("two", "b")} }`, journal: [] }),
  "a mutation that fails last": () => ({ query: `mutation { ${skill("one", "a")} ${failing} }`, journal: [CREATED] }),
  "a mutation whose payload fails to be read": () => ({
    query: `mutation { one: createSkill(input: { slug: "a", name: "A" }) { skill { slug children(first: 1000) { totalCount } } }
      ${skill("two", "b")} }`,
    journal: [CREATED, CREATED],
  }),
  "variables that cannot be coerced": () => ({
    query: `mutation ($i: CreateSkillInput!) { ${skill("one", "a")} two: createSkill(input: $i) { skill { slug } } }`,
    variables: { i: { slug: 7 } },
    journal: [],
  }),
  "a role that may not": () => ({ query: `mutation { ${skill("one", "a")} }`, as: "ann", journal: [] }),
  nobody: () => ({ query: `mutation { ${skill("one", "a")} }`, as: null, journal: [] }),
  "a mutation that is skipped": () => ({
    query: `mutation ($no: Boolean = false) { a: createSkill(input: { slug: "a", name: "A" }) @include(if: $no) { skill { slug } }
      ${skill("two", "b")} }`,
    journal: [CREATED],
  }),
  "an input by variables, with nested lists and defaults": ({ skillIds }) => ({
    query: `mutation ($i: CreateRubricInput!) { createRubric(input: $i) { rubric { name versions { nodes { number criteria {
      key gateMin gateRule anchors { value label } } } } } userErrors { code } } }`,
    variables: {
      i: {
        name: "By variable",
        criteria: [
          {
            key: "k",
            name: "K",
            skillId: skillIds.sql,
            weight: 1,
            scaleMin: 1,
            scaleMax: 5,
            gate: { min: 2 },
            anchors: { value: 1, label: "One value for a list", behaviour: "" },
          },
        ],
      },
    },
    journal: ["rubric.created"],
  }),
  "an input by letters, with variables inside": ({ skillIds }) => ({
    query: `mutation ($skill: ID!, $name: String = "A default", $anchors: [AnchorInput!]!) {
      createRubric(input: { name: $name, criteria: { key: "k", name: "K", skillId: $skill, weight: 1, scaleMin: 1,
        scaleMax: 5, gate: { min: 2, rule: ANY }, anchors: $anchors } }) {
        rubric { name versions { nodes { criteria { gateRule anchors { value } } } } } userErrors { code field } } }`,
    variables: {
      skill: skillIds.sql,
      anchors: [1, 3].map((value) => ({ value, label: "Some", behaviour: "Something." })),
    },
    journal: ["rubric.created"],
  }),
  "user errors of several fields": () => ({
    query: `mutation { createSkill(input: { slug: "Not A Slug", name: " ", parentId: "nobody" }) {
      skill { id } userErrors { code field message } } }`,
    journal: [],
  }),
};

async function journalOf({ organizationId }: Company, since: number): Promise<string[]> {
  return withClient(superuserUrl, async (client) => {
    const text = "select type from journal_entries where organization_id = $1 order by sequence offset $2";
    return (await client.query<{ type: string }>(text, [organizationId, since])).rows.map(({ type }) => type);
  });
}

test.each(Object.keys(writes))("graphql-jit writes like graphql-js, once: %s", async (name) => {
  const outcomes = [];
  for (const api of [plain, jit]) {
    const own = await company(api.database);
    const before = (await journalOf(own, 0)).length;
    const { journal, ...given } = writes[name]!(own);
    const executed = await execute(api, own, given);
    expect(await journalOf(own, before)).toEqual(journal);
    outcomes.push(executed);
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
});

describe("rows that no action writes", () => {
  /** Past every trigger. */
  const asSuperuser = (text: string, id: string) =>
    withClient(superuserUrl, async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query(text, [id]);
    });

  /** A company whose panellist has handed in, before somebody spoils its rows. */
  async function spoilt(text: string) {
    const own = await company(plain.database);
    const session = await interview(own, { panel: ["ann", "bob"] });
    await submit(own, "ann", session, { "sql-query": 2 });
    await asSuperuser(text, own.organizationId);
    return own;
  }

  const shelves: [string, string, Case][] = [
    [
      "null in a non-null field",
      'update role_profile_versions set bands = \'[{"label": null, "min": 0}]\' where organization_id = $1',
      { query: "{ about { name } roleProfiles { nodes { name versions { nodes { bands { label } } } } } }" },
    ],
    [
      "an enum value that the schema lacks, in a nullable field",
      "update scorecards set recommendation = 'MAYBE' where organization_id = $1",
      { query: "{ scorecards { nodes { state recommendation version } } }", as: "ann" },
    ],
    [
      "an enum value that the schema lacks, in a non-null field",
      "update scorecards set state = 'LOST' where organization_id = $1",
      { query: "{ scorecards { nodes { state } } about { name } }", as: "ann" },
    ],
    [
      "a number that Int cannot hold",
      'update role_profile_versions set bands = \'[{"label": "All", "min": 9999999999}]\' where organization_id = $1',
      { query: "{ roleProfiles { nodes { name versions { nodes { bands { label min } } } } } }" },
    ],
  ];

  test.each(shelves)("graphql-jit answers like graphql-js to %s", async (_, spoiling, given) => {
    const own = await spoilt(spoiling);
    const wanted = await execute(plain, own, given);
    expect(JSON.parse(wanted.text).errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    // What PostgreSQL would have written is read again, so that it fails as it should.
    for (let time = 1; time <= 4; time++) expect((await execute(jit, own, given)).text).toEqual(wanted.text);
  });
});

describe("the switch", () => {
  /** A schema whose only field tells who executes it. */
  const telling = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { stack: { type: new GraphQLNonNull(GraphQLString), resolve: () => new Error("here").stack } },
    }),
  });

  /** Who executes it each time. */
  async function executorsOf(jit: boolean, context: { viewer?: object }): Promise<string[]> {
    const server = apolloServer<{ requestId: string; viewer?: object }>(telling, { jit, log: () => undefined });
    const executors: string[] = [];
    for (let time = 1; time <= 4; time++) {
      const contextValue = { requestId: "stack", ...context };
      const { body } = await server.executeOperation({ query: "{ stack }" }, { contextValue });
      if (body.kind !== "single") throw new Error("An answer in parts");
      const stack = body.singleResult.data?.stack as string;
      executors.push(stack.includes("graphql-jit") ? "jit" : /graphql[\\/]execution/.test(stack) ? "plain" : stack);
    }
    await server.stop();
    return executors;
  }

  const plainly = ["plain", "plain", "plain", "plain"];

  test.each([
    [
      "what a member asks for is compiled when it comes the third time",
      true,
      { viewer: {} },
      ["plain", "plain", "jit", "jit"],
    ],
    ["what a stranger asks for never is", true, {}, plainly],
    ["nothing is where it is off", false, { viewer: {} }, plainly],
  ])("%s", async (_, on, context, executors) => {
    expect(await executorsOf(on, context)).toEqual(executors);
  });

  test("ASSAY_JIT turns it off; it is on by default", () => {
    expect([{}, { ASSAY_JIT: "on" }, { ASSAY_JIT: "off" }].map((given) => readConfig(given).jit)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
