import { grouped } from "./grouped";
import type { Relation } from "./nouns";
import type { OrganizationRow } from "./row";
import { hookOf, LINKED_TO } from "./rows-sql";
import { cut, type Rows, type Span } from "./span";

/** What a relation comes to for one parent: a row or null, a list, or a page. */
export type Related = OrganizationRow | OrganizationRow[] | Rows | null;

/** What a parent is found by among what was read for all. Null: nothing hangs on it. @throws Error (a defect) where it was not read */
export function keyOf(relation: Relation, parent: OrganizationRow): string | null {
  const hook = hookOf(relation);
  const key = parent[hook as "id"] as string | null | undefined;
  if (key === undefined) throw new Error(`${relation.field} hangs by ${hook}, which was not read`);
  return key;
}

type Share = (rows: readonly OrganizationRow[], relation: Relation, span: Span | null) => (key: string) => Related;

/** What of the rows that were read for all parents is each one's, by its key. */
export const shareOf: Share = (rows, relation, span) => shares[relation.kind](rows, relation, span);

const shares: Record<Relation["kind"], Share> = {
  one: (rows) => {
    const found = new Map(rows.map((row) => [row.id, row]));
    return (key) => found.get(key) ?? null;
  },
  first: (rows, { by }) => {
    const found = new Map(rows.map((row) => [row[by as "id"], row]));
    return (key) => found.get(key) ?? null;
  },
  many: (rows, { by }) => {
    const groups = grouped(rows, by);
    return (key) => groups.get(key) ?? [];
  },
  through: (rows) => {
    const groups = grouped(rows, LINKED_TO);
    return (key) => groups.get(key) ?? [];
  },
  pages: (rows, { by }, span) => {
    const groups = grouped(rows, by);
    return (key) => cut(groups.get(key) ?? [], span!);
  },
};
