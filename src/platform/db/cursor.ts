import { refuse } from "../errors";
import { isIdOf } from "../ids";
import type { Noun } from "./nouns";
import { fits, type Order, ownOrder, placeOf } from "./order";
import type { OrganizationRow } from "./row";

/** Where a row stands in an order: the values that it is ordered by, if any, and its id. */
export type Cursor = readonly string[];

/** Opaque to clients. It names a place in the order, not an offset: rows added meanwhile move nothing. */
export function cursorOf(noun: Noun, row: OrganizationRow, order: Order = ownOrder(noun)): string {
  return Buffer.from(JSON.stringify([...nameOf(order), ...placeOf(order, row)])).toString("base64url");
}

/** @throws Refusal BAD_CURSOR unless the cursor was made for this order of the noun */
export function readCursor(noun: Noun, cursor: string, field: string, order: Order = ownOrder(noun)): Cursor {
  const place = placeIn(order, parsed(cursor));
  if (!place || !isIdOf(noun.entity.name, place.at(-1)!)) {
    refuse("BAD_CURSOR", `\`${field}\` is not a cursor of this list: pass one that it answered, unchanged.`, field);
  }
  return place;
}

const nameOf = ({ name }: Order): string[] => (name ? [name] : []);

/** What follows the order's name, where everything is as `placeOf` would have made it. */
function placeIn(order: Order, values: unknown): Cursor | null {
  const name = nameOf(order);
  const wanted = [...name, ...order.terms, "id"];
  if (!Array.isArray(values) || values.length !== wanted.length) return null;
  if (!values.every((value) => typeof value === "string") || name.some((each, index) => values[index] !== each))
    return null;
  const place = values.slice(name.length);
  return order.terms.every(({ type }, index) => fits[type](place[index]!)) ? place : null;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}
