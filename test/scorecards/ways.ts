import { LIMITS } from "../../src/platform/graphql/limits";
import type { Answer } from "../support/api";

/** Whoever looks for scorecards. */
export interface Asker {
  ask(query: string, variables?: object): Promise<Pick<Answer, "data" | "errors">>;
}

/** Ids of what was found, sorted. */
export interface Seen {
  cards: string[];
  ratings: string[];
}

/** Every scorecard and rating that there is, by id: for ways that ask by name. */
export type There = Readonly<Seen>;

/**
 * A way to scorecards: finds all that the asker can reach by it, with their ratings, and checks what it is told beside
 * them, such as counts. A new way is an entry of `WAYS`; the blindness test tries it for every viewer and policy.
 */
export type Way = (asker: Asker, there: There) => Promise<Seen>;

interface Rated {
  id: string;
  ratings: { id: string }[];
}

interface Page<T> {
  nodes: T[];
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

export const sorted = (ids: readonly string[]): string[] => [...ids].sort();

const seenIn = (rated: readonly Rated[]): Seen => ({
  cards: sorted(rated.map(({ id }) => id)),
  ratings: sorted(rated.flatMap(({ ratings }) => ratings.map(({ id }) => id))),
});

/** The answer's data, which must have come without an error. */
async function asked(asker: Asker, query: string, variables: object = {}) {
  const { data, errors } = await asker.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

const PAGE = "pageInfo { hasNextPage endCursor }";

/** All nodes of a list that `query` asks for from `$after` on. */
export async function everyNode<T>(
  asker: Asker,
  query: string,
  pageOf: (data: Answer["data"]) => Page<T>,
  variables: object = {},
): Promise<T[]> {
  const found: T[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<T> = pageOf(await asked(asker, query, { ...variables, after }));
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      if (page.totalCount !== undefined) expect(page.totalCount).toBe(found.length);
      return found;
    }
    after = page.pageInfo.endCursor;
  }
}

/** Ids in lots of so many; the last lot says some of its ids again, so that all have the same length. */
function inLots(ids: readonly string[], size: number): string[][] {
  const lots = Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
  return lots.map((lot) => Array.from({ length: size }, (_, at) => lot[at % lot.length]!));
}

/** As many root fields as an operation may have. */
const LOT = LIMITS.rootFields.most;
const FIELDS = Array.from({ length: LOT }, (_, at) => `n${at}: node(id: $n${at}) { id }`).join(" ");
const VARIABLES = Array.from({ length: LOT }, (_, at) => `$n${at}: ID!`).join(", ");
const ONE_BY_ONE = `query (${VARIABLES}) { ${FIELDS} }`;

/** What can be found under these ids one by one; what cannot must be NOT_FOUND. */
async function foundOneByOne(asker: Asker, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const lot of inLots(ids, LOT)) {
    const variables = Object.fromEntries(lot.map((id, at) => [`n${at}`, id]));
    const { data, errors = [] } = await asker.ask(ONE_BY_ONE, variables);
    const there = lot.filter((id, at) => data[`n${at}`]?.id === id);
    const codes = errors.map(({ extensions }) => extensions.code);
    expect(codes).toEqual(new Array(LOT - there.length).fill("NOT_FOUND"));
    for (const id of there) found.add(id);
  }
  return sorted([...found]);
}

/** What can be found under these ids together; what cannot must be null. */
async function foundTogether(asker: Asker, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const lot of inLots(ids, 100)) {
    const { nodes } = await asked(asker, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: lot });
    const there: (string | null)[] = nodes.map((node: { id: string } | null) => node?.id ?? null);
    expect(there.filter((id, at) => id !== null && id !== lot[at])).toEqual([]);
    for (const id of there) if (id !== null) found.add(id);
  }
  return sorted([...found]);
}

const OF_MEMBER = `scorecards(first: 100, after: $after) { totalCount nodes { id ratings { id } } ${PAGE} }`;

export const WAYS: Readonly<Record<string, Way>> = {
  "the sessions' lists": async (asker) => {
    const query = `query ($after: String) {
      interviewSessions(first: 100, after: $after) { nodes { scorecards { id ratings { id } } } ${PAGE} } }`;
    const sessions = await everyNode<{ scorecards: Rated[] }>(asker, query, (data) => data.interviewSessions);
    return seenIn(sessions.flatMap(({ scorecards }) => scorecards));
  },

  "the root list": async (asker) => {
    const query = `query ($after: String) {
      scorecards(first: 100, after: $after) { totalCount nodes { id ratings { id } } ${PAGE} } }`;
    return seenIn(await everyNode<Rated>(asker, query, (data) => data.scorecards));
  },

  "the members' lists": async (asker) => {
    const list = `query ($after: String) { members(first: 100) { nodes { id ${OF_MEMBER} } } }`;
    const { members } = await asked(asker, list, { after: null });
    const seen: Rated[] = [];
    for (const { id, scorecards } of members.nodes as { id: string; scorecards: Page<Rated> }[]) {
      if (!scorecards.pageInfo.hasNextPage) {
        expect(scorecards.totalCount).toBe(scorecards.nodes.length);
        seen.push(...scorecards.nodes);
      } else {
        const one = `query ($id: ID!, $after: String) { node(id: $id) { ... on Member { ${OF_MEMBER} } } }`;
        const all = await everyNode<Rated>(asker, one, (data) => data.node.scorecards, { id });
        expect(all.slice(0, scorecards.nodes.length)).toEqual(scorecards.nodes);
        seen.push(...all);
      }
    }
    return seenIn(seen);
  },

  "their ids, one by one": async (asker, { cards, ratings }) => ({
    cards: await foundOneByOne(asker, cards),
    ratings: await foundOneByOne(asker, ratings),
  }),

  "their ids, together": async (asker, { cards, ratings }) => ({
    cards: await foundTogether(asker, cards),
    ratings: await foundTogether(asker, ratings),
  }),
};
