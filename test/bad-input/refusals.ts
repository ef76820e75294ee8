import type { Company, Person } from "../cast/company";
import type { Api } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

export const LEAK = /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|relation "|\bselect\b.*\bfrom\b|pg_/i;

export interface Fault {
  code: string;
  field: string[] | null;
  message: string;
}

/** Number and content of the organisation's rows in every table, so that nothing half-written goes unseen. */
export const everything = ({ organizationId }: Company): Promise<unknown[]> =>
  withClient(superuserUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'organization_id' and table_name <> 'access_log' order by 1`,
    );
    const counts = tables.map(
      ({ name }) => `select '${name}', count(*)::int, sum(hashtextextended(t::text, 0))::text from ${name} t
        where organization_id = $1`,
    );
    return (await client.query({ text: counts.join(" union all "), rowMode: "array", values: [organizationId] })).rows;
  });

/** Sends a mutation over HTTP, and answers with what is wrong with its input. */
export async function faultsOf(
  api: Api,
  company: Company,
  who: Person,
  mutation: string,
  input: object,
): Promise<Fault[]> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($i: ${type}!) { ${mutation}(input: $i) { userErrors { code field message } } }`;
  const answer = await api.send(company.people[who], query, { i: input });
  expect(JSON.stringify({ data: answer.data, errors: answer.errors })).not.toMatch(LEAK);
  if (answer.errors) return answer.errors.map(({ message, extensions }) => ({ field: null, ...extensions, message }));
  return answer.data[mutation].userErrors;
}

/** The same, where there is something wrong, and nothing may be written. */
export async function refusals(...[api, company, ...sent]: Parameters<typeof faultsOf>): Promise<Fault[]> {
  const before = await everything(company);
  const faults = await faultsOf(api, company, ...sent);
  expect(faults).not.toEqual([]);
  expect(await everything(company)).toEqual(before);
  return faults;
}
