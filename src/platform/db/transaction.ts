import type { PoolClient } from "pg";
import type { DataSource, QueryRunner } from "typeorm";
import { cancelledBy } from "./cancel";
import { type Told, timed } from "./told";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Frame {
  begin: string;
  organizationId: string;
  end?: "commit" | "rollback";
  /** Ends it at once. */
  signal?: AbortSignal;
  told: Told | undefined;
}

/** Works in a transaction of the organisation's. @throws the signal's reason */
export async function inTransaction<T>(
  dataSource: DataSource,
  { begin, organizationId, end = "commit", signal, told }: Frame,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  if (!UUID.test(organizationId)) throw new Error("An organisation id that is none");
  const runner = dataSource.createQueryRunner();
  const watch = signal && cancelledBy(signal, await runner.connect());
  try {
    signal?.throwIfAborted();
    // One message: the simple protocol has no parameters, so the id was checked letter by letter.
    const opening = `${begin}; select set_config('app.organization', '${organizationId}', true)`;
    await timed(told, begin, () => runner.query(opening));
    if (told) tellOf(runner, told);
    const result = await work(runner);
    if ((await timed(told, end, () => ended(runner, end))) !== end.toUpperCase()) {
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

/** A runner belongs to one transaction: TypeORM's own statements pass through its `query` too. */
function tellOf(runner: QueryRunner, told: Told): void {
  const query = runner.query.bind(runner) as (text: string, ...rest: never[]) => Promise<unknown>;
  runner.query = (text: string, ...rest: never[]) => timed(told, text, () => query(text, ...rest)) as never;
}

/** Ends the transaction, and says how: PostgreSQL answers the commit of a failed one with a rollback, and no error. */
async function ended(runner: QueryRunner, end: "commit" | "rollback"): Promise<string> {
  const client: PoolClient = await runner.connect();
  return (await client.query(end)).command;
}
