/** What keeps a replica from being asked. */
export type Fault = "behind" | "away";

/** One that is behind will soon have caught up. In milliseconds. */
const RESTS: Record<Fault, number> = { behind: 250, away: 2_000 };

/** After a fault a replica is left alone for a while; then one asks it first, and the others see what becomes of that. */
export class ReplicaRest {
  #fault: Fault | null = null;
  #until = 0;
  readonly #waiting = new Set<() => void>();

  /** `clock`: milliseconds, which never go back. */
  constructor(readonly clock: () => number) {}

  /** The fault for which it is not to be asked now; null: ask, and say what became of it. */
  keepsOff(): Fault | null {
    if (!this.#fault || this.clock() < this.#until) return this.#fault;
    this.#until = this.clock() + RESTS[this.#fault];
    return null;
  }

  /** The fault of which it was known before, if any. */
  begin(fault: Fault): Fault | null {
    const before = this.#fault;
    this.#fault = fault;
    this.#until = this.clock() + RESTS[fault];
    if (fault === "away") for (const giveUp of [...this.#waiting]) giveUp();
    return before;
  }

  /** What comes of the work; null once the replica is found to be away, whoever found it. */
  orAway<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((settle, fail) => {
      const giveUp = () => settle(null);
      this.#waiting.add(giveUp);
      work.then(settle, fail).finally(() => this.#waiting.delete(giveUp));
    });
  }

  /** The same: it has none any more. */
  end(): Fault | null {
    const before = this.#fault;
    this.#fault = null;
    return before;
  }
}
