import type { Actor, Occasion } from "./actor";
import type { Database } from "./db/database";
import { ViewerDb } from "./db/viewer-db";

/** Built once per operation and passed as an argument to everything that acts or reads. */
export interface Ctx<V extends Actor = Actor> extends Occasion<V> {
  readonly db: ViewerDb<V>;
}

export const contextOf = <V extends Actor>(database: Database, occasion: Occasion<V>): Ctx<V> => ({
  ...occasion,
  db: new ViewerDb(database, occasion),
});
