import { type GiftItem, type GiftReport, parseGift } from "./gift.rules";
import { checksumOf, type Wording } from "./question.rules";

/** What an import does with one question of the file. */
export const IMPORT_OUTCOMES = ["CREATED", "UPDATED", "UNCHANGED", "REFUSED", "IGNORED"] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

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
  /** The question that is updated or found unchanged; null otherwise. */
  known: KnownQuestion | null;
}

/**
 * What an import of the file into a bank would do. A question with an external key is compared with the one of that key;
 * one without is unchanged where the bank says the same already, and new otherwise.
 */
export function plannedImport(gift: string, skillId: string | null, bank: readonly KnownQuestion[]): PlannedItem[] {
  const byKey = new Map(bank.flatMap((each) => (each.externalKey === null ? [] : [[each.externalKey, each] as const])));
  const byChecksum = new Map(bank.map((each) => [each.checksum, each]));
  const report: GiftReport = parseGift(gift);
  return report.items.map((item) => {
    const { line, title, externalKey, outcome } = item;
    const named = { line, title, externalKey };
    if (outcome.kind !== "question") {
      const refused = outcome.kind === "refused" ? "REFUSED" : "IGNORED";
      return { ...named, outcome: refused, reason: outcome.reason, wording: null, known: null };
    }
    const wording = wordingOf(item, outcome, skillId);
    const checksum = checksumOf(wording);
    const known = (externalKey === null ? byChecksum.get(checksum) : byKey.get(externalKey)) ?? null;
    if (known?.checksum === checksum) return { ...named, outcome: "UNCHANGED", reason: null, wording: null, known };
    if (known === null && externalKey === null)
      byChecksum.set(checksum, { id: "", externalKey, latestNumber: 1, checksum });
    return { ...named, outcome: known ? "UPDATED" : "CREATED", reason: null, wording, known };
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
