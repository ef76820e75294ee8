import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Config } from "../config";
import type { Database } from "../db/database";
import { poolOf } from "../db/pool";
import type { Replica } from "../db/replica";
import type { Queue } from "../jobs/queue";
import { type Metrics, openMetrics } from "./metrics";
import { serveMetrics } from "./metrics-server";

interface Watched {
  database: Database;
  queue: Queue;
  replica?: Replica | null;
  logger: Logger;
}

/** What the process tells its operator of itself. */
export interface Watch {
  /** Null where nobody asks for them. */
  metrics: Metrics | null;
  stop(): Promise<void>;
}

/** Tells /metrics where the configuration says so. */
export async function openWatch(
  { metrics: place }: Config,
  { database, queue, replica, logger }: Watched,
): Promise<Watch> {
  if (!place) return { metrics: null, stop: async () => undefined };
  const pools: Record<string, Pool> = { server: poolOf(database.dataSource), jobs: queue.pool };
  if (replica) pools.replica = replica.pool;
  const metrics = openMetrics({ pools, queue: queue.pool });
  database.told = metrics.statementEnded;
  const server = await serveMetrics(metrics, place);
  logger.info(`metrics are told at ${server.url}`);
  return { metrics, stop: server.stop };
}
