import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Payment } from "../throttle";

interface Limit {
  /** The greatest number that is taken. */
  readonly most: number;
  /** What is counted, in the plural. */
  readonly what: string;
  /** How to stay inside it. */
  readonly mend: string;
}

const limits = {
  queryLength: {
    most: 65_536,
    what: "characters of query text",
    mend: "send values as variables",
  },
  // The parser calls itself for each level of a nest: twice as many would reach the end of the stack.
  tokens: {
    most: 1_500,
    what: "tokens",
    mend: "send values as variables, and ask in several operations",
  },
  depth: {
    most: 12,
    what: "levels of fields, introspection aside",
    mend: "ask again for what lies deeper, with `node(id)`",
  },
  aliases: {
    most: 50,
    what: "aliases",
    mend: "read many objects with `nodes(ids)` instead",
  },
  rootFields: {
    most: 20,
    what: "root fields",
    mend: "ask in several operations",
  },
  directives: {
    most: 50,
    what: "directives",
    mend: "put one on a fragment instead of one on each field",
  },
  repeatedFields: {
    most: 20,
    what: "repetitions of a field within one selection",
    mend: "ask for each field once, under one name",
  },
  fields: {
    most: 2_000,
    what: "fields once fragments are spread",
    mend: "spread fewer fragments",
  },
  listItems: {
    most: 1_000,
    what: "items in one list",
    mend: "send the list in parts",
  },
  objectKeys: {
    most: 1_000,
    what: "keys in one object of the variables",
    mend: "leave out what the schema does not know",
  },
  values: {
    most: 100_000,
    what: "values in all variables together",
    mend: "send them in several operations",
  },
} as const satisfies Record<string, Limit>;

/** Told of one request. */
export const MOST_ERRORS = 10;

export type LimitName = keyof typeof limits;

/** What an operation may be, before what it costs is looked at. docs/limits.md tells of each. */
export const LIMITS: Readonly<Record<LimitName, Limit>> = Object.freeze(limits);

/** What one operation may cost, and how much of it a viewer gets. In cost units, as `cost.ts` counts them. */
export interface CostLimits {
  /** Most that one operation costs. */
  readonly most: number;
  /** Most that a viewer may spend at once. */
  readonly capacity: number;
  /** What a viewer gets back each second. */
  readonly restoredPerSecond: number;
}

export const COST_LIMITS: CostLimits = Object.freeze({ most: 10_000, capacity: 20_000, restoredPerSecond: 1_000 });

/** A stranger gets this part of what a viewer gets. */
const STRANGERS_PART = 0.1;

/** The same for somebody who has not signed in: who has nothing to read but `about` and the schema. */
export function strangersLimits({ most, capacity, restoredPerSecond }: CostLimits): CostLimits {
  const smaller = Math.max(1, Math.floor(capacity * STRANGERS_PART));
  return {
    most: Math.min(most, smaller),
    capacity: smaller,
    restoredPerSecond: restoredPerSecond * STRANGERS_PART,
  };
}

/** Of the errors that tell of a limit. */
export const LIMIT_CODES: ReadonlySet<string> = new Set(["LIMIT_EXCEEDED", "TOO_COSTLY", "THROTTLED"]);

/** An operation that is more of something than is allowed. */
export function limitExceeded(name: LimitName, requested: number): GraphQLError {
  const { most, what, mend } = LIMITS[name];
  return new GraphQLError(`${told(requested)} ${what}; at most ${told(most)} are allowed: ${mend}.`, {
    extensions: { code: "LIMIT_EXCEEDED", limit: { name, requested, most }, http: { status: 400 } },
  });
}

export function tooCostly(requested: number, most: number): GraphQLError {
  const message =
    `The operation costs ${told(requested)}; at most ${told(most)} are allowed: ` +
    "ask for smaller pages with `first`, and for fewer lists within lists.";
  return new GraphQLError(message, {
    extensions: { code: "TOO_COSTLY", limit: { name: "cost", requested, most }, http: { status: 400 } },
  });
}

/**
 * What is left, for programs: units of `capacity` in the seconds that an empty bucket takes to be full.
 * @see draft-ietf-httpapi-ratelimit-headers-10
 */
export function rateHeaders(
  { remaining, fullInSeconds }: Payment,
  { capacity, restoredPerSecond }: CostLimits,
): [name: string, value: string][] {
  const window = Math.ceil(capacity / restoredPerSecond);
  return [
    ["ratelimit-policy", `"cost";q=${capacity};w=${window}`],
    ["ratelimit", `"cost";r=${remaining};t=${fullInSeconds}`],
  ];
}

export function throttled(requested: number, payment: Payment, limits: CostLimits): GraphQLError {
  const { remaining, waitSeconds } = payment;
  const message =
    `The operation costs ${told(requested)}, and ${told(remaining)} are left to you now: ` +
    `repeat it in ${waitSeconds} s, as \`Retry-After\` says.`;
  const headers = new HeaderMap([["retry-after", `${waitSeconds}`], ...rateHeaders(payment, limits)]);
  return new GraphQLError(message, {
    extensions: { code: "THROTTLED", retryAfterSeconds: waitSeconds, http: { status: 429, headers } },
  });
}

/** GraphQL's own words where it stops reading: how many tokens there would have been, nobody knows. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] \d+ tokens/;

/** The limit that the parser kept, where it is one. */
export const exceededWhileParsing = (message: string): GraphQLError | null =>
  TOO_MANY_TOKENS.test(message) ? limitExceeded("tokens", LIMITS.tokens.most + 1) : null;

const told = (count: number): string => count.toLocaleString("en-US");
