import type { Client } from "pg";

/** Tables of organisations. */
export async function walledTables(client: Client, { except = [] }: { except?: string[] } = {}): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organization_id' and table_name <> all ($1) order by 1`,
    [except],
  );
  return rows.map(({ name }) => name);
}

/** When a key was last used is no work of its own. */
const CONTENT: Readonly<Record<string, string>> = { api_keys: "(to_jsonb(t) - 'last_used_at')" };

/** Number and content of the rows of the tables, in these organisations. */
export async function everyRow(
  client: Client,
  tables: readonly string[],
  organizationIds: readonly string[],
): Promise<unknown[]> {
  const counts = tables.map(
    (
      table,
    ) => `select '${table}' as name, count(*)::int as n, sum(hashtextextended(${CONTENT[table] ?? "t"}::text, 0))::text as said
      from ${table} t where organization_id = any($1)`,
  );
  const text = `select * from (${counts.join(" union all ")}) each order by name`;
  return (await client.query(text, [organizationIds])).rows;
}
