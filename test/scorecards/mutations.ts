import type { Company, Person } from "../cast/company";
import type { Api, Signer } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
export type Anything = any;

const CARD = `scorecard {
  id state version revision recommendation summary amendmentReason submittedAt
  ratings { outcome value evidence criterion { key } } }`;

export interface Told {
  scorecard: Anything;
  /** Codes with the path of the field, such as `VALUE_OUTSIDE_SCALE at ratings.0.value`. */
  errors: string[];
  messages: string[];
}

export type Mutate = (who: Person, mutation: string, input: object) => Promise<Told>;

/** What a mutation tells a member, or a key, that answers with a scorecard. */
export async function tellingOf(api: Api, who: Signer | string, mutation: string, input: object): Promise<Told> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${CARD} userErrors { code message field } } }`;
  const { data, errors } = await api.send(who, query, { input });
  const { scorecard, userErrors } = data?.[mutation] ?? { scorecard: null, userErrors: [] };
  return {
    scorecard,
    errors: [
      ...(errors ?? []).map(({ extensions }) => extensions.code),
      ...userErrors.map(({ code, field }: Anything) => `${code} at ${field?.join(".")}`),
    ],
    messages: [...(errors ?? []), ...userErrors].map(({ message }) => message),
  };
}

/** Sends mutations that answer with a scorecard. */
export const mutating =
  (api: Api, firm: Company): Mutate =>
  (who, mutation, input) =>
    tellingOf(api, firm.people[who], mutation, input);

/** Past the API and its walls. */
export const sql = (text: string, values: unknown[]): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

/** What stands in the database of the session. */
export const cardsOf = ({ id }: { id: string }): Promise<Anything[]> =>
  sql(
    "select id, interviewer_id, revision, state, version, entered_by_key_id from scorecards where session_id = $1 order by interviewer_id, revision",
    [id],
  );

/** Types of the journal's entries about an object, in order. */
export const eventsOf = async ({ id }: { id: string }): Promise<string[]> =>
  (await sql("select type from journal_entries where object_id = $1 order by sequence", [id])).map(({ type }) => type);
