import type { Class } from "../../src/platform/class";
import type { OrganizationRow } from "../../src/platform/db/row";
import type { Fresh, Tx } from "../../src/platform/db/tx";

/** More than the longest list that the guard asks for. */
export const MANY = 52;

/** Writes as many rows as are asked for, each made from its index. */
export const rowsOf =
  (tx: Tx) =>
  <E extends OrganizationRow>(entity: Class<E>, count: number) =>
  (row: (index: number) => Fresh<E>): Promise<E[]> =>
    tx.insertAll(
      entity,
      Array.from({ length: count }, (_, index) => row(index)),
    );

/** Spreads children over parents in turn. */
export const of = <E>(rows: readonly E[], index: number): E => rows[index % rows.length]!;
