import type { DocumentNode } from "graphql";
import { RecentlyUsed } from "../recently-used";

/** Of a node and its place in the text, per token: about 390 bytes of memory. */
const TOKEN_BYTES = 400;
const LETTER_BYTES = 2;
/** Some 500 operations of usual length. Anybody can fill it: Apollo's own store would let them have a hundredfold. */
const MOST_BYTES = 32 * 2 ** 20;

/** Parsed and validated documents, for Apollo. Their text is kept with them, comments and all, and so it is weighed. */
export function documentStore(mostBytes = MOST_BYTES) {
  const kept = new RecentlyUsed<string, DocumentNode>({ most: mostBytes, weightOf: bytesOf });
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, document: DocumentNode) => kept.set(key, document),
    delete: async (key: string) => kept.delete(key),
  };
}

/** Of the memory that a document holds, about. */
export function bytesOf({ loc }: DocumentNode): number {
  if (!loc) return 0;
  let tokens = 0;
  for (let token: typeof loc.startToken | null = loc.startToken; token; token = token.next) tokens++;
  return tokens * TOKEN_BYTES + loc.source.body.length * LETTER_BYTES;
}
