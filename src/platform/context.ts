import type { ViewerDb } from "./db/viewer-db";

/** Whoever acts: a member, a key, the dispatcher. Identity says which kinds there are. */
export interface Actor {
  readonly kind: string;
  readonly organizationId: string;
  /** Null for the server's own work. */
  readonly id: string | null;
}

/** Built once per operation and passed as an argument to everything that acts or reads. */
export interface Ctx<V extends Actor = Actor> {
  readonly viewer: V;
  readonly db: ViewerDb<V>;
  /** The instant of the operation: everything it writes carries this one. */
  readonly now: Date;
  readonly requestId: string;
}
