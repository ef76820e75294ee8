import type { Fate } from "../story/fate";
import type { Inventor, Operation } from "./fuzz-operations";

export interface Attempt {
  kind: keyof typeof KINDS;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** How often each kind of request comes. */
const KINDS = {
  "an operation": 60,
  "an operation with other variables": 12,
  "a text that was an operation": 8,
  "bad JSON": 6,
  "bad UTF-8": 4,
  "giant numbers": 3,
  "something else over HTTP": 7,
} as const;

const JUNK: readonly unknown[] = [
  null,
  true,
  -0,
  1e21,
  0.5,
  "",
  "x",
  [],
  [[]],
  {},
  { a: { b: [1] } },
  [null],
  "9".repeat(400),
];

const JSON_TYPE = { "content-type": "application/json" };

const post = (body: string | Buffer): Omit<Attempt, "kind"> => ({
  method: "POST",
  path: "/graphql",
  headers: JSON_TYPE,
  body,
});

const junkIn = (fate: Fate, value: unknown): unknown => {
  if (fate.percent(35) || value === null || typeof value !== "object") return fate.one(JUNK);
  if (Array.isArray(value)) return value.map((each) => junkIn(fate, each));
  const [key] = fate.some(Object.keys(value), 1);
  return key === undefined
    ? fate.one(JUNK)
    : { ...value, [key]: junkIn(fate, (value as Record<string, unknown>)[key]) };
};

/** A few letters taken out, doubled, or put in the place of others. */
function garbled(fate: Fate, text: string): string {
  let garbage = text;
  for (let left = 1 + fate.below(4); left > 0; left--) {
    const at = fate.below(garbage.length + 1);
    const put = fate.one([
      "",
      "{",
      "}",
      "(",
      "$",
      "...",
      '"',
      "@include(if: true)",
      "\u0000",
      "#",
      "!",
      garbage.slice(at, at + 9).repeat(2),
    ])!;
    garbage = garbage.slice(0, at) + put + garbage.slice(at + fate.below(6));
  }
  return garbage;
}

const nested = (depth: number): string =>
  `{"query":"{ about { name } }","variables":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;

const ELSEWHERE: readonly ((operation: Operation) => Omit<Attempt, "kind">)[] = [
  ({ query }) => ({
    method: "GET",
    path: `/graphql?query=${encodeURIComponent(query).slice(0, 6000)}`,
    headers: { "apollo-require-preflight": "1" },
  }),
  ({ query }) => ({ method: "GET", path: `/graphql?query=${encodeURIComponent(query).slice(0, 6000)}`, headers: {} }),
  () => ({
    method: "GET",
    path: "/graphql?query=%E0%A4%A&variables=%ZZ",
    headers: { "apollo-require-preflight": "1" },
  }),
  ({ query }) => ({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `query=${encodeURIComponent(query)}`,
  }),
  ({ query }) => ({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/graphql" },
    body: query,
  }),
  (operation) => post(JSON.stringify([operation, operation])),
  (operation) => ({ ...post(JSON.stringify(operation)), method: "PUT" }),
  (operation) => ({
    ...post(JSON.stringify(operation)),
    headers: { "content-type": "application/json; charset=utf-7" },
  }),
  (operation) => ({ ...post(JSON.stringify(operation)), headers: { ...JSON_TYPE, accept: "image/png" } }),
  (operation) => ({
    ...post(JSON.stringify(operation)),
    headers: { ...JSON_TYPE, "x-request-id": "a\tb".repeat(40), "x-assay-organization": "*" },
  }),
  () => ({ method: "GET", path: "/score/AAAA", headers: {} }),
  () => ({ method: "GET", path: `/calendar/${"A".repeat(86)}.ics`, headers: { "if-none-match": '"x", *' } }),
  () => ({ method: "GET", path: "/graphiql/assets/..%2f..%2fpackage.json", headers: {} }),
  () => ({ method: "DELETE", path: "/healthz", headers: {} }),
  () => ({ method: "GET", path: `/${"x".repeat(3000)}`, headers: {} }),
];

const MAKERS: Record<Attempt["kind"], (fate: Fate, operation: Operation) => Omit<Attempt, "kind">> = {
  "an operation": (_, operation) => post(JSON.stringify(operation)),
  "an operation with other variables": (fate, { query, variables }) =>
    post(JSON.stringify({ query, variables: junkIn(fate, variables) })),
  "a text that was an operation": (fate, { query, variables }) =>
    post(JSON.stringify({ query: garbled(fate, query), variables })),
  "bad JSON": (fate, operation) =>
    post(
      fate.one([
        garbled(fate, JSON.stringify(operation)),
        nested(5000),
        "",
        "null",
        "[]",
        '"query"',
        '{"query":1}',
        '{"query":{}}',
      ])!,
    ),
  "bad UTF-8": (fate, operation) => {
    const bytes = Buffer.from(JSON.stringify(operation));
    for (let left = 3; left > 0; left--) bytes[fate.below(bytes.length)] = 0x80 + fate.below(128);
    return post(bytes);
  },
  "giant numbers": (fate, { query, variables }) => {
    const text = JSON.stringify({ query, variables });
    return post(
      text.replace(
        /:\d+/g,
        () => `:${fate.one(["1e400", "-1e400", "9007199254740993", "0.1e-400", "99999999999999999999"])}`,
      ),
    );
  },
  "something else over HTTP": (fate, operation) => fate.one(ELSEWHERE)!(operation),
};

/** The next request that somebody might send. */
export function nextAttempt(fate: Fate, inventor: Inventor): Attempt {
  const kind = fate.weighed(KINDS);
  return { kind, ...MAKERS[kind](fate, inventor.operation()) };
}
