import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import { newId } from "../../src/platform/ids";
import { type Api, startApi } from "../support/api";
import { serverUrl, workerUrl } from "../support/database";
import type { Answering } from "../support/receiver";
import { closeAll, deliveriesOf, happen, listening, sql, until, verified } from "./engine";

jest.setTimeout(300_000);

const EVENTS = 1000;
const OBJECTS = 25;
const KILLS = 10;
const BETWEEN_KILLS_MILLISECONDS = 1000;

let api: Api;

beforeAll(async () => {
  api = await startApi();
  program = await bundled();
});

afterEach(closeAll);

afterAll(async () => {
  await rm(dirname(program), { recursive: true });
  await api.close();
});

/** The worker's program in one file, which starts in a third of the time. */
let program: string;

async function bundled(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "assay-chaos-"));
  const outfile = join(directory, "worker.cjs");
  const entryPoints = [join(__dirname, "chaos.starter.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", packages: "external", keepNames: true });
  return outfile;
}

/** A worker in a process of its own, once it works. */
async function worker(): Promise<ChildProcess> {
  const env = { ...process.env, NODE_PATH: join(__dirname, "..", "..", "node_modules") };
  const flags = [program, serverUrl, workerUrl];
  const child = spawn(process.execPath, flags, { env, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Fails in 30 of 100, hangs in 1, answers slowly in 10; otherwise receives. The same fates in each run, in turn. */
function moody(): Answering {
  let turn = 0;
  return (response) => {
    const fate = (turn++ * 37) % 100;
    if (fate === 99) return;
    const code = fate < 30 ? [500, 503, 404][fate % 3]! : 200;
    const answer = () => void response.writeHead(code).end();
    if (fate >= 89) setTimeout(answer, 300);
    else answer();
  };
}

test(`${EVENTS} events reach a moody receiver while workers are killed ${KILLS} times`, async () => {
  const told = await listening(api, { answer: moody() });
  const begun = performance.now();
  const crew = await Promise.all([worker(), worker()]);
  const objects = Array.from({ length: OBJECTS }, () => newId("Candidate"));
  const writing = Promise.all(objects.map((objectId) => happen(told.own, objectId, EVENTS / OBJECTS)));
  // One after the other, so that as a rule another works while a new one starts.
  for (let kill = 0; kill < KILLS; kill++) {
    await delay(BETWEEN_KILLS_MILLISECONDS);
    await killed(crew[kill % 2]!);
    crew[kill % 2] = await worker();
  }
  await writing;
  try {
    await until(
      async () => {
        const standing = await deliveriesOf(told);
        return standing.length === EVENTS && standing.every(({ state }) => state === "DELIVERED");
      },
      { within: 200_000, pause: 500 },
    );
  } finally {
    await Promise.all(crew.map(killed));
  }
  const seconds = (performance.now() - begun) / 1000;

  // Every one that came is signed, and tells of what the journal holds.
  const received = told.receiver.received.map((each) => ({ ...verified(each, told.secret), status: each.status }));
  const journal = await sql<{ id: string; objectId: string; changes: string[] }>(
    `select id, object_id as "objectId", changes from journal_entries
     where organization_id = $1 and type = 'candidate.updated' order by sequence`,
    told.own.organizationId,
  );
  const happened = new Map(journal.map((entry) => [entry.id, `${entry.objectId} ${entry.changes[0]}`]));
  expect(happened.size).toBe(EVENTS);
  for (const { data } of received) expect(happened.get(data.id)).toBe(`${data.objectId} ${data.changes[0]}`);
  // One webhook-id for each event, whatever was killed.
  const ids = new Map(received.map(({ id, data }) => [id, data.id]));
  expect([ids.size, new Set(ids.values()).size]).toEqual([EVENTS, EVENTS]);

  // Every event was received at least once, in order per object.
  const first = [...new Set(received.filter(({ status }) => status === 200).map(({ data }) => data.id))];
  expect(first).toHaveLength(EVENTS);
  for (const objectId of objects) {
    const heard = first.map((id) => happened.get(id)!).filter((each) => each.startsWith(objectId));
    expect(heard).toEqual(Array.from({ length: EVENTS / OBJECTS }, (_, time) => `${objectId} time${time}`));
  }
  const failed = received.filter(({ status }) => status !== 200).length;
  process.stdout.write(
    `Chaos: ${EVENTS} events in ${seconds.toFixed(0)} s, ${received.length} tries, ${failed} of them failed, ${KILLS} kills\n`,
  );
});
