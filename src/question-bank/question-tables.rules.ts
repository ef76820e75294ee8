import type { WordingDraft } from "./wording.rules";

/** A question of a file that knows no banks. */
export interface TableQuestion {
  /** Null where the file gives it none: it is known by what it says. */
  key: string | null;
  /** Skills by slug. */
  skills: readonly string[];
  draft: WordingDraft;
}

export interface ReadFault {
  /** Line of the file, from 1. */
  line: number;
  /** From the question, in the words of its format; empty for the question itself. */
  path: string;
  message: string;
}

/** A question as a reader of one format found it. */
export interface ReadQuestion {
  /** Its first line, from 1. */
  line: number;
  key: string | null;
  title: string | null;
  /** Null where it cannot be read, or where there is nothing to read. */
  value: TableQuestion | null;
  faults: ReadFault[];
  /** Why it is no question, such as a heading. */
  ignored?: string;
  /** The best line known of what the public format calls so. */
  lineAt(path: string): number;
}
