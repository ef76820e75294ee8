import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { ApolloServer } from "@apollo/server";
import type { FastifyInstance } from "fastify";
import { Client } from "pg";
import pino from "pino";
import { DEMO_MEMBERS } from "../../../src/demo/demo.rules";
import { localIssuer, signToken } from "../../../src/identity/token.actions";
import { runningProcess } from "../../../src/platform/db/embedded-lock";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../src/platform/db/embedded-postgres";
import { createHttpApp } from "../../../src/platform/http/app";
import { createServer } from "../../../src/server";
import { openTestDatabase, ownerUrl, withClient } from "../../support/database";

jest.setTimeout(60_000);

const logger = pino({ level: "silent" });
const LEAK = /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|password/i;

describe("an application around any Apollo Server", () => {
  let app: FastifyInstance;
  let url: string;
  let readiness = { ready: true, message: "ok" };
  let asked = 0;

  beforeAll(async () => {
    const apollo = new ApolloServer<{ requestId: string }>({
      typeDefs: "type Query { id: String! asked: Int! echo(text: String!): Int! } type Mutation { add: Int! }",
      resolvers: {
        Query: {
          id: (_source, _args, { requestId }) => requestId,
          asked: () => asked,
          echo: (_source, { text }: { text: string }) => text.length,
        },
        Mutation: { add: () => ++asked },
      },
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
    });
    const context = async ({ id }: { id: string }) => ({ requestId: id });
    const isSignedIn = async ({ headers }: { headers: { authorization?: string } }) =>
      headers.authorization === "Bearer of-somebody";
    app = await createHttpApp(apollo, { context, isSignedIn, ready: async () => readiness, logger });
    url = await app.listen({ host: "127.0.0.1", port: 0 });
  });

  afterAll(() => app.close());

  const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
    fetch(`${url}/graphql`, { method: "POST", headers, body });
  const query = (text: string, headers: Record<string, string> = {}) =>
    post(JSON.stringify({ query: text }), { "content-type": "application/json", ...headers });
  const get = (text: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/graphql?query=${encodeURIComponent(text)}`, { headers });

  test("POST executes queries and mutations", async () => {
    expect(await (await query("{ asked }")).json()).toEqual({ data: { asked: 0 } });
    expect(await (await query("mutation { add }")).json()).toEqual({ data: { add: 1 } });
  });

  test("GET executes a query that says it is no simple request", async () => {
    const answer = await get("{ asked }", { "apollo-require-preflight": "yes" });
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: { data: { asked: 1 } } });
  });

  test("GET without a header that forces a preflight is refused", async () => {
    const answer = await get("{ asked }");
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("This operation has been blocked as a potential Cross-Site Request Forgery");
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "POST of a form's type, %s, executes nothing",
    async (type) => {
      const before = asked;
      const answer = await post(JSON.stringify({ query: "mutation { add }" }), { "content-type": type });
      expect([400, 415]).toContain(answer.status);
      expect(asked).toBe(before);
      expect(await answer.text()).not.toMatch(LEAK);
    },
  );

  test("a mutation over GET is refused and not executed", async () => {
    const before = asked;
    const answer = await get("mutation { add }", { "apollo-require-preflight": "yes" });
    expect({ status: answer.status, allow: answer.headers.get("allow") }).toEqual({ status: 405, allow: "POST" });
    expect(await answer.text()).toContain("GET requests only support query operations");
    expect(asked).toBe(before);
  });

  test("a batch is refused and nothing of it is executed", async () => {
    const before = asked;
    const answer = await post(JSON.stringify([{ query: "mutation { add }" }, { query: "mutation { add }" }]));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ message: "Operation batching disabled." }] });
    expect(asked).toBe(before);
  });

  test.each(["{", "", "nothing", '{"query": "{ asked }"'])("a body that is no JSON is refused: %j", async (body) => {
    const answer = await post(body);
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(JSON.parse(text).message ?? JSON.parse(text).errors[0].message).toMatch(/JSON|body/i);
    expect(text).not.toMatch(LEAK);
    expect(answer.headers.get("x-request-id")).toBeTruthy();
  });

  test.each(["null", "7", '"{ asked }"', "{}", '{"query": 7}', '{"query": "{ asked }", "variables": "none"}'])(
    "JSON that is no request is refused: %s",
    async (body) => {
      const answer = await post(body);
      const text = await answer.text();
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(text).not.toMatch(LEAK);
    },
  );

  test("a signed body is read up to 9 MB and refused above it, in the shape of GraphQL", async () => {
    const signed = { "content-type": "application/json", authorization: "Bearer of-somebody" };
    const echo = (length: number) => {
      const query = "query ($t: String!) { echo(text: $t) }";
      return post(JSON.stringify({ query, variables: { t: "a".repeat(length) } }), signed);
    };
    expect(await (await echo(8_900_000)).json()).toEqual({ data: { echo: 8_900_000 } });
    const refused = await echo(9_000_001);
    const text = await refused.text();
    expect(refused.status).toBe(413);
    expect(JSON.parse(text).errors).toEqual([
      { message: expect.stringMatching(/body is too large/i), extensions: { code: "PAYLOAD_TOO_LARGE" } },
    ]);
    expect(text).not.toMatch(LEAK);
  });

  test.each<[string, Record<string, string>]>([
    ["nobody has signed", {}],
    ["somebody has signed in vain", { authorization: "Bearer of-nobody" }],
  ])("a body that %s is read up to 100 kB", async (_, headers) => {
    const sent = async (length: number) => {
      const body = JSON.stringify({ query: "{ asked }", variables: { t: "a".repeat(length) } });
      return (await post(body, { "content-type": "application/json", ...headers })).status;
    };
    expect([await sent(99_000), await sent(100_000)]).toEqual([200, 413]);
  });

  test("the caller's request id reaches the resolvers and comes back", async () => {
    const answer = await query("{ id }", { "x-request-id": "ats-import_42.7" });
    expect(answer.headers.get("x-request-id")).toBe("ats-import_42.7");
    expect(await answer.json()).toEqual({ data: { id: "ats-import_42.7" } });
  });

  test.each([
    "short",
    "with space inside",
    "a".repeat(65),
    "quote\"and'more",
    "semi;colon-colon",
    "naïve-request-id",
    "",
  ])("a request id that is no plain word is replaced: %j", async (id) => {
    const answer = await query("{ id }", { "x-request-id": id });
    const made = answer.headers.get("x-request-id");
    expect(made).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await answer.json()).toEqual({ data: { id: made } });
  });

  test("two requests get two ids", async () => {
    const [one, two] = await Promise.all([query("{ id }"), query("{ id }")]);
    expect(one.headers.get("x-request-id")).not.toBe(two.headers.get("x-request-id"));
  });

  test.each(["/graphql", "/healthz", "/nowhere"])("helmet's headers and a request id are on %s", async (path) => {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-request-id")).toBeTruthy();
  });

  test("no answer allows another origin to read it", async () => {
    const { headers } = await query("{ asked }", { origin: "https://elsewhere.example" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("/healthz answers while the process lives; /readyz says what is missing", async () => {
    readiness = { ready: false, message: "the question bank is on fire" };
    const [health, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)]);
    readiness = { ready: true, message: "ok" };
    expect({ status: health.status, body: await health.json() }).toEqual({ status: 200, body: { status: "ok" } });
    expect({ status: ready.status, body: await ready.json() }).toEqual({
      status: 503,
      body: { status: "the question bank is on fire" },
    });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("/ leads to GraphiQL, and an unknown path is 404 without a word about our code", async () => {
    const root = await fetch(url, { redirect: "manual" });
    expect([root.status, root.headers.get("location")]).toEqual([302, "/graphiql"]);
    const unknown = await fetch(`${url}/nowhere`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).not.toMatch(LEAK);
  });
});

describe("readiness of the real server", () => {
  test("it is not ready while a migration is missing, nor once the database is closed", async () => {
    const database = await openTestDatabase();
    const tokenSecret = "a secret of this test, thirty-two long";
    const app = await createServer({ database, issuers: [localIssuer(tokenSecret)], jit: true, logger });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const readyz = async () => {
      const answer = await fetch(`${url}/readyz`);
      return [answer.status, ((await answer.json()) as { status: string }).status];
    };
    expect(await readyz()).toEqual([200, "ok"]);

    await withClient(ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        "delete from migrations where id = (select max(id) from migrations) returning *",
      );
      try {
        expect(await readyz()).toEqual([503, "the database is at another version than the server"]);
      } finally {
        const [{ id, timestamp, name }] = rows;
        await owner.query("insert into migrations (id, timestamp, name) values ($1, $2, $3)", [id, timestamp, name]);
      }
    });
    expect(await readyz()).toEqual([200, "ok"]);

    await database.close();
    expect(await readyz()).toEqual([503, "the database does not answer"]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await app.close();
  });
});

describe("the process", () => {
  const directory = mkdtempSync(join(tmpdir(), "assay-test-"));
  chmodSync(directory, 0o755); // as root, another account runs the server
  const secret = "a secret of the process test, long enough";
  const running = new Set<ChildProcess>();
  const clusters = new Set<number>();

  afterAll(async () => {
    for (const child of running) child.kill("SIGKILL");
    for (const pid of clusters) if (runningProcess(pid)?.command.includes("postgres")) process.kill(pid, "SIGQUIT");
    while ([...clusters].some((pid) => runningProcess(pid))) await delay(20);
    rmSync(directory, { recursive: true, force: true });
  });

  interface Started {
    child: ChildProcess;
    host: string;
    port: number;
    ended: Promise<[number | null, string | null]>;
    postgres: EmbeddedPostgres;
  }

  /** `npm start` without its build, on a directory of this test; resolves when it says that it is ready. */
  async function start(): Promise<Started> {
    const { PATH, HOME, TMPDIR } = process.env;
    const child = spawn(process.execPath, ["--import", "tsx", join("src", "main.ts"), "start"], {
      cwd: join(__dirname, "..", "..", ".."),
      env: { PATH, HOME, TMPDIR, PORT: "0", HOST: "0.0.0.0", ASSAY_DIRECTORY: directory, ASSAY_TOKEN_SECRET: secret },
      stdio: ["ignore", "pipe", "inherit"],
    });
    running.add(child);
    const ended = once(child, "exit") as Started["ended"];
    for await (const line of createInterface({ input: child.stdout! })) {
      const [, host, port] = /Assay is ready: http:\/\/([^:/]+):(\d+)\/graphiql/.exec(line) ?? [];
      if (!host) continue;
      child.stdout!.resume();
      const postgres = await startEmbeddedPostgres({ directory });
      clusters.add(postgres.pid);
      return { child, host, port: Number(port), ended, postgres };
    }
    throw new Error("The server ended before it was ready");
  }

  async function ask({ port }: Started, query: string) {
    const token = await signToken(secret, { email: DEMO_MEMBERS[1]!.email }, "1h");
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { candidates: { totalCount: number } } };
  }

  const count = async (server: Started) =>
    (await ask(server, "{ candidates { totalCount } }")).data.candidates.totalCount;

  let candidates = 0;

  test("it listens on 127.0.0.1 alone, whatever HOST says", async () => {
    const server = await start();
    expect(server.host).toBe("127.0.0.1");
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address } of others.filter(({ family, internal }) => family === "IPv4" && !internal)) {
      await expect(fetch(`http://${address}:${server.port}/healthz`)).rejects.toThrow();
    }
    await ask(server, `mutation { createCandidate(input: { name: "Kept" }) { candidate { id } } }`);
    candidates = await count(server);
    expect(candidates).toBeGreaterThan(1);

    server.child.kill("SIGKILL");
    process.kill(server.postgres.pid, "SIGKILL");
    await server.ended;
    while (runningProcess(server.postgres.pid)) await delay(5);
  });

  test("after kill -9 of everything it starts with its data; SIGTERM lets a running request finish, then all ends", async () => {
    const started = performance.now();
    const server = await start();
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await count(server)).toBe(candidates);

    const locker = new Client({ connectionString: server.postgres.url("assay") });
    // Once its lock is gone, PostgreSQL may be stopped before the locker has said goodbye.
    locker.on("error", () => undefined);
    await locker.connect();
    await locker.query("begin; lock table candidates in access exclusive mode");
    const slow = count(server);
    const waiting = "select from pg_locks where relation = 'candidates'::regclass and not granted";
    while ((await locker.query(waiting)).rowCount === 0) await delay(5);
    server.child.kill("SIGTERM");
    await delay(300);
    expect(server.child.exitCode).toBeNull();
    await locker.query("commit");
    await locker.end().catch(() => undefined);
    expect(await slow).toBe(candidates);

    const patience = delay(5_000, "still running", { ref: false });
    expect(await Promise.race([server.ended, patience])).toEqual([0, null]);
    expect(runningProcess(server.postgres.pid)).toBeUndefined();
  });
});
