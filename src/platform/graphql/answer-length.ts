import type { FormattedExecutionResult } from "graphql";
import { jsonOf, WrittenText } from "./written-text";

/** Four times the largest file that can be imported. Escapes and letters beyond ASCII make more bytes of it. */
export const LONGEST_ANSWER_CHARACTERS = 16_000_000;

const TOO_LARGE = {
  message:
    `The answer is longer than ${LONGEST_ANSWER_CHARACTERS.toLocaleString("en-US")} characters: ask for smaller pages, or for fewer fields. ` +
    "A mutation was done all the same: read what became of it.",
  extensions: { code: "ANSWER_TOO_LARGE" },
};

/** The body of an answer; where it would be too long, words that say so. */
export function stringified(result: FormattedExecutionResult): string {
  const isTooLong = leftAfter(result, LONGEST_ANSWER_CHARACTERS) < 0;
  const { data, extensions } = result;
  if (isTooLong) return `${JSON.stringify({ errors: [TOO_LARGE], data: null, extensions })}\n`;
  return `${jsonOf(isWritten(data) ? { ...result, data: new WrittenText(jsonOf(data)) } : result)}\n`;
}

const isWritten = (data: object | null | undefined): data is object =>
  Object.values(data ?? {}).some((value) => value instanceof WrittenText);

/** What is left of a number of characters once the value is written as JSON, about; ends early where nothing is. */
function leftAfter(value: unknown, left: number): number {
  if (typeof value === "string") return left - value.length - 3;
  if (typeof value !== "object" || value === null) return left - 5;
  let rest = left - 3;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && rest >= 0; i++) rest = leftAfter(value[i], rest);
    return rest;
  }
  for (const key in value) {
    if (rest < 0) return rest;
    rest = leftAfter((value as Record<string, unknown>)[key], rest - key.length - 3);
  }
  return rest;
}
