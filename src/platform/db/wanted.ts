import type { Relation } from "./nouns";
import type { Span } from "./span";

/** What is asked of rows of a noun: of their columns, and of what hangs on them. It may be more than is answered, never less. */
export interface Wanted {
  /** Properties; null: all of them. */
  readonly columns: readonly string[] | null;
  readonly branches: readonly Branch[];
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
