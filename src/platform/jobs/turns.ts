/** Flag of what leaves some of a worker to others. */
const YIELDS = "yields";

/** What a job is counted under. */
export const flagsOf = (organizationId: string, { yields = false }: { yields?: boolean }): string[] =>
  yields ? [organizationId, YIELDS] : [organizationId];

/** What must be left free of a worker by jobs that yield. */
const KEPT_FREE = 2;

/**
 * What a worker does at the moment, by flag: no organisation takes more than half of it, and what yields leaves some of
 * it to the rest. Several that look at once may go past that by as many; each that ends puts it right.
 */
export class Turns {
  readonly #taken = new Map<string, number>();

  /** `size`: jobs that the worker does at a time. */
  constructor(readonly size: number) {}

  /** Flags of jobs that must wait. */
  closed(): string[] {
    return [...this.#taken].filter(([flag, taken]) => taken >= this.#most(flag)).map(([flag]) => flag);
  }

  async take<T>(flags: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const flag of flags) this.#count(flag, 1);
    try {
      return await work();
    } finally {
      for (const flag of flags) this.#count(flag, -1);
    }
  }

  #most(flag: string): number {
    const most = flag === YIELDS ? this.size - KEPT_FREE : Math.ceil(this.size / 2);
    return Math.max(1, most);
  }

  #count(flag: string, by: number): void {
    const taken = (this.#taken.get(flag) ?? 0) + by;
    if (taken > 0) this.#taken.set(flag, taken);
    else this.#taken.delete(flag);
  }
}
