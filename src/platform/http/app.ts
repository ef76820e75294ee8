import type { ApolloServer, BaseContext } from "@apollo/server";
import fastifyApollo, { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import { KEY_HEADER } from "../idempotency";
import { LARGEST_BODY_BYTES, limitStrangersBodies } from "./body-limit";
import { departure } from "./departure";
import { PROTECTION } from "./protection";
import { answerInGraphQL, refuseBroken, refusedUrl } from "./refusals";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";

/** How long a request may take to arrive, in milliseconds. */
interface Patience {
  readonly headers: number;
  /** With its body: 9 MB at 1.2 Mbit/s. */
  readonly whole: number;
  /** How often this is looked at. */
  readonly checked: number;
}

const PATIENCE: Patience = { headers: 15_000, whole: 60_000, checked: 5_000 };

/**
 * Of callers and of the proxies before us. At worst each holds what a stranger may send, 100 kB; what a hundred members
 * hold back of imports comes to 900 MB.
 */
const MOST_CONNECTIONS = 2_000;

interface Options<C extends BaseContext> {
  /** `signal` is aborted when the client goes away before its answer. */
  context: (request: FastifyRequest, signal: AbortSignal) => Promise<C>;
  /** Whether somebody sends the request who has signed in: asked before a large body is read. */
  isSignedIn: (request: FastifyRequest) => Promise<boolean>;
  /** Whether the server can do its work; the message says what is missing. */
  ready: () => Promise<{ ready: boolean; message: string }>;
  /** Addresses and networks that are believed about `x-forwarded-for`; nobody where there is none. */
  trustedProxies?: readonly string[];
  logger: FastifyBaseLogger;
  patience?: Patience;
}

/** An HTTP application around any Apollo Server: `/graphql`, `/healthz`, `/readyz`. Starts the Apollo Server. */
export async function createHttpApp<C extends BaseContext>(
  apollo: ApolloServer<C>,
  options: Options<C>,
): Promise<FastifyInstance> {
  const { headers, whole, checked } = options.patience ?? PATIENCE;
  const app = Fastify({
    loggerInstance: options.logger,
    requestTimeout: whole,
    http: { headersTimeout: headers, connectionsCheckingInterval: checked },
    frameworkErrors: refusedUrl,
    clientErrorHandler: refuseBroken,
    bodyLimit: LARGEST_BODY_BYTES,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    logController: new LogController({ disableRequestLogging: true }),
    // What is logged of a request names it: a logger of its own for each would be dear.
    childLoggerFactory: (logger) => logger,
    genReqId: newRequestId,
    requestIdHeader: false,
    forceCloseConnections: "idle",
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(PROTECTION).header(REQUEST_ID_HEADER, request.id);
    keepEmptyKey(request);
  });
  closeConnectionsOnClose(app);
  limitStrangersBodies(app, options.isSignedIn);
  answerInGraphQL(app);
  apollo.addPlugin(fastifyApolloDrainPlugin(app));
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    path: "/graphql",
    context: (request, reply) => options.context(request, departure(reply.raw)),
  });

  app.get("/", (_request, reply) => reply.redirect("/graphiql"));
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const { ready, message } = await options.ready();
    return reply.code(ready ? 200 : 503).send({ status: message });
  });
  return app;
}

/** An empty header is dropped on the way to Apollo: whoever sent it would take the request for safe to repeat. */
function keepEmptyKey({ headers }: FastifyRequest): void {
  if (headers[KEY_HEADER] === "") headers[KEY_HEADER] = " ";
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
