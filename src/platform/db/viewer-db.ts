import DataLoader from "dataloader";
import type { Actor, Occasion } from "../actor";
import { noteChange } from "./changes";
import type { Database } from "./database";
import type { Reader } from "./reader";
import { Tx } from "./tx";

type Batch<K, T> = (keys: readonly K[]) => Promise<ArrayLike<T | Error>>;

/** Runs work in a transaction and commits it, or rolls it back where the occasion rehearses. */
export type Commit = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Has the transactions of a request done once, however often it comes. */
export interface Once {
  /** What the work came to: now, or when the request came before. */
  step<T>(commit: Commit, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The request ended with an error that its sender can mend: nothing is remembered of it. */
  forget(error: unknown): Promise<void>;
}

/** The database as one viewer sees it, for the length of one operation. */
export class ViewerDb<V extends Actor = Actor> implements Reader<V> {
  readonly #loaders = new Map<unknown, DataLoader<never, unknown>>();
  readonly #names = new Map<object, number>();
  readonly #kept = new Map<object, unknown>();
  /** What has begun to write is finished, with all that it reads, whether anybody waits for it or not. */
  #writes = false;
  /** Whether rows are read with what will be asked of them; otherwise each relation by itself. */
  plans = true;
  /** Set where the request came under an idempotency key. */
  once: Once | null = null;

  constructor(
    readonly database: Database,
    readonly occasion: Occasion<V>,
  ) {}

  get viewer(): V {
    return this.occasion.viewer;
  }

  get model() {
    return this.database.model;
  }

  all<R>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.database.read<R>(this.viewer.organizationId, text, values, this.#signal);
  }

  /** What was made of a thing before in this operation, or is now. */
  kept<T>(thing: object, make: () => T): T {
    const known = this.#kept.get(thing) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#kept.set(thing, made);
    return made;
  }

  /** A name of this operation's for a thing of which there is one. */
  nameOf(thing: object): number {
    const known = this.#names.get(thing);
    if (known !== undefined) return known;
    this.#names.set(thing, this.#names.size);
    return this.#names.size - 1;
  }

  /** The loader of this operation under a key; made at first use, gone after a write. */
  loader<K, T>(key: unknown, batch: Batch<K, T>): DataLoader<K, T> {
    const known = this.#loaders.get(key) as DataLoader<K, T> | undefined;
    if (known) return known;
    const made = new DataLoader<K, T>(batch, { maxBatchSize: 1000 });
    this.#loaders.set(key, made);
    return made;
  }

  /**
   * Opens and commits a transaction. What is read afterwards is read afresh. Only PostgreSQL is awaited inside.
   * `work` may run again after a serialization failure or a deadlock, so it has no other effects. On an occasion that
   * rehearses, it is rolled back in the end.
   */
  async transaction<T>(work: (tx: Tx<V>) => Promise<T>): Promise<T> {
    this.#writes = true;
    const commit: Commit = (inside) => this.#committed(inside);
    return this.once ? this.once.step(commit, work as (tx: Tx) => Promise<T>) : this.#committed(work);
  }

  async #committed<T>(work: (tx: Tx<V>) => Promise<T>): Promise<T> {
    const write = this.occasion.rehearses ? this.database.rehearse : this.database.write;
    try {
      return await write(this.viewer.organizationId, (runner) => work(new Tx(this.occasion, this.database, runner)));
    } finally {
      this.#loaders.clear();
      noteChange(this.database.dataSource, this.viewer.organizationId);
    }
  }

  /** Does what a transaction would do, and rolls it back. */
  rehearsal<T>(work: (tx: Tx<V>) => Promise<T>): Promise<T> {
    this.#writes = true;
    return this.database.rehearse(this.viewer.organizationId, (runner) =>
      work(new Tx(this.occasion, this.database, runner)),
    );
  }

  /** Reads of one instant. */
  snapshot<T>(work: (reader: Reader<V>) => Promise<T>): Promise<T> {
    const { viewer, model, database } = this;
    const signal = this.#signal;
    return database.snapshot(
      viewer.organizationId,
      (runner) =>
        work({
          viewer,
          model,
          all: async (text, values) => {
            signal?.throwIfAborted();
            return database.ask(text, values, runner);
          },
        }),
      signal,
    );
  }

  get #signal(): AbortSignal | undefined {
    return this.#writes ? undefined : this.occasion.signal;
  }
}
