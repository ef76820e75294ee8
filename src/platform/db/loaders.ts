import type { Actor } from "../actor";
import type { Class } from "../class";
import { isIdOf } from "../ids";
import type { Relation } from "./nouns";
import { binding, sightOf } from "./reader";
import { keyOf, type Related, shareOf } from "./related";
import type { OrganizationRow } from "./row";
import { relatedRows, rowsById } from "./rows-sql";
import { type Rows, type Span, spanKey } from "./span";
import { readTree } from "./tree";
import type { ViewerDb } from "./viewer-db";
import { type Branch, type Wanted, WHOLE } from "./wanted";

/** The row with the id, or null when there is none that the viewer sees. Batched per operation. */
export function byId<E extends OrganizationRow>(
  db: ViewerDb<Actor>,
  entity: Class<E>,
  id: string,
  wanted: Wanted = WHOLE,
): Promise<E | null> {
  return isIdOf(entity.name, id) ? rowLoader(db, entity, wanted).load(id) : Promise.resolve(null);
}

function rowLoader<E extends OrganizationRow>(db: ViewerDb<Actor>, entity: Class<E>, wanted: Wanted) {
  const key = wanted === WHOLE ? entity : `${entity.name} ${db.nameOf(wanted)}`;
  return db.loader(key, async (ids: readonly string[]) => {
    const bound = binding();
    const rows = await readTree(db, rowsById(db, entity, bound.bind(ids), bound.bind), wanted, bound);
    const found = new Map(rows.map((row) => [row.id, row as E]));
    return ids.map((each) => found.get(each) ?? null);
  });
}

/** What a relation comes to for the parent: one statement for all parents of which the same is asked. */
export function related(
  db: ViewerDb<Actor>,
  { relation, span, wanted }: Branch,
  parent: OrganizationRow,
): Promise<Related> | null {
  const key = keyOf(relation, parent);
  if (key === null) return null;
  if (relation.kind === "one") return rowLoader(db, relation.target, wanted).load(key);
  const name = `${relation.parent.name}.${relation.field} ${span ? spanKey(span) : ""} ${db.nameOf(wanted)}`;
  return db
    .loader<string, Related>(name, async (parents) => {
      const bound = binding();
      const rows = relatedRows(db, relation, `${bound.bind(parents)}::uuid[]`, bound.bind, span);
      return parents.map(shareOf(await readTree(db, rows, wanted, bound), relation, span));
    })
    .load(key);
}

const whole = (relation: Relation): Branch => ({ relation, span: null, wanted: WHOLE });

/** The row that a `one` relation names, or null. */
export const target = (db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow): Promise<unknown> | null =>
  related(db, whole(relation), parent);

/** The rows of a `many` or `through` relation, in its order. */
export const children = (db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow) =>
  related(db, whole(relation), parent) as Promise<OrganizationRow[]>;

/** The page of a `pages` relation. */
export const childPage = (
  db: ViewerDb<Actor>,
  relation: Relation,
  parent: OrganizationRow,
  { span, wanted }: Pick<Branch, "wanted"> & { span: Span },
) => related(db, { relation, span, wanted }, parent) as Promise<Rows>;

/** How many rows of a `pages` relation the viewer sees. */
export function childCount(db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow): Promise<number> {
  const loader = db.loader<string, number>(`count ${relation.parent.name}.${relation.field}`, async (parents) => {
    const { values, bind } = binding();
    const table = db.model.table(relation.target);
    const by = `t.${table.columns.get(relation.by)}`;
    const condition = `${by} = any(${bind(parents)}) and (${sightOf(db, relation.target, bind)})`;
    const text = `select ${by} as parent, count(*)::int as n from ${table.name} t where ${condition} group by 1`;
    const rows = await db.all<{ parent: string; n: number }>(text, values);
    const counts = new Map(rows.map(({ parent: id, n }) => [id, n]));
    return parents.map((each) => counts.get(each) ?? 0);
  });
  return loader.load(parent.id);
}
