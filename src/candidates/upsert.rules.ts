import type { Fault } from "../platform/errors";

/** Items in one call. */
export const MOST_ITEMS = 200;

export const UPSERT_OUTCOMES = ["CREATED", "UPDATED", "UNCHANGED", "LINKED", "FAILED"] as const;
export type UpsertOutcome = (typeof UPSERT_OUTCOMES)[number];

/** What another system sends of one object. */
export interface Item {
  readonly externalId: string;
}

/** A row, with its external id in the system that sends; null where the system does not know it yet. */
export interface Known {
  readonly heldAs: string | null;
}

/** What is to come of an item: `K` is a row that is there, `F` what a new one is made of. */
export type Step<K, F> =
  | { readonly outcome: "CREATED"; readonly fresh: F }
  | { readonly outcome: "UPDATED" | "LINKED"; readonly known: K; readonly changes: Partial<F> }
  | { readonly outcome: "UNCHANGED"; readonly known: K }
  | { readonly outcome: "FAILED"; readonly faults: readonly Fault[] };

/** `field` is a field of the item. */
export function failed(code: string, message: string, field: string | null) {
  return { outcome: "FAILED", faults: [{ code, message, field: field === null ? null : [field] }] } as const;
}

/** The wishes in which a row differs. */
export function differing<F extends object>(row: F, wishes: Partial<F>): Partial<F> {
  const differs = ([key, value]: [string, unknown]) => value !== undefined && row[key as keyof F] !== value;
  return Object.fromEntries(Object.entries(wishes).filter(differs)) as Partial<F>;
}

/** UPDATED where something differs, else UNCHANGED. */
export function kept<K, F extends object>(known: K & F, wishes: Partial<F>): Step<K, F> {
  const changes = differing<F>(known, wishes);
  return Object.keys(changes).length > 0 ? { outcome: "UPDATED", known, changes } : { outcome: "UNCHANGED", known };
}

/** Of each item that comes again in the call, what is wrong with it; none for the others. */
export function repetitions(items: readonly Item[]): Fault[][] {
  const places = new Map<string, number>();
  return items.map(({ externalId }, index) => {
    const before = places.get(externalId);
    if (before === undefined) places.set(externalId, index);
    if (before === undefined) return [];
    const message = `Item ${before} of this call has the same \`externalId\`: send each once.`;
    return [{ code: "BAD_INPUT", message, field: ["externalId"] }];
  });
}

/** Paths of an item's faults from `input`. */
export const within = (index: number, faults: readonly Fault[]): Fault[] =>
  faults.map((fault) => ({ ...fault, field: ["items", `${index}`, ...(fault.field ?? [])] }));
