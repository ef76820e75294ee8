import type { Pool, PoolClient, QueryResult } from "pg";
import type { DataSource, QueryRunner } from "typeorm";
import { cancelRunning } from "./cancel";
import { CarriedQuery } from "./carried-query";
import { type Model, modelOf } from "./model";
import type { Noun } from "./nouns";
import { forgetStale, StatementNames } from "./statement-names";

export interface Database {
  readonly dataSource: DataSource;
  readonly model: Model;
  /**
   * One reading statement, as the organisation. Never sees another's rows; a write in it is refused. An abort cancels it
   * in PostgreSQL, or keeps it from being sent. @throws the signal's reason
   */
  read<R>(organizationId: string, text: string, values: readonly unknown[], signal?: AbortSignal): Promise<R[]>;
  /** A statement that carries nothing: in the runner's transaction, or before the organisation is known. */
  ask<R>(text: string, values?: readonly unknown[], runner?: QueryRunner): Promise<R[]>;
  /** Opens a transaction as the organisation, commits it, and repeats it when PostgreSQL asks for that. */
  write<T>(organizationId: string, work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  /** Does the same, and rolls it back: what would have come of it. */
  rehearse<T>(organizationId: string, work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  /** Reads of one instant: a REPEATABLE READ, READ ONLY transaction. An abort ends it. @throws the signal's reason */
  snapshot<T>(organizationId: string, work: (runner: QueryRunner) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Who hears of every statement that reads; for guards and metrics. */
  heard: ((text: string) => void) | undefined;
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TRIES = 4;
/** serialization_failure, deadlock_detected */
const REPEATABLE = new Set(["40001", "40P01"]);

interface Opening {
  statementNames: boolean;
  nouns: readonly Noun[];
}

/** Takes an initialised data source, whose pool was made with `poolOptions`. */
export function openDatabase(dataSource: DataSource, { statementNames, nouns }: Opening): Database {
  const pool = (dataSource.driver as unknown as { master: Pool }).master;

  const names = new StatementNames();

  async function read<R>(
    organizationId: string,
    text: string,
    values: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<R[]> {
    signal?.throwIfAborted();
    database.heard?.(text);
    const client = await pool.connect();
    if (signal?.aborted) {
      client.release();
      throw signal.reason;
    }
    const name = statementNames ? names.of(text) : undefined;
    if (name) forgetStale(client, name, text);
    return answerOf<R>(
      client,
      (answered) => new CarriedQuery(organizationId, { name, text, values }, answered),
      signal,
    );
  }

  async function within<T>(
    begin: string,
    organizationId: string,
    work: (runner: QueryRunner) => Promise<T>,
    { end = "commit", signal }: { end?: "commit" | "rollback"; signal?: AbortSignal } = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    if (!UUID.test(organizationId)) throw new Error("An organisation id that is none");
    const runner = dataSource.createQueryRunner();
    const watch = signal && cancelledBy(signal, await runner.connect());
    try {
      signal?.throwIfAborted();
      // One message: the simple protocol has no parameters, so the id was checked letter by letter.
      await runner.query(`${begin}; select set_config('app.organization', '${organizationId}', true)`);
      const result = await work(runner);
      if ((await ended(runner, end)) !== end.toUpperCase()) {
        throw new Error("A statement failed and its error was swallowed: nothing is committed");
      }
      return result;
    } catch (error) {
      await watch?.over();
      await runner.query("rollback").catch(() => undefined);
      throw signal?.aborted ? signal.reason : error;
    } finally {
      await watch?.over();
      await runner.release();
    }
  }

  async function write<T>(
    organizationId: string,
    work: (runner: QueryRunner) => Promise<T>,
    end?: "rollback",
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await within("begin", organizationId, work, { end });
      } catch (error) {
        if (attempt === TRIES || !REPEATABLE.has(sqlState(error) ?? "")) throw error;
      }
    }
  }

  const database: Database = {
    heard: undefined,
    dataSource,
    model: modelOf(dataSource, nouns),
    read,
    write: (organizationId, work) => write(organizationId, work),
    rehearse: (organizationId, work) => write(organizationId, work, "rollback"),
    ask: async (text, values = [], runner) => {
      database.heard?.(text);
      return runner ? runner.query(text, [...values]) : (await pool.query(text, [...values])).rows;
    },
    snapshot: (organizationId, work, signal) =>
      within("begin isolation level repeatable read read only", organizationId, work, { signal }),
    close: () => dataSource.destroy(),
  };
  return database;
}

/** SQLSTATE of an error that came from PostgreSQL, through pg or TypeORM. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

type Answered = (error: Error | null, result: QueryResult) => void;

/** The rows of a query on a borrowed client, which goes back to the pool unless it is broken. */
function answerOf<R>(
  client: PoolClient,
  queryFor: (answered: Answered) => object,
  signal: AbortSignal | undefined,
): Promise<R[]> {
  const ignore = () => undefined;
  const watch = signal && cancelledBy(signal, client);
  return new Promise<R[]>((resolve, reject) => {
    let done = false;
    const release = (error: Error | null) => {
      client.off("error", ignore);
      client.release(isBroken(error) ? error! : undefined);
    };
    const answered: Answered = (error, result) => {
      // pg answers twice when a value cannot be sent, or when the connection ends as well.
      if (done) return;
      done = true;
      const cancelling = watch?.over();
      if (cancelling) cancelling.then(() => release(error));
      else release(error);
      if (error) reject(signal?.aborted ? signal.reason : error);
      else resolve(result.rows as R[]);
    };
    // A borrowed client that nobody listens to would end the process when its connection is lost.
    client.on("error", ignore);
    client.query(queryFor(answered) as never);
  });
}

/** From now on an abort cancels what the client runs, until it is over: then the client may be lent once what `over` answers has settled. */
function cancelledBy(signal: AbortSignal, client: PoolClient): { over(): Promise<void> | undefined } {
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    cancelling = cancelRunning(client);
  };
  signal.addEventListener("abort", cancel, { once: true });
  return {
    over: () => {
      signal.removeEventListener("abort", cancel);
      return cancelling;
    },
  };
}

/** The connection's own error, or the server's last words on it: shutdown, or a session that timed out. */
const isBroken = (error: Error | null): boolean =>
  error !== null && (!sqlState(error) || /^(57P|25P0[34])/.test(sqlState(error)!));

/** Ends the transaction, and says how: PostgreSQL answers the commit of a failed one with a rollback, and no error. */
async function ended(runner: QueryRunner, end: "commit" | "rollback"): Promise<string> {
  const client: PoolClient = await runner.connect();
  return (await client.query(end)).command;
}
