import type { Database } from "../../src/platform/db/database";
import type { Tools } from "../../src/platform/jobs/job";
import { openQueue, type Queue } from "../../src/platform/jobs/queue";
import { jobsOf, startWorker, type Worker } from "../../src/platform/jobs/worker";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import type { Slice } from "../../src/platform/slice";
import { ownClone, workerUrl } from "./database";

/** A dispatcher and a worker on this Jest worker's own database. */
export interface Workshop {
  queue: Queue;
  dispatcher: Dispatcher;
  worker: Worker;
  /** Resolves when the journal is heard, and no job is due or under way. */
  quiet(): Promise<void>;
  /** What went wrong so far, in words. */
  failures: string[];
  close(): Promise<void>;
}

interface Options {
  database: Database;
  slices: readonly Pick<Slice, "on" | "jobs">[];
  tools: Tools;
}

export async function openWorkshop({ database, slices, tools }: Options): Promise<Workshop> {
  await ownClone();
  const failures: string[] = [];
  const log = (message: string, error: unknown) => failures.push(`${message}: ${String(error)}`);
  const queue = await openQueue(workerUrl);
  const dispatcher = startDispatcher({ database, slices, queue, log, pauseMilliseconds: 20 });
  const worker = await startWorker({ database, queue, slices, tools, log });
  // Test files before this one, in the same database, have left jobs of others.
  const names = [...jobsOf(slices).keys()].flatMap((name) => [name, `${name}:clock`]);
  const isBusy = async () => {
    const { rows } = await queue.pool.query(
      `select exists (select from graphile_worker.jobs
        where task_identifier = any($1) and (locked_at is not null or (run_at <= now() and attempts < max_attempts))) as busy`,
      [names],
    );
    return rows[0].busy;
  };
  return {
    queue,
    dispatcher,
    worker,
    failures,
    quiet: async () => {
      await dispatcher.drained();
      while (await isBusy()) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await dispatcher.drained();
      }
    },
    close: async () => {
      await dispatcher.stop();
      await worker.stop();
      await queue.close();
    },
  };
}
