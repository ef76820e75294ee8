import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "../db/database";
import type { SecretLink } from "../secret-link";
import { readSecretLink } from "../secret-link";
import type { Payment } from "../throttle";

/** What somebody who has a secret link reads, without signing in. */
export interface LinkedDocument {
  /** Where it is; `:token` stands for the link. */
  readonly path: `/${string}:token${string}`;
  /** Media type of the body. */
  readonly type: string;
  /** What the page may load, as a Content-Security-Policy. */
  readonly contentSecurityPolicy: string;
  /** What a browser calls the file that it saves; none for a page, which it shows. */
  readonly fileName?: string;
  /** Whether programs that come again may keep it and ask whether it has changed; what is not kept is sent each time. */
  readonly kept?: boolean;
  /** What reading it costs whoever asks, in cost units. */
  readonly cost: number;
  /** The body; null where the link is wrong, has expired, was revoked, or shows what its maker may not see. */
  readonly read: (database: Database, link: SecretLink, requestId: string) => Promise<string | null>;
}

/** Cost units of what is no link. A wrong one costs what a right one does. */
const NO_LINK_COST = 20;

/** Takes cost units from what a network address has left. */
type Pay = (address: string, cost: number) => Payment;

interface Parts {
  database: Database;
  documents: readonly LinkedDocument[];
  pay: Pay;
}

/** Serves them. A link that opens nothing is answered alike whatever is wrong with it. Whoever asks pays before it is read. */
export function registerLinkedDocuments(app: FastifyInstance, { database, documents, pay }: Parts): void {
  for (const document of documents) {
    app.get<{ Params: { token: string } }>(document.path, async (request, reply) => {
      const link = readSecretLink(request.params.token);
      const payment = pay(request.ip, link ? document.cost : NO_LINK_COST);
      reply.headers(SECLUDED).header("content-security-policy", document.contentSecurityPolicy);
      if (!payment.granted) return refuseUnpaid(reply, payment);
      const body = link && (await document.read(database, link, request.id));
      if (!body) return reply.code(404).type(PLAIN).send("There is nothing under this link.\n");
      return sendBody(document, body, request, reply);
    });
  }
}

const PLAIN = "text/plain; charset=utf-8";

/** Nobody keeps it, tells of it or finds it. */
const SECLUDED = {
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

function refuseUnpaid(reply: FastifyReply, { waitSeconds }: Payment): FastifyReply {
  const message = `Too much was asked for from your network: come again in ${waitSeconds} s.\n`;
  return reply.code(429).header("retry-after", waitSeconds).type(PLAIN).send(message);
}

function sendBody(
  { type, fileName, kept }: LinkedDocument,
  body: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (fileName) reply.header("content-disposition", `attachment; filename="${fileName}"`);
  if (kept) {
    const tag = tagOf(body);
    reply.headers({ "cache-control": "private, no-cache", etag: tag });
    if (knows(request.headers["if-none-match"], tag)) return reply.code(304).send();
  }
  return reply.type(type).send(body);
}

/** Another for each other body. @see RFC 9110, section 8.8.3 */
const tagOf = (body: string): string => `"${createHash("sha256").update(body).digest("base64url")}"`;

/** Whether the reader has the body of the tag, which a proxy may have marked as weak. */
const knows = (ifNoneMatch: string | undefined, tag: string): boolean =>
  (ifNoneMatch ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
