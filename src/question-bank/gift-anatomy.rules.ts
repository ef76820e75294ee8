import { unstorableAt } from "./content-fault.rules";

export type GiftFaultCode =
  | "QUESTION_TOO_LONG"
  | "CHARACTER_NOT_STORABLE"
  | "TITLE_UNCLOSED"
  | "NO_ANSWER_BLOCK"
  | "BRACE_UNCLOSED"
  | "BRACE_NESTED"
  | "BRACE_STRAY"
  | "SEVERAL_ANSWER_BLOCKS"
  | "TOO_MANY_ANSWERS"
  | "WEIGHT_UNREADABLE"
  | "STEM_UNREADABLE"
  | "CHOICE_UNREADABLE"
  | "TRUE_FALSE_UNREADABLE"
  | "SHORT_TEXT_UNREADABLE"
  | "NUMERIC_UNREADABLE"
  | "MATCHING_UNREADABLE"
  | "ESSAY_UNREADABLE";

/** `offset` counts UTF-16 units from the start of the block's text. The reason says what is wrong and how to mend it. */
export type GiftFault = { code: GiftFaultCode; offset: number; reason: string };

/** Offsets into the block's text: the title between its colons, the answers between their braces. */
export type GiftAnatomy = {
  title: string | null;
  /** Where the stem begins, behind the title. */
  stem: number;
  /** The opening and the closing brace. */
  open: number;
  close: number;
};

/** The kinds of answer block, told apart as Moodle tells them apart. */
export type AnswerShape = "CHOICE" | "TRUE_FALSE" | "SHORT_TEXT" | "NUMERIC" | "MATCHING" | "ESSAY";

/** UTF-16 units of one question: the parser takes a microsecond for each. A text of a question has at most 20,000. */
const LONGEST_QUESTION = 100_000;

export function lengthFault(text: string): GiftFault | null {
  if (text.length <= LONGEST_QUESTION) return null;
  const reason = `the question goes on behind its first ${LONGEST_QUESTION.toLocaleString("en-US")} characters; shorten it, or leave a blank line between two questions`;
  return { code: "QUESTION_TOO_LONG", offset: LONGEST_QUESTION, reason };
}

/** U+FDD0 to U+FDEF are no characters; the reading of GIFT uses them as stand-ins. */
const NONCHARACTER = /[\uFDD0-\uFDEF]/;

export function characterFault(text: string): GiftFault | null {
  const offset = [unstorableAt(text), text.search(NONCHARACTER)].filter((at) => at >= 0).sort((a, b) => a - b)[0];
  if (offset === undefined) return null;
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  return { code: "CHARACTER_NOT_STORABLE", offset, reason: `U+${code} cannot be stored; remove it` };
}

export function anatomyOf(text: string): GiftAnatomy | GiftFault {
  const titled = titleOf(text);
  if ("code" in titled) return titled;
  const braces = bracesOf(text, titled.stem);
  return "code" in braces ? braces : { ...titled, ...braces };
}

/** The title as written, escapes included; null where there is none. Never a fault: for naming refused questions. */
export function titleOrNull(text: string): string | null {
  const titled = titleOf(text);
  return "code" in titled ? null : titled.title;
}

function titleOf(text: string): GiftFault | Pick<GiftAnatomy, "title" | "stem"> {
  const start = /^\s*::/.exec(text)?.[0].length;
  if (start === undefined) return { title: null, stem: 0 };
  const end = unescapedTokens(text, start, /\\[\s\S]|::|[{}]/g).next().value;
  if (end?.token === "::") return { title: unescaped(text.slice(start, end.at)).trim() || null, stem: end.at + 2 };
  const reason = "the title opens with :: and does not close; close it with ::, or write \\:\\: for two colons";
  return { code: "TITLE_UNCLOSED", offset: start - 2, reason };
}

function bracesOf(text: string, from: number): GiftFault | Pick<GiftAnatomy, "open" | "close"> {
  let open = -1;
  let close = -1;
  for (const { token, at } of unescapedTokens(text, from, /\\[\s\S]|[{}]/g)) {
    const code = braceFault(token, open, close);
    if (code) return { code, offset: at, reason: BRACE_REASONS[code] };
    if (token === "{") open = at;
    else close = at;
  }
  if (open < 0) return { code: "NO_ANSWER_BLOCK", offset: from, reason: BRACE_REASONS.NO_ANSWER_BLOCK };
  if (close < 0) return { code: "BRACE_UNCLOSED", offset: open, reason: BRACE_REASONS.BRACE_UNCLOSED };
  return { open, close };
}

function braceFault(token: string, open: number, close: number): keyof typeof BRACE_REASONS | null {
  if (token === "{") return close >= 0 ? "SEVERAL_ANSWER_BLOCKS" : open >= 0 ? "BRACE_NESTED" : null;
  return open < 0 || close >= 0 ? "BRACE_STRAY" : null;
}

const BRACE_REASONS = {
  NO_ANSWER_BLOCK: "a description has no answer block; add {} for an essay",
  BRACE_UNCLOSED: "this { is never closed; add the }, or write \\{ for the character",
  BRACE_NESTED:
    "a second { stands inside the answer block; close the first one before it, or write \\{ for the character",
  BRACE_STRAY: "this } closes nothing; remove it, or write \\} for the character",
  SEVERAL_ANSWER_BLOCKS:
    "a second answer block; leave a blank line between two questions, or write \\{ for the character",
};

function* unescapedTokens(
  text: string,
  from: number,
  pattern: RegExp,
): Generator<{ token: string; at: number }, undefined> {
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (!match[0].startsWith("\\")) yield { token: match[0], at: match.index };
  }
}

/** Signs that begin an answer; the parser takes 10 microseconds for each. What has more than 50 answers is refused later. */
const MOST_ANSWER_SIGNS = 200;

/** The shapes in whose feedback the signs are text. */
const WITHOUT_SIGNS: ReadonlySet<AnswerShape> = new Set(["TRUE_FALSE", "ESSAY"]);

/** Counted before the answers are read. */
export function answersFault(text: string, { open, close }: GiftAnatomy): GiftFault | null {
  if (WITHOUT_SIGNS.has(shapeOf(text.slice(open + 1, close)))) return null;
  let count = 0;
  for (const { at } of unescapedTokens(text, open + 1, /\\[\s\S]|[=~]/g)) {
    if (at >= close) return null;
    if (++count > MOST_ANSWER_SIGNS) return { code: "TOO_MANY_ANSWERS", offset: at, reason: TOO_MANY_ANSWERS };
  }
  return null;
}

const TOO_MANY_ANSWERS = `answer ${MOST_ANSWER_SIGNS + 1} begins here, and a question has at most 50; remove some, or write \\= \\~ for the characters`;

/** A weight is a number from -100 to 100; a letter behind % makes it text, as in `=%d`. */
export function weightFault(text: string, { open, close }: GiftAnatomy): GiftFault | null {
  const reason =
    "a weight is a number from -100 to 100 between two %, as in ~%50%; for a text that begins with %, put [plain] before it";
  for (const { token, at } of unescapedTokens(text, open + 1, /\\[\s\S]|[=~]\s*%(?!\p{L})/gu)) {
    const offset = at + token.length - 1;
    if (at < close && !isWeight(text.slice(offset, offset + 40))) return { code: "WEIGHT_UNREADABLE", offset, reason };
  }
  return null;
}

function isWeight(text: string): boolean {
  const weight = /^%\s*([-+]?(?:\d+(?:\.\d+)?|\.\d+))\s*%/.exec(text)?.[1];
  return weight !== undefined && Math.abs(Number(weight)) <= 100;
}

/** Feedback and weights do not change the shape. */
export function shapeOf(answers: string): AnswerShape {
  const bare = answers.replace(/\\[\s\S]/g, "").trim();
  if (bare === "" || bare.startsWith("####")) return "ESSAY";
  if (bare.startsWith("#")) return "NUMERIC";
  if (bare.includes("~")) return "CHOICE";
  if (bare.includes("=") && bare.includes("->")) return "MATCHING";
  return /^(T|TRUE|F|FALSE)\s*(#|$)/i.test(bare) ? "TRUE_FALSE" : "SHORT_TEXT";
}

/** `\n` is GIFT's line break. */
function unescaped(text: string): string {
  return text.replace(/\\([\\:#={}~n])/g, (_, character: string) => (character === "n" ? "\n" : character));
}
