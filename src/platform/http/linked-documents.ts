import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database";
import type { SecretLink } from "../secret-link";
import { readSecretLink } from "../secret-link";

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
  /** The body; null where the link is wrong, has expired, was revoked, or shows what its maker may not see. */
  readonly read: (database: Database, link: SecretLink, requestId: string) => Promise<string | null>;
}

/** Serves them. A link that opens nothing is answered alike whatever is wrong with it. */
export function registerLinkedDocuments(
  app: FastifyInstance,
  database: Database,
  documents: readonly LinkedDocument[],
): void {
  for (const { path, type, contentSecurityPolicy, fileName, kept, read } of documents) {
    app.get<{ Params: { token: string } }>(path, async (request, reply) => {
      const link = readSecretLink(request.params.token);
      const body = link && (await read(database, link, request.id));
      reply.headers({
        "cache-control": "private, no-store",
        "content-security-policy": contentSecurityPolicy,
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
      });
      if (!body) return reply.code(404).type("text/plain; charset=utf-8").send("There is nothing under this link.\n");
      if (fileName) reply.header("content-disposition", `attachment; filename="${fileName}"`);
      if (kept) {
        const tag = tagOf(body);
        reply.headers({ "cache-control": "private, no-cache", etag: tag });
        if (knows(request.headers["if-none-match"], tag)) return reply.code(304).send();
      }
      return reply.type(type).send(body);
    });
  }
}

/** Another for each other body. @see RFC 9110, section 8.8.3 */
const tagOf = (body: string): string => `"${createHash("sha256").update(body).digest("base64url")}"`;

/** Whether the reader has the body of the tag, which a proxy may have marked as weak. */
const knows = (ifNoneMatch: string | undefined, tag: string): boolean =>
  (ifNoneMatch ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
