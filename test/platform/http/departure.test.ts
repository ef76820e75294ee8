import { once } from "node:events";
import { IncomingMessage, request, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Client, Pool } from "pg";
import type { Application } from "../../../src/candidates/application.entity";
import { departure } from "../../../src/platform/http/departure";
import { type Company, company } from "../../cast/company";
import { type Api, startApi } from "../../support/api";
import { superuserUrl, withClient } from "../../support/database";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;
let application: Application;
let heard: string[] = [];

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
  application = await firm.applicant("Dora");
  api.database.heard = (text) => heard.push(text);
});

beforeEach(() => {
  heard = [];
});

afterAll(() => api.close());

/** Waits for it, but not for ever. */
async function eventually(look: () => Promise<boolean> | boolean): Promise<void> {
  for (let time = 0; time < 600; time++) {
    if (await look()) return;
    await delay(5);
  }
  throw new Error("It did not come to pass");
}

/** Sends an operation and is ready to go away. */
async function asked(query: string, variables: object = {}) {
  const sent = request(`${api.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await api.tokenOf(firm.people.recruiter)}`,
    },
  });
  sent.on("error", () => undefined);
  sent.end(JSON.stringify({ query, variables }));
  await once(sent, "finish");
  return { leave: () => sent.destroy() };
}

/** Statements of the server that wait for a lock. */
async function waiting(client: Client): Promise<number> {
  const text =
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return (await client.query(text)).rows[0].n;
}

/** Does the work while nobody can read the table. */
async function locked(table: string, work: (client: Client) => Promise<void>): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    await withClient(superuserUrl, work).finally(() => client.query("rollback"));
  });
}

const pool = (): Pool => (api.database.dataSource.driver as unknown as { master: Pool }).master;

/** Every connection is back, and works. */
async function expectWhole(): Promise<void> {
  await eventually(() => pool().idleCount === pool().totalCount && pool().waitingCount === 0);
  const members = Array.from({ length: 15 }, () => api.ask(firm.people.recruiter, "{ candidates { totalCount } }"));
  for (const { candidates } of await Promise.all(members)) expect(candidates.totalCount).toBeGreaterThan(0);
}

test.each<[string, string, string]>([
  ["a list", "candidates", "{ candidates { nodes { name } } }"],
  ["what a loader reads", "candidates", "{ applications { nodes { candidate { name } } } }"],
  ["reads of one instant", "scorecards", "{ applications { nodes { evaluation { recommendation } } } }"],
])("%s is cancelled when the client goes away", async (_, table, query) => {
  await locked(table, async (client) => {
    const { leave } = await asked(query);
    await eventually(async () => (await waiting(client)) === 1);
    leave();
    await eventually(async () => (await waiting(client)) === 0);
  });
  await expectWhole();
});

test("statements side by side are all cancelled, and no further one starts", async () => {
  const query = "{ candidates { totalCount nodes { name applications { nodes { job { title } } } } } }";
  await locked("candidates", async (client) => {
    const { leave } = await asked(query);
    await eventually(async () => (await waiting(client)) === 2);
    const before = heard.length;
    leave();
    await eventually(async () => (await waiting(client)) === 0);
    await eventually(() => pool().idleCount === pool().totalCount);
    expect(heard.length).toBe(before);
  });
  await expectWhole();
});

test("a mutation that has begun to write is finished", async () => {
  const query = "mutation ($i: CreateCandidateInput!) { createCandidate(input: $i) { candidate { name } } }";
  await locked("candidates", async (client) => {
    const { leave } = await asked(query, { i: { name: "Written to the end" } });
    await eventually(async () => (await waiting(client)) === 1);
    leave();
    await delay(100);
    expect(await waiting(client)).toBe(1);
  });
  await eventually(() =>
    withClient(superuserUrl, async (client) => {
      const text = "select from candidates where name = 'Written to the end' and organization_id = $1";
      return (await client.query(text, [firm.organizationId])).rowCount === 1;
    }),
  );
  await expectWhole();
});

test("whoever waits for the answer gets it, on a connection that is kept for the next", async () => {
  const query = "query ($id: ID!) { node(id: $id) { ... on Application { candidate { name } } } }";
  for (let left = 30; left > 0; left--) {
    const { node } = await api.ask(firm.people.recruiter, query, { id: application.id });
    expect(node.candidate.name).toBe("Dora");
  }
  await expectWhole();
});

test("whoever left before the work began is known to be gone", () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  expect(departure(response).aborted).toBe(false);
  response.destroy();
  expect(departure(response).aborted).toBe(true);
});

test("many who come and go leave every connection whole", async () => {
  await locked("candidates", async (client) => {
    const visits = await Promise.all(Array.from({ length: 25 }, () => asked("{ candidates { totalCount } }")));
    await eventually(async () => (await waiting(client)) > 0);
    for (const { leave } of visits) leave();
    await eventually(async () => (await waiting(client)) === 0 && pool().waitingCount === 0);
  });
  await expectWhole();
});

test("a statement that waits too long for a lock, or runs too long, is told as TIMEOUT", async () => {
  const setting = (text: string) =>
    withClient(superuserUrl, async (client) => {
      const [{ name }] = (await client.query("select quote_ident(current_database()) as name")).rows;
      await client.query(`alter role assay_server in database ${name} ${text}`);
    });
  for (const limit of ["lock_timeout", "statement_timeout"]) {
    await setting(`set ${limit} = '50ms'`);
    const impatient = await startApi();
    try {
      await locked("candidates", async () => {
        const { data, errors } = await impatient.send(
          firm.people.recruiter,
          "{ skills { totalCount } candidates { totalCount } }",
        );
        expect(errors).toMatchObject([{ path: ["candidates", "totalCount"], extensions: { code: "TIMEOUT" } }]);
        expect(errors![0]!.message).toMatch(/took too long/);
        expect(data).toBeNull();
      });
    } finally {
      await impatient.close();
      await setting(`reset ${limit}`);
    }
  }
});
