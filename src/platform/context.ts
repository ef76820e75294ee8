import type { Actor, Occasion } from "./actor";
import type { Database } from "./db/database";
import { ViewerDb } from "./db/viewer-db";
import { systemClock } from "./time";

/** Built once per operation and passed as an argument to everything that acts or reads. */
export interface Ctx<V extends Actor = Actor> extends Occasion<V> {
  readonly db: ViewerDb<V>;
}

export const contextOf = <V extends Actor>(database: Database, occasion: Occasion<V>): Ctx<V> => ({
  ...occasion,
  db: new ViewerDb(database, occasion),
});

/** The server's own work, on behalf of nobody. */
export function workerContext(database: Database, organizationId: string, requestId: string): Ctx {
  const viewer: Actor = { kind: "WORKER", organizationId, id: null };
  return contextOf(database, { viewer, now: systemClock(), requestId });
}

/** The same work at this instant: for what goes on long after the one at which it began. */
export const atPresent = ({ db, viewer, requestId }: Ctx): Ctx =>
  contextOf(db.database, { viewer, requestId, now: systemClock() });
