import { SyntaxError as GiftSyntaxError, parse } from "gift-pegjs";
import { type ContentFault, type ContentFaultCode, contentFaults, stemFaults } from "./content-fault.rules";
import {
  type AnswerShape,
  anatomyOf,
  answersFault,
  characterFault,
  type GiftAnatomy,
  type GiftFault,
  type GiftFaultCode,
  lengthFault,
  shapeOf,
  titleOrNull,
  weightFault,
} from "./gift-anatomy.rules";
import { contentOf, formatted, formattedOrNull, type ParsedQuestion } from "./gift-content.rules";
import { type GiftBlock, isCategory, splitGift } from "./gift-split.rules";
import { veiled } from "./gift-veil.rules";
import type { FormattedText, QuestionContent } from "./question-content.rules";

export type GiftRefusalCode = GiftFaultCode | ContentFaultCode | "KEY_TWICE";

/** A blank to fill in (missing word) stands in the stem as `_____`. */
export type GiftQuestion = {
  kind: "question";
  stem: FormattedText;
  content: QuestionContent;
  generalFeedback: FormattedText | null;
};

/** Line and column count from 1, in the file; columns in UTF-16 units, as editors count them. */
export type GiftRefusal = {
  kind: "refused";
  code: GiftRefusalCode;
  reason: string;
  at: { line: number; column: number };
};

export type GiftOutcome = GiftQuestion | GiftRefusal | { kind: "ignored"; reason: string };

export type GiftItem = {
  /** First and last line of the block, comments before and after it left out. */
  line: number;
  lastLine: number;
  title: string | null;
  /** From `[id:…]` in a comment. */
  externalKey: string | null;
  /** From `[tag:…]` in a comment. */
  tags: string[];
  /** The `$CATEGORY` in force, as written; null before the first one. */
  category: string | null;
  outcome: GiftOutcome;
};

/**
 * Reads a whole file, item by item: every line that is neither blank nor a comment belongs to exactly one. Never throws:
 * what cannot be read is refused with a place and a way to mend it.
 */
export function* readGift(text: string): Generator<GiftItem> {
  let category: string | null = null;
  const lineOfKey = new Map<string, number>();
  for (const block of splitGift(text)) {
    const outcome = outcomeOf(block);
    if (isCategory(block.lines[0].text)) category = outcome.kind === "ignored" ? categoryOf(block) : null;
    yield withKeyOnce({ ...namesOf(block), category, outcome }, lineOfKey);
  }
}

function namesOf({ lines, comments }: GiftBlock): Omit<GiftItem, "category" | "outcome"> {
  const commented = comments.join("\n");
  return {
    line: lines[0].number,
    lastLine: lines.at(-1)?.number ?? lines[0].number,
    title: titleOrNull(textOf(lines)),
    externalKey: bracketed(commented, "id")[0] ?? null,
    tags: [...new Set(bracketed(commented, "tag"))],
  };
}

/** The values of `[id:…]` or `[tag:…]`; a `]` inside is written `\]`. Bounded, or a line of `[id:[id:` takes minutes. */
function bracketed(comments: string, name: "id" | "tag"): string[] {
  const pattern = new RegExp(`\\[${name}:((?:\\\\\\]|[^\\]\\p{Cc}\\p{Cs}]){1,255})\\]`, "gu");
  return [...comments.matchAll(pattern)]
    .map(([, value = ""]) => value.replaceAll("\\]", "]").trim())
    .filter((value) => value !== "");
}

function outcomeOf(block: GiftBlock): GiftOutcome {
  const text = textOf(block.lines);
  const long = lengthFault(text);
  if (long) return refusal(block, long);
  const unstorable = characterFault(text);
  if (unstorable) return refusal(block, unstorable);
  if (isCategory(text)) return { kind: "ignored", reason: `sets the category to ${categoryOf(block) ?? "none"}` };
  const anatomy = anatomyOf(text);
  if ("code" in anatomy) return refusal(block, anatomy);
  const fault = answersFault(text, anatomy) ?? weightFault(text, anatomy);
  return fault ? refusal(block, fault) : questionOf(block, text, anatomy);
}

function questionOf(block: GiftBlock, text: string, anatomy: GiftAnatomy): GiftOutcome {
  const parsed = parsedOrFault(text, anatomy);
  if ("code" in parsed) return refusal(block, parsed);
  const stem = formatted(parsed.stem);
  const content = contentOf(parsed);
  const [fault, ...others] = [...stemFaults(stem), ...contentFaults(content)];
  if (fault) return refusal(block, { code: fault.code, offset: 0, reason: contentReason(fault, others.length) });
  return { kind: "question", stem, content, generalFeedback: formattedOrNull(parsed.globalFeedback) };
}

function parsedOrFault(text: string, anatomy: GiftAnatomy): ParsedQuestion | GiftFault {
  const answers = text.slice(anatomy.open + 1, anatomy.close);
  const shape = shapeOf(answers);
  if (shape === "TRUE_FALSE" && !/^\s*[TF]/.test(answers)) return unreadable(shape, anatomy.open + 1);
  try {
    const [question] = parse(veiled(text, anatomy));
    // The parser takes `=a ->`, an arrow to nothing, for a short text.
    if (shape === "MATCHING" && question?.type !== "Matching") return unreadable(shape, anatomy.open + 1);
    if (question && question.type !== "Category" && question.type !== "Description") return question;
    return unreadable("STEM", 0);
  } catch (error) {
    const offset = error instanceof GiftSyntaxError ? error.location.start.offset : anatomy.open;
    return unreadable(offset < anatomy.open ? "STEM" : shape, Math.min(offset, text.length - 1));
  }
}

function unreadable(shape: AnswerShape | "STEM", offset: number): GiftFault {
  return { code: `${shape}_UNREADABLE`, offset, reason: UNREADABLE[shape] };
}

const UNREADABLE: Record<AnswerShape | "STEM", string> = {
  STEM: "the question's text cannot be read; write plain text, or [html], [markdown], [plain] or [moodle] followed by text",
  CHOICE:
    "an option cannot be read; begin each with = (right) or ~ (wrong), give it a text, and write \\= \\~ \\# for the characters",
  TRUE_FALSE: "true or false cannot be read; write {TRUE} or {FALSE} in capitals, for a short text {=true}",
  SHORT_TEXT:
    "a short answer cannot be read; begin each with =, give it a text, and write \\= \\~ \\# for the characters",
  NUMERIC:
    "a number cannot be read; write {#3.14}, {#3.14:0.01} or {#3.1..3.2}, several as {#=3 =%50%4}, with nothing between = and the number",
  MATCHING: "a pair cannot be read; write each as =prompt -> answer, and \\= \\~ \\# for the characters",
  ESSAY: "the general feedback cannot be read; write a text behind ####, and \\= \\~ \\# for the characters",
};

/** How to mend in GIFT what is wrong with the content. */
const MENDING: Partial<Record<ContentFaultCode, string>> = {
  STEM_BLANK: "write the question before the {",
  TEXT_BLANK: "write a text or remove the answer",
  TEXT_TWICE: "remove one of them",
  TOO_FEW_OPTIONS: "add a wrong option with ~",
  NO_RIGHT_ANSWER: "mark the right answer with =, or give every right option a weight such as ~%50%",
  SEVERAL_RIGHT_OPTIONS: "for several right options write no = but a weight on each, such as ~%50%",
  CREDIT_OUT_OF_RANGE: "write a weight between %0% and %100%",
  CREDITS_DO_NOT_ADD_UP: "change the weights",
  LOW_ABOVE_HIGH: "write the lower number first, and a tolerance of 0 or more",
  NUMBER_NOT_FINITE: "write a number of ordinary size right behind =",
  INTERVAL_TWICE: "remove one of them",
};

function contentReason({ code, message }: ContentFault, others: number): string {
  const mending = MENDING[code] ? `; ${MENDING[code]}` : "";
  return `${message}${mending}${others > 0 ? ` (and ${others} more)` : ""}`;
}

function refusal(
  { lines }: GiftBlock,
  { code, offset, reason }: { code: GiftRefusalCode; offset: number; reason: string },
): GiftRefusal {
  const before = textOf(lines).slice(0, offset).split("\n");
  const line = lines[before.length - 1]?.number ?? lines[0].number;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { kind: "refused", code, reason: `line ${line}, column ${column}: ${reason}`, at: { line, column } };
}

/** The second question with a key would silently replace the first on import. */
function withKeyOnce(item: GiftItem, lineOfKey: Map<string, number>): GiftItem {
  const { externalKey, line, outcome } = item;
  if (externalKey === null || outcome.kind !== "question") return item;
  const first = lineOfKey.get(externalKey);
  if (first === undefined) {
    lineOfKey.set(externalKey, line);
    return item;
  }
  const reason = `line ${line}, column 1: the id of this question is that of line ${first}; change one of them`;
  return { ...item, outcome: { kind: "refused", code: "KEY_TWICE", reason, at: { line, column: 1 } } };
}

function categoryOf({ lines }: GiftBlock): string | null {
  return lines[0].text.replace(/^\s*\$CATEGORY:/, "").trim() || null;
}

function textOf(lines: GiftBlock["lines"]): string {
  return lines.map(({ text }) => text).join("\n");
}
