import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createOrganization } from "../../src/identity/organization.actions";
import type { Database } from "../../src/platform/db/database";
import { importBank } from "../../src/question-bank/import.actions";
import { contextOf } from "../cast/company";
import { openTestDatabase } from "../support/database";

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

test("the example of docs/bank-format.md is read as it stands", async () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "bank-format.md"), "utf8");
  const text = /```yaml\n([\s\S]*?)```/.exec(page)![1]!;
  const member = { email: `${Math.random()}@format.example`, name: "Ada", role: "ADMIN" as const };
  const { members } = await createOrganization(database, { name: "Format", members: [member], empty: true });
  const ctx = contextOf(database, members[0]!);
  const report = await importBank(ctx, { format: "YAML", text, publish: true, dryRun: false });
  expect(report.items.filter(({ outcome }) => outcome !== "CREATED")).toEqual([]);
  expect(report.counts.created).toBe(9);
  const again = await importBank(ctx, { format: "YAML", text, publish: true, dryRun: false });
  expect(again.counts.unchanged).toBe(9);
});
