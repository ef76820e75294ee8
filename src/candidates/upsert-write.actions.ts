import type { Class } from "../platform/class";
import type { Bind } from "../platform/db/nouns";
import { binding } from "../platform/db/reader";
import type { ChangingRow } from "../platform/db/row";
import type { Fresh, Tx } from "../platform/db/tx";
import { ExternalReference } from "./external-reference.entity";
import type { Item, Known, Step } from "./upsert.rules";

/** What tells one noun's rows from another's. */
export interface Stored<E extends ChangingRow> {
  readonly entity: Class<E>;
  /** Which column of a reference names it. */
  readonly by: "candidateId" | "jobId" | "applicationId";
  /** Of the properties that an item can change, the SQL type. */
  readonly writes: Readonly<Record<string, string>>;
}

export interface Sent<I> {
  readonly system: string;
  readonly items: readonly I[];
}

/** A row as it is now, and the names of the fields in which it was changed. */
export interface Changed<E> {
  readonly row: E;
  readonly changes: readonly string[];
}

interface Change<E> extends Item, Changed<E> {
  readonly isLink: boolean;
}

/** A row was changed between its reading and its writing. */
export class Overtaken extends Error {}

/** The steps that change a row, with the row as it will be. */
export function changesOf<E extends ChangingRow>(
  tx: Tx,
  tasks: readonly { externalId: string; step: Step<E & Known, Partial<E>> }[],
): Change<E>[] {
  return tasks.flatMap(({ externalId, step }) => {
    if (!("changes" in step)) return [];
    const isLink = step.outcome === "LINKED";
    const stamps = { version: step.known.version + 1, updatedAt: tx.occasion.now };
    const changes = [...Object.keys(step.changes), ...(isLink ? ["externalReferences"] : [])];
    return [{ externalId, isLink, changes, row: { ...step.known, ...step.changes, ...stamps } }];
  });
}

/** One UPDATE, of rows whose version is one more than it was read. @throws Overtaken when one is not as it was read */
export async function writeChanges<E extends ChangingRow>(
  tx: Tx,
  { entity, writes }: Stored<E>,
  changed: readonly Changed<E>[],
): Promise<void> {
  if (changed.length === 0) return;
  const { name, columns } = tx.model.table(entity);
  const types = Object.entries({ id: "uuid", version: "integer", ...writes });
  const { values, bind } = binding();
  const arrays = types.map(([key, type]) => `${bind(changed.map(({ row }) => row[key as keyof E]))}::${type}[]`);
  const names = types.map(([key]) => columns.get(key)!);
  const set = [...names.slice(1).map((column) => `${column} = n.${column}`), `updated_at = ${bind(tx.occasion.now)}`];
  const [written] = await tx.all<{ n: number }>(
    `with written as (
       update ${name} t set ${set.join(", ")} from unnest(${arrays.join(", ")}) n(${names.join(", ")})
       where t.id = n.id and t.version = n.version - 1 returning t.id)
     select count(*)::int as n from written`,
    values,
  );
  if (written!.n !== changed.length) throw new Overtaken();
}

/** Notes under which external ids a system knows rows. */
export async function refer(
  tx: Tx,
  by: Stored<never>["by"],
  system: string,
  named: readonly { externalId: string; row: { id: string } }[],
): Promise<void> {
  const nothing = { candidateId: null, jobId: null, applicationId: null };
  await tx.insertAll(
    ExternalReference,
    named.map(({ externalId, row }): Fresh<ExternalReference> => ({ system, externalId, ...nothing, [by]: row.id })),
  );
}

/**
 * The rows that the system knows under the external ids, and `others` (SQL that selects ids), with what the system calls
 * each: one statement.
 */
export function knownTo<E extends ChangingRow>(
  tx: Tx,
  { entity, by }: Stored<E>,
  { system, items }: Sent<Item>,
  others: (bind: Bind) => string = () => "select null::uuid",
): Promise<(E & Known)[]> {
  const { values, bind } = binding();
  const { name, select } = tx.model.table(entity);
  const column = tx.model.table(ExternalReference).columns.get(by);
  const own = bind(system);
  const ids = `select ${column} from external_references
    where system = ${own} and external_id = any(${bind(items.map(({ externalId }) => externalId))}) and ${column} is not null`;
  return tx.all<E & Known>(
    `select ${select}, r.external_id as "heldAs" from ${name} t
     left join external_references r on r.organization_id = t.organization_id and r.${column} = t.id and r.system = ${own}
     where t.id = any(array(${ids} union all ${others(bind)}))`,
    values,
  );
}

/** What was changed, together where the same fields were. */
export function alike<E>(changed: readonly Changed<E>[]): { changes: readonly string[]; rows: E[] }[] {
  const groups = new Map<string, { changes: readonly string[]; rows: E[] }>();
  for (const { row, changes } of changed) {
    const group = groups.get(changes.join()) ?? { changes, rows: [] };
    groups.set(changes.join(), group);
    group.rows.push(row);
  }
  return [...groups.values()];
}
