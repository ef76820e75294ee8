import { dataSource } from "../../../ormconfig";
import { createOrganization } from "../../../src/identity/organization.actions";
import { openDatabase } from "../../../src/platform/db/database";
import { OWNER, SERVER } from "../../../src/platform/db/embedded-database";
import { migrate } from "../../../src/platform/db/migrate";
import { nounsOf } from "../../../src/platform/slice";
import { slices } from "../../../src/slices";
import { ownClone, ownerUrl, superuserUrl, withClient } from "../../support/database";

jest.setTimeout(20_000);

const APPEND_ONLY = ["journal_entries", "journal_positions"];
const LOOKUPS = ["journal_backlog", "member_emails", "organization_directory", "question_search"];
const worker = process.env.JEST_WORKER_ID;

const databases: string[] = [];
const logins: string[] = [];
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** As the superuser, on the worker's clone. */
const govern = (...statements: string[]) =>
  withClient(superuserUrl, async (client) => {
    for (const text of statements) await client.query(text);
  });

/** The URL of a login on a database. */
const urlOf = (database: string, login: string): string =>
  ownerUrl.replace(/\/\/[^@]*@\/[^?]*/, `//${encodeURIComponent(login)}@/${database}`);

async function scratch(owner = OWNER): Promise<string> {
  const name = `scratch_${worker}_${databases.length + 1}`;
  databases.push(name);
  await govern(`create database ${name} owner ${quoted(owner)} template template0`);
  return name;
}

/** A login of its own, as roles belong to the whole server. */
async function login(kind: string, attributes = ""): Promise<string> {
  const name = `${kind} "${worker}"`;
  logins.push(name);
  await govern(`create role ${quoted(name)} login ${attributes}`);
  return name;
}

async function asked<Row>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  return withClient(url, async (client) => (await client.query(text, values)).rows as Row[]);
}

beforeAll(() => ownClone());

afterAll(async () => {
  await govern(...databases.map((name) => `drop database ${name} with (force)`));
  await govern(...logins.map((name) => `drop role ${quoted(name)}`));
});

const MIGRATIONS = "select name from migrations order by id";

test.each([2, 8])("%i migrators at once on a fresh database all end well, and migrate it once", async (count) => {
  const database = await scratch();
  const urls = { ownerUrl: urlOf(database, OWNER), serverUrl: urlOf(database, SERVER) };
  const settled = await Promise.allSettled(Array.from({ length: count }, () => migrate({ ...urls, dataSource })));
  expect(settled.map((each) => (each.status === "rejected" ? String(each.reason) : "well"))).toEqual(
    settled.map(() => "well"),
  );
  const applied = await asked<{ name: string }>(urls.serverUrl, MIGRATIONS);
  const listed = dataSource(urls.ownerUrl).options.migrations as (new () => object)[];
  expect(applied.map(({ name }) => name)).toEqual(listed.map(({ name }) => name));
});

test("a migrated database is left as it is", async () => {
  const database = await scratch();
  const urls = { ownerUrl: urlOf(database, OWNER), serverUrl: urlOf(database, SERVER) };
  await migrate({ ...urls, dataSource });
  const before = await asked(urls.serverUrl, MIGRATIONS);
  await migrate({ ...urls, dataSource });
  expect(await asked(urls.serverUrl, MIGRATIONS)).toEqual(before);
});

test.each([
  ["a superuser", "superuser"],
  ["a login with BYPASSRLS", "bypassrls"],
])("%s is refused as the server's login, with words that say how to mend it", async (_, attribute) => {
  const name = await login(attribute, attribute);
  const database = await scratch();
  const urls = { ownerUrl: urlOf(database, OWNER), serverUrl: urlOf(database, name) };
  const message = await migrate({ ...urls, dataSource }).then(
    () => "it was let in",
    (error: Error) => error.message,
  );
  expect(message).toContain(`The login "${name}" of DATABASE_URL is a superuser or has BYPASSRLS`);
  expect(message).toContain("create role");
  expect(message).toContain("MIGRATION_DATABASE_URL");
  expect(await asked(urls.ownerUrl, "select from pg_class where relnamespace = 'public'::regnamespace")).toEqual([]);
});

test("the same is refused where it is the owner's login too", async () => {
  const name = await login("lone superuser", "superuser");
  const url = urlOf(await scratch(name), name);
  await expect(migrate({ ownerUrl: url, serverUrl: url, dataSource })).rejects.toThrow("MIGRATION_DATABASE_URL");
});

test("the server's login gets the rights it needs, whatever its name, and no others", async () => {
  const name = await login("Assay-Server");
  const database = await scratch();
  await migrate({ ownerUrl: urlOf(database, OWNER), serverUrl: urlOf(database, name), dataSource });
  const rights = await asked<{ table: string; rights: string }>(
    urlOf(database, name),
    `select relname as table, coalesce(string_agg(lower(each), ' ' order by n), '') as rights
     from pg_class
     left join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
       with ordinality as one(each, n) on has_table_privilege(pg_class.oid, each)
     where relnamespace = 'public'::regnamespace and relkind = 'r' group by 1`,
  );
  const wanted = (table: string) => {
    if (LOOKUPS.includes(table)) return "";
    if (table === "migrations") return "select";
    return APPEND_ONLY.includes(table) ? "select insert" : "select insert update delete";
  };
  expect(rights.length).toBeGreaterThan(26);
  expect(rights).toEqual(rights.map(({ table }) => ({ table, rights: wanted(table) })));
  const mayMake = "select has_schema_privilege('public', 'create') as make";
  expect(await asked(urlOf(database, name), mayMake)).toEqual([{ make: false }]);
});

test("the server's login plans once for all values", async () => {
  const name = await login("planner");
  const database = await scratch();
  await migrate({ ownerUrl: urlOf(database, OWNER), serverUrl: urlOf(database, name), dataSource });
  expect(await asked(urlOf(database, name), "show plan_cache_mode")).toEqual([
    { plan_cache_mode: "force_generic_plan" },
  ]);
});

test("one login that owns the tables and serves works too, and the wall holds", async () => {
  const name = await login("sole");
  const url = urlOf(await scratch(name), name);
  await migrate({ ownerUrl: url, serverUrl: url, dataSource });
  await migrate({ ownerUrl: url, serverUrl: url, dataSource });

  const source = await dataSource(url, { poolSize: 2 }).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  try {
    const people = [{ email: "ann@sole.example", name: "Ann", role: "ADMIN" as const }];
    const ours = await createOrganization(database, { empty: true, name: "Ours", members: people });
    const theirs = await createOrganization(database, { empty: true, name: "Theirs", members: people });
    const NAMES = "select name from organizations";
    expect(await database.read(ours.organization.id, NAMES, [])).toEqual([{ name: "Ours" }]);
    expect(await database.read(theirs.organization.id, NAMES, [])).toEqual([{ name: "Theirs" }]);
    expect(await database.ask(NAMES)).toEqual([]);
    const taken = database.write(ours.organization.id, (runner) =>
      runner.query("update members set name = 'taken' where id = $1", [theirs.members[0]!.id]),
    );
    expect(await taken).toEqual([[], 0]);
    const rewritten = database.write(ours.organization.id, (runner) => runner.query("delete from journal_entries"));
    await expect(rewritten).rejects.toThrow("The journal is append-only");
  } finally {
    await database.close();
  }
});
