import { type GiftItem, parseGift } from "./gift.rules";
import { checksumOf, type Wording } from "./question.rules";

/** What an import does with one question of the file. */
export type ImportOutcome = "CREATED" | "UPDATED" | "UNCHANGED" | "REFUSED" | "IGNORED";

/** A question of the bank, as far as an import compares with it. */
export interface KnownQuestion {
  id: string;
  externalKey: string | null;
  latestNumber: number;
  /** Of the newest version. */
  checksum: string;
}

export interface PlannedItem {
  /** First line of the question in the file, from 1. */
  line: number;
  title: string | null;
  externalKey: string | null;
  outcome: ImportOutcome;
  /** Why it was refused or ignored; null otherwise. */
  reason: string | null;
  /** What to write; null unless created or updated. */
  wording: Wording | null;
  /** The question of the bank that is updated or found unchanged; null otherwise. */
  known: KnownQuestion | null;
  /** Index of the item of this file that says the same; null otherwise. */
  repeats: number | null;
}

/**
 * What an import of the file into a bank would do. A question with an external key is compared with the one of that key;
 * one without is unchanged where the bank says the same already, and new otherwise.
 */
export function plannedImport(gift: string, skillId: string | null, bank: readonly KnownQuestion[]): PlannedItem[] {
  const byKey = new Map(bank.flatMap((each) => (each.externalKey === null ? [] : [[each.externalKey, each] as const])));
  const byChecksum = new Map(bank.map((each) => [each.checksum, each]));
  const inFile = new Map<string, number>();
  return parseGift(gift).items.map((item, index): PlannedItem => {
    const { line, title, externalKey, outcome } = item;
    const nothing = { line, title, externalKey, reason: null, wording: null, known: null, repeats: null };
    if (outcome.kind !== "question") {
      return { ...nothing, outcome: outcome.kind === "refused" ? "REFUSED" : "IGNORED", reason: outcome.reason };
    }
    const wording = wordingOf(item, outcome, skillId);
    const checksum = checksumOf(wording);
    const known = (externalKey === null ? byChecksum.get(checksum) : byKey.get(externalKey)) ?? null;
    if (known?.checksum === checksum) return { ...nothing, outcome: "UNCHANGED", known };
    const repeats = externalKey === null ? (inFile.get(checksum) ?? null) : null;
    if (repeats !== null) return { ...nothing, outcome: "UNCHANGED", repeats };
    inFile.set(checksum, index);
    return { ...nothing, outcome: known ? "UPDATED" : "CREATED", wording, known };
  });
}

type GiftQuestion = Extract<GiftItem["outcome"], { kind: "question" }>;

function wordingOf({ title, tags }: GiftItem, question: GiftQuestion, skillId: string | null): Wording {
  const { stem, content, generalFeedback } = question;
  return {
    kind: content.kind,
    title,
    stem: stem.text,
    stemFormat: stem.format,
    content,
    generalFeedback,
    tags,
    skillId,
  };
}
