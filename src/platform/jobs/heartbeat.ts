import type { Pool } from "pg";

/** How often a worker says that it lives, and looks for others who no longer do. */
export const BEAT_MILLISECONDS = 5_000;
/** Unheard for so long, a worker is dead, and its jobs are for the others. */
const SILENCE = "25 seconds";

/** A schema of the worker's login, which owns graphile-worker's too. */
export async function installHeartbeats(pool: Pool): Promise<void> {
  const { rows } = await pool.query("select to_regclass('assay_jobs.heartbeats') is not null as there");
  if (rows[0].there) return;
  await pool.query(
    `create schema if not exists assay_jobs;
     create table if not exists assay_jobs.heartbeats (worker text primary key, heard_at timestamptz not null)`,
  );
}

export async function beat(pool: Pool, worker: string): Promise<void> {
  await pool.query(
    `insert into assay_jobs.heartbeats (worker, heard_at) values ($1, now())
     on conflict (worker) do update set heard_at = excluded.heard_at`,
    [worker],
  );
}

/** Gives the jobs of dead workers back to the queue. A worker that was only slow may then do a job at the same time as another. */
export async function buryTheDead(pool: Pool): Promise<void> {
  await pool.query(
    `with dead as (
       select distinct j.locked_by as worker
       from graphile_worker.jobs j
       left join assay_jobs.heartbeats h on h.worker = j.locked_by
       where j.locked_by is not null and coalesce(h.heard_at, j.locked_at) < now() - interval '${SILENCE}'
     )
     select graphile_worker.force_unlock_workers(array(select worker from dead)) from dead limit 1`,
  );
  await pool.query("delete from assay_jobs.heartbeats where heard_at < now() - interval '1 day'");
}

export async function lastBeat(pool: Pool, worker: string): Promise<void> {
  await pool.query("delete from assay_jobs.heartbeats where worker = $1", [worker]);
}
