import type { z } from "zod";
import type { Actor } from "../actor";
import type { Reader } from "../db/reader";
import type { Tx } from "../db/tx";

/** What is wrong with an item of a file, where, and how to mend it. */
export interface ItemFault {
  /** Line of the file, from 1. */
  line: number;
  /** From the item: `options.1.text`; empty for the item itself. */
  path: string;
  message: string;
}

/** One item of a section, as it was found in a file. */
export interface FileItem<T = unknown> {
  /** First line of the item, from 1. */
  line: number;
  /** From the file: `questions.3`. */
  path: string;
  key: string | null;
  title: string | null;
  /** Null where it cannot be read: `faults` says why. */
  value: T | null;
  faults: ItemFault[];
  /** Why there is nothing to do with it, such as a heading; undefined otherwise. */
  ignored?: string;
  /** Line of what stands at a path within the item. */
  lineAt(path: string): number;
}

/** What became of an item. */
export type Outcome = "CREATED" | "UPDATED" | "UNCHANGED" | "REFUSED" | "IGNORED";

export interface Done {
  outcome: Outcome;
  /** The row that it is now; null where it was refused or ignored. */
  id: string | null;
  /** Why it was refused or ignored. */
  faults: readonly ItemFault[];
}

/** An import under way, in one transaction. */
export interface ImportRun {
  readonly tx: Tx;
  /** Whether what is written is READY at once, or a DRAFT that waits for its review. */
  readonly publish: boolean;
  /** Ids of what this import has written so far. */
  readonly written: Set<string>;
  /** Tells that so many more items were looked at. */
  advance(items: number): void;
}

/** What an export holds. */
export interface ExportScope {
  /** Null: everything that the organisation has. */
  bankId: string | null;
}

/** A kind of thing that the public file holds: how it is written there, how it comes in, how it goes out. */
// biome-ignore lint/suspicious/noExplicitAny: sections of different items stand in one list
export interface Section<T extends object = any> {
  /** Its name in the file. */
  readonly name: string;
  readonly description: string;
  /** Sections whose items it names. */
  readonly needs: readonly string[];
  /** Whether somebody may change what the section holds. */
  mayWrite(viewer: Actor): boolean;
  /** One item; what it may leave out has a default. */
  readonly shape: z.ZodType<T>;
  /** Writes the items that have a value, and says what became of each, in their order. */
  write(run: ImportRun, items: readonly FileItem<T>[]): Promise<Done[]>;
  /** What a reader sees, as the file would say it, in a stable order. */
  read(reader: Reader, scope: ExportScope): Promise<T[]>;
}

const registered = new Map<string, Section>();

/** Called once per manifest. */
export function registerSections(sections: readonly Section[]): void {
  for (const section of sections) registered.set(section.name, section);
}

/** Every section, each after those that it needs. */
export function allSections(): Section[] {
  const sorted: Section[] = [];
  const place = (section: Section): void => {
    if (sorted.includes(section)) return;
    for (const need of section.needs) place(registered.get(need)!);
    sorted.push(section);
  };
  for (const section of registered.values()) place(section);
  return sorted;
}

export const refused = (...faults: ItemFault[]): Done => ({ outcome: "REFUSED", id: null, faults });

/** Refused for what stands at a path within the item. */
export const refusedAt = (item: Pick<FileItem, "lineAt">, path: string, message: string): Done =>
  refused({ line: item.lineAt(path), path, message });

/** Why an item is refused whose key an earlier one of the file has; null, and remembered, where none has. */
export function repetition(lineOfKey: Map<string, number>, key: string, line: number): string | null {
  const first = lineOfKey.get(key);
  if (first !== undefined) return `the key is that of line ${first}: change one of them`;
  lineOfKey.set(key, line);
  return null;
}
