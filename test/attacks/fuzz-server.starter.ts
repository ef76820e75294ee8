import pino from "pino";
import { dataSource } from "../../ormconfig";
import { localIssuer } from "../../src/identity/token.actions";
import { openDatabase } from "../../src/platform/db/database";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { nounsOf } from "../../src/platform/slice";
import { createServer } from "../../src/server";
import { slices } from "../../src/slices";

/** What the server tells of itself: where it listens, what it masked, how much memory is left after collection. */
export type Told = { port: number } | { defect: string } | { rss: number; heap: number };

/**
 * A server in a process of its own, so that its memory is its alone: `node --expose-gc --import tsx fuzz-server.starter.ts
 * <database url> <token secret>`. Asked for anything over IPC, it collects its garbage and tells what remains. A member
 * may spend what they like; what one operation may be and cost is limited as always.
 */
async function serve(url: string, secret: string) {
  const tell = (told: Told) => void process.send!(told);
  const database = openDatabase(await dataSource(url).initialize(), { statementNames: true, nouns: nounsOf(slices) });
  const logger = pino({ level: "error" }, { write: (defect: string) => tell({ defect }) });
  const limits = { ...COST_LIMITS, capacity: 1e12, restoredPerSecond: 1e12 };
  const app = await createServer({ database, issuers: [localIssuer(secret)], jit: true, limits, logger });
  await app.listen({ host: "127.0.0.1", port: 0 });
  process.on("message", async () => {
    for (let round = 0; round < 4; round++) {
      global.gc!();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { rss, heapUsed: heap } = process.memoryUsage();
    tell({ rss, heap });
  });
  tell({ port: (app.server.address() as { port: number }).port });
}

const [url, secret] = process.argv.slice(2);
void serve(url!, secret!);
