import type { Database } from "../db/database";

/**
 * Gives committed entries their positions. One sequencer at a time per organisation, held by an advisory lock; it takes
 * what is in the backlog, in order of `sequence`. An entry that commits late is in a later backlog: it gets a later
 * position, and no reader that stands before it can have passed it.
 * @see docs/decisions/0005-journal-positions-from-a-backlog.md
 */
export function sequence(database: Database, organizationId: string): Promise<void> {
  return database.write(organizationId, async (runner) => {
    await runner.query("select pg_advisory_xact_lock(hashtextextended('journal ' || $1, 0))", [organizationId]);
    await runner.query(
      `insert into journal_positions (organization_id, position, sequence)
       select $1::uuid, coalesce((select max(position) from journal_positions), 0) + row_number() over (order by entry), entry
       from take_journal_backlog() as entry`,
      [organizationId],
    );
  });
}

/** Organisations with entries that have no position yet. */
export async function backlogged(database: Database): Promise<string[]> {
  const rows = await database.ask<{ id: string }>("select id from journal_backlog_organizations() as id");
  return rows.map(({ id }) => id);
}

/** Every organisation there is. */
export async function organizations(database: Database): Promise<string[]> {
  const rows = await database.ask<{ id: string }>("select id from organization_ids() as id");
  return rows.map(({ id }) => id);
}
