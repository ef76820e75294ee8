import type { TextFormat } from "./question-content.rules";
import type { ItemAcceptedNumber, ItemText } from "./question-item.rules";

/*
 * How a value stands in a cell of our CSV files. Each pair of functions is lossless.
 */

const FORMAT_MARK = /^\[(markdown|html|plain|moodle)\]/i;

export const isEmpty = (cell: string): boolean => cell.trim() === "";

/** A blank text is marked too: an empty cell stands for no text. */
export function textCell(given: ItemText): string {
  const { text, format } = typeof given === "string" ? { text: given, format: "MARKDOWN" } : given;
  const isMarked = format !== "MARKDOWN" || isEmpty(text) || FORMAT_MARK.test(text);
  return isMarked ? `[${format.toLowerCase()}]${text}` : text;
}

export function textOf(cell: string): ItemText {
  const [mark, name] = FORMAT_MARK.exec(cell) ?? [];
  if (mark === undefined || name === undefined) return cell;
  const text = cell.slice(mark.length);
  const format = name.toUpperCase() as TextFormat;
  return format === "MARKDOWN" ? text : { text, format };
}

/** `a;b`, with `\;` and `\\` for the characters, and a backslash before white space at an end. */
export const listCell = (elements: readonly string[]): string =>
  elements.map((each) => each.replace(/[\\;]/g, "\\$&").replace(/^\s|\s$/g, "\\$&")).join(";");

export const listOf = (cell: string): string[] =>
  (cell.match(/(?:\\[\s\S]|[^\\;]|\\$)+/g) ?? []).map(elementOf).filter((each) => each !== "");

/** White space around an element does not count, unless a backslash stands before it. */
function elementOf(part: string): string {
  const tokens = part.match(/\\[\\;\s]|[\s\S]/gu) ?? [];
  const first = tokens.findIndex((token) => !isEmpty(token));
  const last = tokens.findLastIndex((token) => !isEmpty(token));
  return tokens
    .slice(first < 0 ? tokens.length : first, last + 1)
    .map((token) => (token.length > 1 && token.startsWith("\\") ? token.slice(1) : token))
    .join("");
}

/** An element a line, with `\n` and `\\` for the characters; `\r` keeps an import from taking it for a line end. */
export const linesCell = (elements: readonly string[]): string =>
  elements.map((each) => each.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r")).join("\n");

const UNESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", "\\": "\\" };

export const linesOf = (cell: string): string[] =>
  cell
    .split("\n")
    .filter((each) => !isEmpty(each))
    .map((each) => each.replace(/\\([\\nr])/g, (_, name: string) => UNESCAPED[name]!));

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const ONE_NUMBER = new RegExp(`^${NUMBER}$`);
const NUMBER_OR_RANGE = new RegExp(`^(${NUMBER})(?:\\s*(±|\\.\\.)\\s*(${NUMBER}))?$`);

/** Null: it is none, or too large to be one. */
export function numberOf(cell: string): number | null {
  const number = ONE_NUMBER.test(cell.trim()) ? Number(cell) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** `42`, `42±0.5` or `40..44`. */
export function acceptedNumberCell(accepted: ItemAcceptedNumber): string {
  if ("low" in accepted) return `${accepted.low}..${accepted.high}`;
  return accepted.tolerance === undefined ? `${accepted.value}` : `${accepted.value}±${accepted.tolerance}`;
}

/** Null: it is not written as one. */
export function acceptedNumberOf(cell: string): ItemAcceptedNumber | null {
  const [, first, sign, second] = NUMBER_OR_RANGE.exec(cell.trim()) ?? [];
  const [value, other] = [numberOf(first ?? ""), numberOf(second ?? "0")];
  if (value === null || other === null) return null;
  if (sign === undefined) return { value };
  return sign === "±" ? { value, tolerance: other } : { low: value, high: other };
}

/**
 * A spreadsheet runs a cell that begins with one of these. An apostrophe keeps it from that; one that was there before is
 * kept by another.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export const guarded = (cell: string): string =>
  /^'*[=+\-@\t\r]/.test(cell) && !ONE_NUMBER.test(cell) ? `'${cell}` : cell;

export const unguarded = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** As in RFC 4180. */
export const quoted = (cell: string): string =>
  /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
