import type { OrganizationRow } from "../db/row";
import type { Fresh, Tx } from "../db/tx";
import { registerIdTypes } from "../ids";
import { JournalEntry } from "./journal.entity";

registerIdTypes({ JournalEntry: 0x001 });

const eventTypes = new Set<string>();

/** Called once per manifest: what is not listed there cannot be announced. */
export function registerEventTypes(types: readonly string[]): void {
  for (const type of types) eventTypes.add(type);
}

/** Every type that some manifest lists. */
export const listedEventTypes = (): string[] => [...eventTypes].sort();

/**
 * Writes what happened into the journal, in the transaction that causes it.
 * `changes` are names of fields, never values. @throws Error (a defect) when no manifest lists the type
 */
export const announce = (
  tx: Tx,
  type: string,
  object: OrganizationRow,
  changes: readonly string[] = [],
): Promise<void> => announceAll(tx, type, [object], changes);

/** The same of several objects, in their order. */
export async function announceAll(
  tx: Tx,
  type: string,
  objects: readonly OrganizationRow[],
  changes: readonly string[] = [],
): Promise<void> {
  if (!eventTypes.has(type)) throw new Error(`No manifest lists the event type ${type}`);
  const { viewer, requestId } = tx.occasion;
  const entries = objects.map(({ id }) => ({
    type,
    objectId: id,
    actorKind: viewer.kind,
    actorId: viewer.id,
    requestId,
    changes: [...changes],
  }));
  await tx.insertAll(JournalEntry, entries as Fresh<JournalEntry>[]);
}
