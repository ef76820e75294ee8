import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";
import type { FileItem, ItemFault } from "../platform/exchange/section";
import { wordsOf } from "../platform/exchange/shape-words";
import type { FileFault } from "../platform/exchange/yaml-document";
import { aikenBlocks, aikenFile } from "./aiken.rules";
import { contentFaults, stemFaults } from "./content-fault.rules";
import { type Cells, csvOf, headerOf } from "./csv.rules";
import { isEmpty, unguarded } from "./csv-cell.rules";
import { columnOf, rowItem } from "./csv-row.rules";
import { giftFile } from "./gift-file.rules";
import { splitGift } from "./gift-split.rules";
import { MOST_ITEMS } from "./import.rules";
import { itemOf } from "./question-file.rules";
import { draftOf, type QuestionItem } from "./question-item.rules";
import { questionShape } from "./question-shape.section";
import type { ReadQuestion, TableQuestion } from "./question-tables.rules";
import { wordingOf } from "./wording.rules";

export type TableFormat = "GIFT" | "AIKEN" | "CSV";

type Reading = { questions: Iterable<ReadQuestion> } | { faults: FileFault[] };

/** Faults that one question is reported with: more help nobody. */
const MOST_FAULTS = 10;

/** Stands for the bank, and for a key that is not there, where the public format wants one. */
const UNNAMED = "-";

const READERS: Readonly<Record<TableFormat, (text: string) => Reading>> = {
  GIFT: (text) => bearable(splitGift(text).length) ?? { questions: checked(giftFile(text)) },
  AIKEN: (text) => bearable(aikenBlocks(text).length) ?? { questions: checked(aikenFile(text)) },
  CSV: readCsv,
};

/** Counted before they are read: a file of many faulty questions takes seconds and a gigabyte. */
function bearable(count: number): { faults: FileFault[] } | null {
  if (count <= MOST_ITEMS) return null;
  return {
    faults: [{ line: 1, message: `the file has ${count} questions; ${MOST_ITEMS} are taken at once: split it` }],
  };
}

/**
 * The questions of a file that holds nothing else, each read when it is asked for. Never throws: what cannot be read is
 * told with its line.
 * @param text without byte order mark, with `\n` alone at line ends
 */
export function readTable(
  format: TableFormat,
  text: string,
): { items: Iterable<FileItem<TableQuestion>> } | { faults: FileFault[] } {
  const read = READERS[format](text);
  return "faults" in read ? read : { items: itemsOf(read.questions) };
}

function* itemsOf(questions: Iterable<ReadQuestion>): Generator<FileItem<TableQuestion>> {
  let index = 0;
  for (const { faults, ...question } of questions) {
    yield { ...question, path: `questions.${index++}`, faults: bounded(faults, question.line) };
  }
}

/** The questions as a CSV file, lossless but for their banks. */
export const writeCsv = (items: readonly QuestionItem[]): string => csvOf(items);

function bounded(faults: ItemFault[], line: number): ItemFault[] {
  if (faults.length <= MOST_FAULTS) return faults;
  return [...faults.slice(0, MOST_FAULTS), { line, path: "", message: `${faults.length - MOST_FAULTS} more faults` }];
}

function* checked(questions: Iterable<ReadQuestion>): Generator<ReadQuestion> {
  for (const each of questions) yield importable(each);
}

/** Refuses what our own export could not write so that it comes in again, such as a title of a thousand characters. */
function importable(found: ReadQuestion): ReadQuestion {
  if (!found.value) return found;
  const { key, skills, draft } = found.value;
  const item = itemOf(wordingOf(draft), { key: key ?? UNNAMED, bank: UNNAMED, skills: [...skills] });
  const faults = shapeFaults(questionShape.safeParse(item, { error: wordsOf }).error);
  if (faults.length === 0) return found;
  return { ...found, value: null, faults: faults.map((fault) => ({ line: found.lineAt(fault.path), ...fault })) };
}

type PathFault = Omit<ItemFault, "line">;

/** One for each place: a text that is too long breaks several of the shape's rules. */
function shapeFaults(error: z.ZodError | undefined): PathFault[] {
  const found = (error?.issues ?? []).flatMap((issue) => innermost(issue, []));
  const faults = found.map(({ path, message }) => ({ path: path.join("."), message }));
  return faults.filter(({ path }, index) => faults.findIndex((other) => other.path === path) === index);
}

type Issue = z.core.$ZodIssue;

/** A union says only that nothing fits; what is wrong stands in the branch that was meant. */
function innermost(issue: Issue, above: PropertyKey[]): Pick<Issue, "path" | "message">[] {
  const path = [...above, ...issue.path];
  const branches = issue.code === "invalid_union" ? issue.errors : [];
  const [meant] = branches
    .filter((issues) => !issues.some(({ code, path: within }) => code === "invalid_type" && within.length === 0))
    .sort((a, b) => a.length - b.length);
  return meant ? meant.flatMap((each) => innermost(each, path)) : [{ path, message: issue.message }];
}

interface Row {
  line: number;
  cells: string[];
}

function readCsv(text: string): Reading {
  const read = rowsOf(text);
  if ("faults" in read) return read;
  const [first, ...rows] = read.rows;
  if (!first) return { questions: [] };
  const header = headerOf(first.cells);
  if ("faults" in header) return { faults: header.faults.map((message) => ({ line: first.line, message })) };
  return { questions: questionsOf(rows, header.columns) };
}

function* questionsOf(rows: readonly Row[], columns: readonly string[]): Generator<ReadQuestion> {
  for (const row of rows) yield questionOf(row, columns);
}

/** The rows that say something, or why their cells cannot be told apart. */
function rowsOf(text: string): { rows: Row[] } | { faults: FileFault[] } {
  const rows: Row[] = [];
  let count = 0;
  let end = 0;
  const onRow = (cells: string[], { lines }: { lines: number }): null => {
    if (!cells.every(isEmpty)) rows.push({ line: lines - lineEnds(cells), cells });
    count += 1;
    end = lines;
    return null;
  };
  try {
    // One row more than a header and the questions: a file of a million is given up there.
    const bounds = { to: MOST_ITEMS + 2, skip_empty_lines: true, relax_column_count: true };
    parse(text, { ...bounds, record_delimiter: ["\r\n", "\n"], on_record: onRow });
  } catch (error) {
    if (error instanceof CsvError) return { faults: [quoteFault(error, text, end)] };
    throw error;
  }
  if (count <= MOST_ITEMS + 1) return { rows };
  return { faults: [{ line: end, message: `the file has more than ${MOST_ITEMS} rows below its header: split it` }] };
}

const lineEnds = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);

/** @param end last line of the row before */
function quoteFault({ code, lines }: CsvError, text: string, end: number): FileFault {
  const mending = "put quotes around the whole cell, and write each one within twice";
  if (code !== "CSV_QUOTE_NOT_CLOSED") {
    return { line: Number(lines), message: `a quote stands where none can be: ${mending}` };
  }
  const blank = text
    .split("\n")
    .slice(end)
    .findIndex((line) => line !== "");
  const message = `a cell of the row that begins here opens with a quote and is never closed: ${mending}`;
  return { line: end + blank + 1, message };
}

function questionOf({ line, cells: row }: Row, columns: readonly string[]): ReadQuestion {
  const cells: Cells = Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = unguarded(row[index] ?? "");
      return isEmpty(cell) ? [] : [[column, cell]];
    }),
  );
  const lineOf = (column: string): number => line + lineEnds(row.slice(0, Math.max(0, columns.indexOf(column))));
  const lineAt = (path: string): number => lineOf(columnOf(path));
  const { key, title } = cells;
  const found = { line, key: key?.slice(0, 255) ?? null, title: title?.slice(0, 255) ?? null, lineAt };
  if (row.length !== columns.length) {
    const message = `the row has ${row.length} cells and the header ${columns.length}: put a comma between all of them, and quotes around a cell that holds a comma`;
    return { ...found, value: null, faults: [{ line, path: "", message }] };
  }
  const read = rowQuestion(cells);
  if ("draft" in read) return { ...found, value: { ...read, key: key ?? null }, faults: [] };
  const faults = read.faults.map(({ path, message }) => ({ line: lineOf(path), path, message }));
  return { ...found, value: null, faults };
}

/** Paths are names of columns. */
function rowQuestion(cells: Cells): Omit<TableQuestion, "key"> | { faults: PathFault[] } {
  const read = rowItem(cells);
  if ("faults" in read) return { faults: read.faults.map(({ column: path, message }) => ({ path, message })) };
  const shaped = questionShape.safeParse(
    { ...read.item, key: cells.key ?? UNNAMED, bank: UNNAMED },
    { error: wordsOf },
  );
  const inColumns = (faults: PathFault[]) => faults.map(({ path, message }) => ({ path: columnOf(path), message }));
  if (!shaped.success) return { faults: inColumns(shapeFaults(shaped.error)) };
  const draft = draftOf(shaped.data);
  const stem = { text: draft.stem, format: draft.stemFormat };
  const faults = inColumns([...stemFaults(stem), ...contentFaults(wordingOf(draft).content)]);
  return faults.length > 0 ? { faults } : { skills: shaped.data.skills, draft };
}
