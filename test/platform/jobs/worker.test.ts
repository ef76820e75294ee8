import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Client } from "pg";
import type { Ctx } from "../../../src/identity/viewer.type";
import { newId } from "../../../src/platform/ids";
import { EVERY_EVENT, Hopeless, type Job, type Task, Telling } from "../../../src/platform/jobs/job";
import { openQueue } from "../../../src/platform/jobs/queue";
import { announceAll, registerEventTypes } from "../../../src/platform/journal/announce";
import { enqueueErrands, skipErrands } from "../../../src/platform/journal/errands";
import { sequence } from "../../../src/platform/journal/sequencer";
import { slices } from "../../../src/slices";
import { company } from "../../cast/company";
import { type Api, startApi } from "../../support/api";
import { ownerUrl, serverUrl, superuserUrl, withClient, workerUrl } from "../../support/database";
import { openWorkshop, type Workshop } from "../../support/jobs";
import { TOOLS } from "../../support/tools";

jest.setTimeout(120_000);

let api: Api;
let names = 0;
const open = new Set<Workshop>();

beforeAll(async () => {
  api = await startApi();
});

afterEach(async () => {
  for (const workshop of open) await workshop.close();
  open.clear();
});

afterAll(() => api.close());

/** An event type and a job name that no other test has. */
function words(): { type: string; name: string } {
  const type = `jobs.test${++names}`;
  registerEventTypes([type]);
  return { type, name: `tests.job${names}` };
}

async function workshop(jobs: Record<string, Job>): Promise<Workshop> {
  const made = await openWorkshop({ database: api.database, slices: [{ jobs }], tools: TOOLS });
  open.add(made);
  return made;
}

/** Makes the event happen so often, at new objects; returns their ids. */
async function happen({ db, viewer, now }: Ctx, type: string, times = 1): Promise<string[]> {
  const objects = Array.from({ length: times }, () => ({
    organizationId: viewer.organizationId,
    id: newId("Candidate"),
    createdAt: now,
  }));
  await db.transaction((tx) => announceAll(tx, type, objects));
  return objects.map(({ id }) => id);
}

const SET_ASIDE = `{ setAsideJobs { totalCount nodes { id job facts attempts failure retriedAt version } } }`;
const RETRY = `mutation ($id: ID!, $version: Int!) {
  retryJob(input: { id: $id, version: $version }) { setAsideJob { retriedAt } userErrors { code } }
}`;

describe("a job that follows events", () => {
  test("runs once for each of them, as the server, with what happened", async () => {
    const { as, organizationId } = await company(api.database);
    const { type, name } = words();
    const heard: { objectId: string; kind: string; organizationId: string }[] = [];
    const run = async ({ viewer }: { viewer: { kind: string; organizationId: string } }, { entry }: Task) => {
      heard.push({ objectId: entry!.objectId, kind: viewer.kind, organizationId: viewer.organizationId });
    };
    const { quiet, failures } = await workshop({ [name]: { on: [type], run } });
    const ids = await happen(as("admin"), type, 250);
    await quiet();
    expect(heard.map(({ objectId }) => objectId).sort()).toEqual(ids);
    expect(new Set(heard.map(({ kind, organizationId }) => `${kind} ${organizationId}`))).toEqual(
      new Set([`WORKER ${organizationId}`]),
    );
    expect(failures).toEqual([]);
  });

  test("may want every event, and then is told of the last of those that came together", async () => {
    const { as, organizationId } = await company(api.database);
    const { type, name } = words();
    const heard: bigint[] = [];
    const run = async (_: unknown, { entry, facts }: Task) => {
      if (entry!.organizationId === organizationId) heard.push(BigInt(facts.position as string));
    };
    const { quiet } = await workshop({ [name]: { on: EVERY_EVENT, run } });
    await quiet();
    const before = heard.length;
    await happen(as("admin"), type, 150);
    await quiet();
    const [{ head }] = (await as("admin").db.all("select max(position) as head from journal_positions")) as [
      { head: string },
    ];
    expect(new Set(heard).size).toBe(heard.length);
    expect(heard.reduce((most, each) => (each > most ? each : most))).toBe(BigInt(head));
    // They are looked at by the hundred, as they come.
    expect(heard.length - before).toBeGreaterThanOrEqual(2);
    expect(heard.length - before).toBeLessThan(150);
  });

  test("is put into the queue once, however many dispatchers read the journal at the same time", async () => {
    const { as, organizationId } = await company(api.database);
    const { type, name } = words();
    const jobs = new Map<string, Job>([[name, { on: [type], run: async () => undefined }]]);
    const queue = await openQueue(workerUrl);
    try {
      await happen(as("admin"), type, 300);
      await sequence(api.database, organizationId);
      const all = async () => {
        while (await enqueueErrands(api.database, { organizationId, jobs, queue }));
      };
      await Promise.all([all(), all(), all(), all()]);
      const { rows } = await queue.pool.query(
        "select count(*)::int as all, count(distinct key)::int as keys from graphile_worker.jobs where task_identifier = $1",
        [name],
      );
      expect(rows[0]).toEqual({ all: 300, keys: 300 });
    } finally {
      await queue.pool.query(
        "select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where task_identifier = $1))",
        [name],
      );
      await queue.close();
    }
  });

  test("does not follow what an organisation skips", async () => {
    const { as, organizationId } = await company(api.database);
    const { type, name } = words();
    const heard: string[] = [];
    await happen(as("admin"), type, 2);
    await skipErrands(api.database, organizationId);
    const run = async (_: unknown, { entry }: Task) => void heard.push(entry!.objectId);
    const { quiet } = await workshop({ [name]: { on: [type], run } });
    const [later] = await happen(as("admin"), type);
    await quiet();
    expect(heard).toEqual([later]);
  });
});

describe("a job that fails", () => {
  test("is tried again, and done when it succeeds", async () => {
    const { as, people } = await company(api.database);
    const { type, name } = words();
    const attempts: number[] = [];
    const run = async (_: unknown, { attempt }: Task) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error("not yet");
    };
    const { quiet, queue } = await workshop({ [name]: { on: [type], run } });
    await happen(as("admin"), type);
    await quiet();
    expect(attempts).toEqual([1]);
    await hurry(queue, name);
    await quiet();
    expect(attempts).toEqual([1, 2]);
    expect((await api.ask(people.admin, SET_ASIDE)).setAsideJobs.totalCount).toBe(0);
  });

  test("is set aside after its last try, where an ADMIN sees it and has it tried again", async () => {
    const { as, people } = await company(api.database);
    const { type, name } = words();
    let broken = true;
    const run = async (_: unknown, { entry }: Task) => {
      if (broken) throw new Telling("The printer is on fire");
      expect(entry).not.toBeNull();
    };
    const { quiet, queue } = await workshop({
      ...identityJobs(),
      [name]: { on: [type], tries: 2, run },
    });
    await happen(as("admin"), type);
    await quiet();
    await hurry(queue, name);
    await quiet();
    const { setAsideJobs } = await api.ask(people.admin, SET_ASIDE);
    expect(setAsideJobs.nodes).toMatchObject([
      { job: name, attempts: 2, failure: "The printer is on fire", retriedAt: null },
    ]);
    expect((await api.ask(people.recruiter, SET_ASIDE)).setAsideJobs.totalCount).toBe(0);

    broken = false;
    const { id, version } = setAsideJobs.nodes[0];
    await api.ask(people.admin, RETRY, { id, version });
    await quiet();
    const after = (await api.ask(people.admin, SET_ASIDE)).setAsideJobs;
    expect(after).toMatchObject({ totalCount: 1, nodes: [{ retriedAt: expect.any(String) }] });
    const again = await api.send(people.admin, RETRY, { id, version: version + 1 });
    expect(again.data.retryJob.userErrors).toEqual([{ code: "ILLEGAL_MOVE" }]);
  });

  test("for a reason of the server's own keeps that for the server's log", async () => {
    const { as, people } = await company(api.database);
    const { type, name } = words();
    const run = async () => {
      throw new Error("connect ECONNREFUSED 10.0.0.7:5432");
    };
    const { quiet, failures } = await workshop({ [name]: { on: [type], tries: 1, run } });
    await happen(as("admin"), type);
    await quiet();
    const { nodes } = (await api.ask(people.admin, SET_ASIDE)).setAsideJobs;
    expect(nodes).toMatchObject([{ job: name, failure: expect.stringContaining("the server's own") }]);
    expect(failures.join()).toContain("10.0.0.7");
  });

  test("and was replaced while it ran is not set aside when its worker dies", async () => {
    const { people, organizationId } = await company(api.database);
    const { name } = words();
    const queue = await openQueue(workerUrl);
    await queue.add(organizationId, [{ job: name, facts: {}, key: name }]);
    await withClient(superuserUrl, async (client) => {
      const [asleep, free] = [
        "locked_at = now(), locked_by = 'dead', attempts = 1",
        "locked_at = null, locked_by = null",
      ];
      const key = [`${organizationId} ${name}`];
      await client.query(`update graphile_worker._private_jobs set ${asleep} where key = $1`, key);
      await queue.add(organizationId, [{ job: name, facts: {}, key: name }]);
      await client.query(`update graphile_worker._private_jobs set ${free} where locked_by = 'dead'`);
    });
    let done = 0;
    const { quiet } = await workshop({ [name]: { run: async () => void done++ } });
    await quiet();
    const left = () =>
      queue.pool.query("select from graphile_worker.jobs where task_identifier = $1", [name]).then((it) => it.rowCount);
    while ((await left()) !== 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toBe(1);
    expect((await api.ask(people.admin, SET_ASIDE)).setAsideJobs.totalCount).toBe(0);
    await queue.close();
  });

  test("by the clock is set aside too, though the clock strikes again meanwhile", async () => {
    const { people } = await company(api.database);
    const { name } = words();
    const run = async () => {
      throw new Telling("Not this time");
    };
    const { queue, quiet } = await workshop({ [name]: { at: "0 4 1 1 *", tries: 3, run } });
    const strike = async () => {
      await queue.pool.query("select graphile_worker.add_job($1)", [`${name}:clock`]);
      await quiet();
    };
    for (let strikes = 0; strikes < 2; strikes++) {
      await strike();
      await hurry(queue, name);
      await quiet();
    }
    const { nodes } = (await api.ask(people.admin, SET_ASIDE)).setAsideJobs;
    expect(nodes).toMatchObject([{ job: name, attempts: 3 }]);
  });

  test("is set aside at once where no repetition cures it", async () => {
    const { as, people } = await company(api.database);
    const { type, name } = words();
    const run = async () => {
      throw new Hopeless("Nobody lives there");
    };
    const { quiet } = await workshop({ [name]: { on: [type], run } });
    await happen(as("admin"), type);
    await quiet();
    expect((await api.ask(people.admin, SET_ASIDE)).setAsideJobs.nodes).toMatchObject([
      { job: name, attempts: 1, failure: "Nobody lives there" },
    ]);
  });
});

describe("a job whose worker is killed", () => {
  test("is taken over within a minute", async () => {
    const { as, organizationId } = await company(api.database);
    const { type, name } = words();
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(__dirname, "worker.starter.ts"), serverUrl, workerUrl, name],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const queue = await openQueue(workerUrl);
    await queue.add(organizationId, [{ job: name, facts: {}, key: name }]);
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const killedAt = performance.now();
    const attempts: number[] = [];
    const { worker: _, failures } = await workshop({
      [name]: { on: [type], run: async (_ctx, { attempt }) => void attempts.push(attempt) },
    });
    while (attempts.length === 0 && performance.now() - killedAt < 60_000) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(attempts).toEqual([2]);
    expect(failures).toEqual([]);
    await queue.close();
    await happen(as("admin"), type);
  });

  test("is set aside when it killed one worker after the other", async () => {
    const { people, organizationId } = await company(api.database);
    const { name } = words();
    const queue = await openQueue(workerUrl);
    await queue.add(organizationId, [{ job: name, facts: { dose: 1 }, key: name, tries: 3 }]);
    // What three dead workers leave behind.
    await withClient(superuserUrl, (client) =>
      client.query("update graphile_worker._private_jobs set attempts = 3 where key like $1", [`% ${name}`]),
    );
    await workshop({ [name]: { run: async () => undefined } });
    const seen = async () => (await api.ask(people.admin, SET_ASIDE)).setAsideJobs.nodes;
    while ((await seen()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await seen()).toMatchObject([
      { job: name, facts: { dose: 1 }, attempts: 3, failure: expect.stringContaining("Every worker") },
    ]);
    await queue.close();
  });
});

test("what follows the clock is done for every organisation", async () => {
  const [one, other] = [await company(api.database), await company(api.database)];
  const { name } = words();
  const heard = new Set<string>();
  const run = async ({ viewer }: { viewer: { organizationId: string } }) => void heard.add(viewer.organizationId);
  const { queue, quiet } = await workshop({ [name]: { at: "0 4 1 1 *", run } });
  await queue.pool.query("select graphile_worker.add_job($1)", [`${name}:clock`]);
  await quiet();
  expect(heard).toContain(one.organizationId);
  expect(heard).toContain(other.organizationId);
});

test("several workers share the work, and no job is done twice", async () => {
  const { as } = await company(api.database);
  const { type, name } = words();
  const done: string[] = [];
  const run = async (_: unknown, { entry }: Task) => void done.push(entry!.objectId);
  const jobs = { [name]: { on: [type], run } };
  const [first, second] = [await workshop(jobs), await workshop(jobs)];
  const ids = await happen(as("admin"), type, 400);
  await Promise.all([first.quiet(), second.quiet()]);
  expect(done.sort()).toEqual(ids);
});

describe("the login of jobs", () => {
  test("reads and writes no table of an organisation", async () => {
    await withClient(workerUrl, async (client) => {
      const { rows } = await client.query(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and has_table_privilege(oid, 'select, insert, update, delete')`,
      );
      expect(rows).toEqual([]);
    });
  });

  test("is no superuser", async () => {
    await expect(openQueue(superuserUrl)).rejects.toThrow("is a superuser or has BYPASSRLS");
  });

  test("that may make no tables is told how to mend it", async () => {
    await withClient(superuserUrl, async (client) => {
      await client.query("create database jobless");
      await client.query("drop role if exists jobless_worker");
      await client.query("create role jobless_worker login");
    });
    const url = workerUrl.replace(/\/\/[^@]*@/, "//jobless_worker@").replace(/\/worker_\d+\?/, "/jobless?");
    await expect(openQueue(url)).rejects.toThrow('grant create on database "jobless" to "jobless_worker"');
    await withClient(superuserUrl, async (client) => {
      await client.query("drop database jobless");
      await client.query("drop role jobless_worker");
    });
  });
});

test("the server's login cannot read what waits in the queue", async () => {
  for (const url of [serverUrl, ownerUrl]) {
    await withClient(url, async (client: Client) => {
      await expect(client.query("select from graphile_worker.jobs")).rejects.toThrow("permission denied");
    });
  }
});

const identityJobs = (): Record<string, Job> => ({
  "identity.retryJob": slices
    .flatMap(({ jobs = {} }) => Object.entries(jobs))
    .find(([name]) => name === "identity.retryJob")![1],
});

/** Has what waits for its next try tried now. */
async function hurry({ pool }: Workshop["queue"], name: string): Promise<void> {
  await pool.query(
    "select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where task_identifier = $1), run_at := now())",
    [name],
  );
}
