interface Bounds<K, V> {
  /** Most that all kept values weigh together. */
  readonly most: number;
  readonly weightOf: (value: V) => number;
  /** Told of each key that makes room. */
  readonly forgotten?: (key: K) => void;
}

/** Keeps what was used last, as far as it weighs no more than is allowed. */
export class RecentlyUsed<K, V> {
  /** The one that was used longest ago is the first. */
  readonly #kept = new Map<K, { value: V; weight: number }>();
  #weight = 0;

  constructor(readonly bounds: Bounds<K, V>) {}

  /** Number of values that are kept. */
  get size(): number {
    return this.#kept.size;
  }

  get(key: K): V | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    const weight = this.bounds.weightOf(value);
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.bounds.most) return;
      this.delete(oldest);
      this.bounds.forgotten?.(oldest);
    }
  }

  delete(key: K): boolean {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    return this.#kept.delete(key);
  }
}
