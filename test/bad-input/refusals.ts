import { Client } from "pg";
import type { Company, Person } from "../cast/company";
import type { Api } from "../support/api";
import { superuserUrl } from "../support/database";
import { everyRow, walledTables } from "../support/rows";

export const LEAK = /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|relation "|\bselect\b.*\bfrom\b|pg_/i;

export interface Fault {
  code: string;
  field: string[] | null;
  message: string;
}

interface Look {
  superuser: Client;
  tables: string[];
}

let look: Promise<Look> | undefined;

/** One connection for all looks of a test file. */
async function openLook(): Promise<Look> {
  const superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  return { superuser, tables: await walledTables(superuser, { except: ["access_log"] }) };
}

afterAll(async () => (await look)?.superuser.end());

/** The organisation's rows in every table, so that nothing half-written goes unseen. */
export async function everything({ organizationId }: Company): Promise<unknown[]> {
  look ??= openLook();
  const { superuser, tables } = await look;
  return everyRow(superuser, tables, [organizationId]);
}

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
