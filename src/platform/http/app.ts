import type { ApolloServer, BaseContext } from "@apollo/server";
import fastifyApollo, { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import helmet from "@fastify/helmet";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";

interface Options<C extends BaseContext> {
  context: (request: FastifyRequest) => Promise<C>;
  /** Whether the server can do its work; the message says what is missing. */
  ready: () => Promise<{ ready: boolean; message: string }>;
  logger: FastifyBaseLogger;
}

/** Largest request body: a 4 MB import in JSON, where quotes and line ends take two bytes and control characters six. */
const LARGEST_BODY_BYTES = 9_000_000;

/** An HTTP application around any Apollo Server: `/graphql`, `/healthz`, `/readyz`. Starts the Apollo Server. */
export async function createHttpApp<C extends BaseContext>(
  apollo: ApolloServer<C>,
  options: Options<C>,
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    bodyLimit: LARGEST_BODY_BYTES,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestIdHeader: false,
    forceCloseConnections: "idle",
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id);
  });
  closeConnectionsOnClose(app);
  answerInGraphQL(app);
  await app.register(helmet);
  apollo.addPlugin(fastifyApolloDrainPlugin(app));
  await apollo.start();
  await app.register(fastifyApollo(apollo), { path: "/graphql", context: options.context });

  app.get("/", (_request, reply) => reply.redirect("/graphiql"));
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const { ready, message } = await options.ready();
    return reply.code(ready ? 200 : 503).send({ status: message });
  });
  return app;
}

/** A connection that is kept alive would keep the server alive: while it closes, each answer is a connection's last. */
function closeConnectionsOnClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
}

/** What never reaches Apollo is refused in the shape that a GraphQL client reads. */
function answerInGraphQL(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ requestId: request.id, err: error }, "a request failed");
    const message = status < 500 ? error.message : "Something went wrong on our side.";
    return reply.code(status).send({ errors: [{ message, extensions: { code: CODES[status] ?? "BAD_REQUEST" } }] });
  });
}

const CODES: Readonly<Record<number, string>> = {
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  500: "INTERNAL_SERVER_ERROR",
};
