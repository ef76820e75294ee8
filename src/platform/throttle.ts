/** How much somebody may spend at once, and how fast it comes back. */
export interface Rate {
  readonly capacity: number;
  readonly restoredPerSecond: number;
}

/** How a payment went. */
export interface Payment {
  readonly granted: boolean;
  /** What is left; whole, rounded down. */
  readonly remaining: number;
  /** Seconds until all of it is there again; whole, rounded up. */
  readonly fullInSeconds: number;
  /** Seconds until it would be granted; whole, at least 1. 0 where it was. */
  readonly waitSeconds: number;
}

interface Bucket {
  level: number;
  /** Milliseconds of the clock at which `level` was right. */
  at: number;
}

/** Enough for all who ask within some seconds; about 2 MB. */
const MOST_BUCKETS = 10_000;
/** Buckets that are looked at to find a full one: the one that was touched longest ago is the first. */
const LOOKED_AT = 100;

/**
 * Token buckets, one for each key, in the memory of this process. A key that nothing is known of has a full one, so that
 * a full bucket may be forgotten. Where none is full, the oldest is: its owner gains what they had spent.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    readonly rate: Rate,
    /** Milliseconds of a clock that never goes back. */
    readonly clock: () => number,
    readonly mostBuckets = MOST_BUCKETS,
  ) {}

  /** Number of keys of which something is known. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes the amount where it is there, and nothing where it is not. An amount above the capacity is never granted. */
  pay(key: string, amount: number): Payment {
    const bucket = this.#touched(key);
    const before = bucket.level;
    if (before >= amount) bucket.level -= amount;
    return this.#payment(before, bucket.level, amount);
  }

  /** What a payment would come to, without making it. */
  couldPay(key: string, amount: number): Payment {
    const { level } = this.#current(key);
    return this.#payment(level, level, amount);
  }

  #payment(before: number, left: number, amount: number): Payment {
    const granted = before >= amount;
    return {
      granted,
      remaining: Math.floor(left),
      fullInSeconds: this.#secondsFor(this.rate.capacity - left),
      waitSeconds: granted ? 0 : Math.max(1, this.#secondsFor(amount - before)),
    };
  }

  #secondsFor(amount: number): number {
    return Math.ceil(amount / this.rate.restoredPerSecond);
  }

  #current(key: string): Bucket {
    const { capacity, restoredPerSecond } = this.rate;
    const now = this.clock();
    const known = this.#buckets.get(key);
    if (!known) return { level: capacity, at: now };
    const restored = ((now - known.at) / 1000) * restoredPerSecond;
    return { level: Math.min(capacity, known.level + restored), at: now };
  }

  /** The key's bucket, now the youngest. */
  #touched(key: string): Bucket {
    const bucket = this.#current(key);
    this.#buckets.delete(key);
    if (this.#buckets.size >= this.mostBuckets) this.#forgetOne();
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #forgetOne(): void {
    let oldest: string | undefined;
    let looked = 0;
    for (const key of this.#buckets.keys()) {
      oldest ??= key;
      if (this.#current(key).level >= this.rate.capacity) return void this.#buckets.delete(key);
      if (++looked === LOOKED_AT) break;
    }
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
