import { type Cells, type Group, groupsOfCells } from "./csv.rules";
import { acceptedNumberOf, linesOf, listOf, numberOf, textOf } from "./csv-cell.rules";
import type { QuestionKind } from "./question-content.rules";
import type { ItemText } from "./question-item.rules";

/** What is wrong with a row, by the column that it stands in. */
export interface CellFault {
  column: string;
  message: string;
}

interface Reading {
  /** What of a group it uses. */
  uses: readonly (keyof Group)[];
  least: number;
  most: number;
  /** As the public format says it. */
  content(groups: readonly Group[], cells: Cells): object;
}

const ANSWERS = { least: 1, most: 50 };
const CHOICE: Reading = {
  uses: ["answer", "right", "credit", "feedback"],
  least: 2,
  most: 50,
  content: (groups) => ({ options: groups.map(optionOf) }),
};
const NO_ANSWERS: Reading = { uses: [], least: 0, most: 0, content: () => ({}) };

const READINGS: Readonly<Record<QuestionKind, Reading>> = {
  SINGLE_CHOICE: CHOICE,
  MULTIPLE_CHOICE: CHOICE,
  TRUE_FALSE: {
    uses: ["answer", "feedback"],
    least: 1,
    most: 2,
    content: ([first, second]) => ({
      answer: isTrue(first?.answer),
      feedbackWhenTrue: optional(first?.feedback),
      feedbackWhenFalse: optional(second?.feedback),
    }),
  },
  SHORT_TEXT: {
    ...ANSWERS,
    uses: ["answer", "credit", "feedback"],
    content: (groups) => ({ accepted: groups.map((group) => ({ text: group.answer ?? "", ...credited(group) })) }),
  },
  NUMERIC: {
    ...ANSWERS,
    uses: ["answer", "credit", "feedback"],
    content: (groups, { otherwise }) => ({
      accepted: groups.map((group) => ({ ...acceptedNumberOf(group.answer ?? ""), ...credited(group) })),
      feedbackOtherwise: optional(otherwise),
    }),
  },
  MATCHING: {
    uses: ["prompt", "answer"],
    least: 2,
    most: 50,
    content: (groups) => ({ pairs: groups.map(({ prompt, answer = "" }) => ({ prompt: optional(prompt), answer })) }),
  },
  ESSAY: NO_ANSWERS,
  DISCUSSION: NO_ANSWERS,
};

const optional = (cell: string | undefined): ItemText | undefined => (cell === undefined ? undefined : textOf(cell));

const isTrue = (cell: string | undefined): boolean => cell?.trim().toLowerCase() === "true";

const credited = ({ credit, feedback }: Group): object => ({
  credit: credit === undefined ? undefined : numberOf(percentless(credit)),
  feedback: optional(feedback),
});

const percentless = (cell: string): string => cell.trim().replace(/%$/, "");

function optionOf({ answer = "", right, ...rest }: Group): object {
  const text = textOf(answer);
  return {
    ...(typeof text === "string" ? { text } : text),
    right: right === undefined ? undefined : true,
    ...credited(rest),
  };
}

/**
 * The question of a row as the public format says it, without its bank; or the cells that cannot be read.
 */
export function rowItem(cells: Cells): { kind: QuestionKind; item: object } | { faults: CellFault[] } {
  const kind = (cells.kind ?? "").trim().toUpperCase() as QuestionKind;
  const reading = Object.hasOwn(READINGS, kind) ? READINGS[kind] : null;
  if (!reading) return { faults: [{ column: "kind", message: `wants one of ${Object.keys(READINGS).join(", ")}` }] };
  const groups = groupsOfCells(cells);
  const faults = [...groupFaults(groups, kind, reading), ...cellFaults(cells, groups, kind)];
  if (faults.length > 0) return { faults };
  const { key, title, licence, source, level, difficulty, minutes } = cells;
  const item = {
    ...{ kind, key, title, licence, source },
    stem: textOf(cells.stem ?? ""),
    skills: listOf(cells.skills ?? ""),
    tags: listOf(cells.tags ?? ""),
    level: level?.trim().toUpperCase(),
    difficulty: difficulty && numberOf(difficulty),
    minutes: minutes && numberOf(minutes),
    ...reading.content(groups, cells),
    generalFeedback: optional(cells.generalFeedback),
    guidance: guidanceOf(cells),
  };
  return { kind, item };
}

function guidanceOf({ guidance, followUps, redFlags }: Cells): object | undefined {
  if (guidance === undefined && followUps === undefined && redFlags === undefined) return undefined;
  return { good: textOf(guidance ?? ""), followUps: linesOf(followUps ?? ""), redFlags: linesOf(redFlags ?? "") };
}

/** What a kind does not use would be lost. */
function groupFaults(groups: readonly Group[], kind: QuestionKind, { uses, least, most }: Reading): CellFault[] {
  const odd = groups.flatMap((group, index) =>
    Object.keys(group)
      .filter((name) => index >= most || !uses.includes(name as keyof Group) || isSecondAnswer(name, index, kind))
      .map((name) => `${name}${index + 1}`),
  );
  const strange = odd.map((column) => ({ column, message: `a question of the kind ${kind} has none: empty the cell` }));
  if (groups.length >= least) return strange;
  const message = `a question of the kind ${kind} has at least ${least} ${least === 1 ? "answer" : "answers"}: fill in the cell`;
  return [...strange, { column: `answer${groups.length + 1}`, message }];
}

/** The second group of TRUE_FALSE is there for its feedback alone. */
const isSecondAnswer = (name: string, index: number, kind: QuestionKind): boolean =>
  kind === "TRUE_FALSE" && name === "answer" && index === 1;

function cellFaults(cells: Cells, groups: readonly Group[], kind: QuestionKind): CellFault[] {
  const inGroups = groups.flatMap((group, index) => groupCellFaults(group, index + 1, kind));
  const otherwise = cells.otherwise !== undefined && kind !== "NUMERIC";
  const isFormatted = typeof textOf(cells.guidance ?? "") !== "string";
  return [
    ...["difficulty", "minutes"]
      .filter((column) => cells[column] !== undefined && numberOf(cells[column]) === null)
      .map((column) => ({ column, message: "wants a whole number" })),
    ...inGroups,
    ...(otherwise ? [{ column: "otherwise", message: `a question of the kind ${kind} has none: empty the cell` }] : []),
    ...(isFormatted ? [{ column: "guidance", message: "is always Markdown: leave the format out" }] : []),
  ];
}

function groupCellFaults({ answer = "", right, credit }: Group, number: number, kind: QuestionKind): CellFault[] {
  const isOddBoolean = kind === "TRUE_FALSE" && number === 1 && !/^(true|false)$/i.test(answer.trim());
  const isOddNumber = kind === "NUMERIC" && acceptedNumberOf(answer) === null;
  const isOddRight = right !== undefined && !/^x$/i.test(right.trim());
  const isOddCredit = credit !== undefined && numberOf(percentless(credit)) === null;
  const wants = (isOdd: boolean, name: string, message: string): CellFault[] =>
    isOdd ? [{ column: `${name}${number}`, message: `wants ${message}` }] : [];
  return [
    ...wants(isOddBoolean, "answer", "`true` or `false`"),
    ...wants(isOddNumber, "answer", "a number such as `42`, `42±0.5` or `40..44`, with a full stop for decimals"),
    ...wants(isOddRight, "right", "`x` at a right answer, and nothing at a wrong one"),
    ...wants(isOddCredit, "credit", "a percentage such as `50` or `33.333`"),
  ];
}

/** Where something of the public format stands in a row: `options.1.text` in `answer2`. */
export function columnOf(path: string): string {
  const [first = "", second = "", third = ""] = path.split(".");
  const number = Number(second || 0) + 1;
  switch (first) {
    case "options":
    case "accepted":
      if (third === "feedback") return `feedback${number}`;
      if (third.startsWith("credit")) return `credit${number}`;
      return `${third === "right" ? "right" : "answer"}${number}`;
    case "pairs":
      return `${third === "prompt" ? "prompt" : "answer"}${number}`;
    case "guidance":
      return second === "" || second === "good" ? "guidance" : second;
    default:
      return COLUMN_OF[first] ?? first;
  }
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  answer: "answer1",
  feedbackWhenTrue: "feedback1",
  feedbackWhenFalse: "feedback2",
  feedbackOtherwise: "otherwise",
  stemFormat: "stem",
};
