import { refuse } from "../errors";
import { isIdOf } from "../ids";
import type { Noun } from "./nouns";
import type { OrganizationRow } from "./row";

/** Where a row stands in its noun's order: the value it is ordered by, if any, and its id. */
export type Cursor = readonly string[];

const text = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Opaque to clients. It names a place in the order, not an offset: rows added meanwhile move nothing. */
export function cursorOf(noun: Noun, row: OrganizationRow): string {
  const values = noun.orderBy ? [text(row[noun.orderBy as "id"]), row.id] : [row.id];
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** @throws Refusal BAD_CURSOR unless the cursor was made for this noun's order */
export function readCursor(noun: Noun, cursor: string, field: string): Cursor {
  const values = parsed(cursor);
  const wanted = noun.orderBy ? 2 : 1;
  const fits =
    Array.isArray(values) &&
    values.length === wanted &&
    values.every((value) => typeof value === "string" && !value.includes("\0")) &&
    isIdOf(noun.entity.name, values.at(-1));
  if (!fits) {
    refuse("BAD_CURSOR", `\`${field}\` is not a cursor of this list: pass one that it answered, unchanged.`, field);
  }
  return values;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}
