import type { DataSource } from "typeorm";
import type { Class } from "../class";
import type { Noun } from "./nouns";
import type { OrganizationRow } from "./row";

export interface Table {
  readonly name: string;
  /** Property -> column. */
  readonly columns: ReadonlyMap<string, string>;
  /** Property -> SQL type of its column. */
  readonly types: ReadonlyMap<string, string>;
  /** Every column of `t` under its property's name, so that a row and an entity look the same. */
  readonly select: string;
}

/** What the reading code knows: nouns by entity, tables by entity. */
export interface Model {
  noun<E extends OrganizationRow>(entity: Class<E>): Noun<E>;
  table(entity: Class): Table;
  /** The noun that an id's type names. */
  nounNamed(name: string): Noun | undefined;
}

function tableOf(dataSource: DataSource, entity: Class): Table {
  const { tableName, columns } = dataSource.getMetadata(entity);
  const pairs = columns.map((column) => [column.propertyName, column.databaseName] as const);
  return {
    name: tableName,
    columns: new Map(pairs),
    types: new Map(columns.map(({ propertyName, type, isArray }) => [propertyName, `${type}${isArray ? "[]" : ""}`])),
    select: pairs.map(([property, column]) => `t.${column} as "${property}"`).join(", "),
  };
}

/** @throws Error (a defect) when a noun or table is asked for that no manifest declares */
export function modelOf(dataSource: DataSource, nouns: readonly Noun[]): Model {
  const byEntity = new Map<Class, Noun>(nouns.map((each) => [each.entity, each]));
  const byName = new Map(nouns.map((each) => [each.entity.name, each]));
  const tables = new Map<Class, Table>(
    dataSource.entityMetadatas.map(({ target }) => [target as Class, tableOf(dataSource, target as Class)]),
  );
  const found = <T>(value: T | undefined, entity: Class): T => {
    if (value === undefined) throw new Error(`${entity.name} is not declared by any slice`);
    return value;
  };
  return {
    noun: <E extends OrganizationRow>(entity: Class<E>) => found(byEntity.get(entity), entity) as Noun<E>,
    table: (entity) => found(tables.get(entity), entity),
    nounNamed: (name) => byName.get(name),
  };
}
