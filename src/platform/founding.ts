import type { Tx } from "./db/tx";

/** What a slice does for a new organisation, in the transaction that makes it. */
export type FoundingHook = (tx: Tx) => Promise<void>;

const hooks = new Map<string, FoundingHook>();

/** Called once per manifest. */
export function registerFoundingHook(slice: string, hook: FoundingHook | undefined): void {
  if (hook) hooks.set(slice, hook);
}

/** Furnishes an organisation with what the slices bring. */
export async function furnish(tx: Tx): Promise<void> {
  for (const hook of hooks.values()) await hook(tx);
}
