import type { Relation } from "./nouns";
import type { Reader } from "./reader";
import type { RowsSql } from "./rows-sql";
import type { Added } from "./span";

export const selected = (columns: readonly Added[]): string =>
  columns.map(({ as, sql }) => `${sql} as "${as}"`).join(", ");

export interface Along {
  /** Properties; null: all of them. */
  readonly columns: readonly string[] | null;
  readonly relations: readonly Relation[];
}

/** Each once: what is wanted, what its branches hang by, and what puts the rows where they belong. */
export function columnsOf(
  { model }: Reader,
  { entity, added, needed }: RowsSql,
  { columns, relations }: Along,
): Added[] {
  const table = model.table(entity);
  const hooks = relations.flatMap(({ kind, by }) => (kind === "one" ? [by] : []));
  const kind = table.columns.has("kind") ? ["kind"] : [];
  const names = columns ? new Set(["id", ...kind, ...needed, ...hooks, ...columns]) : table.columns.keys();
  const own = [...names].map((as) => ({ as, sql: `t.${table.columns.get(as)}`, type: table.types.get(as)! }));
  return [...own, ...added];
}
