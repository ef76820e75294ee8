import type { Class } from "../class";
import { refuse } from "../errors";
import { type Cursor, readCursor } from "./cursor";
import type { Bind, Noun } from "./nouns";
import { type Order, ownOrder, type Term } from "./order";
import type { Reader } from "./reader";
import type { OrganizationRow } from "./row";

export const DEFAULT_PAGE = 25;
export const LONGEST_PAGE = 100;

/** The four arguments of a connection, as Relay names them. */
export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** A page as asked for: how many rows, from which end, between which cursors, in which order. */
export interface Span {
  order: Order;
  size: number;
  fromEnd: boolean;
  after: Cursor | null;
  before: Cursor | null;
}

export interface Rows {
  rows: OrganizationRow[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** The same for spans that ask alike. */
export const spanKey = ({ order, size, fromEnd, after, before }: Span): string =>
  JSON.stringify([order.name, size, fromEnd, after, before]);

/** @throws Refusal BAD_PAGE | BAD_CURSOR */
export function spanOf(args: PageArgs, noun: Noun, order: Order = ownOrder(noun)): Span {
  const { first = null, last = null } = args;
  if (first !== null && last !== null) refuse("BAD_PAGE", "Ask for `first` or for `last`, not for both.", "last");
  const name = last === null ? "first" : "last";
  const size = last ?? first ?? DEFAULT_PAGE;
  if (size < 0 || size > LONGEST_PAGE) {
    refuse("BAD_PAGE", `\`${name}\` is ${size}; a page holds 0 to ${LONGEST_PAGE} rows: page on with a cursor.`, name);
  }
  return {
    order,
    size,
    fromEnd: last !== null,
    after: args.after == null ? null : readCursor(noun, args.after, "after", order),
    before: args.before == null ? null : readCursor(noun, args.before, "before", order),
  };
}

/** A column that a list adds to its rows. */
export interface Added {
  readonly as: string;
  readonly sql: string;
  /** SQL type. */
  readonly type: string;
}

/** What rows do not carry by themselves, but their cursors need. */
export const additions = ({ terms }: Order): Added[] =>
  terms.flatMap(({ as, sql, type }) => (sql ? [{ as, sql, type: type === "instant" ? "timestamptz" : type }] : []));

/** Properties of the row that tell where it stands in the order. */
export const placed = ({ order }: Span): string[] => order.terms.filter(({ sql }) => !sql).map(({ as }) => as);

function sortColumns(db: Reader, entity: Class<OrganizationRow>, { terms }: Order): string[] {
  const { columns } = db.model.table(entity);
  const sqlOf = ({ as, sql }: Term) => sql ?? `t.${columns.get(as)}`;
  return [...terms.map(sqlOf), "t.id"];
}

export function bounds(db: Reader, entity: Class<OrganizationRow>, span: Span, bind: Bind): string[] {
  const columns = sortColumns(db, entity, span.order).join(", ");
  const [later, earlier] = span.order.descending ? ["<", ">"] : [">", "<"];
  const bound = (cursor: Cursor, operator: string) => `(${columns}) ${operator} (${cursor.map(bind).join(", ")})`;
  return [...(span.after ? [bound(span.after, later)] : []), ...(span.before ? [bound(span.before, earlier)] : [])];
}

export function tail(db: Reader, entity: Class<OrganizationRow>, span: Span, bind: Bind): string {
  const direction = span.order.descending !== span.fromEnd ? " desc" : "";
  const order = sortColumns(db, entity, span.order).map((column) => column + direction);
  return `order by ${order.join(", ")} limit ${bind(span.size + 1)}`;
}

/** One row more than asked for was read, to know whether there is one. */
export function cut(read: OrganizationRow[], span: Span): Rows {
  const more = read.length > span.size;
  const rows = read.slice(0, span.size);
  if (span.fromEnd) rows.reverse();
  return {
    rows,
    hasNextPage: span.fromEnd ? span.before !== null : more,
    hasPreviousPage: span.fromEnd ? more : span.after !== null,
  };
}
