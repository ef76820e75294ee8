import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { ORGANIZATION_HEADER, requestContext } from "./identity/request.actions";
import { type Issuer, tokenVerifier } from "./identity/token.actions";
import type { Database } from "./platform/db/database";
import { apolloServer } from "./platform/graphql/apollo";
import { COST_LIMITS, type CostLimits } from "./platform/graphql/limits";
import { publishedSchema } from "./platform/graphql/schema";
import { Toll } from "./platform/graphql/toll";
import { createHttpApp } from "./platform/http/app";
import { registerLinkedDocuments } from "./platform/http/linked-documents";
import { monotonicMilliseconds } from "./platform/time";
import { slices } from "./slices";

interface Parts {
  database: Database;
  /** Whose tokens members sign in with. */
  issuers: readonly Issuer[];
  jit: boolean;
  /** What operations may cost; `COST_LIMITS` where it is not said. */
  limits?: CostLimits;
  /** Addresses and networks that are believed about `x-forwarded-for`; nobody where there is none. */
  trustedProxies?: readonly string[];
  logger: FastifyBaseLogger;
}

/** Built once: type-graphql keeps what it reads from the classes for the whole process. */
export const schema = publishedSchema(slices);

/** The whole API over HTTP, not yet listening. */
export async function createServer({
  database,
  issuers,
  jit,
  limits,
  trustedProxies,
  logger,
}: Parts): Promise<FastifyInstance> {
  const log = (requestId: string, error: unknown) => logger.error({ requestId, err: error }, "a defect was masked");
  const toll = new Toll(limits ?? COST_LIMITS, monotonicMilliseconds);
  const apollo = apolloServer<{ requestId: string }>(schema, { jit, log, toll });
  const verify = tokenVerifier(issuers);
  const arrive = ({ headers, id: requestId, ip: address }: FastifyRequest, signal?: AbortSignal) => {
    const { authorization, [ORGANIZATION_HEADER]: organization } = headers;
    const signed = { authorization, organization, requestId, address, signal };
    return requestContext(database, verify, signed).catch((error: unknown) => {
      log(requestId, error);
      throw error;
    });
  };
  const app = await createHttpApp(apollo, {
    logger,
    trustedProxies,
    isSignedIn: async (request) => (await arrive(request)).viewer !== null,
    context: async (request, signal) => {
      const ctx = await arrive(request, signal);
      toll.admit(ctx);
      return ctx;
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

async function readiness(database: Database): Promise<{ ready: boolean; message: string }> {
  try {
    const [row] = await database.ask<{ applied: number }>("select count(*)::int as applied from migrations");
    const ready = row?.applied === database.dataSource.migrations.length;
    return { ready, message: ready ? "ok" : "the database is at another version than the server" };
  } catch {
    return { ready: false, message: "the database does not answer" };
  }
}
