import type { QueryRunner } from "typeorm";
import type { Actor, Occasion } from "../actor";
import type { Class } from "../class";
import { notFound, refuse } from "../errors";
import { isIdOf, newId, typeOfId } from "../ids";
import type { Database } from "./database";
import type { Model, Table } from "./model";
import { type Reader, visibleRows } from "./reader";
import type { ChangingRow, OrganizationRow } from "./row";

/** What the caller of `insert` leaves out: the transaction fills it in. */
type Filled = "organizationId" | "id" | "createdAt" | "version" | "updatedAt";

/** A new row without what every row gets; `id` may be given where the caller needs it before. */
export type Fresh<E> = Omit<E, Filled> & { id?: string };

/** A statement takes 65,535 values, and no table has as many as 100 columns. */
const ROWS_PER_INSERT = 500;

/** One open transaction of one viewer. */
export class Tx<V extends Actor = Actor> implements Reader<V> {
  constructor(
    readonly occasion: Occasion<V>,
    readonly database: Database,
    readonly runner: QueryRunner,
  ) {}

  get viewer(): V {
    return this.occasion.viewer;
  }

  get model(): Model {
    return this.database.model;
  }

  all<R>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.database.ask<R>(text, values, this.runner);
  }

  /** The row that the viewer sees, unlocked. `field` is the input field that names it. @throws Refusal WRONG_ID_TYPE | NOT_FOUND */
  async find<E extends OrganizationRow>(entity: Class<E>, id: string, ...field: string[]): Promise<E> {
    return this.#row(entity, id, "", field);
  }

  /** The same, kept as it is until the end: others may read and hold it too. @throws Refusal WRONG_ID_TYPE | NOT_FOUND */
  async hold<E extends OrganizationRow>(entity: Class<E>, id: string, ...field: string[]): Promise<E> {
    return this.#row(entity, id, "for share of t", field);
  }

  /** The row that the viewer sees, locked until the end. @throws Refusal WRONG_ID_TYPE | NOT_FOUND | STALE_VERSION */
  async claim<E extends OrganizationRow>(entity: Class<E>, id: string, version?: number): Promise<E> {
    const row = await this.#row(entity, id, "for update of t", ["id"]);
    const current = (row as Partial<ChangingRow>).version;
    if (version !== undefined && version !== current) {
      refuse(
        "STALE_VERSION",
        `You read version ${version}; the ${entity.name} is at version ${current} now.`,
        "version",
      );
    }
    return row;
  }

  /**
   * Every given row, in the given order, visible to the viewer. `path` leads to the input field of each.
   * @throws Refusal WRONG_ID_TYPE | NOT_FOUND for the first that is not
   */
  async findAll<E extends OrganizationRow>(
    entity: Class<E>,
    ids: readonly string[],
    path: (index: number) => readonly string[],
  ): Promise<E[]> {
    for (const [index, id] of ids.entries()) assertIdOf(entity, id, path(index));
    if (ids.length === 0) return [];
    const rows = await visibleRows(this, entity, (bind) => `t.id = any(${bind([...new Set(ids)])})`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id, index) => byId.get(id) ?? notFound(entity.name, id, ...path(index)));
  }

  async insert<E extends OrganizationRow>(entity: Class<E>, fresh: Fresh<E>): Promise<E> {
    const [row] = await this.insertAll(entity, [fresh]);
    return row!;
  }

  /** Few INSERTs. Ids, organisation, times and version are filled in. */
  async insertAll<E extends OrganizationRow>(entity: Class<E>, fresh: readonly Fresh<E>[]): Promise<E[]> {
    if (fresh.length === 0) return [];
    const table = this.model.table(entity);
    const rows = fresh.map((each) => this.#filled(entity, table, each));
    for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
      await this.runner.manager.insert(entity, rows.slice(start, start + ROWS_PER_INSERT) as never);
    }
    return rows;
  }

  /** Does a part of the work; where it throws, that part alone is undone. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    await this.runner.query("savepoint apart");
    try {
      const result = await work();
      await this.runner.query("release savepoint apart");
      return result;
    } catch (error) {
      await this.runner.query("rollback to savepoint apart");
      throw error;
    }
  }

  /** Writes the columns in which `next` differs, and returns the row as it is now. The row must have been claimed. */
  async change<E extends OrganizationRow>(row: E, next: Partial<E>): Promise<E> {
    const entity = this.#entityOf(row.id);
    const changed = Object.fromEntries(Object.entries(next).filter(([key, value]) => row[key as keyof E] !== value));
    const stamped = { ...changed, ...this.#stamps(this.model.table(entity), row) };
    const key = { organizationId: row.organizationId, id: row.id };
    const { affected } = await this.runner.manager.update(entity, key, stamped);
    if (affected !== 1) throw new Error(`${entity.name} ${row.id} was not there to be changed`);
    return { ...row, ...stamped };
  }

  async #row<E extends OrganizationRow>(entity: Class<E>, id: string, lock: string, field: string[]): Promise<E> {
    assertIdOf(entity, id, field);
    const [row] = await visibleRows(this, entity, (bind) => `t.id = ${bind(id)}`, lock);
    return row ?? notFound(entity.name, id, ...field);
  }

  #entityOf(id: string): Class<OrganizationRow> {
    const found = this.model.nounNamed(typeOfId(id) ?? "");
    if (!found) throw new Error(`${id} is not the id of a noun`);
    return found.entity;
  }

  #filled<E extends OrganizationRow>(entity: Class<E>, table: Table, fresh: Fresh<E>): E {
    const row = {
      organizationId: this.viewer.organizationId,
      id: newId(entity.name),
      createdAt: this.occasion.now,
      ...(table.columns.has("version") ? { version: 1, updatedAt: this.occasion.now } : {}),
      ...fresh,
    };
    return row as unknown as E;
  }

  #stamps(table: Table, row: Partial<ChangingRow>): Partial<ChangingRow> {
    return table.columns.has("version") ? { version: (row.version ?? 0) + 1, updatedAt: this.occasion.now } : {};
  }
}

/** @throws Refusal WRONG_ID_TYPE that names the field */
function assertIdOf(entity: Class, id: string, field: readonly string[]): void {
  if (isIdOf(entity.name, id)) return;
  const given = typeOfId(id);
  const what = given ? `the id of a ${given}` : "no id of ours";
  refuse(
    "WRONG_ID_TYPE",
    `${JSON.stringify(id.slice(0, 64))} is ${what}; the id of a ${entity.name} is wanted.`,
    ...field,
  );
}
