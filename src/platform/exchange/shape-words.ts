import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

const WANTED: Readonly<Record<string, string>> = {
  object: "a map of fields, such as `key: value`",
  array: "a list: begin each item with `- `",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
};

/** What is wrong with a value of a file, in the words of the format; undefined: the shape says it itself. */
export function wordsOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeWords(issue.expected, issue.input);
    case "invalid_value":
      return oneOf(issue.values);
    case "unrecognized_keys":
      return "is no field here: mend its name, or leave it out";
    case "too_small":
      return `wants ${countOf(issue.origin, issue.minimum)} or more`;
    case "too_big":
      return `wants ${countOf(issue.origin, issue.maximum)} or fewer`;
    case "invalid_union":
      return Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    default:
      return undefined;
  }
}

function typeWords(expected: string, input: unknown): string {
  const wanted = `wants ${WANTED[expected] ?? `a ${expected}`}`;
  if (input === undefined) return `is missing: it ${wanted}`;
  const isBare = expected === "string" && ["number", "boolean", "bigint"].includes(typeof input);
  return isBare ? `${wanted}: put quotes around it` : wanted;
}

const oneOf = (values: readonly unknown[]): string =>
  `wants ${values.length > 1 ? "one of " : ""}${values.map((value) => `\`${value}\``).join(", ")}`;

function countOf(origin: string, count: number | bigint): string {
  const what = origin === "string" ? " character" : origin === "array" ? " item" : null;
  return what === null ? `${count}` : `${count}${what}${count === 1 ? "" : "s"}`;
}
