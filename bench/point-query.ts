/**
 * What sign-in, limits and the wall add to the smallest query: `npm run bench:point-query`. Two servers in one process over
 * one embedded PostgreSQL take turns; the client is another process. "Bare" is told who asks, lets everybody pay nothing,
 * and reads as a superuser without an organisation.
 */
import "reflect-metadata";
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import pino from "pino";
import { dataSource } from "../ormconfig";
import type { Candidate } from "../src/candidates/candidate.entity";
import { seedDemo } from "../src/demo/demo.actions";
import { demoToken } from "../src/demo/demo-session.actions";
import { Member } from "../src/identity/member.entity";
import { localIssuer } from "../src/identity/token.actions";
import { memberViewer } from "../src/identity/viewer.rules";
import { contextOf } from "../src/platform/context";
import { type Database, openDatabase } from "../src/platform/db/database";
import { embeddedDatabase } from "../src/platform/db/embedded-database";
import { migrate } from "../src/platform/db/migrate";
import { apolloServer } from "../src/platform/graphql/apollo";
import { COST_LIMITS } from "../src/platform/graphql/limits";
import { createHttpApp } from "../src/platform/http/app";
import { nounsOf } from "../src/platform/slice";
import { createServer, schema } from "../src/server";
import { slices } from "../src/slices";

const SECRET = "a secret of this bench, thirty-two long";
const CONNECTIONS = 8;
const ROUNDS = 9;
const SLICE_MILLISECONDS = 2000;
const POINT = "query ($id: ID!) { node(id: $id) { ... on Candidate { name email } } }";

interface Slice {
  url: string;
  token: string;
  body: string;
}

const logger = pino({ level: "silent" });
const nouns = nounsOf(slices);

const opened = async (url: string): Promise<Database> =>
  openDatabase(await dataSource(url).initialize(), { statementNames: true, nouns });

/** Reads without carrying an organisation. */
function unwalled(database: Database): Database {
  const pool = (database.dataSource.driver as unknown as { master: Pool }).master;
  const names = new Map<string, string>();
  return {
    ...database,
    read: async (_organizationId, text, values) => {
      const name = names.get(text) ?? `b${names.size}`;
      names.set(text, name);
      return (await pool.query({ name, text, values: [...values] })).rows;
    },
  };
}

async function bareServer(database: Database, member: Member): Promise<FastifyInstance> {
  const apollo = apolloServer<{ requestId: string }>(schema, { jit: true, log: () => undefined });
  const viewer = memberViewer(member);
  return createHttpApp(apollo, {
    logger,
    context: async ({ id: requestId }) => contextOf(database, { viewer, now: new Date(), requestId }),
    isSignedIn: async () => true,
    ready: async () => ({ ready: true, message: "ok" }),
  });
}

const listening = (app: FastifyInstance): Promise<string> => app.listen({ host: "127.0.0.1", port: 0 });

/** Requests that a client gets answered in one slice, and the processor time that this process took for each. */
function measured(slice: Slice): Promise<{ perSecond: number; microseconds: number }> {
  const before = process.cpuUsage();
  const client = fork(__filename, ["client"], { execArgv: process.execArgv });
  return new Promise((resolve) => {
    client.on("message", (answered: number) => {
      const { user, system } = process.cpuUsage(before);
      resolve({
        perSecond: answered / (SLICE_MILLISECONDS / 1000),
        microseconds: (user + system) / Math.max(1, answered),
      });
    });
    client.send(slice);
  });
}

function actAsClient(): void {
  process.once("message", async ({ url, token, body }: Slice) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const end = performance.now() + SLICE_MILLISECONDS;
    let answered = 0;
    const ask = async () => {
      while (performance.now() < end) {
        const text = await (await fetch(`${url}/graphql`, { method: "POST", headers, body })).text();
        if (!text.includes('"name":')) throw new Error(text);
        answered++;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, ask));
    process.send!(answered, () => process.exit(0));
  });
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function compare(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "assay-bench-"));
  const place = await embeddedDatabase({ directory });
  await migrate({ ...place, dataSource });
  const walled = await opened(place.serverUrl);
  await seedDemo(walled);
  const bare = unwalled(await opened(place.ownerUrl.replace(/\/\/[^@]*@/, "//postgres@")));
  // The wall's own condition is what leads to a row by the primary key.
  await bare.ask("create index bench on candidates (id)");
  const [{ id } = { id: "" }] = await bare.ask<Candidate>("select id from candidates limit 1");
  const member = await bare.dataSource.getRepository(Member).findOneByOrFail({ role: "HIRING_MANAGER" });
  const limits = { ...COST_LIMITS, capacity: 1e12, restoredPerSecond: 1e12 };
  const whole = await createServer({ database: walled, issuers: [localIssuer(SECRET)], jit: true, limits, logger });
  const plain = await bareServer(bare, member);
  const urls = { whole: await listening(whole), bare: await listening(plain) };
  const token = await demoToken(walled, SECRET, "HIRING_MANAGER");
  const body = JSON.stringify({ query: POINT, variables: { id } });

  const results: Record<"whole" | "bare", { perSecond: number; microseconds: number }[]> = { whole: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? (["whole", "bare"] as const) : (["bare", "whole"] as const);
    for (const name of order) results[name].push(await measured({ url: urls[name], token, body }));
  }
  // The first round warms both.
  const of = (name: "whole" | "bare", key: "perSecond" | "microseconds") =>
    median(results[name].slice(1).map((each) => each[key]));
  const line = (name: "whole" | "bare") =>
    `${name}: ${Math.round(of(name, "perSecond"))} a second, ${Math.round(of(name, "microseconds"))} µs of processor each\n`;
  process.stdout.write(line("whole") + line("bare"));
  process.stdout.write(
    `throughput ${(of("whole", "perSecond") / of("bare", "perSecond")).toFixed(2)} of the bare one\n`,
  );
  await Promise.all([whole.close(), plain.close()]);
  await Promise.all([walled.close(), bare.close()]);
  await place.stop();
  await rm(directory, { recursive: true, force: true });
}

if (process.argv[2] === "client") actAsClient();
else void compare();
