import { acceptedNumberCell, guarded, linesCell, listCell, quoted, textCell } from "./csv-cell.rules";
import type { ItemAcceptedText, ItemText, QuestionItem } from "./question-item.rules";

/** Answers of one row. */
const MOST_GROUPS = 50;

const BEFORE_GROUPS = [
  ...["key", "kind", "title", "stem", "skills", "tags", "level", "difficulty", "minutes", "licence", "source"],
];
const IN_GROUP = ["prompt", "answer", "right", "credit", "feedback"] as const;
const BEHIND_GROUPS = ["otherwise", "generalFeedback", "guidance", "followUps", "redFlags"];

type GroupColumn = (typeof IN_GROUP)[number];
/** What a row says of one answer; of TRUE_FALSE, what the first says of true and the second of false. */
export type Group = Partial<Record<GroupColumn, string>>;
/** Column -> what its cell says; without the empty ones. */
export type Cells = Readonly<Record<string, string | undefined>>;

/** The header, with so many groups of answers. */
const columns = (groups: number): string[] => [
  ...BEFORE_GROUPS,
  ...Array.from({ length: groups }, (_, index) => IN_GROUP.map((name) => `${name}${index + 1}`)).flat(),
  ...BEHIND_GROUPS,
];

const COLUMNS = new Map(columns(MOST_GROUPS).map((column) => [column.toLowerCase(), column]));

/** Whatever its case; null: there is none. */
const columnNamed = (name: string): string | null => COLUMNS.get(name.trim().toLowerCase()) ?? null;

const KNOWN = `there are ${[...BEFORE_GROUPS, ...IN_GROUP.map((name) => `${name}1`), ...BEHIND_GROUPS].join(", ")}, and the numbered ones up to ${MOST_GROUPS}`;

/** More names than these help nobody. */
const MOST_NAMED = 5;

/** The columns that a header names, in its order, or what is wrong with it. */
export function headerOf(cells: readonly string[]): { columns: string[] } | { faults: string[] } {
  const named = cells.map(columnNamed);
  const unknown = cells.filter((_, index) => named[index] === null).map((cell) => `\`${cell.slice(0, 60)}\``);
  const found = named.filter((column) => column !== null);
  const twice = new Set(found.filter((column, index) => found.indexOf(column) !== index));
  const missing = ["kind", "stem"].filter((column) => !found.includes(column));
  const shown = unknown.slice(0, MOST_NAMED).join(", ") + (unknown.length > MOST_NAMED ? ", …" : "");
  const isParted = cells.length === 1 && /[;\t]/.test(cells[0]!);
  const faults = [
    ...(isParted ? ["the header is one cell: part the cells by commas"] : []),
    ...(unknown.length > 0 ? [`the header names ${shown}, which is no column: ${KNOWN}`] : []),
    ...[...twice].map((column) => `the header names \`${column}\` twice: leave one out`),
    ...missing.map((column) => `the header lacks the column \`${column}\`: ${KNOWN}`),
  ];
  return faults.length > 0 ? { faults } : { columns: found };
}

/** The whole file: a header, and a row for each question. */
export function csvOf(items: readonly QuestionItem[]): string {
  const rows = items.map((item) => ({ cells: cellsOf(item), groups: groupsOf(item) }));
  const header = columns(Math.max(1, ...rows.map(({ groups }) => groups.length)));
  const lines = rows.map(({ cells, groups }) => {
    const all: Cells = { ...cells, ...numbered(groups) };
    return header.map((column) => quoted(guarded(all[column] ?? "")));
  });
  return [header, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

const numbered = (groups: readonly Group[]): Cells =>
  Object.fromEntries(
    groups.flatMap((group, index) => Object.entries(group).map(([name, cell]) => [`${name}${index + 1}`, cell])),
  );

const optional = (text: ItemText | undefined): string | undefined => (text === undefined ? undefined : textCell(text));

function cellsOf(item: QuestionItem): Cells {
  const { key, kind, title, level, difficulty, minutes, licence, source, guidance } = item;
  return {
    ...{ key, kind, title, level, licence, source },
    difficulty: difficulty?.toString(),
    minutes: minutes?.toString(),
    stem: textCell(item.stem),
    skills: listCell(item.skills),
    tags: listCell(item.tags),
    otherwise: item.kind === "NUMERIC" ? optional(item.feedbackOtherwise) : undefined,
    generalFeedback: optional(item.generalFeedback),
    guidance: optional(guidance?.good),
    followUps: linesCell(guidance?.followUps ?? []),
    redFlags: linesCell(guidance?.redFlags ?? []),
  };
}

function groupsOf(item: QuestionItem): Group[] {
  switch (item.kind) {
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE":
      return item.options.map(({ text, format = "MARKDOWN", right, ...credited }) => ({
        answer: textCell({ text, format }),
        right: right && "x",
        ...creditedCells(credited),
      }));
    case "TRUE_FALSE": {
      const whenTrue = { answer: `${item.answer}`, feedback: optional(item.feedbackWhenTrue) };
      return [whenTrue, { feedback: optional(item.feedbackWhenFalse) }];
    }
    case "SHORT_TEXT":
      return item.accepted.map(acceptedTextGroup);
    case "NUMERIC":
      return item.accepted.map((each) => ({ answer: acceptedNumberCell(each), ...creditedCells(each) }));
    case "MATCHING":
      return item.pairs.map(({ prompt, answer }) => ({ prompt: optional(prompt), answer }));
    case "ESSAY":
    case "DISCUSSION":
      return [];
  }
}

const acceptedTextGroup = (accepted: ItemAcceptedText): Group =>
  typeof accepted === "string" ? { answer: accepted } : { answer: accepted.text, ...creditedCells(accepted) };

const creditedCells = ({ credit, feedback }: { credit?: number; feedback?: ItemText }): Group => ({
  credit: credit?.toString(),
  feedback: optional(feedback),
});

/** The names of the columns of each group, made once. */
const GROUPS = Array.from({ length: MOST_GROUPS }, (_, index) =>
  IN_GROUP.map((name) => [name, `${name}${index + 1}`] as const),
);

/** The groups of a row up to the last one that says something. */
export function groupsOfCells(cells: Cells): Group[] {
  const last = GROUPS.findLastIndex((names) => names.some(([, column]) => cells[column] !== undefined));
  return GROUPS.slice(0, last + 1).map((names) => {
    const group: Group = {};
    for (const [name, column] of names) if (cells[column] !== undefined) group[name] = cells[column];
    return group;
  });
}
