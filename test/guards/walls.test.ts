import type { Client } from "pg";
import type { Database } from "../../src/platform/db/database";
import { company } from "../cast/company";
import { hired } from "../cast/debrief";
import { interview, submit } from "../cast/interview";
import { asking } from "../cast/questions";
import { openTestDatabase, superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

/** Outside the wall: what is read before the organisation is known, what is searched by words, and TypeORM's list. */
const OUTSIDE = ["journal_backlog", "member_emails", "migrations", "organization_directory", "question_search"];

/** Functions that pass the wall, with what they answer. */
const DEFINERS = [
  "journal_backlog_organizations() setof uuid",
  "keep_journal_backlog() trigger",
  "keep_member_emails() trigger",
  "keep_organization_directory() trigger",
  "keep_question_search() trigger",
  "matching_question_versions(query text) table(id uuid, rank real)",
  "organization_ids() setof uuid",
  "organizations_of_email(email text) setof uuid",
  "refresh_statistics(tables text[]) void",
  "take_journal_backlog() setof bigint",
];

const SERVER = "assay_server";
const CURRENT =
  "(organization_id = ( SELECT (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid AS \"nullif\"))";

/** Faults by SQL: each query answers with the names of what breaks the rule. `tables` are those behind the wall. */
const RULES: Record<string, string> = {
  "row security is enabled and forced": `
    select tables.relname from tables join pg_class c on c.oid = tables.oid where not (relrowsecurity and relforcerowsecurity)`,

  "one policy, for everything and everybody, on the organisation of the transaction": `
    select relname from tables
    where (select count(*) from pg_policy where polrelid = tables.oid) <> 1
       or not exists (
         select from pg_policy where polrelid = tables.oid and polpermissive and polcmd = '*' and polroles = '{0}'
           and pg_get_expr(polqual, polrelid) = '${CURRENT.replaceAll("'", "''")}'
           and pg_get_expr(polwithcheck, polrelid) = '${CURRENT.replaceAll("'", "''")}')`,

  "organization_id is an uuid that is never null": `
    select relname from tables
    where not exists (select from pg_attribute where attrelid = tables.oid and attname = 'organization_id'
      and atttypid = 'uuid'::regtype and attnotnull and not attisdropped)`,

  "plans are made for the largest organisation": `
    select relname from tables
    where not exists (select from pg_attribute where attrelid = tables.oid and attname = 'organization_id'
      and 'n_distinct=1' = any(attoptions))`,

  "there is a primary key": `
    select relname from tables
    where not exists (select from pg_constraint where conrelid = tables.oid and contype = 'p')`,

  "every index begins with the organisation": `
    select indexrelid::regclass::text from pg_index join tables on tables.oid = indrelid
    where indkey[0] is distinct from organization`,

  "every unique key begins with the organisation": `
    select conname from pg_constraint join tables on tables.oid = conrelid
    where contype in ('p', 'u') and conkey[1] is distinct from organization`,

  "every foreign key begins with the organisation on both sides and names one thing more": `
    select conname from pg_constraint join tables on tables.oid = conrelid
    join pg_attribute there on there.attrelid = confrelid and there.attnum = confkey[1]
    where contype = 'f'
      and (conkey[1] is distinct from organization or there.attname <> 'organization_id' or cardinality(conkey) < 2)`,

  "no foreign key points outside the wall": `
    select conname from pg_constraint join tables on tables.oid = conrelid
    where contype = 'f' and confrelid not in (select oid from tables)`,

  "no foreign key takes the organisation away, waits or is unchecked": `
    select conname from pg_constraint join tables on tables.oid = conrelid
    where contype = 'f' and (confdeltype in ('n', 'd') or confupdtype in ('n', 'd') or condeferrable or not convalidated)`,

  "every foreign key has an index that begins with its columns": `
    select conname from pg_constraint c join tables on tables.oid = conrelid
    where contype = 'f' and conname <> 'fk_members_employer' -- the organisation twice: every index serves
      and not exists (
      select from pg_index where indrelid = conrelid and indpred is null
        and (indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey and indkey[0] = conkey[1])`,

  "the server's login owns nothing": `
    select tables.relname from tables join pg_class c on c.oid = tables.oid join pg_roles r on r.oid = relowner where rolname = '${SERVER}'`,
};

const TABLES = (outside: readonly string[]) => `
  with tables as (
    select c.oid, relname, attnum as organization
    from pg_class c left join pg_attribute on attrelid = c.oid and attname = 'organization_id' and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f')
      and relname <> all (array['${outside.join("','")}'])
  )`;

const names = async (client: Client, text: string, values: unknown[] = []): Promise<string[]> =>
  (await client.query<string[]>({ text, values, rowMode: "array" })).rows.map(([name]) => name!).sort();

const broken = (client: Client, rule: string) => names(client, TABLES(OUTSIDE) + RULES[rule]);

/** Foreign keys with rows that point nowhere. Only a superuser sees the rows of every organisation. */
async function orphans(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; child: string; parent: string; on: string; given: string }>(`
    select conname as name, conrelid::regclass::text as child, confrelid::regclass::text as parent,
      string_agg(format('child.%I = parent.%I', here.attname, there.attname), ' and ') as on,
      string_agg(format('child.%I is not null', here.attname), ' and ') as given
    from pg_constraint
    cross join unnest(conkey, confkey) as pair(here, there)
    join pg_attribute here on here.attrelid = conrelid and here.attnum = pair.here
    join pg_attribute there on there.attrelid = confrelid and there.attnum = pair.there
    where contype = 'f' and connamespace = 'public'::regnamespace
    group by 1, 2, 3`);
  expect(rows.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const { name, child, parent, on, given } of rows) {
    const text = `select from ${child} child where ${given} and not exists (select from ${parent} parent where ${on}) limit 1`;
    if ((await client.query(text)).rowCount) found.push(name);
  }
  return found;
}

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const asSuperuser = <T>(work: (client: Client) => Promise<T>): Promise<T> => withClient(superuserUrl, work);

/** Work of which nothing stays. */
const undone = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
  asSuperuser(async (client) => {
    await client.query("begin");
    try {
      return await work(client);
    } finally {
      await client.query("rollback");
    }
  });

describe("behind the wall", () => {
  test("stand all tables but the listed ones", async () => {
    const all = await asSuperuser((client) => names(client, `${TABLES([])} select relname from tables`));
    const walled = await asSuperuser((client) => names(client, `${TABLES(OUTSIDE)} select relname from tables`));
    expect(all.filter((name) => !walled.includes(name))).toEqual(OUTSIDE);
    expect(walled).toEqual(
      expect.arrayContaining(database.dataSource.entityMetadatas.map(({ tableName }) => tableName)),
    );
    expect(walled.length).toBeGreaterThan(20);
  });

  test.each(Object.keys(RULES))("%s", async (rule) => {
    expect(await asSuperuser((client) => broken(client, rule))).toEqual([]);
  });

  test("no view or sequence lets anybody look over it", async () => {
    const text = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`;
    expect(await asSuperuser((client) => names(client, text))).toEqual([]);
  });
});

/** What breaks each rule, and the name under which the rule hears of it. */
const BREACHES: [rule: keyof typeof RULES, breach: string, heard: string][] = [
  ["row security is enabled and forced", "alter table members no force row level security", "members"],
  ["row security is enabled and forced", "create table loose (organization_id uuid not null)", "loose"],
  ["row security is enabled and forced", "create table looser (id uuid)", "looser"],
  [
    "one policy, for everything and everybody, on the organisation of the transaction",
    "drop policy wall on jobs",
    "jobs",
  ],
  [
    "one policy, for everything and everybody, on the organisation of the transaction",
    "alter policy wall on jobs using (true)",
    "jobs",
  ],
  [
    "one policy, for everything and everybody, on the organisation of the transaction",
    "alter policy wall on jobs with check (true)",
    "jobs",
  ],
  [
    "one policy, for everything and everybody, on the organisation of the transaction",
    "create policy hole on jobs for select using (true)",
    "jobs",
  ],
  [
    "one policy, for everything and everybody, on the organisation of the transaction",
    `alter policy wall on jobs to ${SERVER}`,
    "jobs",
  ],
  ["organization_id is an uuid that is never null", "create table loose (organization_id uuid)", "loose"],
  ["organization_id is an uuid that is never null", "create table looser (id uuid)", "looser"],
  ["plans are made for the largest organisation", "alter table jobs alter organization_id reset (n_distinct)", "jobs"],
  ["there is a primary key", "create table loose (organization_id uuid not null)", "loose"],
  ["every index begins with the organisation", "create index ix_loose on jobs (title)", "ix_loose"],
  ["every index begins with the organisation", "create index ix_loose on jobs (lower(title))", "ix_loose"],
  ["every unique key begins with the organisation", "alter table jobs add constraint uq_loose unique (id)", "uq_loose"],
  [
    "every unique key begins with the organisation",
    "create table loose (organization_id uuid, id uuid, constraint pk_loose primary key (id, organization_id))",
    "pk_loose",
  ],
  [
    "every foreign key begins with the organisation on both sides and names one thing more",
    `create table loose (id uuid unique); alter table jobs add constraint fk_loose foreign key (id) references loose (id) not valid`,
    "fk_loose",
  ],
  [
    "no foreign key points outside the wall",
    `alter table members add constraint fk_loose foreign key (organization_id) references organization_directory`,
    "fk_loose",
  ],
  [
    "no foreign key takes the organisation away, waits or is unchecked",
    `alter table jobs add constraint fk_loose foreign key (organization_id, profile_version_id)
       references role_profile_versions (organization_id, id) on delete set null`,
    "fk_loose",
  ],
  [
    "no foreign key takes the organisation away, waits or is unchecked",
    `alter table jobs add constraint fk_loose foreign key (organization_id, profile_version_id)
       references role_profile_versions (organization_id, id) not valid`,
    "fk_loose",
  ],
  [
    "every foreign key has an index that begins with its columns",
    "drop index ix_jobs_organization_id_profile_version_id",
    "fk_jobs_profile_version",
  ],
  ["the server's login owns nothing", `alter table jobs owner to ${SERVER}`, "jobs"],
];

describe("each rule hears of its breach", () => {
  test.each(BREACHES)("%s: %s", async (rule, breach, heard) => {
    const found = await undone(async (client) => {
      await client.query(breach);
      return broken(client, rule);
    });
    expect(found).toContain(heard);
  });

  test("every rule has one", () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
  });
});

describe("outside the wall", () => {
  const privileges = ["select", "insert", "update", "delete", "truncate", "references", "trigger"];
  const held = (client: Client) =>
    names(
      client,
      `select relname || ': ' || privilege from unnest($1::text[]) as relname, unnest($2::text[]) as privilege
       where has_table_privilege('${SERVER}', 'public.' || relname, privilege)
          or (privilege in ('select', 'insert', 'update', 'references')
              and has_any_column_privilege('${SERVER}', 'public.' || relname, privilege))`,
      [OUTSIDE, privileges],
    );

  test("the server's login may only read the list of migrations", async () => {
    expect(await asSuperuser(held)).toEqual(["migrations: select"]);
  });

  test("a grant to everybody would be heard of", async () => {
    const found = await undone(async (client) => {
      await client.query("grant select (email_hash) on member_emails to public");
      return held(client);
    });
    expect(found).toContain("member_emails: select");
  });
});

describe("functions that pass the wall", () => {
  const definers = `
    from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`;
  const described = `select proname || '(' || pg_get_function_arguments(oid) || ') ' || lower(pg_get_function_result(oid)) ${definers}`;
  const loose = `select proname ${definers}
    and (not coalesce('search_path=public, pg_temp' = any(proconfig), false)
      or prorettype not in ('uuid'::regtype, 'bigint'::regtype, 'trigger'::regtype, 'void'::regtype, 'record'::regtype)
      or exists (
        select from unnest(proallargtypes, proargmodes) given (type, mode)
        where mode in ('o', 'b', 't') and type not in ('uuid'::regtype, 'real'::regtype))
      or (prorettype = 'record'::regtype and proallargtypes is null))`;

  test("are the listed ones", async () => {
    expect(await asSuperuser((client) => names(client, described))).toEqual(DEFINERS);
  });

  test("have a fixed search path and answer with ids and numbers, or not at all", async () => {
    expect(await asSuperuser((client) => names(client, loose))).toEqual([]);
  });

  test.each([
    [
      "create function leak() returns text language sql security definer set search_path = public, pg_temp as 'select 1::text'",
    ],
    ["create function leak() returns uuid language sql security definer as 'select null::uuid'"],
    [
      `create function leak() returns table (id uuid, stem text) language sql security definer set search_path = public, pg_temp
         as 'select null::uuid, null::text'`,
    ],
    [
      "create function leak() returns record language sql security definer set search_path = public, pg_temp as 'select 1'",
    ],
  ])("a new one is heard of: %s", async (text) => {
    const found = await undone(async (client) => {
      await client.query(text);
      return [await names(client, described), await names(client, loose)];
    });
    expect(found).toEqual([expect.arrayContaining([expect.stringMatching(/^leak/)]), ["leak"]]);
  });
});

describe("the server's login", () => {
  test("cannot pass the wall, by itself or as a member of another role", async () => {
    const text = `
      select rolname from pg_roles
      where (rolsuper or rolbypassrls or rolcreaterole or rolname = 'assay_owner' or rolname like 'pg\\_%')
        and pg_has_role('${SERVER}', oid, 'member')`;
    expect(await asSuperuser((client) => names(client, text))).toEqual([]);
  });

  test("is the one that the server uses, and plans for any value", async () => {
    const [row] = await database.ask("select current_user::text as login, current_setting('plan_cache_mode') as plans");
    expect(row).toEqual({ login: SERVER, plans: "force_generic_plan" });
  });

  test("may not create anything", async () => {
    const [row] = await database.ask(
      `select has_schema_privilege('public', 'create') as in_schema,
         has_database_privilege(current_database(), 'create') as in_database`,
    );
    expect(row).toEqual({ in_schema: false, in_database: false });
  });
});

describe("foreign keys", () => {
  beforeAll(async () => {
    const here = await asking(await company(database));
    await hired(here);
    const session = await interview(here, { panel: ["ann", "bob"] });
    await submit(here, "ann", session, { "sql-query": 4 });
  });

  test("point nowhere in no organisation", async () => {
    expect(await asSuperuser(orphans)).toEqual([]);
  });

  test("an orphan would be heard of", async () => {
    const found = await undone(async (client) => {
      await client.query("set local session_replication_role = replica");
      await client.query("update panelists set member_id = id");
      return orphans(client);
    });
    expect(found).toEqual(["fk_panelists_member"]);
  });
});
