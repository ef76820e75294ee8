import { refuse, refuseAll } from "../platform/errors";
import { allSections, type Done, type FileItem, type ImportRun, type Section } from "../platform/exchange/section";
import { inTurns } from "../platform/exchange/turn";
import type { FileFault } from "../platform/exchange/yaml-document";
import { readYaml } from "../platform/exchange/yaml-file";
import { type BankFormat, garbledLine, LARGEST_FILE_BYTES, MOST_ITEMS, unifiedText } from "./import.rules";
import { questionSection } from "./question.section";
import { writeQuestions } from "./question-file.actions";
import { readTable } from "./question-tables.section";

/** Items of one section of a file, which are written together. */
export interface Batch {
  section: Pick<Section, "name" | "mayWrite">;
  items: readonly FileItem[];
  write(run: ImportRun, items: readonly FileItem[]): Promise<Done[]>;
}

interface Defaults {
  /** The bank of questions that name none; null: they name their own. */
  bankId: string | null;
  /** Slugs of the skills of questions that name none. */
  skills: readonly string[];
}

/**
 * What a file holds, in the order in which it is written.
 * @throws Refusal FILE_TOO_LARGE | FILE_UNREADABLE | FILE_EMPTY
 */
export async function batchesOf(format: BankFormat, text: string, defaults: Defaults): Promise<Batch[]> {
  const limit = LARGEST_FILE_BYTES[format];
  const bytes = Buffer.byteLength(text);
  if (bytes > limit) {
    refuse("FILE_TOO_LARGE", `The file has ${bytes} bytes; ${format} takes ${limit} at once: split it.`, "text");
  }
  const garbled = garbledLine(text);
  if (garbled !== null) {
    const message = `Line ${garbled} holds a character that no text has: the file was read in another encoding than its own. Send it as UTF-8.`;
    refuse("FILE_UNREADABLE", message, "text");
  }
  const found = await READERS[format](unifiedText(text), defaults);
  const batches = found.filter(({ items }) => items.length > 0);
  const count = batches.reduce((sum, { items }) => sum + items.length, 0);
  if (count === 0) refuse("FILE_EMPTY", "The file holds nothing to import: only blank lines and comments.", "text");
  return batches;
}

/** @throws Refusal FILE_TOO_LARGE always */
const tooMany = (count: number): never =>
  refuse("FILE_TOO_LARGE", `The file has ${count} items; ${MOST_ITEMS} are taken at once: split it.`, "text");

const tableReader =
  (format: Exclude<BankFormat, "YAML">) =>
  async (text: string, { bankId, skills: otherwise }: Defaults): Promise<Batch[]> => {
    const read = readTable(format, text);
    if ("faults" in read) return unreadable(read.faults);
    const items = (await inTurns(read.items)).map((item) => {
      if (!item.value) return item;
      const skills = item.value.skills.length > 0 ? item.value.skills : otherwise;
      return { ...item, value: { ...item.value, skills, bankId: bankId! } };
    });
    return [{ section: questionSection, items, write: writeQuestions as Batch["write"] }];
  };

const READERS: Readonly<Record<BankFormat, (text: string, defaults: Defaults) => Promise<Batch[]>>> = {
  YAML: async (text) => {
    const sections = allSections();
    const read = await readYaml(text, sections, MOST_ITEMS);
    if ("tooMany" in read) return tooMany(read.tooMany);
    if ("faults" in read) return unreadable(read.faults);
    return sections.map((section) => ({
      section,
      items: read.items.filter((each) => each.section === section).map(({ item }) => item),
      write: (run, items) => section.write(run, items as FileItem<object>[]),
    }));
  },
  GIFT: tableReader("GIFT"),
  AIKEN: tableReader("AIKEN"),
  CSV: tableReader("CSV"),
};

/** @throws Refusal FILE_UNREADABLE with every fault */
function unreadable(faults: readonly FileFault[]): never {
  refuseAll(
    faults.map(({ line, message }) => ({
      code: "FILE_UNREADABLE",
      message: `Line ${line}: ${message}.`,
      field: ["text"],
    })),
  );
  throw new Error("A file was unreadable without a fault");
}
