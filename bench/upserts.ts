/**
 * What it takes to keep 10,000 candidates in step with another system: `npm run bench:upserts`. Sent over HTTP in batches of
 * 200, changed in batches of 200, and read back by `updatedSince` in pages of 100, one request at a time; beside it a bare
 * loop over `pg`, as the same login, behind the same wall, one row a statement and one transaction each, into the same
 * table, without references, journal, checks and API. Both take turns in one process, each round with new candidates.
 */
import "reflect-metadata";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import pino from "pino";
import { dataSource } from "../ormconfig";
import { createApiKey } from "../src/identity/api-key.actions";
import { createOrganization } from "../src/identity/organization.actions";
import { memberViewer } from "../src/identity/viewer.rules";
import { contextOf } from "../src/platform/context";
import { type Database, openDatabase } from "../src/platform/db/database";
import { embeddedDatabase } from "../src/platform/db/embedded-database";
import { migrate } from "../src/platform/db/migrate";
import { COST_LIMITS } from "../src/platform/graphql/limits";
import { newId } from "../src/platform/ids";
import { nounsOf } from "../src/platform/slice";
import { createServer } from "../src/server";
import { slices } from "../src/slices";

const CANDIDATES = 10_000;
const BATCH = 200;
const PAGE = 100;
/** Of the bare loop, which waits for the disk at each row: as many as tell what 1,000 take. */
const BARE_CANDIDATES = 1000;
const ROUNDS = 4;

interface Person {
  externalId: string;
  name: string;
  email: string;
}

/** Each answers with the number of requests or statements that it took. */
interface Way {
  candidates: number;
  write(people: readonly Person[]): Promise<number>;
  /** All that was changed since. */
  read(since: Date): Promise<number>;
}

const people = (count: number, round: number, name: string): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    externalId: `r${round}-${index}`,
    name: `${name} ${index}`,
    email: `r${round}-${index}@example.org`,
  }));

async function founded(database: Database, name: string) {
  const members = [{ email: `admin@${name}.example`, name: "Admin", role: "ADMIN" as const }];
  const { organization, members: made } = await createOrganization(database, { empty: true, name, members });
  return { organizationId: organization.id, admin: made[0]! };
}

const UPSERT = `mutation ($input: UpsertCandidatesInput!) { upsertCandidates(input: $input) {
  results { externalId outcome candidate { id } userErrors { code } } userErrors { message } } }`;
const SYNC = `query ($since: DateTime, $after: String) { candidates(first: ${PAGE}, filter: { updatedSince: $since }, after: $after) {
  nodes { id name email updatedAt } pageInfo { hasNextPage endCursor } } }`;

interface Upserted {
  upsertCandidates: { results: { outcome: string }[] };
}

interface Page {
  candidates: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

function overHttp(url: string, key: string): Way {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const ask = async <T>(query: string, variables: object): Promise<T> => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    const answer = (await response.json()) as { data?: T };
    if (!answer.data) throw new Error(JSON.stringify(answer));
    return answer.data;
  };
  return {
    candidates: CANDIDATES,
    write: async (all) => {
      for (let start = 0; start < all.length; start += BATCH) {
        const items = all.slice(start, start + BATCH);
        const { upsertCandidates } = await ask<Upserted>(UPSERT, { input: { system: "bench", items } });
        const odd = upsertCandidates.results.find(({ outcome }) => !/^(CREATED|UPDATED)$/.test(outcome));
        if (odd) throw new Error(JSON.stringify(odd));
      }
      return Math.ceil(all.length / BATCH);
    },
    read: async (since) => {
      const met = new Set<string>();
      for (let requests = 1, after: string | null = null; ; requests++) {
        const { candidates }: Page = await ask<Page>(SYNC, { since, after });
        for (const { id } of candidates.nodes) met.add(id);
        after = candidates.pageInfo.endCursor;
        if (!candidates.pageInfo.hasNextPage) return whole(met, CANDIDATES, requests);
      }
    },
  };
}

function whole(met: ReadonlySet<string>, wanted: number, requests: number): number {
  if (met.size !== wanted) throw new Error(`${met.size} of ${wanted} were met`);
  return requests;
}

const INSERT = `insert into candidates (organization_id, id, created_at, version, updated_at, name, email)
  values ($1, $2, $3, 1, $3, $4, $5) on conflict (organization_id, email)
  do update set name = excluded.name, version = candidates.version + 1, updated_at = excluded.updated_at`;
const SELECT = `select id, name, email, updated_at from candidates
  where updated_at >= $1 and (updated_at, id) > ($2, $3) order by updated_at, id limit ${PAGE}`;
const NOWHERE = "00000000-0000-0000-0000-000000000000";

function bare(client: Client, organizationId: string): Way {
  const carried = async (name: string, text: string, values: unknown[]) => {
    await client.query(`begin; select set_config('app.organization', '${organizationId}', true)`);
    const { rows } = await client.query({ name, text, values });
    await client.query("commit");
    return rows;
  };
  return {
    candidates: BARE_CANDIDATES,
    write: async (all) => {
      for (const { name, email } of all) {
        await carried("write", INSERT, [organizationId, newId("Candidate"), new Date(), name, email]);
      }
      return all.length;
    },
    read: async (since) => {
      const met = new Set<string>();
      for (let requests = 1, last = { updated_at: since, id: NOWHERE }; ; requests++) {
        const rows = await carried("read", SELECT, [since, last.updated_at, last.id]);
        for (const { id } of rows) met.add(id);
        if (rows.length < PAGE) return whole(met, BARE_CANDIDATES, requests);
        last = rows.at(-1);
      }
    },
  };
}

interface Measure {
  requests: number;
  /** For 1,000 candidates. */
  seconds: number;
}

async function measured(candidates: number, work: () => Promise<number>): Promise<Measure> {
  const begun = performance.now();
  const requests = await work();
  return { requests, seconds: (performance.now() - begun) / candidates };
}

const DEEDS = ["create", "change", "sync"] as const;
type Measures = Record<(typeof DEEDS)[number], Measure[]>;
const nothing = (): Measures => ({ create: [], change: [], sync: [] });

async function play(way: Way, round: number, measures: Measures): Promise<void> {
  measures.create.push(await measured(way.candidates, () => way.write(people(way.candidates, round, "New"))));
  const since = new Date();
  measures.change.push(await measured(way.candidates, () => way.write(people(way.candidates, round, "Changed"))));
  measures.sync.push(await measured(way.candidates, () => way.read(since)));
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function report(ours: Measures, theirs: Measures): void {
  for (const deed of DEEDS) {
    // The first round warms both.
    const [one, other] = [ours, theirs].map((each) => median(each[deed].slice(1).map(({ seconds }) => seconds)));
    process.stdout.write(
      `${deed} ${CANDIDATES}: ${ours[deed].at(-1)!.requests} requests, ${one!.toFixed(3)} s per 1,000; ` +
        `bare, ${BARE_CANDIDATES}: ${theirs[deed].at(-1)!.requests} statements, ${other!.toFixed(3)} s per 1,000; ratio ${(one! / other!).toFixed(2)}\n`,
    );
  }
}

/** A sync reaches two minutes back: what one round changed is not to be met in the next one. */
async function settle(client: Client): Promise<void> {
  await client.query("alter table candidates no force row level security");
  await client.query("update candidates set updated_at = updated_at - interval '1 hour'");
  await client.query("alter table candidates force row level security");
  await client.query("vacuum analyze");
}

async function withClient(connectionString: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await work(client);
  await client.end();
}

async function compare(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "assay-bench-"));
  const place = await embeddedDatabase({ directory });
  await migrate({ ...place, dataSource });
  const source = await dataSource(place.serverUrl).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  const [ours, theirs] = [await founded(database, "ours"), await founded(database, "theirs")];
  const ctx = contextOf(database, { viewer: memberViewer(ours.admin), now: new Date(), requestId: "bench" });
  const { secret } = await createApiKey(ctx, { name: "Bench", environment: "LIVE", scopes: ["candidates:write"] });
  const limits = { ...COST_LIMITS, capacity: 1e12, restoredPerSecond: 1e12 };
  const server = await createServer({ database, issuers: [], jit: true, limits, logger: pino({ level: "silent" }) });
  const client = new Client({ connectionString: place.serverUrl });
  await client.connect();
  const ways = {
    http: overHttp(await server.listen({ host: "127.0.0.1", port: 0 }), secret),
    bare: bare(client, theirs.organizationId),
  };
  const measures = { http: nothing(), bare: nothing() };
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? (["http", "bare"] as const) : (["bare", "http"] as const);
    for (const name of order) await play(ways[name], round, measures[name]);
    await withClient(place.ownerUrl, settle);
  }
  report(measures.http, measures.bare);
  await client.end();
  await server.close();
  await database.close();
  await place.stop();
  await rm(directory, { recursive: true, force: true });
}

void compare();
