import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import type { DataSource } from "typeorm";
import { dataSource } from "../../ormconfig";
import { migrate } from "../../src/platform/db/migrate";
import { ownerUrl, serverUrl, superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

const SCRATCH = `scratch_${process.env.JEST_WORKER_ID}`;
const inDatabase = (url: string, database: string): string => url.replace(/(\/)[^/?]+\?/, `$1${database}?`);
const scratch = { ownerUrl: inDatabase(ownerUrl, SCRATCH), serverUrl: inDatabase(serverUrl, SCRATCH), dataSource };

const asSuperuser = (work: (client: Client) => Promise<unknown>) =>
  withClient(inDatabase(superuserUrl, "postgres"), work);

async function asOwner<T>(work: (owner: DataSource) => Promise<T>): Promise<T> {
  const owner = await dataSource(scratch.ownerUrl, { poolSize: 2 }).initialize();
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}

/** What TypeORM would still have to do, and to undo. */
const difference = (): Promise<{ up: string[]; down: string[] }> =>
  asOwner(async (owner) => {
    const { upQueries, downQueries } = await owner.driver.createSchemaBuilder().log();
    return { up: upQueries.map(({ query }) => query), down: downQueries.map(({ query }) => query) };
  });

/** Everything in schema public that a migration can make, as text. */
const PUBLIC = `
  select 'relation ' || relname || ' ' || relkind::text || ' ' || relrowsecurity || relforcerowsecurity || ' ' || coalesce(relacl::text, '')
    from pg_class where relnamespace = 'public'::regnamespace
  union all select 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' '
      || attnotnull || attidentity::text || ' ' || coalesce(attoptions::text, '') || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
    from pg_attribute join pg_class on pg_class.oid = attrelid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || pg_get_indexdef(indexrelid)
    from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
  union all select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || qual || ' ' || with_check
    from pg_policies where schemaname = 'public'
  union all select 'trigger ' || pg_get_triggerdef(pg_trigger.oid)
    from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = 'public'::regnamespace and not tgisinternal
  union all select 'function ' || pg_get_functiondef(oid) || ' ' || coalesce(proacl::text, '')
    from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  order by 1`;

const everything = (): Promise<string[]> =>
  withClient(inDatabase(superuserUrl, SCRATCH), async (client) => {
    const { rows } = await client.query<string[]>({ text: PUBLIC, rowMode: "array" });
    return rows.map(([line]) => line!);
  });

beforeAll(() =>
  asSuperuser(async (client) => {
    await client.query(`drop database if exists ${SCRATCH}`);
    await client.query(`create database ${SCRATCH} template assay owner assay_owner strategy file_copy`);
  }),
);

afterAll(() => asSuperuser((client) => client.query(`drop database if exists ${SCRATCH} with (force)`)));

test("ormconfig lists the migrations of the folder, in the order of their stamps", async () => {
  const directory = join(__dirname, "..", "..", "migrations");
  const files = (await readdir(directory)).sort();
  const classes = files.map((file) => {
    const [, stamp, name] = /^(\d{13})-([a-z]+(?:-[a-z]+)+)\.ts$/.exec(file) ?? [];
    if (!stamp || !name) throw new Error(`migrations/${file} is not <ms-timestamp>-<noun>-<change>.ts`);
    return `${name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}${stamp}`;
  });
  const listed = dataSource(ownerUrl).options.migrations as (new () => object)[];
  expect(listed.map(({ name }) => name)).toEqual(classes);
});

test("a migrated database and the entities do not differ", async () => {
  expect(await difference()).toEqual({ up: [], down: [] });
});

test("migrations go down to nothing and up again to the same", async () => {
  const before = await everything();
  expect(before.filter((line) => line.startsWith("policy ")).length).toBeGreaterThan(20);
  await asOwner(async (owner) => {
    for (const _ of owner.migrations) await owner.undoLastMigration();
  });
  const between = await everything();
  expect(between.filter((line) => !/^(relation|column|constraint|index) .*migrations/.test(line))).toEqual([]);
  await migrate(scratch);
  expect(await everything()).toEqual(before);
});

/** Drift, and how the comparison with the entities hears of it. Last, because it leaves the scratch database so. */
describe("the comparison hears of", () => {
  const drifts: [what: string, drift: string, mending: RegExp][] = [
    ["a dropped index", "drop index ix_jobs_organization_id_profile_version_id", /CREATE INDEX "ix_jobs_/],
    ["a dropped foreign key", "alter table members drop constraint fk_members_employer", /ADD CONSTRAINT "fk_members_/],
    ["a dropped check", "alter table organizations drop constraint organizations_own", /"organizations_own" CHECK/],
    ["another type", "alter table jobs alter column title type varchar(10)", /"jobs" .*"title"/],
    ["a null where none may be", "alter table skills alter column name drop not null", /"name" SET NOT NULL/],
    ["a column that no entity has", "alter table members add column shoe_size integer", /DROP COLUMN "shoe_size"/],
  ];
  let up: string[];

  beforeAll(async () => {
    await withClient(scratch.ownerUrl, async (client) => {
      for (const [, drift] of drifts) await client.query(drift);
    });
    ({ up } = await difference());
  });

  test.each(drifts)("%s", (_, __, mending) => expect(up.join("\n")).toMatch(mending));
});
