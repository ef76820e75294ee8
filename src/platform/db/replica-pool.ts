import { isDeepStrictEqual } from "node:util";
import { Client, type ClientBase, type ClientConfig, Pool, type PoolClient } from "pg";
import type { Carrier } from "./carried-query";
import type { Database } from "./database";
import { poolOptions } from "./pool";

interface Opening {
  url: string;
  poolSize: number;
  statementNames: boolean;
  carrier: Carrier;
}

/** For an answer, in milliseconds: what takes longer is asked of the primary. */
const ANSWER_PATIENCE = 5_000;

/** Apart from the wait for a connection that others use: a busy replica is not away. */
class NewConnection extends Client {
  constructor(config?: ClientConfig) {
    super({ ...config, connectionTimeoutMillis: 1_000 });
  }
}
/** Which it is, and as whom: both must agree, or what the replica tells is another's, or beyond the wall. */
const IDENTITY =
  "select system_identifier::text as cluster, current_database() as name, current_user as login from pg_control_system()";

/** Otherwise a commit is told before it lies at a position. */
const WAITS = "select current_setting('synchronous_commit') <> 'off' as waits";

/** Connections to a replica of the primary. What does not lead there fails when it is opened. */
export function replicaPool(primary: Database, { url, poolSize, statementNames, carrier }: Opening): Pool {
  const options = poolOptions(poolSize, statementNames, carrier);
  const pool = new Pool({
    ...options,
    connectionString: url,
    query_timeout: ANSWER_PATIENCE,
    Client: NewConnection,
    onConnect: async (client) => {
      await assertSame(primary, client);
      await options.onConnect(client as PoolClient);
    },
  });
  // A connection that breaks is replaced by the pool; unheard, it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

/** @throws Error where the connection leads elsewhere, or comes as somebody else; or where commits are not waited for */
async function assertSame(primary: Database, client: ClientBase): Promise<void> {
  const [[ours], { rows }] = await Promise.all([primary.ask(IDENTITY), client.query(IDENTITY)]);
  if (!isDeepStrictEqual(ours, rows[0])) {
    throw new Error(
      "DATABASE_REPLICA_URL names another cluster than DATABASE_URL, or another database or login in it.",
    );
  }
  const { rows: state } = await client.query("select pg_is_in_recovery() as follows");
  if (!state[0].follows) throw new Error("DATABASE_REPLICA_URL names a server that is no replica, or no longer one.");
  const [setting] = await primary.ask<{ waits: boolean }>(WAITS);
  if (!setting?.waits) throw new Error("Reading from a replica wants `synchronous_commit` on the primary.");
}
