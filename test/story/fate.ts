/** Choices that come again with the same seed. @see https://en.wikipedia.org/wiki/Xorshift */
export class Fate {
  #state: number;

  constructor(seed: number, step: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)) | 1;
    for (let warming = 0; warming < 8; warming++) this.#next();
  }

  /** 0, 1, … below `end`. */
  below(end: number): number {
    return this.#next() % end;
  }

  percent(chance: number): boolean {
    return this.below(100) < chance;
  }

  /** One of the list; undefined where it is empty. */
  one<T>(list: readonly T[]): T | undefined {
    return list[this.below(Math.max(1, list.length))];
  }

  /** One of the names, each as often as its weight says. */
  weighed<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    const lots = entries.flatMap(([name, weight]) => new Array<K>(weight).fill(name));
    return lots[this.below(lots.length)]!;
  }

  /** So many of the list, in another order. */
  some<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    return Array.from({ length: count }, () => rest.splice(this.below(rest.length), 1)[0]!);
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state >>> 0;
  }
}
