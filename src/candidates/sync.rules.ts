import { MILLISECONDS } from "../platform/time";

/**
 * How much further back a sync reaches than it is asked to: what is written carries the instant at which its request began,
 * and is seen once it is committed. A statement ends within 30 s, and a wait for a lock within 10 s.
 */
const OVERLAP = 2 * MILLISECONDS.minute;

export const reachedBackFrom = (since: Date): Date => new Date(since.getTime() - OVERLAP);

/** What another system calls an object. */
export interface ExternalName {
  system: string;
  externalId: string;
}

/** What a system that keeps a copy asks of a list. */
export interface SyncWishes {
  external?: ExternalName | null;
  updatedSince?: Date | null;
}

export type SyncOrder = "NEWEST" | "UPDATED_FIRST";

/** Who asks for what was changed since then goes on from there. */
export const orderFor = <O>(asked: O | null | undefined, { updatedSince }: SyncWishes): O | SyncOrder =>
  asked ?? (updatedSince ? "UPDATED_FIRST" : "NEWEST");
