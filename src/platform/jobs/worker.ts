import { EventEmitter } from "node:events";
import { Logger as GraphileLogger, parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { workerContext } from "../context";
import type { Database } from "../db/database";
import { allRows, organizationReader } from "../db/reader";
import { JournalEntry } from "../journal/journal.entity";
import { organizations } from "../journal/sequencer";
import type { Slice } from "../slice";
import { BEAT_MILLISECONDS, beat, buryTheDead, lastBeat } from "./heartbeat";
import { type Errand, Hopeless, type Job, Telling, type Tools } from "./job";
import type { Payload, Queue, QueuedErrand } from "./queue";
import { OURS, setAside, setAsideTheDeadly } from "./set-aside";
import { flagsOf, Turns } from "./turns";

export interface Worker {
  /** Finishes the jobs under way and stops. */
  stop(): Promise<void>;
}

interface Options {
  database: Database;
  queue: Queue;
  slices: readonly Pick<Slice, "jobs">[];
  tools: Tools;
  log: (message: string, error: unknown) => void;
  /** Jobs at a time. */
  concurrency?: number;
}

const CONCURRENCY = 8;
/** Between two looks at the queue; a new job wakes the worker besides. */
const POLL_MILLISECONDS = 1_000;

/** Every job of the slices, by its name. */
export const jobsOf = (slices: readonly Pick<Slice, "jobs">[]): Map<string, Job> =>
  new Map(slices.flatMap(({ jobs = {} }) => Object.entries(jobs)));

/** Works off the queue, beside as many others as there are, and takes over what dead ones have left. */
export async function startWorker({ database, queue, slices, tools, log, concurrency }: Options): Promise<Worker> {
  const jobs = jobsOf(slices);
  const events = new EventEmitter() as WorkerEvents;
  let name = "";
  events.on("pool:create", ({ workerPool }) => {
    name = workerPool.id;
  });
  const atOnce = concurrency ?? CONCURRENCY;
  const turns = new Turns(atOnce);
  const runner = await run({
    pgPool: queue.pool,
    taskList: tasksOf(jobs, { database, queue, tools, turns, log }),
    forbiddenFlags: () => turns.closed(),
    parsedCronItems: parseCronItems(clockOf(jobs)),
    concurrency: atOnce,
    pollInterval: POLL_MILLISECONDS,
    noHandleSignals: true,
    events,
    logger: new GraphileLogger(() => (level, message, meta) => {
      if (level === "error") log(message, meta?.error);
    }),
  });
  const watch = watching({ database, queue, name, log });
  return {
    stop: async () => {
      await runner.stop();
      await watch.stop();
    },
  };
}

interface Surroundings {
  database: Database;
  queue: Queue;
  tools: Tools;
  turns: Turns;
  log: Options["log"];
}

function tasksOf(jobs: ReadonlyMap<string, Job>, around: Surroundings): TaskList {
  const tasks: TaskList = {};
  for (const [name, job] of jobs) {
    tasks[name] = (given, { job: { id, attempts, max_attempts } }) => {
      const payload = given as Payload;
      const now = { ...around, jobs, id, payload, attempts, isLast: attempts >= max_attempts };
      return around.turns.take(flagsOf(payload.organizationId, job), () => tried(name, job, now));
    };
    if (job.at) tasks[clockTask(name)] = () => forEveryOrganization(name, job, around);
  }
  return tasks;
}

interface Try extends Surroundings {
  jobs: ReadonlyMap<string, Job>;
  id: string;
  payload: Payload;
  attempts: number;
  isLast: boolean;
}

/** One try of a job. What fails for good is set aside; what may yet succeed is thrown, and tried again. */
async function tried(name: string, job: Job, { database, queue, tools, log, ...now }: Try): Promise<void> {
  const { organizationId, facts } = now.payload;
  const requestId = `job:${now.id}`;
  const ctx = workerContext(database, organizationId, requestId);
  try {
    await job.run(ctx, {
      ...tools,
      facts,
      entry: await entryOf(database, now.payload),
      attempt: now.attempts,
      later: (errand) => queue.add(organizationId, [queued(errand, now.jobs)]),
    });
  } catch (error) {
    if (!(error instanceof Hopeless) && !now.isLast) throw error;
    log(`the job ${name} (${requestId}) is set aside`, error);
    const failure = error instanceof Telling ? error.message : OURS;
    await setAside(database, { job: name, payload: now.payload, attempts: now.attempts, failure });
  }
}

/** As its job wants to be queued. */
function queued(errand: Errand, jobs: ReadonlyMap<string, Job>): QueuedErrand {
  const { tries, yields } = jobs.get(errand.job) ?? {};
  return { ...errand, tries, yields };
}

async function entryOf(database: Database, { organizationId, entryId }: Payload): Promise<JournalEntry | null> {
  if (!entryId) return null;
  const reader = organizationReader(database, organizationId);
  const [entry] = await allRows(reader, JournalEntry, (bind) => `t.id = ${bind(entryId)}`);
  return entry ?? null;
}

const clockTask = (name: string): string => `${name}:clock`;

const clockOf = (jobs: ReadonlyMap<string, Job>) =>
  [...jobs].flatMap(([name, { at }]) => (at ? [{ task: clockTask(name), match: at, identifier: name }] : []));

/** Where it still waits, or fails since the clock struck before, it stays as it is: its tries are counted on. */
async function forEveryOrganization(
  name: string,
  { tries, yields }: Job,
  { database, queue }: Surroundings,
): Promise<void> {
  const errand = { job: name, facts: {}, key: clockTask(name), tries, yields };
  for (const organizationId of await organizations(database)) await queue.addUnlessThere(organizationId, errand);
}

interface Watched {
  database: Database;
  queue: Queue;
  /** Of the worker, as its jobs are locked by. */
  name: string;
  log: Options["log"];
}

/** Tells the others that this worker lives, and looks after what the dead have left. */
function watching({ database, queue: { pool }, name, log }: Watched): { stop(): Promise<void> } {
  const look = async () => {
    await beat(pool, name);
    await buryTheDead(pool);
    await setAsideTheDeadly(pool, database, log);
  };
  let looking = look().catch((error) => log("the worker could not look after the queue", error));
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error) => log("the worker could not look after the queue", error));
  }, BEAT_MILLISECONDS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      await lastBeat(pool, name);
    },
  };
}
