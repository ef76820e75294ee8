import type { Client } from "pg";

/** The same id with another end: of the same type, and of the same time. */
const ENDING = `create function pg_temp.copied(id uuid, n integer) returns uuid language sql immutable as
  $$ select overlay(id::text placing lpad(to_hex(n), 6, '0') from 31 for 6)::uuid $$`;

/**
 * Copies an organisation's rows of some tables so many times. Copies refer to copies: the first one of a scorecard to the
 * first one of its session. As a superuser, with triggers and foreign keys asleep.
 */
export async function copyRows(
  client: Client,
  { organizationId, tables, times }: { organizationId: string; tables: readonly string[]; times: number },
): Promise<void> {
  await client.query("set session_replication_role = replica");
  await client.query(ENDING);
  const ids = tables.map((table) => `select id from ${table} where organization_id = '${organizationId}'`);
  await client.query(`create temp table copying as ${ids.join(" union all ")}`);
  for (const table of tables) {
    const { rows } = await client.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const values = rows.map(({ name, type }) =>
      type === "uuid"
        ? `case when t.${name} in (select id from copying) then pg_temp.copied(t.${name}, n) else t.${name} end`
        : `t.${name}`,
    );
    await client.query(
      `insert into ${table} (${names.join(", ")})
       select ${values.join(", ")} from ${table} t, generate_series(1, $2::int) n where t.organization_id = $1`,
      [organizationId, times],
    );
  }
  await client.query("drop table copying");
  await client.query("reset session_replication_role");
}
