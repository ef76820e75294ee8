import { FULL_CREDIT_MILLIS } from "./question-content.rules";
import type { ReadFault, ReadQuestion } from "./question-tables.rules";
import type { WordingDraft } from "./wording.rules";

/** What a line is, whatever stands around it. */
type AikenLine = { number: number; text: string } & (
  | { kind: "blank" | "text" }
  /** `label` as it was written; only a capital is one. */
  | { kind: "option"; label: string; option: string }
  | { kind: "answer"; isWellMarked: boolean; answer: string }
);

type Option = Extract<AikenLine, { kind: "option" }>;
type Answer = Extract<AikenLine, { kind: "answer" }>;

interface Parts {
  stem: AikenLine[];
  options: Option[];
  answer: Answer | null;
}

export function* aikenFile(text: string): Generator<ReadQuestion> {
  for (const block of aikenBlocks(text)) yield readQuestion(block);
}

/**
 * The lines of each question of a file. As in Moodle, white space around a line does not count, and neither does a blank line
 * before an option or an ANSWER.
 * @see https://docs.moodle.org/en/Aiken_format
 */
export function aikenBlocks(text: string): AikenLine[][] {
  const blocks: AikenLine[][] = [];
  let block: AikenLine[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(block);
    block = [];
  };
  const lines = text.split("\n").map(aikenLine);
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "blank") {
      if (line.kind === "text" && lines[index - 1]?.kind === "blank") close();
      block.push(line);
    }
    if (line.kind === "answer") close();
  }
  close();
  return blocks;
}

function aikenLine(text: string, index: number): AikenLine {
  const line = { number: index + 1, text: text.trimEnd() };
  const trimmed = text.trim();
  if (trimmed === "") return { ...line, kind: "blank" };
  if (trimmed.startsWith("ANSWER:")) {
    return { ...line, kind: "answer", isWellMarked: true, answer: trimmed.slice("ANSWER:".length).trim() };
  }
  const [, meant] = /^answer\s*(?::\s*)?([a-z])[.)]?$/i.exec(trimmed) ?? [];
  if (meant) return { ...line, kind: "answer", isWellMarked: false, answer: meant };
  const [, label, option = ""] = /^([A-Za-z])[.)](?:\s+(.*))?$/.exec(trimmed) ?? [];
  return label ? { ...line, kind: "option", label, option } : { ...line, kind: "text" };
}

function readQuestion(block: AikenLine[]): ReadQuestion {
  const line = block[0]!.number;
  const parts = partsOf(block);
  const faults = "message" in parts ? [parts] : partsFaults(parts, line);
  const found = { line, key: null, title: null, faults };
  if ("message" in parts || faults.length > 0) return { ...found, value: null, lineAt: () => line };
  const lineAt = (path: string) => {
    const [, nth] = /^options\.(\d+)/.exec(path) ?? [];
    return (nth && parts.options[Number(nth)]?.number) || line;
  };
  return { ...found, value: { key: null, skills: [], draft: draftOf(parts) }, lineAt };
}

/** The parts in their order, or the first line that is out of it: what follows that one could mean anything. */
function partsOf(block: readonly AikenLine[]): Parts | ReadFault {
  const parts: Parts = { stem: [], options: [], answer: null };
  for (const line of block) {
    const message = orderFault(line, parts);
    if (message) return { line: line.number, path: "", message };
    if (line.kind === "answer") parts.answer = line;
    else if (line.kind === "option" && !isText(line, parts)) parts.options.push(line);
    else parts.stem.push(line);
  }
  return parts;
}

/** `e. coli` may begin a question; `a. text` before the options is one of them in the wrong letters. */
const isText = ({ label }: Option, { options }: Parts): boolean => options.length === 0 && /[b-z]/.test(label);

function orderFault(line: AikenLine, parts: Parts): string | null {
  const { stem, options } = parts;
  if (line.kind === "text") return options.length === 0 ? null : LOST_TEXT;
  if (line.kind === "option" && isText(line, parts)) return null;
  if (stem.length === 0) return "there is no question above this line: write its text first, on lines of its own";
  if (line.kind !== "option") return null;
  const { label, option } = line;
  const capital = label.toUpperCase();
  if (label !== capital) return `an option begins with a capital letter: write \`${capital}.\` or \`${capital})\``;
  if (options.length === LETTERS) return `there is no letter for more than ${LETTERS} options: leave some out`;
  const expected = letter(options.length);
  if (label !== expected)
    return `option ${label} stands where option ${expected} belongs: letter the options from A, in order`;
  return option === "" ? `option ${label} is empty: write its text behind the letter, on the same line` : null;
}

const LOST_TEXT =
  "text stands behind an option: write each option on one line, as `A. text` with a space behind the full stop, and end the question with `ANSWER:` and a letter";

const LETTERS = 26;
const letter = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

function partsFaults({ options, answer }: Parts, line: number): ReadFault[] {
  const few = `the question has ${options.length === 0 ? "no options" : "one option"}: write at least two, as \`A. text\` with a space behind the full stop`;
  return [
    ...(options.length < 2 ? [{ line, path: "options", message: few }] : []),
    ...repeatedOptions(options),
    ...answerFaults(answer, options, line),
  ];
}

function repeatedOptions(options: readonly Option[]): ReadFault[] {
  return options.flatMap(({ option, label, number }, index) => {
    const first = options.findIndex((other) => other.option === option);
    if (first === index) return [];
    const message = `option ${label} repeats option ${letter(first)}: change one of them`;
    return [{ line: number, path: `options.${index}`, message }];
  });
}

function answerFaults(answer: Answer | null, options: readonly Option[], line: number): ReadFault[] {
  if (!answer) {
    const message = "the question has no ANSWER: end it with a line such as `ANSWER: B`";
    return [{ line, path: "answer", message }];
  }
  const message = answerFault(answer, options.length);
  return message ? [{ line: answer.number, path: "answer", message }] : [];
}

function answerFault({ isWellMarked, answer }: Answer, options: number): string | null {
  if (!isWellMarked)
    return `write \`ANSWER: ${answer.toUpperCase()}\`, in capitals and with a colon right behind ANSWER`;
  const [, named] = /^([A-Za-z])[.)]?$/.exec(answer) ?? [];
  if (!named) return "ANSWER names one option: write its letter behind the colon and nothing else, such as `ANSWER: B`";
  if (named !== named.toUpperCase()) return `ANSWER names a capital letter: write \`ANSWER: ${named.toUpperCase()}\``;
  if (options === 0 || named <= letter(options - 1)) return null;
  return `ANSWER names option ${named}, and the last one is ${letter(options - 1)}: name one that is there`;
}

/** Aiken knows no markup. */
function draftOf({ stem, options, answer }: Parts): WordingDraft {
  const format = "PLAIN";
  const right = answer!.answer.charAt(0);
  return {
    kind: "SINGLE_CHOICE",
    stem: stem
      .map(({ text }) => text)
      .join("\n")
      .trim(),
    stemFormat: format,
    options: options.map(({ option, label }) => ({
      text: option,
      format,
      creditMillis: label === right ? FULL_CREDIT_MILLIS : 0,
      feedback: null,
    })),
  };
}
