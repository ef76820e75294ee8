import { createHash } from "node:crypto";
import type { Level } from "../skills/level.rules";
import type { FormattedText, QuestionContent, QuestionKind, TextFormat } from "./question-content.rules";

/** What an interviewer should know to judge an answer. Markdown. */
export interface Guidance {
  /** What a good answer looks like. */
  good: string;
  /** Questions to go deeper, or to help somebody who is stuck. */
  followUps: string[];
  /** Signs of warning that one can observe. */
  redFlags: string[];
}

/** Everything that a version of a question says. */
export interface Wording {
  kind: QuestionKind;
  title: string | null;
  stem: string;
  stemFormat: TextFormat;
  content: QuestionContent;
  generalFeedback: FormattedText | null;
  guidance: Guidance | null;
  tags: readonly string[];
  /** The skills that it tests; the first is the main one. */
  skillIds: readonly string[];
  level: Level | null;
  /** 1 (easy) to 5 (hard) for somebody of the level. */
  difficulty: number | null;
  minutes: number | null;
  licence: string | null;
  source: string | null;
}

/** SHA-256 in hexadecimal: two versions with the same one say the same. The order of the fields is part of it. */
export function checksumOf(wording: Wording): string {
  const { kind, title, stem, stemFormat, content, generalFeedback, guidance } = wording;
  const { tags, skillIds, level, difficulty, minutes, licence, source } = wording;
  const said = [kind, title, stem, stemFormat, sorted(content), sorted(generalFeedback), sorted(guidance)];
  const told = [tags, skillIds, level, difficulty, minutes, licence, source];
  return createHash("sha256")
    .update(JSON.stringify([...said, ...told]))
    .digest("hex");
}

/** The value with the keys of its objects in order, as PostgreSQL's jsonb would not keep them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
