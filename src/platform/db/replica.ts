import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import { registerTally } from "../metrics/tally";
import { monotonicMilliseconds } from "../time";
import { CarriedQuery, type Carrier } from "./carried-query";
import { type Database, lent, sqlState } from "./database";
import { replicaPool } from "./replica-pool";
import { type Fault, ReplicaRest } from "./replica-rest";
import { sharedAsk } from "./shared-ask";
import { StatementNames } from "./statement-names";
import type { Told } from "./told";

/** Place in PostgreSQL's log of what was written, such as `0/15125E8`. */
export type Position = string;

/** What is read, and how far the replica must have come. */
export interface Wish {
  /** Asked for once the replica may be asked. */
  position: () => Promise<Position>;
  organizationId: string;
  text: string;
  values: readonly unknown[];
  signal: AbortSignal | undefined;
  told: Told;
}

/** A streaming copy of the database, which may be behind. @see docs/decisions/0019-reads-from-a-replica.md */
export interface Replica {
  readonly pool: Pool;
  /** Where the primary is: whatever was answered as committed before the call lies before it. */
  position(): Promise<Position>;
  /** Null: the primary is to be asked. @throws the signal's reason */
  read<R>(wish: Wish): Promise<R[] | null>;
  close(): Promise<void>;
}

interface Opening {
  url: string;
  poolSize: number;
  statementNames: boolean;
  /** Told once when it goes away, and once when it is back. */
  log: (message: string, error?: unknown) => void;
}

/** The wall's, and whether the replica has come as far as it must: asked in the transaction of the statement itself. */
const CARRIER: Carrier = {
  name: "carry",
  text: `select set_config('app.organization', $1, true), set_config('transaction_read_only', 'on', true),
    pg_is_in_recovery() and coalesce(pg_last_wal_replay_lsn() >= $2, false)`,
  types: [25, 3220],
  sample: ["", "0/0"],
};

/** A replica nearby is a millisecond or two behind: a short wait is cheaper than the primary. */
const CATCHING_UP_MILLISECONDS = 5;

/** Errors of the statement itself, or of its meeting with recovery: the primary will say. Any other is the replica's. */
const OF_THE_STATEMENT = /^(2[0-3]|25006|40|42|54|55|57014)/;

const reads = registerTally({
  name: "assay_replica_reads_total",
  meaning:
    "Statements for the replica: answered by it; or asked of the primary, since it was behind, was away, or failed at them.",
  label: "outcome",
  kinds: ["answered", "behind", "away", "failed"],
});

/** Does not connect before the first read. */
export function openReplica(primary: Database, { url, poolSize, statementNames, log }: Opening): Replica {
  const names = statementNames ? new StatementNames() : null;
  const pool = replicaPool(primary, { url, poolSize, statementNames, carrier: CARRIER });
  const rest = new ReplicaRest(monotonicMilliseconds);

  /** Null where it has not come so far. */
  async function attempt<R>(wish: Wish, position: Position): Promise<R[] | null> {
    const { organizationId, text, values, signal, told } = wish;
    let isThere = false;
    const heard = ([, , answer]: readonly (string | null)[]) => {
      isThere = answer === "t";
    };
    const carried = { carrier: CARRIER, values: [organizationId, position], heard };
    const rows = await lent<R>({ pool, names, text, signal, told, place: "REPLICA" }, (name, answered) => {
      return new CarriedQuery(carried, { name, text, values }, answered);
    });
    return isThere ? rows : null;
  }

  async function patiently<R>(wish: Wish, position: Position): Promise<R[] | null> {
    const rows = await attempt<R>(wish, position);
    if (rows) return rows;
    await delay(CATCHING_UP_MILLISECONDS);
    return attempt<R>(wish, position);
  }

  /** Tells when it goes away and when it is back; not when it is behind, which is its custom. */
  function became(fault: Fault | null, error?: unknown): void {
    reads.add(fault ?? "answered");
    const before = fault ? rest.begin(fault) : rest.end();
    if (before !== "away" && fault === "away") {
      log("the replica does not answer: queries read from the primary", error);
    }
    if (before === "away" && fault !== "away") log("the replica answers again");
  }

  async function asked<R>(wish: Wish, position: Position): Promise<R[] | null> {
    try {
      const rows = await patiently<R>(wish, position);
      became(rows ? null : "behind");
      return rows;
    } catch (error) {
      wish.signal?.throwIfAborted();
      if (OF_THE_STATEMENT.test(sqlState(error) ?? "")) reads.add("failed");
      else became("away", error);
      return null;
    }
  }

  return {
    pool,
    position: sharedAsk(async () => {
      const [row] = await primary.ask<{ position: Position }>("select pg_current_wal_flush_lsn()::text as position");
      return row!.position;
    }),
    read: async <R>(wish: Wish) => {
      const fault = rest.keepsOff();
      if (fault) {
        reads.add(fault);
        return null;
      }
      const position = await wish.position();
      return rest.orAway(asked<R>(wish, position));
    },
    close: () => pool.end(),
  };
}
