/** What a single small request could once do to everybody else: each is answered now, and answered shortly. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { ApolloServer } from "@apollo/server";
import pino from "pino";
import { localIssuer } from "../../src/identity/token.actions";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { createHttpApp } from "../../src/platform/http/app";
import { createServer } from "../../src/server";
import { type Company, company } from "../cast/company";
import { type Answer, type Api, startApi } from "../support/api";
import { openTestDatabase } from "../support/database";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi({ limits: { ...COST_LIMITS, capacity: 1e12, restoredPerSecond: 1e12 } });
  firm = await company(api.database);
});

afterAll(() => api.close());

const ann = () => firm.people.ann;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");
const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions.code);
const limitOf = ({ errors }: Answer) =>
  (errors?.[0]?.extensions as { limit?: { name: string } } | undefined)?.limit?.name;
const lengthOf = ({ headers: _, ...answer }: Answer) => JSON.stringify(answer).length;

describe("a query whose code would be the eighth power of its text", () => {
  const level = (depth: number): string =>
    depth === 0 ? "id title" : `id title question { current { ${level(depth - 1)} } }`;
  // Compiled, one of them took 7 s and 600 MB, and eleven of them the process.
  const query = (turn: number) =>
    `{ searchQuestions { results(first: 0) { nodes { question { current { ${level(3)} } } } } } } #${turn}`;

  test("is answered to strangers, however often they vary it", async () => {
    for (let turn = 0; turn < 30; turn++) expect(codes(await api.send(null, query(turn)))).toEqual(["UNAUTHENTICATED"]);
  });

  test("is answered to members, however often they repeat it", async () => {
    for (let turn = 0; turn < 30; turn++) {
      const { data } = await api.send(ann(), query(turn % 6));
      expect(data).toEqual({ searchQuestions: { results: { nodes: [] } } });
    }
  });
});

describe("variables that are wrong", () => {
  const query = "query ($f: QuestionFilter) { searchQuestions(filter: $f) { results(first: 1) { totalCount } } }";
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1]));

  test("with many keys that there are not are told of ten", async () => {
    const answer = await api.send(null, query, { f: keys(1000) });
    expect([answer.status, answer.errors!.length, lengthOf(answer) < 10_000]).toEqual([400, 11, true]);
    expect(new Set(codes(answer))).toEqual(new Set(["BAD_USER_INPUT"]));
    expect(answer.errors![10]!.message).toMatch(/^Too many errors/);
  });

  test.each([
    ["one object of too many keys", keys(9000), "objectKeys"],
    ["too many values in all", { all: Array.from({ length: 200 }, () => keys(999)) }, "values"],
  ])("with %s are not looked at", async (_, f, limit) => {
    const answer = await api.send(ann(), query, { f });
    expect([answer.status, limitOf(answer), lengthOf(answer) < 1000]).toEqual([400, limit, true]);
  });

  test("and full of suggestions are answered without searching them for ours", async () => {
    const answer = await api.send(null, query, { f: { text: " Did you mean ".repeat(6500), ...keys(50) } });
    expect([answer.status, lengthOf(answer) < 10_000]).toEqual([400, true]);
    for (const { message } of answer.errors!) expect(message.length).toBeLessThan(510);
  });

  test("and of megabytes are quoted in part, also once the query is compiled", async () => {
    const f = { text: "x".repeat(2_000_000), ...keys(900) };
    for (let turn = 0; turn < 4; turn++) {
      const answer = await api.send(ann(), query, { f });
      expect([answer.status, answer.errors!.length, lengthOf(answer) < 10_000]).toEqual([400, 11, true]);
      expect(answer.errors![0]!.message).toMatch(/Field "k0" is not defined by type "QuestionFilter"\.$/);
      expect((await api.send(ann(), query, { f: {} })).errors).toBeUndefined();
    }
  });

  test("end with no suggestion for a stranger, even where one is quoted", async () => {
    const f = { textt: " Did you mean me?" };
    const [strangers, members] = [await api.send(null, query, { f }), await api.send(ann(), query, { f })];
    expect(members.errors![0]!.message).toMatch(/Did you mean "text"/);
    expect(strangers.errors![0]!.message).toMatch(/Field "textt" is not defined by type "QuestionFilter"\.$/);
  });
});

describe("long answers", () => {
  let stems: string[];

  beforeAll(async () => {
    const { createQuestionBank } = await api.ask(
      firm.people.admin,
      `mutation { createQuestionBank(input: { name: "Long" }) { questionBank { id } userErrors { message } } }`,
    );
    const { createQuestion } = await api.ask(
      firm.people.admin,
      `mutation ($i: CreateQuestionInput!) { createQuestion(input: $i) { question { versions { nodes { id } } } userErrors { message field } } }`,
      { i: { bankId: createQuestionBank.questionBank.id, title: "Long", kind: "ESSAY", stem: "x".repeat(20_000) } },
    );
    const [{ id }] = createQuestion.question.versions.nodes;
    stems = Array.from({ length: 100 }, () => id);
  });

  test("a text under many aliases is refused", async () => {
    const query = `query ($i: [ID!]!) { nodes(ids: $i) { ... on QuestionVersion { ${times(45, (i) => `s${i}: stem`)} } } }`;
    const answer = await api.send(firm.people.admin, query, { i: stems });
    expect([answer.status, limitOf(answer)]).toEqual([400, "repeatedFields"]);
  });

  const nodes = (roots: number) =>
    `query ($i: [ID!]!) { ${times(roots, (i) => `n${i}: nodes(ids: $i) { ... on QuestionVersion { stem } }`)} }`;

  test("an answer below the limit comes whole", async () => {
    const { data } = await api.send(firm.people.admin, nodes(7), { i: stems });
    expect(data.n6[99].stem.length).toBe(20_000);
  });

  test("one above it comes as words, and nothing of it", async () => {
    const answer = await api.send(firm.people.admin, nodes(19), { i: stems });
    expect([answer.status, answer.data, codes(answer)]).toEqual([200, null, ["ANSWER_TOO_LARGE"]]);
    expect(answer.errors![0]!.message).toMatch(/ask for smaller pages.*A mutation was done all the same/);
    expect(answer).toMatchObject({ extensions: { cost: { requested: 1900 } } });
  });
});

describe("who sends, and does not end", () => {
  const logger = pino({ level: "silent" });
  const open = async (port: number, text: string): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.setEncoding("utf8").write(text);
    return socket;
  };

  test.each([
    ["headers", "POST /graphql HTTP/1.1\r\nhost: x\r\n"],
    [
      "a body",
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99000\r\n\r\n{"query": "',
    ],
    ["nothing", ""],
  ])("%s is answered and cut off", async (_, text) => {
    const apollo = new ApolloServer({ typeDefs: "type Query { a: Int }", stopOnTerminationSignals: false });
    const app = await createHttpApp(apollo, {
      context: async () => ({}),
      isSignedIn: async () => true,
      ready: async () => ({ ready: true, message: "ok" }),
      logger,
      patience: { headers: 200, whole: 300, checked: 50 },
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const socket = await open((app.server.address() as { port: number }).port, text);
    let answer = "";
    for await (const part of socket) answer += part;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split("\r\n\r\n")[1]!).errors[0].extensions.code).toBe("REQUEST_TIMEOUT");
    await app.close();
  });

  test("by default a minute is enough for anybody, and connections have an end", () => {
    const { requestTimeout, headersTimeout, maxConnections } = api.app.server;
    expect({ requestTimeout, headersTimeout, maxConnections }).toEqual({
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      maxConnections: 2_000,
    });
  });
});

describe("complaints are no defects", () => {
  const logged: string[] = [];
  let server: Awaited<ReturnType<typeof createServer>>;
  let url: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const database = await openTestDatabase();
    const logger = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
    server = await createServer({
      database,
      issuers: [localIssuer("a secret of this test, thirty-two long")],
      jit: true,
      logger,
    });
    url = await server.listen({ host: "127.0.0.1", port: 0 });
    close = async () => {
      await server.close();
      await database.close();
    };
  });

  afterAll(() => close());

  const post = (body: object): [string, RequestInit] => [
    "/graphql",
    { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  ];
  const sha256Hash = "0".repeat(64);
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 1]));

  test.each<[string, [string, RequestInit?], number, string]>([
    ["a subscription", post({ query: "subscription { x }" }), 400, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a persisted query of another hash",
      post({ query: "{ about { name } }", extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      200,
      "PERSISTED_QUERY_NOT_SUPPORTED",
    ],
    [
      "a variable with many mistakes",
      post({
        query: "query ($f: QuestionFilter) { searchQuestions(filter: $f) { results { totalCount } } }",
        variables: { f: many },
      }),
      400,
      "BAD_USER_INPUT",
    ],
    [
      "null for an argument that wants a value",
      post({
        query: 'query ($n: ID = "x") { __type(name: "Query") { name } node(id: $n) { id } }',
        variables: { n: null },
      }),
      200,
      "BAD_USER_INPUT",
    ],
    ["a path that there is not", ["/nowhere"], 404, "NOT_FOUND"],
    ["a file that there is not", ["/graphiql/assets/nothing.js"], 404, "NOT_FOUND"],
    ["a method that there is not", ["/graphql", { method: "PUT" }], 405, "METHOD_NOT_ALLOWED"],
    ["a URL that cannot be read", ["/%ZZ"], 400, "BAD_REQUEST"],
  ])("%s", async (_, [path, init], status, code) => {
    const response = await fetch(url + path, init);
    const { errors } = (await response.json()) as Answer;
    expect([response.status, errors![0]!.extensions.code]).toEqual([status, code]);
    expect(logged).toEqual([]);
  });

  test("what is no HTTP", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1").setEncoding("utf8");
    socket.write("what is this?\r\n\r\n");
    let answer = "";
    for await (const part of socket) answer += part;
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"BAD_REQUEST"/s);
    expect(logged).toEqual([]);
  });
});
