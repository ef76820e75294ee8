import { Transform } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Largest request body: a 4 MB import in JSON, where quotes and line ends take two bytes and control characters six. */
export const LARGEST_BODY_BYTES = 9_000_000;

/** Of a request of nobody who has signed in. */
export const LARGEST_STRANGERS_BODY_BYTES = 100_000;

class BodyTooLarge extends Error {
  readonly statusCode = 413;

  constructor() {
    super(`The request body is too large: at most ${LARGEST_STRANGERS_BODY_BYTES} bytes before you have signed in.`);
  }
}

/**
 * Keeps the bodies of strangers small, whether they tell the length before or send in chunks: nobody's megabytes are
 * read before it is known whose they are.
 */
export function limitStrangersBodies(
  app: FastifyInstance,
  isSignedIn: (request: FastifyRequest) => Promise<boolean>,
): void {
  app.addHook("preParsing", async (request, reply, payload) => {
    const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
    const isSmall = encoding === undefined && Number(length) <= LARGEST_STRANGERS_BODY_BYTES;
    if (isSmall || (await isSignedIn(request))) return payload;
    // What is left of the body is not read: another request could not follow it.
    const refuse = () => {
      reply.header("connection", "close");
      return new BodyTooLarge();
    };
    if (Number(length) > LARGEST_STRANGERS_BODY_BYTES) throw refuse();
    let receivedEncodedLength = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, passed) {
        receivedEncodedLength += chunk.length;
        if (receivedEncodedLength > LARGEST_STRANGERS_BODY_BYTES) passed(refuse());
        else passed(null, chunk);
      },
    });
    return payload.pipe(counted);
  });
}
