import { workerContext } from "../context";
import type { Database } from "../db/database";
import { Tx } from "../db/tx";
import type { Queue } from "../jobs/queue";
import { jobsOf } from "../jobs/worker";
import type { Listener, Slice } from "../slice";
import { monotonicMilliseconds } from "../time";
import { expireAccessLog } from "./access-log";
import { enqueueErrands } from "./errands";
import { JournalCursor, JournalEntry } from "./journal.entity";
import { backlogged, organizations, sequence } from "./sequencer";

export interface Dispatcher {
  /** Resolves when every entry that was committed before the call has been heard by every listener; rejects when one fails. */
  drained(): Promise<void>;
  /** Finishes the delivery under way and stops. */
  stop(): Promise<void>;
}

interface Subscription {
  name: string;
  types: readonly string[];
  hear: Listener;
}

interface Options {
  database: Database;
  slices: readonly Pick<Slice, "on" | "jobs">[];
  /** Where what is to follow is put; nothing follows where there is none. */
  queue?: Queue;
  log: (message: string, error: unknown) => void;
  /** Time between two looks at the backlog. */
  pauseMilliseconds?: number;
}

const PAUSE_MILLISECONDS = 250;
/** Organisations are all visited at the start and then this often: another server may have died over one. */
const ROUND_MILLISECONDS = 60_000;
/** A listener that failed is tried again after 1 s, 2 s, 4 s … up to this. */
const FIRST_REST_MILLISECONDS = 1000;
const LONGEST_REST_MILLISECONDS = 60_000;

/** Listeners by name, with every type that each hears. */
function subscriptions(slices: Options["slices"]): Subscription[] {
  const found = new Map<string, Subscription>();
  for (const [type, listeners] of slices.flatMap((slice) => Object.entries(slice.on ?? {}))) {
    for (const [name, hear] of Object.entries(listeners)) {
      const known = found.get(name);
      found.set(name, { name, hear, types: [...(known?.types ?? []), type] });
    }
  }
  return [...found.values()];
}

/** Hands the next entry after its cursor to a listener; false when there is none. One transaction. */
function deliver(database: Database, organizationId: string, { name, types, hear }: Subscription): Promise<boolean> {
  return database.write(organizationId, async (runner) => {
    const key = { organizationId, listener: name };
    await runner.manager
      .createQueryBuilder()
      .insert()
      .into(JournalCursor)
      .values({ ...key, position: "0" })
      .orIgnore()
      .execute();
    const [cursor] = await runner.query("select position from journal_cursors where listener = $1 for update", [name]);
    // What comes after the head is for the next time: it may hold what this listener waits for.
    const [{ head }] = await runner.query("select coalesce(max(position), 0) as head from journal_positions");
    const [next] = await runner.query(
      `select p.position, e.id from journal_positions p
       join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence
       where p.position > $1 and p.position <= $3 and e.type = any($2) order by p.position limit 1`,
      [cursor.position, types, head],
    );
    if (!next) {
      if (head !== cursor.position) await runner.manager.update(JournalCursor, key, { position: head });
      return false;
    }
    const entry = await runner.manager.findOneByOrFail(JournalEntry, { organizationId, id: next.id });
    const ctx = workerContext(database, organizationId, `journal:${next.position}`);
    await hear(ctx, new Tx(ctx, database, runner), entry);
    await runner.manager.update(JournalCursor, key, { position: next.position });
    return true;
  });
}

/** Whoever reads the journal of an organisation, step by step; false when there is nothing left. */
interface Reader {
  name: string;
  step(organizationId: string): Promise<boolean>;
}

/** Listeners first, jobs last: what a job finds, the listeners have seen. */
function readersOf({ database, slices, queue }: Options): Reader[] {
  const listening = subscriptions(slices).map((subscription) => ({
    name: subscription.name,
    step: (organizationId: string) => deliver(database, organizationId, subscription),
  }));
  if (!queue) return listening;
  const jobs = jobsOf(slices);
  const step = (organizationId: string) => enqueueErrands(database, { organizationId, jobs, queue });
  return [...listening, { name: "jobs", step }];
}

/** Reads the journal for the slices' listeners and jobs: at least once, in order, resumed where it stopped. */
export function startDispatcher({
  database,
  slices,
  queue,
  log,
  pauseMilliseconds = PAUSE_MILLISECONDS,
}: Options): Dispatcher {
  const readers = readersOf({ database, slices, queue, log });
  const resting = new Map<string, { failures: number; until: number }>();
  let stopped = false;
  let roundDue = 0;
  let wake: () => void = () => undefined;

  async function serve(organizationId: string, { name, step }: Reader): Promise<void> {
    const key = `${organizationId} ${name}`;
    if ((resting.get(key)?.until ?? 0) > monotonicMilliseconds()) return;
    try {
      while (!stopped && (await step(organizationId)));
      resting.delete(key);
    } catch (error) {
      const failures = (resting.get(key)?.failures ?? 0) + 1;
      const rest = Math.min(LONGEST_REST_MILLISECONDS, FIRST_REST_MILLISECONDS * 2 ** (failures - 1));
      resting.set(key, { failures, until: monotonicMilliseconds() + rest });
      log(`listener ${name} failed ${failures} time(s)`, error);
    }
  }

  async function visit(organizationId: string): Promise<void> {
    await sequence(database, organizationId).catch((error) => log("the journal could not be sequenced", error));
    for (const reader of readers) await serve(organizationId, reader);
  }

  async function drain(organizationId: string): Promise<void> {
    await sequence(database, organizationId);
    for (const { step } of readers) while (await step(organizationId));
  }

  const expire = (organizationId: string): Promise<void> =>
    expireAccessLog(database, organizationId).catch((error) => log("the access log could not be shortened", error));

  async function due(): Promise<Iterable<string>> {
    if (monotonicMilliseconds() >= roundDue) {
      roundDue = monotonicMilliseconds() + ROUND_MILLISECONDS;
      const all = await organizations(database);
      for (const organizationId of all) if (!stopped) await expire(organizationId);
      return all;
    }
    const rested = [...resting.keys()].map((key) => key.slice(0, key.indexOf(" ")));
    return new Set([...(await backlogged(database)), ...rested]);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        for (const organizationId of await due()) if (!stopped) await visit(organizationId);
      } catch (error) {
        log("the journal could not be read", error);
      }
      await pause();
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      if (stopped) return resolve();
      wake = resolve;
      setTimeout(resolve, pauseMilliseconds).unref();
    });
  }

  const running = run();
  return {
    drained: async () => {
      for (const organizationId of await organizations(database)) await drain(organizationId);
    },
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
