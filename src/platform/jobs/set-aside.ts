import type { Pool } from "pg";
import { workerContext } from "../context";
import type { Database } from "../db/database";
import { announce } from "../journal/announce";
import { registerTally } from "../metrics/tally";
import type { Payload } from "./queue";
import { SetAsideJob } from "./set-aside-job.entity";

/** Of a message; what is longer is of no use to anybody. */
const LONGEST_FAILURE = 2_000;

/** What those who are ADMIN read of a fault that is not theirs to mend. */
export const OURS = "It failed for a reason of the server's own, which its log tells: ask whoever runs it.";

const setAsides = registerTally({
  name: "assay_jobs_set_aside_total",
  meaning: "Jobs that this process has set aside, for an ADMIN to see.",
  label: "job",
});

interface Ended {
  job: string;
  payload: Payload;
  attempts: number;
  failure: string;
}

/** Keeps a job that nobody will try again for those who are ADMIN to see, and says so in the journal. */
export async function setAside(database: Database, { job, payload, attempts, failure }: Ended): Promise<void> {
  const { organizationId, facts, entryId } = payload;
  await workerContext(database, organizationId, `job:${job}`).db.transaction(async (tx) => {
    const row = await tx.insert(SetAsideJob, {
      job,
      facts: { ...facts, ...(entryId ? { entryId } : {}) },
      attempts,
      failure: failure.slice(0, LONGEST_FAILURE),
      retriedAt: null,
    });
    await announce(tx, "job.set_aside", row);
  });
  setAsides.add(job);
}

const DIED = "Every worker that tried it ended without a word: it was killed, ran out of memory or crashed.";
const MOST_AT_ONCE = 100;

/** A job that used up its tries, and that nobody is left to tell of. */
interface Left {
  id: string;
  job: string;
  attempts: number;
  last_error: string | null;
  /** Null where another job took its place while it ran: then it has used up nothing. */
  key: string | null;
}

/** Sets aside what used up its tries without anybody being left to say so: every worker died over it. */
export async function setAsideTheDeadly(
  pool: Pool,
  database: Database,
  log: (message: string, error: unknown) => void,
): Promise<void> {
  const { rows } = await pool.query<Left>(
    `select id, task_identifier as job, attempts, last_error, key from graphile_worker.jobs
     where attempts >= max_attempts and locked_at is null order by id limit ${MOST_AT_ONCE}`,
  );
  for (const left of rows) {
    await takeOut(pool, database, left).catch((error) => log(`the job ${left.job} could not be set aside`, error));
  }
}

/** Out of the queue, and into the organisation's own list unless another took its place. */
async function takeOut(pool: Pool, database: Database, { id, job, attempts, last_error, key }: Left): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ payload: Payload }>("select payload from graphile_worker.complete_jobs($1)", [
      [id],
    ]);
    const payload = rows[0]?.payload;
    if (payload && key !== null) {
      await setAside(database, { job, payload, attempts, failure: last_error === null ? DIED : OURS });
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
