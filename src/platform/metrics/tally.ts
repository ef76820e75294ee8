interface Tallied<K extends string> {
  /** As /metrics tells it; ends in `_total`. */
  readonly name: string;
  readonly meaning: string;
  /** What tells the kinds apart. */
  readonly label: string;
  /** Told from the start on, with 0; others are told once they came about. Never a client's words: each is kept for ever. */
  readonly kinds?: readonly K[];
}

/** Counts what comes about in this process, by kind, from its start on. */
export interface Tally<K extends string = string> extends Tallied<K> {
  readonly counts: ReadonlyMap<K, number>;
  add(kind: K, times?: number): void;
}

const tallies: Tally[] = [];

/** Called once for each, where what is counted comes about; /metrics tells all of them. */
export function registerTally<K extends string>(tallied: Tallied<K>): Tally<K> {
  const counts = new Map((tallied.kinds ?? []).map((kind) => [kind, 0]));
  const tally: Tally<K> = {
    ...tallied,
    counts,
    add: (kind, times = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + times),
  };
  tallies.push(tally as unknown as Tally);
  return tally;
}

export const registeredTallies = (): readonly Tally[] => tallies;
