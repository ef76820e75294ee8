import { localIssuer, signToken } from "../../../src/identity/token.actions";
import { poolOf } from "../../../src/platform/db/pool";
import { COST_LIMITS, type CostLimits } from "../../../src/platform/graphql/limits";
import { openQueue } from "../../../src/platform/jobs/queue";
import { newLogger } from "../../../src/platform/log";
import { openMetrics } from "../../../src/platform/metrics/metrics";
import { serveMetrics } from "../../../src/platform/metrics/metrics-server";
import { createServer } from "../../../src/server";
import type { Signer } from "../../support/api";
import { openTestDatabase, workerUrl } from "../../support/database";

const SECRET = "a secret of the tests, thirty-two long";

interface Options {
  slowMilliseconds?: number;
  logLevel?: string;
  limits?: CostLimits;
}

/** The lines of /metrics: `name{labels}` and its value. */
export type Told = ReadonlyMap<string, number>;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Said = { data?: any; errors?: { extensions: { code: string } }[] };

export type Watched = Awaited<ReturnType<typeof watched>>;

/** A server that tells its metrics, and a log that can be read. */
export async function watched({ slowMilliseconds = 0, logLevel = "info", limits = COST_LIMITS }: Options = {}) {
  const database = await openTestDatabase();
  const queue = await openQueue(workerUrl);
  const metrics = openMetrics({ pools: { server: poolOf(database.dataSource) }, queue: queue.pool });
  database.told = metrics.statementEnded;
  const page = await serveMetrics(metrics, { host: "127.0.0.1", port: 0 });
  const lines: string[] = [];
  const logger = newLogger(logLevel, { write: (line) => void lines.push(line) });
  const issuers = [localIssuer(SECRET)];
  const app = await createServer({ database, issuers, jit: true, limits, metrics, slowMilliseconds, logger });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    database,
    queue,
    page,
    lines,
    url,
    /** What the log was told, line by line. */
    logged: () => lines.map((line) => JSON.parse(line)),
    send: async (who: Signer | null, body: object) => {
      const token = who && (await signToken(SECRET, { email: who.email, org: who.organizationId }, "1h"));
      const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
      return {
        requestId: response.headers.get("x-request-id"),
        status: response.status,
        ...((await response.json()) as Said),
      };
    },
    told: async (): Promise<Told> => {
      const text = await (await fetch(page.url)).text();
      const pairs = text.split("\n").flatMap((line) => {
        const [, key, value] = /^([a-z_]\S*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
        return key ? [[key, Number(value)] as const] : [];
      });
      return new Map(pairs);
    },
    close: async () => {
      await app.close();
      await page.stop();
      await queue.close();
      await database.close();
    },
  };
}
