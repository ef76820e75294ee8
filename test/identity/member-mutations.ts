import type { Company, Person } from "../cast/company";
import type { Api, Signer } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

export interface Told {
  /** What the payload carries; null when refused. */
  member: Anything;
  /** Codes with the path of the field, such as `LAST_ADMIN at role`. */
  errors: string[];
  messages: string[];
}

export type MutateMember = (who: Signer, mutation: string, input: object) => Promise<Told>;

/** Sends mutations that answer with a member. */
export const mutatingMembers =
  (api: Api): MutateMember =>
  async (who, mutation, input) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) {
      member { id name email role active version deactivationReason } userErrors { code message field } } }`;
    const { data, errors } = await api.send(who, query, { input });
    const { member = null, userErrors = [] } = data?.[mutation] ?? {};
    return {
      member,
      errors: [
        ...(errors ?? []).map(({ extensions }) => extensions.code),
        ...userErrors.map(({ code, field }: Anything) => `${code} at ${field?.join(".")}`),
      ],
      messages: [...(errors ?? []), ...userErrors].map(({ message }) => message),
    };
  };

/** The role in which somebody is signed in; the code of the refusal where they are not. */
export async function roleOnSigningIn(api: Api, who: Signer): Promise<string> {
  const { data, errors } = await api.send(who, "{ viewer { member { role } } }");
  return errors?.[0]?.extensions.code ?? data.viewer.member.role;
}

/** What the journal tells of somebody, in order. */
export const toldOf = ({ id }: { id: string }): Promise<{ type: string; changes: string[] }[]> =>
  withClient(superuserUrl, async (client) => {
    const text = "select type, changes from journal_entries where object_id = $1 order by sequence";
    return (await client.query(text, [id])).rows;
  });

/** The person as the database knows them now. */
export const versioned = async ({ people }: Company, who: Person): Promise<{ id: string; version: number }> =>
  withClient(superuserUrl, async (client) => {
    return (await client.query("select id, version from members where id = $1", [people[who].id])).rows[0];
  });
