/** A question of a bank, as far as an import compares with it. */
export interface KnownQuestion {
  id: string;
  bankId: string;
  externalKey: string | null;
  /** Number of the newest version. */
  latestNumber: number;
  isInReview: boolean;
  /** Checksum of the READY version; null: there is none. */
  ready: string | null;
  /** Checksum of the newest version, whatever its state. */
  latest: string;
  /** Checksum of the version that is still being written; null: there is none. */
  open: string | null;
}

/** A question of a file. */
export interface Candidate {
  bankId: string;
  /** Null: it is known by what it says. */
  key: string | null;
  checksum: string;
  line: number;
}

/** What an import does with a question. `sameAs` is the index of the candidate that says the same. */
export type QuestionPlan =
  | { kind: "create" }
  | { kind: "update"; known: KnownQuestion }
  | { kind: "unchanged"; known: KnownQuestion }
  | { kind: "repeat"; sameAs: number }
  | { kind: "ignore" | "refuse"; reason: string };

/** Plans for all questions of a file, in its order. */
export function questionPlans(
  candidates: readonly Candidate[],
  bank: readonly KnownQuestion[],
  publish: boolean,
): QuestionPlan[] {
  const byName = new Map<string, KnownQuestion>();
  for (const known of bank) {
    for (const checksum of [known.latest, known.ready, known.open])
      if (checksum) byName.set(nameOf(known.bankId, null, checksum), known);
    for (const key of [known.id, known.externalKey]) if (key) byName.set(nameOf(known.bankId, key, ""), known);
  }
  const inFile = new Map<string, number>();
  return candidates.map((candidate, index) => {
    const name = nameOf(candidate.bankId, candidate.key, candidate.checksum);
    const known = byName.get(name) ?? null;
    // A question may be named by its key and by its id.
    const what = known?.id ?? name;
    const first = inFile.get(what);
    if (first === undefined) {
      inFile.set(what, index);
      return planOf(known, candidate.checksum, publish);
    }
    if (candidate.key === null) return { kind: "repeat", sameAs: first };
    return { kind: "refuse", reason: `the key is that of line ${candidates[first]!.line}: change one of them` };
  });
}

const nameOf = (bankId: string, key: string | null, checksum: string): string =>
  key === null ? `${bankId} says ${checksum}` : `${bankId} key ${key}`;

function planOf(known: KnownQuestion | null, checksum: string, publish: boolean): QuestionPlan {
  if (!known) return { kind: "create" };
  const { ready, open, isInReview, latestNumber } = known;
  if (ready === checksum || (open === checksum && !publish)) return { kind: "unchanged", known };
  if (ready === null && open === null) {
    return { kind: "ignore", reason: "it was retired here: edit it to bring it back" };
  }
  if (isInReview) {
    const reason = `version ${latestNumber} is in review: import the question again when the review is over`;
    return { kind: "refuse", reason };
  }
  return { kind: "update", known };
}
