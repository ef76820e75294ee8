import { createHash } from "node:crypto";
import type { Visit } from "../db/visit";

/** An operation as it ended. */
export interface Ended {
  readonly name: string | null | undefined;
  /** SHA-256 of the document's text, in hex; undefined where none came. */
  readonly document: string | undefined;
  readonly requestId: string;
  /** Undefined: nobody had signed in. */
  readonly organizationId: string | undefined;
  readonly milliseconds: number;
}

/** Enough to tell thousands apart, and short enough for a line with hundreds. */
const HASH_LETTERS = 16;
const LONGEST_NAME = 64;

/** Of a statement's text, which holds no values: the same wherever the same statement is sent. */
export const statementHash = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_LETTERS);

/** As the log tells it: never a variable, nor anybody's data. */
export const slowOperation = (ended: Ended, { statements, statementCount }: Visit) => ({
  operation: ended.name?.slice(0, LONGEST_NAME) ?? "anonymous",
  document: ended.document?.slice(0, HASH_LETTERS) ?? null,
  requestId: ended.requestId,
  organizationId: ended.organizationId ?? null,
  milliseconds: Math.round(ended.milliseconds),
  statementCount,
  statements: statements.map(({ text, milliseconds, place }) => ({
    statement: statementHash(text),
    milliseconds: tenths(milliseconds),
    ...(place === "REPLICA" ? { place } : {}),
  })),
});

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
