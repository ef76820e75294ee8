import "reflect-metadata";
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataSource } from "../../ormconfig";
import { embeddedDatabase } from "../../src/platform/db/embedded-database";
import { migrate } from "../../src/platform/db/migrate";
import { openQueue } from "../../src/platform/jobs/queue";

/** One throw-away PostgreSQL for the run, with one migrated database that every worker clones. */
export default async function startDatabase(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "assay-test-"));
  // Run by root, PostgreSQL is another account, and its rows would lie where nobody removes them.
  await chmod(directory, 0o755);
  const database = await embeddedDatabase({ directory, durable: false });
  await migrate({ ...database, dataSource });
  await (await openQueue(database.workerUrl)).close();
  process.env.TEST_WORKER_URL = database.workerUrl;
  process.env.TEST_SERVER_URL = database.serverUrl;
  process.env.TEST_OWNER_URL = database.ownerUrl;
  Object.assign(globalThis, { stopTestDatabase: database.stop, testDirectory: directory });
}
