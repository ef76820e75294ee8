import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { camelCase } from "typeorm/util/StringUtils";
import { epochMilliseconds } from "../time";

/** Writes the difference between the entities and a migrated database as a migration; returns its path, or null. */
export async function writeMigration(dataSource: DataSource, directory: string, name: string): Promise<string | null> {
  const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
  if (upQueries.length === 0) return null;
  const stamp = epochMilliseconds();
  const path = join(directory, `${stamp}-${name}.ts`);
  const lines = (queries: { query: string }[]) =>
    queries.map(({ query }) => `    await runner.query(\`${query.replaceAll("`", "\\`")}\`);`).join("\n");
  const text = `import type { MigrationInterface, QueryRunner } from "typeorm";

export class ${camelCase(name.replaceAll("-", "_"), true)}${stamp} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
${lines(upQueries)}
  }

  async down(runner: QueryRunner): Promise<void> {
${lines(downQueries.reverse())}
  }
}
`;
  await writeFile(path, text);
  return path;
}
