import pino from "pino";
import { localIssuer, signToken } from "../../../src/identity/token.actions";
import { createServer } from "../../../src/server";
import { type Company, company } from "../../cast/company";
import { type Answer, type Api, startApi } from "../../support/api";
import { openTestDatabase, ownerUrl, superuserUrl, withClient } from "../../support/database";

jest.setTimeout(30_000);

const SORRY = "Something went wrong on our side. Quote the request id from the `x-request-id` header.";
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let api: Api;
let ours: Company;
let application: { id: string };

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  application = await ours.applicant();
});

afterAll(() => api.close());

const recruiter = () => ours.people.recruiter;

/** Takes rights on the candidates away from the server's login, for the length of the work. */
async function without<T>(right: string, work: () => Promise<T>): Promise<T> {
  const ask = (text: string) => withClient(ownerUrl, (client) => client.query(text));
  await ask(`revoke ${right} on candidates from assay_server`);
  try {
    return await work();
  } finally {
    await ask(`grant ${right} on candidates to assay_server`);
  }
}

const everyCandidate = async (): Promise<number> =>
  withClient(superuserUrl, async (client) => {
    const text = "select count(*)::int as n from candidates where organization_id = $1";
    return (await client.query(text, [ours.organizationId])).rows[0].n;
  });

function expectMasked(answer: Answer, path: (string | number)[]): void {
  expect(answer.errors).toEqual([
    { message: SORRY, path, locations: [expect.any(Object)], extensions: { code: "INTERNAL_SERVER_ERROR" } },
  ]);
  expect(answer.headers.get("x-request-id")).toMatch(REQUEST_ID);
  expect(JSON.stringify(answer)).not.toMatch(/permission|denied|candidates_|select |insert |relation|\.ts|\.js|stack/i);
}

describe.each([true, false])("with graphql-jit: %s", (jit) => {
  let here: Api;

  beforeAll(async () => {
    here = await startApi({ jit });
  });

  /** The third time a query is compiled. */
  async function thirdAnswer(who: Parameters<Api["send"]>[0], query: string, variables: object = {}): Promise<Answer> {
    for (let time = 1; time < 3; time++) await here.send(who, query, variables);
    return here.send(who, query, variables);
  }

  afterAll(() => here.close());

  test("a defect of a reading resolver is masked, and its siblings answer", async () => {
    // The candidate is read with the application.
    const query =
      "query ($id: ID!) { about { name } skills { totalCount } node(id: $id) { ... on Application { candidate { name } } } }";
    const answer = await without("select", () => thirdAnswer(recruiter(), query, { id: application.id }));
    expectMasked(answer, ["node"]);
    expect(answer.data).toEqual({ about: { name: "Assay" }, skills: { totalCount: 3 }, node: null });
  });

  test("a defect of a mutation is masked, and leaves nothing behind", async () => {
    const before = await everyCandidate();
    const query = `mutation { createCandidate(input: { name: "Zoë" }) { candidate { name } userErrors { code } } }`;
    expectMasked(await without("insert", () => here.send(recruiter(), query)), ["createCandidate"]);
    expect(await everyCandidate()).toBe(before);
  });

  test("the next request after a defect is answered", async () => {
    expect(await here.ask(recruiter(), "{ skills { totalCount } }")).toEqual({ skills: { totalCount: 3 } });
  });

  const texts: [string, string, object, number, string, RegExp][] = [
    [
      "a syntax error",
      "{ about { name }",
      {},
      400,
      "GRAPHQL_PARSE_FAILED",
      /^Syntax Error: Expected Name, found <EOF>/,
    ],
    ["an empty document", " ", {}, 400, "GRAPHQL_PARSE_FAILED", /^Syntax Error/],
    [
      "an unknown field",
      "{ nope }",
      {},
      400,
      "GRAPHQL_VALIDATION_FAILED",
      /^Cannot query field "nope" on type "Query"/,
    ],
    [
      "a variable of the wrong type",
      "query ($n: Int) { skills(first: $n) { totalCount } }",
      { n: "two" },
      400,
      "BAD_USER_INPUT",
      /^Variable "\$n" got invalid value "two"; Int cannot represent/,
    ],
    [
      "a variable that is missing",
      "query ($id: ID!) { node(id: $id) { id } }",
      {},
      400,
      "BAD_USER_INPUT",
      /^Variable "\$id" of required type "ID!" was not provided\.$/,
    ],
    [
      "an unknown field of an input",
      "mutation ($i: CreateSkillInput!) { createSkill(input: $i) { skill { id } } }",
      { i: { slug: "a", name: "A", colour: "red" } },
      400,
      "BAD_USER_INPUT",
      /^Variable "\$i" got invalid value .*; Field "colour" is not defined by type "CreateSkillInput"\.$/,
    ],
    [
      "an enum value that there is not",
      "mutation ($i: MoveInterviewSessionInput!) { moveInterviewSession(input: $i) { userErrors { code } } }",
      { i: { id: "x", version: 1, to: "NOWHERE" } },
      400,
      "BAD_USER_INPUT",
      /^Variable "\$i" got invalid value "NOWHERE" at "i\.to"; Value "NOWHERE" does not exist in "SessionState" enum\.$/,
    ],
    [
      "a time that is none",
      "mutation ($i: ScheduleInterviewSessionInput!) { scheduleInterviewSession(input: $i) { userErrors { code } } }",
      { i: { id: "x", version: 1, startsAt: "tomorrow" } },
      400,
      "BAD_USER_INPUT",
      /^Variable "\$i" got invalid value "tomorrow" at "i\.startsAt"; /,
    ],
  ];

  test.each(texts)("%s keeps GraphQL's own words", async (_, query, variables, status, code, message) => {
    const answer = await thirdAnswer(recruiter(), query, variables);
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code }]);
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-request-id")).toMatch(REQUEST_ID);
  });

  test("two operations without a name are refused in GraphQL's own words", async () => {
    const { status, errors } = await here.send(recruiter(), "query A { about { name } } query B { about { name } }");
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ message: "Must provide operation name if query contains multiple operations." }],
    });
    expect(errors?.[0]?.extensions.code).not.toBe("INTERNAL_SERVER_ERROR");
  });

  const refusals: [string, string, string, string[] | undefined][] = [
    ["BAD_PAGE", "{ skills(first: 1000) { totalCount } }", "skills", ["first"]],
    ["BAD_CURSOR", `{ skills(after: "x") { totalCount } }`, "skills", ["after"]],
    ["BAD_ID", `{ node(id: "x") { id } }`, "node", ["id"]],
  ];

  test.each(refusals)("a refusal keeps its code and field: %s", async (code, query, path, field) => {
    const { errors } = await thirdAnswer(recruiter(), query);
    expect(errors).toMatchObject([{ path: [path], extensions: { code, field } }]);
    expect(errors?.[0]?.message).not.toBe(SORRY);
  });

  test("a stranger is told to sign in, with a code and no more", async () => {
    const { data, errors } = await here.send(null, "{ viewer { member { id } } }");
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ["viewer"], extensions: { code: "UNAUTHENTICATED" } }]);
  });
});

test("a server whose database is gone masks its answer, and the log tells what happened to which request", async () => {
  const database = await openTestDatabase();
  const logged: string[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
  const tokenSecret = "a secret of this test, thirty-two long";
  const app = await createServer({ database, issuers: [localIssuer(tokenSecret)], jit: true, logger });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  await database.close();
  const { email, organizationId: org } = recruiter();
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await signToken(tokenSecret, { email, org }, "1h")}`,
      "x-request-id": "lost-database-1",
    },
    body: JSON.stringify({ query: "{ skills { totalCount } }" }),
  });
  const text = await response.text();
  await app.close();
  expect(JSON.parse(text).errors).toEqual([{ message: SORRY, extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  expect(response.status).toBe(500);
  expect(response.headers.get("x-request-id")).toBe("lost-database-1");
  expect(logged.join()).toContain("Cannot use a pool after calling end");
  expect(logged.join()).toContain("lost-database-1");
});
