import type { Class } from "../class";
import type { Database } from "./database";

/**
 * Lets the planner know of what was just loaded and committed. It is a hint: where it fails, autovacuum gives it later,
 * and what was loaded stays loaded. Costs some milliseconds a table.
 */
export async function refreshStatistics(database: Database, entities: readonly Class[]): Promise<void> {
  const tables = entities.map((entity) => database.model.table(entity).name);
  await database.ask("select refresh_statistics($1)", [tables]).catch(() => undefined);
}
