import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { requestContext } from "./identity/request.actions";
import { tokenVerifier } from "./identity/token.actions";
import type { Database } from "./platform/db/database";
import { apolloServer } from "./platform/graphql/apollo";
import { publishedSchema } from "./platform/graphql/schema";
import { createHttpApp } from "./platform/http/app";
import { registerLinkedDocuments } from "./platform/http/linked-documents";
import { slices } from "./slices";

interface Parts {
  database: Database;
  tokenSecret: string;
  jit: boolean;
  logger: FastifyBaseLogger;
}

/** Built once: type-graphql keeps what it reads from the classes for the whole process. */
export const schema = publishedSchema(slices);

/** The whole API over HTTP, not yet listening. */
export async function createServer({ database, tokenSecret, jit, logger }: Parts): Promise<FastifyInstance> {
  const log = (requestId: string, error: unknown) => logger.error({ requestId, err: error }, "a defect was masked");
  const apollo = apolloServer<{ requestId: string }>(schema, { jit, log });
  const verify = tokenVerifier(tokenSecret);
  const app = await createHttpApp(apollo, {
    logger,
    context: async ({ headers, id: requestId, ip: address }) => {
      try {
        return await requestContext(database, verify, { authorization: headers.authorization, requestId, address });
      } catch (error) {
        log(requestId, error);
        throw error;
      }
    },
    ready: () => readiness(database),
  });
  registerLinkedDocuments(
    app,
    database,
    slices.flatMap(({ documents = [] }) => documents),
  );
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
