import type { Ctx } from "../identity/viewer.type";
import { sqlState } from "../platform/db/database";
import type { ChangingRow } from "../platform/db/row";
import type { Fresh, Tx } from "../platform/db/tx";
import type { Fault } from "../platform/errors";
import { inputFaults } from "../platform/graphql/user-errors";
import { failed, type Item, type Known, repetitions, type Step, type UpsertOutcome, within } from "./upsert.rules";
import {
  type Changed,
  changesOf,
  Overtaken,
  refer,
  type Sent,
  type Stored,
  writeChanges,
} from "./upsert-write.actions";

/** What is particular to one noun: `I` is what is sent, `E` the row, `F` what a new one is made of. */
export interface Upsertable<I extends Item, E extends ChangingRow, F extends Partial<E>> extends Stored<E> {
  /** Field of the answer that holds the object. */
  readonly field: string;
  /** Reads what the items are about, and says what is to come of each. */
  plan(tx: Tx, sent: Sent<I>): Promise<Step<E & Known, F>[]>;
  /** The whole of a new row. */
  fresh(given: F): Fresh<E>;
  /** Announces it. */
  tell(tx: Tx, created: readonly E[], changed: readonly Changed<E>[]): Promise<void>;
}

interface Settled<E> extends Item {
  readonly outcome: UpsertOutcome;
  readonly row: E | null;
  readonly faults: readonly Fault[];
}

/** How often one item is tried while others write the same. */
const TRIES = 4;

/**
 * Writes what another system sends, in one transaction; answers with what came of each item, in order. What is wrong with
 * an item fails that item alone.
 */
export async function upsert<I extends Item, E extends ChangingRow, F extends Partial<E>>(
  ctx: Ctx,
  kind: Upsertable<I, E, F>,
  { system, items }: Sent<I>,
): Promise<object[]> {
  const repeated = repetitions(items);
  const faults = items.map((item, index) => [...inputFaults(item), ...repeated[index]!]);
  const sound = items.filter((_, index) => faults[index]!.length === 0);
  const settled = await ctx.db.transaction((tx) => settle(tx, kind, { system, items: sound }));
  const found = new Map(settled.map((each) => [each.externalId, each]));
  return items.map(({ externalId }, index) => {
    const isSound = faults[index]!.length === 0;
    const { outcome, row, faults: all } = isSound ? found.get(externalId)! : refused(externalId, faults[index]!);
    return { externalId, outcome, [kind.field]: row, userErrors: within(index, all) };
  });
}

const refused = (externalId: string, faults: readonly Fault[]): Settled<never> => ({
  externalId,
  outcome: "FAILED",
  row: null,
  faults,
});

const CONTESTED = failed("ALREADY_EXISTS", "Others write the same at this moment: send it again.", null).faults;

const UNIQUE_VIOLATION = "23505";

const cameBetween = (error: unknown): boolean => error instanceof Overtaken || sqlState(error) === UNIQUE_VIOLATION;

/**
 * Where somebody else's write came between, or one item keeps out another, everything is undone, read anew and done in
 * halves, down to the item that cannot be written, which fails alone.
 */
async function settle<I extends Item, E extends ChangingRow, F extends Partial<E>>(
  tx: Tx,
  kind: Upsertable<I, E, F>,
  { system, items }: Sent<I>,
  tries = TRIES,
): Promise<Settled<E>[]> {
  if (items.length === 0) return [];
  try {
    return await tx.apart(() => written(tx, kind, { system, items }));
  } catch (error) {
    if (!cameBetween(error)) throw error;
  }
  if (items.length === 1 && tries === 1) return [refused(items[0]!.externalId, CONTESTED)];
  if (items.length === 1) return settle(tx, kind, { system, items }, tries - 1);
  const middle = items.length >> 1;
  const first = await settle(tx, kind, { system, items: items.slice(0, middle) });
  return [...first, ...(await settle(tx, kind, { system, items: items.slice(middle) }))];
}

const byExternalId = (one: Item, other: Item): number => (one.externalId < other.externalId ? -1 : 1);

/** Reads, decides and writes, all items together. */
async function written<I extends Item, E extends ChangingRow, F extends Partial<E>>(
  tx: Tx,
  kind: Upsertable<I, E, F>,
  { system, items }: Sent<I>,
): Promise<Settled<E>[]> {
  const steps = await kind.plan(tx, { system, items });
  const tasks = items.map(({ externalId }, index) => ({ externalId, step: steps[index]! }));
  // In one order, so that of two calls one waits for the other, and not each for each.
  const sorted = [...tasks].sort(byExternalId);
  const changed = changesOf<E>(tx, sorted);
  const fresh = sorted.flatMap(({ externalId, step }) => ("fresh" in step ? [{ externalId, given: step.fresh }] : []));
  await writeChanges(tx, kind, changed);
  const rows = await tx.insertAll(
    kind.entity,
    fresh.map(({ given }) => kind.fresh(given)),
  );
  const created = fresh.map(({ externalId }, index) => ({ externalId, row: rows[index]! }));
  const linked = changed.filter(({ isLink }) => isLink);
  await refer(tx, kind.by, system, [...created, ...linked].sort(byExternalId));
  await kind.tell(tx, rows, changed);
  const now = new Map<string, E>([...created, ...changed].map(({ externalId, row }) => [externalId, row]));
  return tasks.map(({ externalId, step }) => ({
    externalId,
    outcome: step.outcome,
    row: now.get(externalId) ?? ("known" in step ? step.known : null),
    faults: "faults" in step ? step.faults : [],
  }));
}
