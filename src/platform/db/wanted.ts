import type { Relation } from "./nouns";
import { type Span, spanKey } from "./span";
import type { Writing } from "./writing";

/** What is asked of rows of a noun: of their columns, and of what hangs on them. It may be more than is answered, never less. */
export interface Wanted {
  /** Properties; null: all of them. */
  readonly columns: readonly string[] | null;
  readonly branches: readonly Branch[];
  /** Instead of both, where PostgreSQL writes what is answered. */
  readonly writing?: Writing;
  /** With each written row, how many its list has. */
  readonly counted?: boolean;
  /** Nothing stands between the written rows: they may be one text. */
  readonly together?: boolean;
}

/** A relation that is asked for, and what is asked of the rows to which it leads. */
export interface Branch {
  readonly relation: Relation;
  /** For `pages`; null for the others. */
  readonly span: Span | null;
  readonly wanted: Wanted;
}

/** Whole rows, with nothing along. */
export const WHOLE: Wanted = { columns: null, branches: [] };

/** One branch for all that ask for the same rows, in whatever words. */
export function merged(branches: readonly Branch[]): Branch[] {
  const found: Branch[] = [];
  for (const branch of branches) {
    const place = found.findIndex((each) => asksAlike(each, branch));
    if (place === -1) found.push(branch);
    else found[place] = { ...branch, wanted: both(found[place]!.wanted, branch.wanted) };
  }
  return found;
}

const asksAlike = (one: Branch, other: Branch): boolean =>
  one.relation === other.relation && (!one.span || spanKey(one.span) === spanKey(other.span!));

const both = (one: Wanted, other: Wanted): Wanted => ({
  columns: one.columns && other.columns && [...new Set([...one.columns, ...other.columns])],
  branches: merged([...one.branches, ...other.branches]),
});
