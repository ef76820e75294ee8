/** A row is the same, value by value, whether it is read by itself or with what hangs on it: dates are dates, and big numbers texts. */

import type { Class } from "../../src/platform/class";
import type { Database } from "../../src/platform/db/database";
import { page } from "../../src/platform/db/pages";
import type { OrganizationRow } from "../../src/platform/db/row";
import { spanOf } from "../../src/platform/db/span";
import { nounsOf, relationsOf } from "../../src/platform/slice";
import { Import } from "../../src/question-bank/import.entity";
import { slices } from "../../src/slices";
import type { Company } from "../cast/company";
import { company } from "../cast/company";
import { hired } from "../cast/debrief";
import { integrated } from "../cast/integration";
import { keyWith } from "../cast/keys";
import { asking } from "../cast/questions";
import { openTestDatabase, superuserUrl, withClient } from "../support/database";

jest.setTimeout(30_000);

let database: Database;
let firm: Company;

/** Values that no rounding and no quoting leaves as they are. */
const ODD: readonly string[] = [
  "update api_keys set expires_at = 'infinity', former_until = '-infinity', scopes = array['a,b', '\"', '{}', '', 'null'] where organization_id = $1",
  "update interview_sessions set starts_at = '2026-03-29T01:30:00.007Z', ends_at = '9999-12-31T23:59:59.999Z', place = E'\\\\ \" \\u2028 \\n 𝒳 é' where organization_id = $1",
  "update standings set score = 0.1::float8 + 0.2, coverage = 5e-324, interval_lower = '-0', interval_upper = 1.7976931348623157e308 where organization_id = $1",
  `update question_versions set content = '{"kind": "ESSAY", "n": [1e400, 12345678901234567890, -0, 1.10, null, "\\u00e9\\ud835\\udcb3"]}', guidance = 'null' where organization_id = $1`,
  "update score_priors set panels = '[[], {}, null, true]' where organization_id = $1",
  "update webhook_deliveries set position = 9223372036854775807 where organization_id = $1",
  "update webhook_endpoints set event_types = array['x'], position = -9007199254740993 where organization_id = $1",
];

beforeAll(async () => {
  database = await openTestDatabase();
  firm = await asking(await company(database));
  await hired(firm);
  await keyWith(firm, ["audit:read"]);
  await firm.as("admin").db.transaction((tx) =>
    tx.insert(Import, {
      startedById: firm.people.admin.id,
      format: "YAML",
      state: "DONE",
      itemCount: 1,
      doneCount: 1,
      failure: null,
      finishedAt: tx.occasion.now,
    }),
  );
  await integrated(firm);
  await withClient(superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (const text of ODD) await client.query(text, [firm.organizationId]);
  });
});

afterAll(() => database.close());

const relations = relationsOf(slices);
const entities = nounsOf(slices).map(({ entity }) => entity as Class<OrganizationRow>);
const withRelations = entities.filter((entity) => relations.some(({ parent }) => parent === entity));

test.each(withRelations.map((entity) => [entity.name, entity] as const))("%s", async (_, entity) => {
  const { db } = firm.as("ann");
  const { db: all } = firm.as("admin");
  const reader = ["CalendarAddress", "QuestionNote"].includes(entity.name) ? db : all;
  const span = spanOf({ first: 100 }, reader.model.noun(entity));
  const [relation] = relations.filter(({ parent, kind }) => parent === entity && kind !== "pages");
  const hung = relation ?? relations.find(({ parent }) => parent === entity)!;
  const branch = {
    relation: hung,
    span:
      hung.kind === "pages"
        ? spanOf({}, reader.model.noun(hung.target), hung.orders?.choices[hung.orders.byDefault]?.order)
        : null,
    wanted: { columns: null, branches: [] },
  };
  const alone = await page(reader, entity, span);
  const laden = await page(reader, entity, span, { wanted: { columns: null, branches: [branch] } });
  expect(laden.rows.every((row) => Object.getOwnPropertySymbols(row).length === 1)).toBe(true);
  expect(laden.rows.length).toBeGreaterThan(0);
  expect(laden.rows.map((row) => ({ ...row, [hung.along]: undefined }))).toStrictEqual(
    alone.rows.map((row) => ({ ...row, [hung.along]: undefined })),
  );
});
