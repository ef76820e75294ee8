import type { Actor } from "../actor";
import type { Class } from "../class";
import type { Bind } from "./nouns";
import { binding, sightOf } from "./reader";
import type { OrganizationRow } from "./row";
import type { RowsSql } from "./rows-sql";
import { additions, bounds, cut, placed, type Rows, type Span, tail } from "./span";
import { readTree } from "./tree";
import type { ViewerDb } from "./viewer-db";
import { type Wanted, WHOLE } from "./wanted";

/** Which rows of a noun a list holds. Both parts are SQL over the row `t`. */
export interface Choice {
  /** Comes before `where`: what an order or a condition needs besides `t`, such as a join. */
  readonly join?: (bind: Bind) => string;
  readonly where?: (bind: Bind) => string;
}

/** A page of the noun's rows that were chosen, in the order of the span, with what is wanted along: one statement. */
export async function page(
  db: ViewerDb<Actor>,
  entity: Class<OrganizationRow>,
  span: Span,
  { choice = {}, wanted = WHOLE }: { choice?: Choice; wanted?: Wanted } = {},
): Promise<Rows> {
  const bound = binding();
  const { bind } = bound;
  const rest = `${chosen(db, entity, choice, bind, bounds(db, entity, span, bind))} ${tail(db, entity, span, bind)}`;
  const rows: RowsSql = {
    entity,
    added: additions(span.order),
    needed: placed(span),
    text: (select) => `select ${select} ${rest}`,
    page: span,
    total: wanted.counted ? counting(db, entity, choice, bind) : undefined,
  };
  return cut(await readTree(db, rows, wanted, bound), span);
}

/** How many rows of the noun the viewer sees among those chosen. */
export async function count(db: ViewerDb<Actor>, entity: Class<OrganizationRow>, choice: Choice = {}): Promise<number> {
  const { values, bind } = binding();
  const [row] = await db.all<{ n: number }>(counting(db, entity, choice, bind), values);
  return row!.n;
}

const counting = (...list: Parameters<typeof chosen>): string => `select count(*)::int as n ${chosen(...list)}`;

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
