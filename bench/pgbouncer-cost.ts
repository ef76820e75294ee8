/**
 * What statement names save, and what PgBouncer in transaction mode costs: `npx tsx bench/pgbouncer-cost.ts`. Three servers
 * of the built program on one PostgreSQL of Debian's take turns; the client is another process. Takes a minute and a half, a third of it
 * to set up.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { addCandidate } from "../test/system/candidates";
import { openCluster } from "../test/system/debian-postgres";
import { openHouse } from "../test/system/house";
import { openPooler } from "../test/system/pgbouncer";
import type { Server } from "../test/system/server";

const CONNECTIONS = 8;
/** Short slices in turn: whatever else the machine does falls on all alike. */
const ROUNDS = 18;
const SLICE_MILLISECONDS = 400;
/** Until Node has compiled what it runs. */
const WARM_UP_MILLISECONDS = 2_000;
const ROWS = 50;

interface Slice {
  url: string;
  token: string;
  body: string;
  milliseconds: number;
}

const QUERIES: Record<string, (id: string) => { query: string; variables: object }> = {
  "one candidate": (id) => ({
    query: "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Candidate { name email } } }",
    variables: { ids: [id] },
  }),
  [`${ROWS} candidates`]: () => ({
    query: "query ($first: Int!) { candidates(first: $first) { totalCount nodes { id name email createdAt } } }",
    variables: { first: ROWS },
  }),
};

/** In the client's process: as many requests as it gets answered. */
function load({ url, token, body, milliseconds }: Slice): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const end = performance.now() + milliseconds;
  const once = () =>
    new Promise<void>((answered, failed) => {
      const sent = request(`${url}/graphql`, { method: "POST", agent, headers }, (response) => {
        if (response.statusCode !== 200) failed(new Error(`HTTP ${response.statusCode}`));
        response.resume().on("end", answered);
      });
      sent.on("error", failed).end(body);
    });
  const loop = async () => {
    let count = 0;
    for (; performance.now() < end; count++) await once();
    return count;
  };
  return Promise.all(Array.from({ length: CONNECTIONS }, loop)).then((counts) => {
    agent.destroy();
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

if (process.send) {
  process.on("message", async (slice: Slice) => process.send!(await load(slice)));
} else {
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}

/** Seconds of CPU that the processes have used so far. */
const cpuSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);

interface Measure {
  requests: number;
  milliseconds: number;
  cpuSeconds: number;
}

async function measured(client: ChildProcess, slice: Slice, pids: () => number[]): Promise<Measure> {
  const before = cpuSeconds(pids());
  client.send(slice);
  const [requests] = (await once(client, "message")) as [number];
  return { requests, milliseconds: slice.milliseconds, cpuSeconds: cpuSeconds(pids()) - before };
}

const sum = (measures: readonly Measure[], of: keyof Measure): number =>
  measures.reduce((total, measure) => total + measure[of], 0);

/** The middle one of the rounds, between the quarters. */
function quartiles(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(2);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}

function told(name: string, measures: readonly Measure[], first: readonly Measure[]): string {
  const requests = sum(measures, "requests");
  const rps = Math.round((requests / sum(measures, "milliseconds")) * 1000);
  const cpu = ((sum(measures, "cpuSeconds") / requests) * 1000).toFixed(2);
  const ratios = measures.map((measure, round) => measure.requests / first[round]!.requests);
  return `${name}: ${rps}/s, ${quartiles(ratios)} of the first; ${cpu} ms of CPU each`;
}

async function main(): Promise<void> {
  const [cluster, house] = await Promise.all([openCluster(), openHouse()]);
  const pooler = await openPooler(cluster);
  const client = fork(__filename, { execArgv: ["--import", "tsx"] });
  try {
    const acme = await house.office(cluster, "Acme");
    const names = { ASSAY_STATEMENT_NAMES: "off" };
    const servers: Record<string, Server> = {
      "with names": await house.server(cluster),
      "without names": await house.server(cluster, names),
      "through PgBouncer": await house.server(cluster, { ...names, DATABASE_URL: pooler.url("assay_server") }),
    };
    const writer = servers["with names"]!;
    let id = "";
    for (let n = 0; n < ROWS; n++) id = await addCandidate(writer, acme, `Acme ${n}`);
    const token = await writer.tokenOf(acme);
    for (const [what, bodyOf] of Object.entries(QUERIES)) {
      const body = JSON.stringify(bodyOf(id));
      const results = new Map(Object.keys(servers).map((name) => [name, [] as Measure[]]));
      for (let round = -1; round < ROUNDS; round++) {
        const turn = Object.entries(servers);
        for (const [name, { url, pid }] of round % 2 ? turn : turn.reverse()) {
          const slice = { url, token, body, milliseconds: round < 0 ? WARM_UP_MILLISECONDS : SLICE_MILLISECONDS };
          const measure = await measured(client, slice, () => [pid, pooler.pid, ...cluster.pids()]);
          if (round >= 0) results.get(name)!.push(measure);
        }
      }
      const [first] = results.values();
      for (const [name, measures] of results) process.stdout.write(`${what}, ${told(name, measures, first!)}\n`);
    }
  } finally {
    client.kill();
    await house.close();
    await pooler.stop();
    await cluster.remove();
  }
}
