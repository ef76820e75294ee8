import type { Pool } from "pg";

/** Jobs of one name, of all organisations. */
export interface JobCounts {
  readonly job: string;
  /** Due, and not begun. */
  readonly waiting: number;
  /** For later. */
  readonly scheduled: number;
  readonly running: number;
  /** Seconds for which the first of those that wait has been due; 0 where none waits. */
  readonly overdue: number;
}

/** By the worker's login, whose table the queue is: it holds no organisation's rows. */
export async function jobCounts(pool: Pool): Promise<JobCounts[]> {
  const { rows } = await pool.query<JobCounts>(
    `select task_identifier as job,
       count(*) filter (where is_open and run_at <= now())::int as waiting,
       count(*) filter (where is_open and run_at > now())::int as scheduled,
       count(*) filter (where locked_at is not null)::int as running,
       coalesce(extract(epoch from now() - min(run_at) filter (where is_open and run_at <= now())), 0)::float8 as overdue
     from (select *, locked_at is null and attempts < max_attempts as is_open from graphile_worker.jobs) j
     group by task_identifier order by task_identifier`,
  );
  return rows;
}
