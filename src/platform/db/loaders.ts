import type { Actor } from "../actor";
import type { Class } from "../class";
import { isIdOf } from "../ids";
import { everyone, type Relation } from "./nouns";
import { allRows, binding, sightOf, visibleRows } from "./reader";
import type { OrganizationRow } from "./row";
import type { ViewerDb } from "./viewer-db";

/** The row with the id, or null when there is none that the viewer sees. Batched per operation. */
export function byId<E extends OrganizationRow>(db: ViewerDb<Actor>, entity: Class<E>, id: string): Promise<E | null> {
  return isIdOf(entity.name, id) ? rowLoader(db, entity).load(id) : Promise.resolve(null);
}

/** The row that a `one` relation names, or null. */
export function target(db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow): Promise<unknown> | null {
  const id = parent[relation.by as "id"] as string | null;
  return id === null ? null : rowLoader(db, relation.target).load(id);
}

function rowLoader<E extends OrganizationRow>(db: ViewerDb<Actor>, entity: Class<E>) {
  return db.loader(entity, async (ids: readonly string[]) => {
    const rows = await visibleRows(db, entity, (bind) => `t.id = any(${bind(ids)})`);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((each) => found.get(each) ?? null);
  });
}

/** The rows of a `many` relation, in its order. */
export function children(db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow): Promise<OrganizationRow[]> {
  const loader = db.loader<string, OrganizationRow[]>(relation, async (parents) => {
    const { columns } = db.model.table(relation.target);
    const by = columns.get(relation.by)!;
    const order = `order by t.${columns.get(relation.orderBy)}, t.id`;
    const read = isSeenWithParent(db, relation) ? allRows : visibleRows;
    const rows = await read(db, relation.target, (bind) => `t.${by} = any(${bind(parents)})`, order);
    const groups = grouped(rows, relation.by);
    return parents.map((each) => groups.get(each) ?? []);
  });
  return loader.load(parent.id);
}

/** The rows of a `through` relation that the viewer sees, in the order of the links. */
export function linked(db: ViewerDb<Actor>, relation: Relation, parent: OrganizationRow): Promise<OrganizationRow[]> {
  const { entity, from, to } = relation.link!;
  const loader = db.loader<string, OrganizationRow[]>(relation, async (parents) => {
    const { values, bind } = binding();
    const { name, columns } = db.model.table(entity);
    const target = db.model.table(relation.target);
    const text = `select l.${columns.get(from)} as "linkedTo", ${target.select} from ${name} l
      join ${target.name} t on t.organization_id = l.organization_id and t.id = l.${columns.get(to)}
      where l.${columns.get(from)} = any(${bind(parents)}) and (${sightOf(db, relation.target, bind)}) order by l.id`;
    const groups = grouped(await db.all<OrganizationRow>(text, values), "linkedTo");
    return parents.map((each) => groups.get(each) ?? []);
  });
  return loader.load(parent.id);
}

/** Whoever read the parent sees all these parts of it: no need to ask again for each. */
function isSeenWithParent(db: ViewerDb<Actor>, { target: entity, parent, by }: Relation): boolean {
  const { visible } = db.model.noun(entity);
  return typeof visible !== "function" && visible.entity === parent && visible.by === by && visible.only === everyone;
}

/** The first row of a `many` or `pages` relation, in an order of SQL over the row `t`; null where there is none. */
export function firstOf<E extends OrganizationRow>(
  db: ViewerDb<Actor>,
  relation: Relation,
  parent: OrganizationRow,
  order: string,
): Promise<E | null> {
  const key = `${order} of ${relation.parent.name}.${relation.field}`;
  const loader = db.loader<string, E | null>(key, async (parents) => {
    const { values, bind } = binding();
    const { name, columns, select } = db.model.table(relation.target);
    const by = `t.${columns.get(relation.by)}`;
    const condition = `${by} = any(${bind(parents)}) and (${sightOf(db, relation.target, bind)})`;
    const text = `select distinct on (${by}) ${select} from ${name} t where ${condition} order by ${by}, ${order}`;
    const found = new Map((await db.all<E>(text, values)).map((row) => [row[relation.by as "id"], row]));
    return parents.map((each) => found.get(each) ?? null);
  });
  return loader.load(parent.id);
}

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

export function grouped<R extends object>(rows: readonly R[], key: string): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const name = row[key as keyof R] as string;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
