import { dataSource } from "../../ormconfig";
import { openDatabase } from "../../src/platform/db/database";
import { openQueue } from "../../src/platform/jobs/queue";
import { startWorker } from "../../src/platform/jobs/worker";
import { startDispatcher } from "../../src/platform/journal/dispatcher";
import { nounsOf } from "../../src/platform/slice";
import { slices } from "../../src/slices";
import { webhookJobs } from "../../src/webhooks/webhook.jobs";
import { TOOLS } from "../support/tools";
import { HASTY } from "./hasty";

/** A process of its own for the tests: sends webhooks, a day of retries in 24 s, until it is killed. */
async function send(serverUrl: string, workerUrl: string) {
  const source = await dataSource(serverUrl, { poolSize: 8 }).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  const log = (message: string, error: unknown) => void process.stderr.write(`${message}: ${String(error)}\n`);
  const queue = await openQueue(workerUrl);
  const own = [{ jobs: webhookJobs }];
  startDispatcher({ database, slices: own, queue, log, pauseMilliseconds: 20 });
  await startWorker({ database, queue, slices: own, tools: { ...TOOLS, outbound: HASTY }, log });
  process.stdout.write("ready\n");
}

const [serverUrl, workerUrl] = process.argv.slice(2);
void send(serverUrl!, workerUrl!);
