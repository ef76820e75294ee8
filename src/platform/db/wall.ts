import type { QueryRunner } from "typeorm";

/** The organisation of the current transaction; null, and so no row, where none is set. */
const CURRENT = "(select nullif(current_setting('app.organization', true), '')::uuid)";

/**
 * Puts a table of an organisation behind the wall. `n_distinct = 1` plans for the largest organisation: the planner
 * would otherwise divide by the number of organisations.
 */
export async function raiseWall(runner: QueryRunner, ...tables: string[]): Promise<void> {
  for (const table of tables) {
    await runner.query(`alter table ${table} enable row level security`);
    await runner.query(`alter table ${table} force row level security`);
    await runner.query(
      `create policy wall on ${table} using (organization_id = ${CURRENT}) with check (organization_id = ${CURRENT})`,
    );
    await runner.query(`alter table ${table} alter column organization_id set (n_distinct = 1)`);
  }
}
