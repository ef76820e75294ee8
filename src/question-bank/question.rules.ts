import { createHash } from "node:crypto";
import type { FormattedText, QuestionContent, QuestionKind, TextFormat } from "./question-content.rules";

/** Everything that a version of a question says. */
export interface Wording {
  kind: QuestionKind;
  title: string | null;
  stem: string;
  stemFormat: TextFormat;
  content: QuestionContent;
  generalFeedback: FormattedText | null;
  tags: readonly string[];
  skillId: string | null;
}

/** SHA-256 in hexadecimal: two versions with the same one say the same. The order of the fields is part of it. */
export function checksumOf(wording: Wording): string {
  const { kind, title, stem, stemFormat, content, generalFeedback, tags, skillId } = wording;
  const said = [kind, title, stem, stemFormat, sorted(content), sorted(generalFeedback), tags, skillId];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

/** The value with the keys of its objects in order, as PostgreSQL's jsonb would not keep them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
