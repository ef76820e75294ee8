import type { Actor } from "../actor";
import type { Class } from "../class";
import { refuse } from "../errors";
import { type Cursor, readCursor } from "./cursor";
import { grouped } from "./loaders";
import type { Bind, Noun, Relation } from "./nouns";
import { type Order, ownOrder, type Term } from "./order";
import { binding, sightOf } from "./reader";
import type { OrganizationRow } from "./row";
import type { ViewerDb } from "./viewer-db";

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

/** Which rows of a noun a list holds. Both parts are SQL over the row `t`. */
export interface Choice {
  /** Comes before `where`: what an order or a condition needs besides `t`, such as a join. */
  readonly join?: (bind: Bind) => string;
  readonly where?: (bind: Bind) => string;
}

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

/** A page of the noun's rows that were chosen, in the order of the span: one statement. */
export async function page(
  db: ViewerDb<Actor>,
  entity: Class<OrganizationRow>,
  span: Span,
  choice: Choice = {},
): Promise<Rows> {
  const { values, bind } = binding();
  const { select } = db.model.table(entity);
  const from = chosen(db, entity, choice, bind, bounds(db, entity, span, bind));
  const text = `select ${[select, ...additions(span.order)].join(", ")} ${from} ${tail(db, entity, span, bind)}`;
  return cut(await db.all<OrganizationRow>(text, values), span);
}

/** The same page of each parent's rows: one statement for all parents that ask alike. */
export function childPage(db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow, span: Span): Promise<Rows> {
  const key = `${relation.parent.name}.${relation.field} ${JSON.stringify(span)}`;
  const loader = db.loader<string, Rows>(key, async (parents) => {
    const { values, bind } = binding();
    const table = db.model.table(relation.target);
    const by = `t.${table.columns.get(relation.by)}`;
    const from = `from unnest(${bind(parents)}::uuid[]) parent(id)`;
    const conditions = [
      `${by} = parent.id`,
      `(${sightOf(db, relation.target, bind)})`,
      ...bounds(db, relation.target, span, bind),
    ];
    const columns = [table.select, ...additions(span.order)].join(", ");
    const inner = `select ${columns} from ${table.name} t where ${conditions.join(" and ")} ${tail(db, relation.target, span, bind)}`;
    const rows = await db.all<OrganizationRow>(`select child.* ${from} cross join lateral (${inner}) child`, values);
    const groups = grouped(rows, relation.by);
    return parents.map((each) => cut(groups.get(each) ?? [], span));
  });
  return loader.load(parent.id);
}

/** How many rows of the noun the viewer sees among those chosen. */
export async function count(db: ViewerDb<Actor>, entity: Class<OrganizationRow>, choice: Choice = {}): Promise<number> {
  const { values, bind } = binding();
  const [row] = await db.all<{ n: number }>(`select count(*)::int as n ${chosen(db, entity, choice, bind)}`, values);
  return row!.n;
}

/** `from` and `where` of the rows `t` that were chosen and that the viewer sees. */
export function chosen(
  db: ViewerDb<Actor>,
  entity: Class<OrganizationRow>,
  { join = () => "", where = () => "true" }: Choice,
  bind: Bind,
  further: readonly string[] = [],
): string {
  const conditions = [where(bind), `(${sightOf(db, entity, bind)})`, ...further];
  return `from ${db.model.table(entity).name} t ${join(bind)} where ${conditions.join(" and ")}`;
}

/** What rows do not carry by themselves, but their cursors need. */
const additions = ({ terms }: Order): string[] => terms.flatMap(({ as, sql }) => (sql ? [`${sql} as "${as}"`] : []));

function sortColumns(db: ViewerDb<Actor>, entity: Class<OrganizationRow>, { terms }: Order): string[] {
  const { columns } = db.model.table(entity);
  const sqlOf = ({ as, sql }: Term) => sql ?? `t.${columns.get(as)}`;
  return [...terms.map(sqlOf), "t.id"];
}

function bounds(db: ViewerDb<Actor>, entity: Class<OrganizationRow>, span: Span, bind: Bind): string[] {
  const columns = sortColumns(db, entity, span.order).join(", ");
  const [later, earlier] = span.order.descending ? ["<", ">"] : [">", "<"];
  const bound = (cursor: Cursor, operator: string) => `(${columns}) ${operator} (${cursor.map(bind).join(", ")})`;
  return [...(span.after ? [bound(span.after, later)] : []), ...(span.before ? [bound(span.before, earlier)] : [])];
}

function tail(db: ViewerDb<Actor>, entity: Class<OrganizationRow>, span: Span, bind: Bind): string {
  const direction = span.order.descending !== span.fromEnd ? " desc" : "";
  const order = sortColumns(db, entity, span.order).map((column) => column + direction);
  return `order by ${order.join(", ")} limit ${bind(span.size + 1)}`;
}

/** One row more than asked for was read, to know whether there is one. */
function cut(read: OrganizationRow[], span: Span): Rows {
  const more = read.length > span.size;
  const rows = read.slice(0, span.size);
  if (span.fromEnd) rows.reverse();
  return {
    rows,
    hasNextPage: span.fromEnd ? span.before !== null : more,
    hasPreviousPage: span.fromEnd ? more : span.after !== null,
  };
}
