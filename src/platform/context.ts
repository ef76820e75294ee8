import type { Actor, Occasion } from "./actor";
import type { ViewerDb } from "./db/viewer-db";

/** Built once per operation and passed as an argument to everything that acts or reads. */
export interface Ctx<V extends Actor = Actor> extends Occasion<V> {
  readonly db: ViewerDb<V>;
}
