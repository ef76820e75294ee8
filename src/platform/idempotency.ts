import type { Database } from "./db/database";
import { allRows, type Reader } from "./db/reader";
import type { Tx } from "./db/tx";
import type { Commit, Once, ViewerDb } from "./db/viewer-db";
import { IdempotencyRefusal, inProgress, mismatch, secretGone } from "./idempotency-refusal";
import { idsIn, withIds, withRows } from "./idempotency-result";
import { IdempotentRequest } from "./idempotent-request.entity";
import { MILLISECONDS } from "./time";

/** Where a request carries its key. @see draft-ietf-httpapi-idempotency-key-header-07 */
export const KEY_HEADER = "idempotency-key";

/** How long a key is remembered. */
const KEPT_HOURS = 24;
/** In bytes. A longer answer is read anew. */
const LONGEST_KEPT_ANSWER = 1_000_000;

/**
 * What is kept of an answer. ANSWER: its text. READ_ANEW: ids alone, since the text is a copy of what should lie in one place.
 * TOLD_ONCE: ids alone, and what is a secret is not told again.
 */
export type Keeping = "ANSWER" | "READ_ANEW" | "TOLD_ONCE";

interface Asked {
  readonly key: string;
  readonly requestHash: string;
  readonly keeping: Keeping;
}

/** What one transaction of a request came to: as it just did, or as it is remembered. */
type Step<T> = { readonly rowId: string } & ({ readonly done: T } | { readonly before: unknown });

/**
 * A request under a key, which is done once however often it comes. What each of its transactions came to commits with
 * it; a repeat takes what is remembered for done, and goes on after it.
 */
export class KeyedRequest implements Once {
  /** Transactions that this coming of the request has passed. */
  #passed = 0;
  #rowId: string | null = null;
  #isRepeat = false;

  constructor(
    readonly db: ViewerDb,
    readonly asked: Asked,
  ) {}

  /** The answer to the same request, where it was done and kept. @throws Refusal IDEMPOTENCY_MISMATCH */
  async keptAnswer(): Promise<string | null> {
    return (await this.#remembered(this.db))?.answer || null;
  }

  async step<T>(commit: Commit, work: (tx: Tx) => Promise<T>): Promise<T> {
    const index = this.#passed++;
    const step = await commit<Step<T>>(async (tx) => {
      await this.#lock(tx);
      const row = await this.#remembered(tx);
      if (row && index < stepsOf(row).length) return { rowId: row.id, before: stepsOf(row)[index] };
      // Somebody else sends the same: what they began ended in a refusal, and was forgotten.
      if (!row && index > 0) throw inProgress();
      const done = await work(tx);
      return { rowId: await this.#remember(tx, row, done), done };
    });
    this.#rowId = step.rowId;
    if ("done" in step) return step.done;
    this.#isRepeat = true;
    return this.#again(step.before) as Promise<T>;
  }

  async forget(error: unknown): Promise<void> {
    if (!this.#rowId || error instanceof IdempotencyRefusal) return;
    await this.#write("delete from idempotent_requests where id = $1", [this.#rowId]);
    this.#rowId = null;
  }

  /** Keeps what was answered. A repeat leaves to the first one what it answered. */
  async keepAnswer(answer: string): Promise<void> {
    const { keeping } = this.asked;
    if (!this.#rowId || keeping !== "ANSWER" || Buffer.byteLength(answer) > LONGEST_KEPT_ANSWER) return;
    // What an erasure has emptied meanwhile stays empty.
    const free = this.#isRepeat ? "and answer is null" : "and answer is distinct from ''";
    await this.#write(`update idempotent_requests set answer = $2 where id = $1 ${free}`, [this.#rowId, answer]);
  }

  async #lock(tx: Tx): Promise<void> {
    const { organizationId, id } = tx.viewer;
    const lock = "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine";
    const [row] = await tx.all<{ mine: boolean }>(lock, [`idempotency ${organizationId} ${id} ${this.asked.key}`]);
    if (!row!.mine) throw inProgress();
  }

  /** What is remembered under the viewer's key. @throws Refusal IDEMPOTENCY_MISMATCH */
  async #remembered(reader: Pick<Reader, "model" | "all">): Promise<IdempotentRequest | null> {
    const { viewer, occasion } = this.db;
    const { key, requestHash } = this.asked;
    const oldest = new Date(occasion.now.getTime() - KEPT_HOURS * MILLISECONDS.hour);
    const [row] = await allRows(
      reader,
      IdempotentRequest,
      (bind) => `t.actor_id = ${bind(viewer.id)} and t.key = ${bind(key)} and t.created_at >= ${bind(oldest)}`,
    );
    if (row && row.requestHash !== requestHash) throw mismatch();
    return row ?? null;
  }

  /** Writes down what a transaction came to. Returns the id of the key's row. */
  async #remember(tx: Tx, row: IdempotentRequest | null, done: unknown): Promise<string> {
    const { key, requestHash, keeping } = this.asked;
    const step = keeping === "TOLD_ONCE" ? { $told: idsIn(done) } : withIds(done);
    if (row) {
      const text = "update idempotent_requests set result = result || $2::jsonb where id = $1";
      await tx.all(text, [row.id, JSON.stringify([step])]);
      return row.id;
    }
    const actorId = tx.viewer.id!;
    // One that has expired, and was not cleared away yet.
    await tx.all("delete from idempotent_requests where actor_id = $1 and key = $2", [actorId, key]);
    return (await tx.insert(IdempotentRequest, { actorId, key, requestHash, result: [step], answer: null })).id;
  }

  /** @throws Refusal IDEMPOTENCY_ANSWER_GONE */
  async #again(before: unknown): Promise<unknown> {
    const told = (before as { $told?: string[] } | null)?.$told;
    if (told) throw secretGone(told);
    return withRows(this.db, before);
  }

  async #write(text: string, values: readonly unknown[]): Promise<void> {
    const { database, viewer } = this.db;
    await database.write(viewer.organizationId, (runner) => runner.query(text, [...values]));
  }
}

const stepsOf = ({ result }: IdempotentRequest): readonly unknown[] => result as readonly unknown[];

/** Forgets keys that are older than they are remembered. */
export function expireIdempotentRequests(database: Database, organizationId: string): Promise<void> {
  const text = "delete from idempotent_requests where created_at < now() - make_interval(hours => $1)";
  return database.write(organizationId, async (runner) => {
    await runner.query(text, [KEPT_HOURS]);
  });
}
