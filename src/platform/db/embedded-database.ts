import { Client } from "pg";
import { startEmbeddedPostgres } from "./embedded-postgres";

interface Options {
  directory: string;
  durable?: boolean;
  log?: (line: string) => void;
}

export interface EmbeddedDatabase {
  ownerUrl: string;
  serverUrl: string;
  /** Owns the queue of jobs, and nothing else. */
  workerUrl: string;
  stop(): Promise<void>;
}

const NAME = "assay";
export const OWNER = "assay_owner";
export const SERVER = "assay_server";
const WORKER = "assay_worker";

/** The embedded PostgreSQL with its three logins and a database that the first of them owns. */
export async function embeddedDatabase(options: Options): Promise<EmbeddedDatabase> {
  const postgres = await startEmbeddedPostgres(options);
  await withClient(postgres.url("postgres"), async (client) => {
    for (const login of [OWNER, SERVER, WORKER]) {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [login]);
      if (rowCount === 0) await client.query(`create role ${login} login`);
    }
    const { rowCount } = await client.query("select from pg_database where datname = $1", [NAME]);
    if (rowCount === 0) await client.query(`create database ${NAME} owner ${OWNER}`);
    await client.query(`grant create on database ${NAME} to ${WORKER}`);
  });
  return {
    ownerUrl: postgres.url(NAME, OWNER),
    serverUrl: postgres.url(NAME, SERVER),
    workerUrl: postgres.url(NAME, WORKER),
    stop: () => postgres.stop(),
  };
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
