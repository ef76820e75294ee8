import { poolOf } from "../../../src/platform/db/pool";
import { newId } from "../../../src/platform/ids";
import { company } from "../../cast/company";
import type { Api } from "../../support/api";
import { status } from "../../support/receiver";
import { closeAll, happen, listening, settled, workshop } from "../../webhooks/engine";
import { type Watched, watched } from "./watched";

jest.setTimeout(60_000);

let server: Watched;

beforeAll(async () => {
  server = await watched();
});

afterEach(closeAll);

afterAll(() => server.close());

const DASHBOARD = "query Dashboard { viewer { member { name } } }";

/** By how much each line has grown meanwhile. */
async function growth(work: () => Promise<unknown>): Promise<(line: string) => number> {
  const before = await server.told();
  await work();
  const after = await server.told();
  return (line) => (after.get(line) ?? 0) - (before.get(line) ?? 0);
}

describe("where they are told", () => {
  test("at /metrics, in the format of Prometheus, with what Node tells of itself", async () => {
    const response = await fetch(server.page.url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toContain("# TYPE assay_operation_seconds histogram");
    expect(text).toContain("process_cpu_seconds_total");
  });

  test.each([
    ["POST", "/metrics"],
    ["GET", "/"],
    ["GET", "/metrics/more"],
  ])("%s %s is nothing", async (method, path) => {
    expect((await fetch(new URL(path, server.page.url), { method })).status).toBe(404);
  });

  test("never where the API is served", async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe("operations", () => {
  const count = (operation: string, type = "query") =>
    `assay_operation_seconds_count{operation="${operation}",type="${type}"}`;

  test("are counted by their names", async () => {
    const { people } = await company(server.database);
    const grown = await growth(async () => {
      for (let n = 0; n < 3; n++) await server.send(people.admin, { query: DASHBOARD });
      await server.send(people.admin, { query: "{ viewer { member { name } } }" });
      await server.send(people.admin, {
        query: 'mutation Rename { createSkill(input: { slug: "sql", name: "SQL" }) { userErrors { code } } }',
      });
    });
    expect([grown(count("Dashboard")), grown(count("anonymous")), grown(count("Rename", "mutation"))]).toEqual([
      3, 1, 1,
    ]);
  });

  test("of those who have not signed in take up no room, whatever they are called", async () => {
    const grown = await growth(() => server.send(null, { query: "query Fill { about { version } }" }));
    expect([grown(count("stranger")), grown(count("Fill"))]).toEqual([1, 0]);
  });

  test("that cannot be read have no name but the one they say they have, and it is not believed", async () => {
    const { people } = await company(server.database);
    const grown = await growth(() => server.send(people.admin, { query: "query {", operationName: "Said" }));
    expect([grown(count("Said")), grown(count("anonymous"))]).toEqual([0, 1]);
  });
});

describe("errors", () => {
  const errors = (code: string) => `assay_errors_total{code="${code}"}`;

  test.each([
    ["UNAUTHENTICATED", null, { query: "{ viewer { member { name } } }" }],
    ["GRAPHQL_PARSE_FAILED", null, { query: "{" }],
    ["GRAPHQL_VALIDATION_FAILED", null, { query: "{ nothing }" }],
    ["BAD_REQUEST", null, { nothing: true }],
  ])("%s is counted", async (code, who, body) => {
    const grown = await growth(() => server.send(who, body));
    expect(grown(errors(code))).toBe(1);
  });

  test("who has spent all is counted, though nothing is read any more", async () => {
    const poor = await watched({ limits: { most: 100, capacity: 100, restoredPerSecond: 10 } });
    const about = { query: "{ about { version } }" };
    const codes: string[] = [];
    for (let n = 0; n < 12; n++) codes.push((await poor.send(null, about)).errors?.[0]?.extensions.code ?? "none");
    expect(codes.filter((code) => code === "THROTTLED").length).toBe((await poor.told()).get(errors("THROTTLED")));
    expect(codes).toContain("THROTTLED");
    await poor.close();
  });
});

describe("statements and connections", () => {
  const STATEMENTS = 'assay_statement_seconds_count{place="primary"}';

  test("all statements are counted: of sign-in, of reads, and of transactions", async () => {
    const { people } = await company(server.database);
    await server.send(people.admin, { query: DASHBOARD });
    let heard = 0;
    const tell = server.database.told!;
    server.database.told = (statement) => {
      heard++;
      tell(statement);
    };
    const grown = await growth(() =>
      server.send(people.admin, {
        query: 'mutation { createSkill(input: { slug: "rust", name: "Rust" }) { skill { name } userErrors { code } } }',
      }),
    );
    server.database.told = tell;
    expect(heard).toBeGreaterThan(4);
    expect(grown(STATEMENTS)).toBe(heard);
  });

  test("the pool tells how many connections there are, how many are idle, and who waits", async () => {
    const pool = poolOf(server.database.dataSource);
    const lent = Array.from({ length: 13 }, () => pool.connect());
    await Promise.all(lent.slice(0, 10));
    const told = await server.told();
    const states = ["total", "idle", "waiting"].map(
      (state) => `assay_pool_connections{pool="server",state="${state}"}`,
    );
    expect(states.map((line) => told.get(line))).toEqual([10, 0, 3]);
    for (const each of lent) (await each).release();
    expect((await server.told()).get(states[1]!)).toBe(10);
  });
});

describe("jobs and deliveries", () => {
  test("jobs of all organisations are told as waiting, for later, and running", async () => {
    const job = "tests.nobody_does_this";
    const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const errand = (key: string, at: Date) => ({ job, facts: {}, key, at });
    await server.queue.add(newId("Organization"), [errand("first", hour(-1)), errand("later", hour(1))]);
    await server.queue.add(newId("Organization"), [errand("first", hour(-2))]);
    const told = await server.told();
    const states = ["waiting", "scheduled", "running"].map((state) =>
      told.get(`assay_jobs{job="${job}",state="${state}"}`),
    );
    expect(states).toEqual([2, 1, 0]);
    expect(told.get(`assay_jobs_overdue_seconds{job="${job}"}`)).toBeGreaterThan(7_000);
  });

  test("deliveries of this process are told: written down, and what became of them", async () => {
    const became = (kind: string) => `assay_webhook_deliveries_total{became="${kind}"}`;
    const receiving = await listening(server as unknown as Api);
    let tries = 0;
    receiving.receiver.answer((response, request) => status(++tries === 1 ? 500 : 204)(response, request));
    const grown = await growth(async () => {
      await workshop(server as unknown as Api);
      for (let n = 0; n < 3; n++) await happen(receiving.own);
      await settled(receiving, 3);
    });
    const kinds = ["pending", "retried", "delivered", "failed"];
    expect(kinds.map((kind) => grown(became(kind)))).toEqual([3, 1, 3, 0]);
  });
});
