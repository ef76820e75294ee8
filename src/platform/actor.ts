/** Whoever acts: a member, a key, the dispatcher. Identity says which kinds there are. */
export interface Actor {
  readonly kind: string;
  readonly organizationId: string;
  /** Null for the server's own work. */
  readonly id: string | null;
}

/** Who acts, when, and in which request. */
export interface Occasion<V extends Actor = Actor> {
  readonly viewer: V;
  /** The instant of the operation: everything it writes carries this one. */
  readonly now: Date;
  readonly requestId: string;
  /** Whether nothing is to come of it: what is written is checked, answered, and rolled back. */
  readonly rehearses?: boolean;
  /** Network address that the request came from; none for what the server does by itself. */
  readonly address?: string;
  /** Aborted when whoever asked goes away before the answer: then nothing more is read for them. */
  readonly signal?: AbortSignal;
}
