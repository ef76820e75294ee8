import { dataSource } from "../../../ormconfig";
import { openDatabase } from "../../../src/platform/db/database";
import { openQueue } from "../../../src/platform/jobs/queue";
import { startWorker } from "../../../src/platform/jobs/worker";
import { nounsOf } from "../../../src/platform/slice";
import { slices } from "../../../src/slices";
import { TOOLS } from "../../support/tools";

/** A process of its own for the tests: takes the job of the name, tells that it has it, and never ends it. */
async function takeAndHang(serverUrl: string, workerUrl: string, job: string) {
  const source = await dataSource(serverUrl, { poolSize: 3 }).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  const hang = async () => {
    process.stdout.write("taken\n");
    await new Promise(() => undefined);
  };
  const log = (message: string, error: unknown) => void process.stderr.write(`${message}: ${String(error)}\n`);
  const queue = await openQueue(workerUrl);
  await startWorker({ database, queue, slices: [{ jobs: { [job]: { run: hang } } }], tools: TOOLS, log });
}

const [serverUrl, workerUrl, job] = process.argv.slice(2);
void takeAndHang(serverUrl!, workerUrl!, job!);
