import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { ORGANIZATION_HEADER, requestContext } from "./identity/request.actions";
import { type Issuer, tokenVerifier } from "./identity/token.actions";
import type { Database } from "./platform/db/database";
import type { Replica } from "./platform/db/replica";
import { Visit } from "./platform/db/visit";
import { apolloServer } from "./platform/graphql/apollo";
import { COST_LIMITS, type CostLimits } from "./platform/graphql/limits";
import { publishedNouns } from "./platform/graphql/published-nouns";
import { readQueriesElsewhere } from "./platform/graphql/replica-plugin";
import { publishedSchema } from "./platform/graphql/schema";
import { Toll } from "./platform/graphql/toll";
import { createHttpApp } from "./platform/http/app";
import { registerLinkedDocuments } from "./platform/http/linked-documents";
import type { Metrics } from "./platform/metrics/metrics";
import { type Visiting, watchOperations } from "./platform/metrics/operation-plugin";
import { relationsOf } from "./platform/slice";
import { monotonicMilliseconds } from "./platform/time";
import { slices } from "./slices";

interface Parts {
  database: Database;
  /** Whose tokens members sign in with. */
  issuers: readonly Issuer[];
  jit: boolean;
  /** Whether rows are read with what is asked of them, by one statement; otherwise each relation by itself. */
  planned?: boolean;
  /** Whether a query takes members for who they were a moment ago. */
  remembersMembers?: boolean;
  /** What operations may cost; `COST_LIMITS` where it is not said. */
  limits?: CostLimits;
  /** Addresses and networks that are believed about `x-forwarded-for`; nobody where there is none. */
  trustedProxies?: readonly string[];
  /** From which queries read; the primary where there is none. */
  replica?: Replica | null;
  /** Who is told of operations; nobody where there are none. */
  metrics?: Metrics | null;
  /** From how many milliseconds on an operation is told to the log; none is where it is not said. */
  slowMilliseconds?: number;
  logger: FastifyBaseLogger;
}

/** What a request asks with. */
interface Arriving {
  database: Database;
  signal?: AbortSignal;
}

/** Built once: type-graphql keeps what it reads from the classes for the whole process. */
export const schema = publishedSchema(slices);

const published = publishedNouns(schema, relationsOf(slices));

/** The whole API over HTTP, not yet listening. */
export async function createServer({
  database,
  issuers,
  jit,
  planned = true,
  remembersMembers = true,
  limits,
  trustedProxies,
  replica = null,
  metrics = null,
  slowMilliseconds = 0,
  logger,
}: Parts): Promise<FastifyInstance> {
  const log = (requestId: string, error: unknown) => logger.error({ requestId, err: error }, "a defect was masked");
  const toll = new Toll(limits ?? COST_LIMITS, monotonicMilliseconds);
  const apollo = apolloServer<Visiting>(schema, { jit, log, toll, published });
  apollo.addPlugin(watchOperations({ metrics, slowMilliseconds, log: logger }));
  if (replica) apollo.addPlugin(readQueriesElsewhere);
  const verify = tokenVerifier(issuers);
  const arrive = (request: FastifyRequest, { database, signal }: Arriving) => {
    const { headers, id: requestId, ip: address } = request;
    const { authorization, [ORGANIZATION_HEADER]: organization } = headers;
    const mayBeRemembered = remembersMembers && isReading(request);
    const signed = { authorization, organization, requestId, address, mayBeRemembered, signal };
    return requestContext(database, verify, signed).catch((error: unknown) => {
      log(requestId, error);
      throw error;
    });
  };
  const app = await createHttpApp(apollo, {
    logger,
    trustedProxies,
    isSignedIn: async (request) => (await arrive(request, { database })).viewer !== null,
    context: async (request, signal) => {
      const visit = new Visit(database, replica);
      const ctx = await arrive(request, { database: visit.database, signal });
      toll.admit(ctx);
      if (ctx.viewer) ctx.db.plans = planned;
      return { ...ctx, visit };
    },
    ready: () => readiness(database),
  });
  registerLinkedDocuments(app, {
    database,
    documents: slices.flatMap(({ documents = [] }) => documents),
    pay: (address, cost) => toll.pay({ address }, Math.min(cost, toll.limitsOf({ address }).most)),
  });
  return app;
}

/** No mutation can be without the word. */
function isReading({ body }: FastifyRequest): boolean {
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === "string" && !query.includes("mutation");
}

async function readiness(database: Database): Promise<{ ready: boolean; message: string }> {
  try {
    const [row] = await database.ask<{ applied: number }>("select count(*)::int as applied from migrations");
    const ready = row?.applied === database.dataSource.migrations.length;
    return { ready, message: ready ? "ok" : "the database is at another version than the server" };
  } catch {
    return { ready: false, message: "the database does not answer" };
  }
}
