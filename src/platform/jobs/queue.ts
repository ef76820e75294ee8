import { type AddJobsJobSpec as JobSpec, Logger, makeWorkerUtils, runMigrations } from "graphile-worker";
import { Pool } from "pg";
import { installHeartbeats } from "./heartbeat";
import type { Errand } from "./job";
import { flagsOf } from "./turns";

export interface QueuedErrand extends Errand {
  /** Tries before it is set aside. */
  readonly tries?: number;
  readonly yields?: boolean;
}

/** What waits in the queue, in JSON. */
export interface Payload {
  readonly organizationId: string;
  readonly facts: Errand["facts"];
  readonly entryId: string | null;
}

/** Where jobs wait: graphile-worker's tables, in the same PostgreSQL, behind a login of their own. */
export interface Queue {
  readonly pool: Pool;
  /** Of those that wait under one key in the organisation the latest is kept. */
  add(organizationId: string, errands: readonly QueuedErrand[]): Promise<void>;
  /** Leaves what waits under the key, or is being done, as it is. */
  addUnlessThere(organizationId: string, errand: QueuedErrand): Promise<void>;
  close(): Promise<void>;
}

/** What the library has to say of its own work interests nobody; what fails is thrown. */
const quiet = new Logger(() => () => undefined);

/** Enough for a worker and a dispatcher: jobs read and write by the server's pool. */
const CONNECTIONS = 5;
export const USUAL_TRIES = 10;
const INSUFFICIENT_PRIVILEGE = "42501";

/** Opens the queue by the worker's login, and makes or renews its tables. @throws Error that says how to mend it */
export async function openQueue(url: string): Promise<Queue> {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, allowExitOnIdle: true });
  // A connection that breaks is replaced by the pool; unheard, it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await install(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const utils = await makeWorkerUtils({ pgPool: pool, logger: quiet });
  return {
    pool,
    add: async (organizationId, errands) => {
      if (errands.length > 0) await utils.addJobs(errands.map((errand) => specOf(organizationId, errand)));
    },
    addUnlessThere: async (organizationId, errand) => {
      const { identifier, payload, ...spec } = specOf(organizationId, errand);
      await utils.addJob(identifier, payload, { ...spec, jobKeyMode: "unsafe_dedupe" });
    },
    close: async () => {
      await utils.release();
      await pool.end();
    },
  };
}

const PRIORITY = { usual: 0, yielding: 1 };

function specOf(organizationId: string, errand: QueuedErrand): JobSpec & { payload: Payload } {
  const { job, facts, at, key, entryId, yields = false, tries = USUAL_TRIES } = errand;
  return {
    identifier: job,
    payload: { organizationId, facts, entryId: entryId ?? null },
    runAt: at,
    jobKey: `${organizationId} ${key}`,
    maxAttempts: tries,
    priority: yields ? PRIORITY.yielding : PRIORITY.usual,
    flags: flagsOf(organizationId, { yields }),
  };
}

async function install(pool: Pool): Promise<void> {
  const { rows } = await pool.query(
    "select current_user as login, current_database() as name, rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user",
  );
  const { login, name, passes } = rows[0];
  if (passes) {
    throw new Error(
      `The login "${login}" of WORKER_DATABASE_URL is a superuser or has BYPASSRLS: give jobs a plain login of their own.`,
    );
  }
  try {
    await runMigrations({ pgPool: pool, logger: quiet });
    await installHeartbeats(pool);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Error(
      `The login "${login}" of WORKER_DATABASE_URL may not make the tables of the queue: ` +
        `grant create on database "${name}" to "${login}".`,
    );
  }
}
