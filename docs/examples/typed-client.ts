import { initGraphQLTada, type ResultOf, type TadaDocumentNode, type VariablesOf } from "gql.tada";
import { print } from "graphql";
import type { introspection } from "./assay-types";

const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string } }>();

const UpsertCandidates = graphql(`
  mutation UpsertCandidates($input: UpsertCandidatesInput!) {
    upsertCandidates(input: $input) {
      results { externalId outcome candidate { id } userErrors { code message field } }
      userErrors { code message field }
    }
  }
`);

const ChangedCandidates = graphql(`
  query ChangedCandidates($since: DateTime!, $after: String) {
    candidates(first: 100, after: $after, filter: { updatedSince: $since }) {
      nodes { id name email erasedAt updatedAt externalReferences { system externalId } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export interface Server {
  /** Such as http://127.0.0.1:4000/graphql. */
  url: string;
  key: string;
}

type Items = VariablesOf<typeof UpsertCandidates>["input"]["items"];
type Outcomes = NonNullable<ResultOf<typeof UpsertCandidates>["upsertCandidates"]["results"]>;
type Changed = ResultOf<typeof ChangedCandidates>["candidates"]["nodes"][number];

/** Up to 200 at once. With the same `once`, a repeat is not done again. */
export async function push(server: Server, system: string, items: Items, once: string): Promise<Outcomes> {
  const { upsertCandidates } = await ask(server, UpsertCandidates, { input: { system, items } }, once);
  const { results, userErrors } = upsertCandidates;
  if (!results) throw new Error(userErrors.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return results;
}

/** Whoever was added or changed since; some come again: take them by `id`. */
export async function* changedSince(server: Server, since: string): AsyncGenerator<Changed> {
  let after: string | null = null;
  do {
    const { candidates }: ResultOf<typeof ChangedCandidates> = await ask(server, ChangedCandidates, { since, after });
    yield* candidates.nodes;
    after = candidates.pageInfo.hasNextPage ? candidates.pageInfo.endCursor : null;
  } while (after);
}

const TRIES = 6;

async function ask<R, V>(
  server: Server,
  query: TadaDocumentNode<R, V>,
  variables: NoInfer<V>,
  once?: string,
): Promise<R> {
  const headers = new Headers({ "content-type": "application/json", authorization: `Bearer ${server.key}` });
  if (once) headers.set("idempotency-key", once);
  const body = JSON.stringify({ query: print(query), variables });
  for (let tried = 1; ; tried++) {
    const response = await fetch(server.url, { method: "POST", headers, body }).catch(() => null);
    const isBusy = !response || [408, 409, 429].includes(response.status) || response.status >= 500;
    if (isBusy && tried < TRIES) {
      const seconds = Number(response?.headers.get("retry-after")) || 2 ** tried / 4;
      await new Promise((rested) => setTimeout(rested, seconds * (1000 + 200 * Math.random())));
      continue;
    }
    if (!response) throw new Error(`${server.url} does not answer`);
    const { data, errors } = (await response.json()) as { data?: R; errors?: { message: string }[] };
    if (errors || !data) throw new Error(errors?.map(({ message }) => message).join("\n") ?? "no data");
    return data;
  }
}
