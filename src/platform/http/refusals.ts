import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const CODES: Readonly<Record<number, string>> = {
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  408: "REQUEST_TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  431: "HEADERS_TOO_LARGE",
  500: "INTERNAL_SERVER_ERROR",
};

/** In the shape that a GraphQL client reads. */
const body = (status: number, message: string) => ({
  errors: [{ message, extensions: { code: CODES[status] ?? "BAD_REQUEST" } }],
});

/** What never reaches Apollo. */
export function refused(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ requestId: request.id, err: error }, "a request failed");
  return reply.code(status).send(body(status, status < 500 ? error.message : "Something went wrong on our side."));
}

/** A URL that cannot be read; whoever hears of it must answer. */
export const refusedUrl = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void =>
  void refused(error, request, reply);

/** What there is not, and what there is under another method. */
export function answerInGraphQL(app: FastifyInstance): void {
  app.setErrorHandler(refused);
  app.setNotFoundHandler((request, reply) => {
    const [path] = request.url.split("?");
    if (path !== "/graphql") return reply.code(404).send(body(404, "There is nothing here: the API is at /graphql."));
    return reply
      .code(405)
      .header("allow", "GET, POST")
      .send(body(405, "Send operations with POST, or queries with GET."));
  });
}

const BROKEN: Readonly<Record<string, [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive."],
  HPE_HEADER_OVERFLOW: [431, "The request's headers are too large."],
};

/** A request that Node could not read to its end: there is no reply to send, only the connection to answer on and to close. */
export function refuseBroken({ code }: NodeJS.ErrnoException, socket: Socket): void {
  const [status, message] = BROKEN[code ?? ""] ?? [400, "This is no HTTP request."];
  if (socket.writable && code !== "ECONNRESET") {
    const text = JSON.stringify(body(status, message));
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }
  socket.destroy();
}
