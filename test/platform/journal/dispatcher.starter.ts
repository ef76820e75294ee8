import { dataSource } from "../../../ormconfig";
import { Candidate } from "../../../src/candidates/candidate.entity";
import { openDatabase } from "../../../src/platform/db/database";
import { startDispatcher } from "../../../src/platform/journal/dispatcher";
import { nounsOf } from "../../../src/platform/slice";
import { slices } from "../../../src/slices";

/**
 * A process of its own for the tests: `tsx dispatcher.starter.ts <url> <event type> <listener> <milliseconds>`.
 * Its listener notes each entry as a candidate, takes its time, and tells. It runs until it is killed.
 */
async function listen(url: string, type: string, listener: string, milliseconds: number) {
  const source = await dataSource(url, { poolSize: 3 }).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  startDispatcher({
    database,
    slices: [
      {
        on: {
          [type]: {
            [listener]: async (_ctx, tx, entry) => {
              await tx.insert(Candidate, { name: entry.objectId, email: null, erasedAt: null });
              await new Promise((resolve) => setTimeout(resolve, milliseconds));
              process.stdout.write(`${entry.objectId}\n`);
            },
          },
        },
      },
    ],
    log: (message, error) => process.stderr.write(`${message}: ${String(error)}\n`),
    pauseMilliseconds: 5,
  });
}

const [url, type, listener, milliseconds] = process.argv.slice(2);
void listen(url!, type!, listener!, Number(milliseconds));
