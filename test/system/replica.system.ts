import { setTimeout as delay } from "node:timers/promises";
import { addCandidate, crowd, nameOf, namesIn } from "./candidates";
import { asSuperuser, type Cluster, copyOf, openCluster } from "./debian-postgres";
import { type House, openHouse } from "./house";
import { postgresProgram } from "./postgres-programs";
import type { Office, Server } from "./server";

jest.setTimeout(240_000);

let primary: Cluster;
let replica: Cluster;
let house: House;
let first: Server;
let second: Server;
let acme: Office;
let brook: Office;

const reading = (cluster: Cluster) => ({ DATABASE_REPLICA_URL: cluster.url("assay_server") });

beforeAll(async () => {
  [primary, house] = await Promise.all([openCluster(), openHouse()]);
  [acme, brook] = [await house.office(primary, "Acme"), await house.office(primary, "Brook")];
  replica = await copyOf(primary, { follow: true });
  await replica.start();
  first = await house.server(primary, reading(replica));
  second = await house.server(primary, reading(replica));
});

afterAll(async () => {
  await house?.close();
  await replica?.remove();
  await primary?.remove();
});

const OUTCOMES = ["answered", "behind", "away", "failed"] as const;
type Outcome = (typeof OUTCOMES)[number];

/** By how much a server's counts of what was for the replica have grown meanwhile. */
async function outcomes(server: Server, work: () => Promise<unknown>): Promise<Record<Outcome, number>> {
  const count = () =>
    Promise.all(OUTCOMES.map((outcome) => server.told(`assay_replica_reads_total{outcome="${outcome}"}`)));
  const before = await count();
  await work();
  const after = await count();
  return Object.fromEntries(OUTCOMES.map((outcome, n) => [outcome, after[n]! - before[n]!])) as Record<Outcome, number>;
}

const onReplica = (statement: string) => postgresProgram("psql", ...asSuperuser(replica), "-Atc", statement);

/** Until the replica has answered a query of the server. */
async function readsFromReplica(server: Server): Promise<void> {
  for (let time = 0; time < 200; time++) {
    const { answered } = await outcomes(server, () => namesIn(server, acme));
    if (answered > 0) return;
    await delay(100);
  }
  throw new Error("It did not come to pass that the replica was asked again");
}

test("queries are answered by the replica; who asks and what is written goes to the primary", async () => {
  await readsFromReplica(first);
  const queries = await outcomes(first, async () => {
    for (let n = 0; n < 10; n++) await namesIn(first, acme);
  });
  expect(queries.answered).toBeGreaterThan(5);
  expect(await first.told('assay_pool_connections{pool="replica",state="total"}')).toBeGreaterThan(0);
  expect(await first.told('assay_statement_seconds_count{place="replica"}')).toBeGreaterThanOrEqual(queries.answered);
  const mutation = await outcomes(first, () => addCandidate(first, acme, "Acme, written"));
  expect(mutation).toEqual({ answered: 0, behind: 0, away: 0, failed: 0 });
});

test("what was written by one server every server reads at once", async () => {
  const servers = [first, second];
  const missed: string[] = [];
  for (let n = 0; n < 100; n++) {
    const id = await addCandidate(servers[n % 2]!, acme, `Acme ${n}`);
    const seen = await Promise.all(servers.map((server) => nameOf(server, acme, id)));
    missed.push(...seen.filter((name) => name !== `Acme ${n}`).map(() => `${n}`));
  }
  expect(missed).toEqual([]);
});

test("the same, while another organisation writes all the time", async () => {
  let goesOn = true;
  const writing = (async () => {
    for (let n = 0; goesOn; n++) await addCandidate(second, brook, `Brook ${n}`);
  })();
  const missed: number[] = [];
  const { answered } = await outcomes(first, async () => {
    for (let n = 0; n < 50; n++) {
      const id = await addCandidate(second, acme, `Acme meanwhile ${n}`);
      if ((await nameOf(first, acme, id)) === null) missed.push(n);
    }
  });
  goesOn = false;
  await writing;
  expect(missed).toEqual([]);
  expect(answered).toBeGreaterThan(0);
});

test("while the replica stands still, what was written is read from the primary; then the replica is asked again", async () => {
  await onReplica("select pg_wal_replay_pause()");
  const { answered, behind } = await outcomes(second, async () => {
    for (let n = 0; n < 20; n++) {
      const id = await addCandidate(first, acme, `Acme later ${n}`);
      expect(await nameOf(second, acme, id)).toBe(`Acme later ${n}`);
    }
  });
  expect(answered).toBe(0);
  expect(behind).toBeGreaterThan(0);
  await onReplica("select pg_wal_replay_resume()");
  await readsFromReplica(second);
});

test("the wall holds on the replica: 200 requests of two organisations at once", async () => {
  await readsFromReplica(first);
  const { answered } = await outcomes(first, async () => {
    const foreign = await crowd([first], [acme, brook], 200);
    expect(foreign.flat()).toEqual([]);
  });
  // Some may have come while it was behind.
  expect(answered).toBeGreaterThan(100);
  const id = await addCandidate(first, acme, "Acme's own");
  await readsFromReplica(first);
  expect(await nameOf(first, brook, id)).toBeNull();
});

test("the replica is stopped: queries go on, and it is asked again once it is back", async () => {
  await readsFromReplica(first);
  await replica.stop("immediate");
  const id = await addCandidate(first, acme, "Acme without replica");
  const stopped = await outcomes(first, async () => {
    for (let n = 0; n < 50; n++) expect(await nameOf(first, acme, id)).toBe("Acme without replica");
    expect((await crowd([first], [acme, brook], 100)).flat()).toEqual([]);
  });
  expect(stopped.answered).toBe(0);
  expect(stopped.away).toBeGreaterThan(0);
  expect(first.said().match(/the replica does not answer/g)).toHaveLength(1);
  await replica.start();
  await readsFromReplica(first);
  expect(first.said()).toContain("the replica answers again");
});

test("the replica hangs: queries that wait for it are answered by the primary", async () => {
  await readsFromReplica(first);
  const hanging = replica.pids();
  for (const pid of hanging) process.kill(pid, "SIGSTOP");
  try {
    const { answered, away } = await outcomes(first, async () => {
      expect((await crowd([first], [acme, brook], 40)).flat()).toEqual([]);
    });
    expect({ answered, away: away > 0 }).toEqual({ answered: 0, away: true });
  } finally {
    for (const pid of hanging) process.kill(pid, "SIGCONT");
  }
  await readsFromReplica(first);
});

test.each([
  ["the login of a superuser, who could pass the wall,", () => replica.url("postgres"), "or another database or login"],
  ["a server that is no replica", () => primary.url("assay_server"), "names a server that is no replica"],
])("%s is never read from, and the log says so", async (_, url, words) => {
  const server = await house.server(primary, { DATABASE_REPLICA_URL: url() });
  const { answered } = await outcomes(server, async () => {
    for (let n = 0; n < 5; n++) await namesIn(server, acme);
  });
  expect(answered).toBe(0);
  expect(server.said()).toContain(words);
  await server.stop();
});

test("a replica that was promoted is never read from: it goes its own way", async () => {
  await readsFromReplica(first);
  await postgresProgram("pg_ctl", "-D", replica.directory, "-w", "promote");
  const id = await addCandidate(first, acme, "Acme of the primary");
  const { answered } = await outcomes(first, async () => {
    for (let n = 0; n < 20; n++) expect(await nameOf(first, acme, id)).toBe("Acme of the primary");
  });
  expect(answered).toBe(0);
});
