import type { Pool, PoolClient, QueryResult } from "pg";
import type { DataSource, QueryRunner } from "typeorm";
import { monotonicMilliseconds } from "../time";
import { cancelledBy } from "./cancel";
import { CarriedQuery, carryAs } from "./carried-query";
import { type Model, modelOf } from "./model";
import type { Noun } from "./nouns";
import { poolOf } from "./pool";
import { forgetStale, StatementNames } from "./statement-names";
import { type Place, type Told, timed } from "./told";
import { type Frame, inTransaction } from "./transaction";

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
  /** Who hears of every statement that reads, before it does; for guards. */
  heard: ((text: string, values: readonly unknown[]) => void) | undefined;
  /** Who is told of every statement that has ended. */
  told: Told | undefined;
  /** The same database for somebody who is told of their own statements besides. */
  toldTo(own: Told): Database;
  close(): Promise<void>;
}

const TRIES = 4;
/** serialization_failure, deadlock_detected */
const REPEATABLE = new Set(["40001", "40P01"]);

interface Opening {
  statementNames: boolean;
  nouns: readonly Noun[];
}

/** Takes an initialised data source, whose pool was made with `poolOptions`. */
export function openDatabase(dataSource: DataSource, { statementNames, nouns }: Opening): Database {
  const pool = poolOf(dataSource);
  const names = statementNames ? new StatementNames() : null;
  const model = modelOf(dataSource, nouns);

  // For each request anew: methods, since a build that keeps names would write down that of each arrow function.
  const as = (listener: () => Told | undefined): Database => ({
    heard: undefined,
    told: undefined,
    dataSource,
    model,
    async read(organizationId, text, values, signal) {
      signal?.throwIfAborted();
      database.heard?.(text, values);
      const carried = carryAs(organizationId);
      return lent(
        { pool, names, text, signal, told: listener(), place: "PRIMARY" },
        (name, answered) => new CarriedQuery(carried, { name, text, values }, answered),
      );
    },
    async ask<R>(text: string, values: readonly unknown[] = [], runner?: QueryRunner) {
      database.heard?.(text, values);
      if (runner) return timed(listener(), text, () => within<R>(runner, names, text, values));
      return (await timed(listener(), text, () => pool.query(text, [...values]))).rows;
    },
    write(organizationId, work) {
      return repeated(() => inTransaction(dataSource, { begin: "begin", organizationId, told: listener() }, work));
    },
    rehearse(organizationId, work) {
      const frame: Frame = { begin: "begin", organizationId, end: "rollback", told: listener() };
      return repeated(() => inTransaction(dataSource, frame, work));
    },
    snapshot(organizationId, work, signal) {
      const begin = "begin isolation level repeatable read read only";
      return inTransaction(dataSource, { begin, organizationId, signal, told: listener() }, work);
    },
    toldTo(own) {
      return as(() => (statement) => {
        database.told?.(statement);
        own(statement);
      });
    },
    close() {
      return dataSource.destroy();
    },
  });

  const database = as(() => database.told);
  return database;
}

/** The rows of a statement in the runner's transaction, prepared by name as those outside one. */
async function within<R>(
  runner: QueryRunner,
  names: StatementNames | null,
  text: string,
  values: readonly unknown[],
): Promise<R[]> {
  const client: PoolClient = await runner.connect();
  const name = names?.of(text);
  if (name) forgetStale(client, name, text);
  return (await client.query({ name, text, values: [...values] })).rows;
}

/** Once more when PostgreSQL asks for that. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !REPEATABLE.has(sqlState(error) ?? "")) throw error;
    }
  }
}

/** SQLSTATE of an error that came from PostgreSQL, through pg or TypeORM. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

type Answered = (error: Error | null, result: QueryResult) => void;

/** The query for a client, prepared under the name where there is one. */
export type Carrying = (name: string | undefined, answered: Answered) => object;

interface Borrowing {
  pool: Pool;
  /** Null: nothing is prepared by name. */
  names: StatementNames | null;
  text: string;
  signal: AbortSignal | undefined;
  told: Told | undefined;
  place: Place;
}

/** The rows of a query on a client of the pool. @throws the signal's reason */
export async function lent<R>(borrowing: Borrowing, query: Carrying): Promise<R[]> {
  const { pool, names, text, signal, told, place } = borrowing;
  const began = told && monotonicMilliseconds();
  const client = await pool.connect();
  if (signal?.aborted) {
    client.release();
    throw signal.reason;
  }
  const name = names?.of(text);
  if (name) forgetStale(client, name, text);
  return answerOf<R>(
    client,
    (answered) =>
      query(name, (error, result) => {
        // Here and not behind the promise: this is the way of every read.
        told?.({ text, milliseconds: monotonicMilliseconds() - began!, place });
        answered(error, result);
      }),
    signal,
  );
}

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

/** The connection's own error, or the server's last words on it: shutdown, or a session that timed out. */
const isBroken = (error: Error | null): boolean =>
  error !== null && (!sqlState(error) || /^(57P|25P0[34])/.test(sqlState(error)!));
