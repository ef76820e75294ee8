import { createHash } from "node:crypto";
import { DefaultNamingStrategy, type NamingStrategyInterface, type Table } from "typeorm";
import { snakeCase } from "typeorm/util/StringUtils";

/** PostgreSQL cuts identifiers at 63 bytes: longer ones keep their start and end in a hash. */
const LONGEST = 63;

function named(prefix: string, table: Table | string, columns: readonly string[]): string {
  const full = [prefix, typeof table === "string" ? table : table.name, ...columns].join("_");
  if (full.length <= LONGEST) return full;
  return `${full.slice(0, LONGEST - 9)}_${createHash("sha1").update(full).digest("hex").slice(0, 8)}`;
}

/** Columns in snake_case; keys named after what they key, because their names reach people in conflicts. */
export class ReadableNames extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    return customName ?? snakeCase([...prefixes, propertyName].join("_"));
  }

  override primaryKeyName(table: Table | string): string {
    return named("pk", table, []);
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return named("uq", table, columns);
  }

  override indexName(table: Table | string, columns: string[]): string {
    return named("ix", table, columns);
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return named("fk", table, columns);
  }
}
