import "reflect-metadata";
import { Client } from "pg";
import { dataSource } from "../../ormconfig";
import { type Database, openDatabase } from "../../src/platform/db/database";
import { nounsOf } from "../../src/platform/slice";
import { slices } from "../../src/slices";

const TEMPLATE = "assay";
const clone = `worker_${process.env.JEST_WORKER_ID}`;

const on = (url: string, database: string, user?: string): string => {
  const named = url.replace(`/${TEMPLATE}?`, `/${database}?`);
  return user ? named.replace(/\/\/[^@]*@/, `//${user}@`) : named;
};

/** Of this worker's own clone: the server's login, the login of jobs, the owner of the tables, and the superuser. */
export const serverUrl = on(process.env.TEST_SERVER_URL!, clone);
export const workerUrl = on(process.env.TEST_WORKER_URL!, clone);
export const ownerUrl = on(process.env.TEST_OWNER_URL!, clone);
export const superuserUrl = on(process.env.TEST_OWNER_URL!, clone, "postgres");

/** A plain connection, closed when the work is done. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let cloned: Promise<void> | undefined;

/**
 * Makes this file's own clone, in place of the one of the file before: whoever visits every organisation there is meets
 * those of this file alone.
 */
export function ownClone(): Promise<void> {
  cloned ??= withClient(on(process.env.TEST_OWNER_URL!, "postgres", "postgres"), async (client) => {
    await client.query(`drop database if exists ${clone} with (force)`);
    await client.query(`create database ${clone} template ${TEMPLATE} owner assay_owner strategy file_copy`);
  });
  return cloned;
}

interface Options {
  statementNames?: boolean;
  poolSize?: number;
}

/** The database as the server opens it. Close it in `afterAll`. */
export async function openTestDatabase({ statementNames = true, poolSize = 10 }: Options = {}): Promise<Database> {
  await ownClone();
  const source = await dataSource(serverUrl, { statementNames, poolSize }).initialize();
  return openDatabase(source, { statementNames, nouns: nounsOf(slices) });
}
