import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { createApiKey } from "../../../src/identity/api-key.actions";
import type { Database } from "../../../src/platform/db/database";
import { Refusal } from "../../../src/platform/errors";
import { newId } from "../../../src/platform/ids";
import { recordRefusal } from "../../../src/platform/journal/access-log";
import { sequence } from "../../../src/platform/journal/sequencer";
import { Import } from "../../../src/question-bank/import.entity";
import { type Company, company } from "../../cast/company";
import { hired } from "../../cast/debrief";
import { integrated } from "../../cast/integration";
import { interview, submit } from "../../cast/interview";
import { asking } from "../../cast/questions";
import { openTestDatabase, ownerUrl, serverUrl, superuserUrl, withClient } from "../../support/database";

jest.setTimeout(20_000);

/** Before the organisation is known: outside the wall, and out of the login's reach. */
const LOOKUPS = ["journal_backlog", "member_emails", "organization_directory", "question_search"];
const APPEND_ONLY = ["journal_entries", "journal_positions"];

const SET = "select set_config('app.organization', $1, true)";
const DENIED = "42501";
/** Else a caller's own schema could stand in for ours. */
const PINNED = "search_path=public, pg_temp";

let database: Database;
let ours: Company;
let theirs: Company;
/** Every table that stands behind the wall, from the catalogue. */
let walled: string[];

/** A company with at least one row in every table. */
async function furnished(): Promise<Company> {
  const bare = await company(database);
  const admin = bare.as("admin");
  await createApiKey(admin, { name: "Archive", environment: "LIVE", scopes: ["audit:read"] });
  const full = await asking(bare);
  await submit(full, "ann", await interview(full, { panel: ["ann", "bob"] }));
  await hired(full);
  await integrated(full);
  const imported = { startedById: null, format: "YAML", state: "DONE", itemCount: 0, doneCount: 0 } as const;
  await admin.db.transaction((tx) => tx.insert(Import, { ...imported, failure: null, finishedAt: null }));
  await sequence(database, bare.organizationId);
  const refusal = new Refusal([{ code: "FORBIDDEN", message: "You may not.", field: null }]);
  await recordRefusal(full.as("ann"), refusal);
  await database.write(bare.organizationId, (runner) =>
    runner.query("insert into journal_cursors (organization_id, listener, position) values ($1, 'wall', 0)", [
      bare.organizationId,
    ]),
  );
  return full;
}

/** Rolls back whatever the work did. Each look is a transaction of its own, as an error ends one. */
async function trial<T>(url: string, organizationId: string | null, work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query("begin");
    if (organizationId !== null) await client.query(SET, [organizationId]);
    try {
      return await work(client);
    } finally {
      await client.query("rollback");
    }
  });
}

/** A statement's outcome in a savepoint: how many rows it touched, or its SQLSTATE and message. */
async function outcome(client: Client, text: string, values: unknown[] = []): Promise<number | string> {
  await client.query("savepoint look");
  try {
    return (await client.query(text, values)).rowCount ?? 0;
  } catch (error) {
    await client.query("rollback to look");
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`;
  }
}

/** The outcome for each walled table, by table. */
const outcomes = async (
  client: Client,
  statement: (table: string) => string,
  values: unknown[] = [],
): Promise<Record<string, number | string>> => {
  const found: Record<string, number | string> = {};
  for (const table of walled) found[table] = await outcome(client, statement(table), values);
  return found;
};

const each = (expected: (table: string) => unknown) =>
  Object.fromEntries(walled.map((table) => [table, expected(table)]));

const namesOf = async (condition: string): Promise<string[]> =>
  withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm') and ${condition} order by 1`,
    );
    return rows.map(({ name }) => name as string);
  });

beforeAll(async () => {
  database = await openTestDatabase();
  walled = await namesOf("c.relrowsecurity and c.relforcerowsecurity");
  ours = await furnished();
  theirs = await furnished();
});

afterAll(() => database.close());

test("every table is walled, but for the lookups and the list of migrations", async () => {
  expect(await namesOf("not (c.relrowsecurity and c.relforcerowsecurity)")).toEqual([...LOOKUPS, "migrations"].sort());
  expect(await namesOf("c.relkind <> 'r'")).toEqual([]);
  expect(walled.length).toBeGreaterThanOrEqual(51);
});

test("both organisations have rows in every table, so that the walk below can find some", async () => {
  for (const { organizationId } of [ours, theirs]) {
    const counted = await trial(superuserUrl, null, (client) =>
      outcomes(client, (table) => `select from ${table} where organization_id = $1`, [organizationId]),
    );
    expect(counted).toEqual(each(() => expect.any(Number)));
    expect(Object.entries(counted).filter(([, rows]) => rows === 0)).toEqual([]);
  }
});

describe("the server's login, as another organisation", () => {
  const asThem = <T>(work: (client: Client) => Promise<T>) => trial(serverUrl, theirs.organizationId, work);

  test("reads no row of ours from any table, and its own from all", async () => {
    const foreign = await asThem((client) =>
      outcomes(client, (table) => `select from ${table} where organization_id <> $1`, [theirs.organizationId]),
    );
    expect(foreign).toEqual(each(() => 0));
    const own = await asThem((client) => outcomes(client, (table) => `select from ${table}`));
    expect(Object.entries(own).filter(([, rows]) => rows === 0)).toEqual([]);
  });

  test("cannot add a copy of our row to any table", async () => {
    const added: Record<string, unknown> = {};
    for (const table of walled) {
      const copy = await trial(superuserUrl, null, async (client) => {
        const text = `select to_jsonb(t) as row from ${table} t where organization_id = $1 limit 1`;
        const { row } = (await client.query(text, [ours.organizationId])).rows[0];
        return "id" in row ? { ...row, id: randomUUID() } : row;
      });
      const insert = `insert into ${table} overriding system value select (jsonb_populate_record(null::${table}, $1)).*`;
      added[table] = await asThem((client) => outcome(client, insert, [copy]));
    }
    const refused = (table: string) => `${DENIED} new row violates row-level security policy for table "${table}"`;
    expect(added).toEqual(each(refused));
  });

  test("cannot move a row of its own to us", async () => {
    const moved = await asThem((client) =>
      outcomes(client, (table) => `update ${table} set organization_id = $1`, [ours.organizationId]),
    );
    const refused = (table: string) =>
      APPEND_ONLY.includes(table)
        ? `${DENIED} permission denied for table ${table}`
        : `${DENIED} new row violates row-level security policy for table "${table}"`;
    // What is kept as it was written is not moved either; its trigger speaks before the wall.
    const kept = /^23001 \w+ \S+ (stays as it was written|was published and stays as it is|is frozen)$/;
    const byTheWall = Object.fromEntries(Object.entries(moved).filter(([, said]) => !kept.test(String(said))));
    expect(byTheWall).toEqual(Object.fromEntries(Object.keys(byTheWall).map((table) => [table, refused(table)])));
    expect(Object.keys(moved)).toEqual(Object.keys(each(refused)));
    expect(Object.keys(byTheWall).length).toBeGreaterThan(20);
  });

  test.each([
    ["update", (table: string) => `update ${table} set organization_id = organization_id where organization_id = $1`],
    ["delete", (table: string) => `delete from ${table} where organization_id = $1`],
  ])("touches no row of ours with %s", async (_, statement) => {
    const touched = await asThem((client) => outcomes(client, statement, [ours.organizationId]));
    const denied = (table: string) => `${DENIED} permission denied for table ${table}`;
    expect(touched).toEqual(each((table) => (APPEND_ONLY.includes(table) ? denied(table) : 0)));
  });

  test.each([
    ["empty", "truncate $t cascade", /^42501 permission denied for table/],
    ["open", "alter table $t no force row level security", /^42501 must be owner of table/],
    ["rebuild", "drop policy wall on $t", /^42501 must be owner of (relation|table)/],
  ])("cannot %s any table", async (_, statement, refusal) => {
    const refused = await asThem((client) => outcomes(client, (table) => statement.replace("$t", table)));
    expect(refused).toEqual(each(() => expect.stringMatching(refusal)));
  });

  test("cannot touch a lookup table in any way", async () => {
    for (const table of LOOKUPS) {
      for (const text of [`select from ${table}`, `insert into ${table} default values`, `delete from ${table}`]) {
        expect(await asThem((client) => outcome(client, text))).toBe(`${DENIED} permission denied for table ${table}`);
      }
    }
  });
});

test.each([
  ["no organisation", null],
  ["an empty organisation", ""],
  ["an organisation that is not there", newId("Organization")],
])("the server's login with %s reads no row of any table", async (_, organizationId) => {
  const seen = await trial(serverUrl, organizationId, (client) => outcomes(client, (table) => `select from ${table}`));
  expect(seen).toEqual(each(() => 0));
});

test("the owner of the tables is behind the wall too", async () => {
  const seen = await trial(ownerUrl, null, (client) => outcomes(client, (table) => `select from ${table}`));
  expect(seen).toEqual(each(() => 0));
});

describe("the lookups", () => {
  const asked = async (text: string, values: unknown[] = []) =>
    (await withClient(serverUrl, (client) => client.query(text, values))).rows;

  test("and all else that passes the wall pin their search path, and answer with ids or nothing", async () => {
    const found = await asked(
      `select proname as name, prorettype::regtype::text as answers, array_to_string(proconfig, ';') as settings
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(["organization_ids", "take_journal_backlog"]));
    const settings = expect.stringMatching(new RegExp(`^${PINNED}(;|$)`));
    const harmless = { answers: expect.stringMatching(/^(uuid|bigint|void|trigger)$/), settings };
    // Ids of the transaction's own organisation, and how well each matches: see test/question-bank/question-search.test.ts.
    const search = { answers: "record", settings };
    const expected = (name: string) => (name === "matching_question_versions" ? search : harmless);
    expect(found).toEqual(found.map(({ name }) => ({ name, ...expected(name) })));
  });

  test("tell of every organisation its id", async () => {
    const ids = (await asked("select * from organization_ids() as id")).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([ours.organizationId, theirs.organizationId]));
  });

  test("tell of an e-mail, in any case, the organisations of its active members", async () => {
    const organizationsOf = (email: string) => asked("select id from organizations_of_email($1) as id", [email]);
    const { id, email } = ours.people.cyd;
    expect(await organizationsOf(email.toUpperCase())).toEqual([{ id: ours.organizationId }]);
    expect(await organizationsOf("nobody@nowhere.example")).toEqual([]);
    await database.write(ours.organizationId, (runner) =>
      runner.query("update members set active = false where id = $1", [id]),
    );
    expect(await organizationsOf(email)).toEqual([]);
    await database.write(ours.organizationId, (runner) =>
      runner.query("update members set active = true, email = $2 where id = $1", [id, `new.${email}`]),
    );
    expect(await organizationsOf(email)).toEqual([]);
    expect(await organizationsOf(`new.${email}`)).toEqual([{ id: ours.organizationId }]);
  });

  test("give nobody the journal's backlog of another organisation", async () => {
    await submit(ours, "bob", await interview(ours, { panel: ["bob"] }));
    const take = "select count(*)::int as n from take_journal_backlog()";
    const taken = (organizationId: string | null) =>
      trial(serverUrl, organizationId, async (client) => (await client.query(take)).rows[0].n);
    expect(await taken(null)).toBe(0);
    expect(await taken(theirs.organizationId)).toBe(0);
    expect(await taken(ours.organizationId)).toBeGreaterThan(0);
  });
});

describe("the journal", () => {
  const rewriting = [
    ...APPEND_ONLY.flatMap((table) => [
      `update ${table} set organization_id = organization_id`,
      `update ${table} set organization_id = organization_id where false`,
      `delete from ${table}`,
      `delete from ${table} where false`,
    ]),
    "truncate journal_positions",
    "truncate journal_entries cascade",
    "truncate journal_positions, journal_entries",
  ];

  test.each(rewriting)("refuses the server's login: %s", async (text) => {
    const refused = await trial(serverUrl, ours.organizationId, (client) => outcome(client, text));
    expect(refused).toMatch(/^42501 permission denied for table journal_/);
  });

  test.each(rewriting)("refuses its owner, and the superuser: %s", async (text) => {
    for (const url of [ownerUrl, superuserUrl]) {
      const refused = await trial(url, ours.organizationId, (client) => outcome(client, text));
      expect(refused).toMatch(/^42501 The journal is append-only: (UPDATE|DELETE|TRUNCATE) is refused$/);
    }
  });

  test("refuses the server's login that pretends to trim", async () => {
    const refused = await trial(serverUrl, ours.organizationId, async (client) => {
      await client.query("select set_config('app.trimming', 'on', true)");
      return outcome(client, "delete from journal_positions");
    });
    expect(refused).toBe(`${DENIED} permission denied for table journal_positions`);
  });

  describe("trimming", () => {
    const TRIM = "select trim_journal($1, $2, $3)::int as trimmed";

    const trim = (before: number) =>
      withClient(ownerUrl, async (client) => {
        const { rows } = await client.query(TRIM, [ours.organizationId, before, newId("JournalEntry")]);
        return rows[0].trimmed as number;
      });

    const positionsOf = async ({ organizationId }: Company): Promise<number[]> => {
      const text = "select position::int as position from journal_positions order by position";
      const rows = await database.read<{ position: number }>(organizationId, text, []);
      return rows.map(({ position }) => position);
    };

    const entryAt = async (position: number) => {
      const text = `select e.type, e.changes from journal_positions p
        join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence where p.position = $1`;
      return (await database.read(ours.organizationId, text, [position]))[0];
    };

    const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

    test("is not for the server's login", async () => {
      const values = [ours.organizationId, 1_000_000, newId("JournalEntry")];
      const refused = await trial(serverUrl, ours.organizationId, (client) => outcome(client, TRIM, values));
      expect(refused).toBe(`${DENIED} permission denied for function trim_journal`);
    });

    test("deletes what stands before, leaves a notice, and positions go on without reuse", async () => {
      await sequence(database, ours.organizationId);
      const last = (await positionsOf(ours)).length;
      expect(await positionsOf(ours)).toEqual(range(1, last));
      const untouched = await positionsOf(theirs);

      // The listener of the set-up has heard nothing yet, so nothing may go.
      expect(await trim(4)).toBe(0);
      await database.write(ours.organizationId, (runner) =>
        runner.query("update journal_cursors set position = 1000000"),
      );
      await sequence(database, ours.organizationId);
      const heard = (await positionsOf(ours)).length;

      expect(await trim(4)).toBe(3);
      expect(heard).toBe(last + 1);
      expect(await positionsOf(ours)).toEqual(range(4, heard));
      await sequence(database, ours.organizationId);
      expect(await positionsOf(ours)).toEqual(range(4, heard + 1));
      expect(await entryAt(heard + 1)).toEqual({ type: "journal.trimmed", changes: ["before 4"] });

      // The last position stays whatever is asked, so that the count goes on from it.
      expect(await trim(1_000_000)).toBe(heard - 3);
      expect(await positionsOf(ours)).toEqual([heard + 1]);
      await ours.applicant();
      await sequence(database, ours.organizationId);
      const next = await positionsOf(ours);
      expect(next).toEqual(range(heard + 1, next.at(-1)!));
      expect(next.length).toBeGreaterThan(2);

      const entries = await database.read<{ n: number }>(
        ours.organizationId,
        "select count(*)::int as n from journal_entries",
        [],
      );
      expect(entries).toEqual([{ n: next.length }]);
      expect(await positionsOf(theirs)).toEqual(untouched);
    });

    test("does not leave the journal open behind it", async () => {
      const refused = await trial(ownerUrl, null, async (client) => {
        await client.query(TRIM, [ours.organizationId, 1, newId("JournalEntry")]);
        return outcome(client, "delete from journal_positions");
      });
      expect(refused).toMatch(/^42501 The journal is append-only/);
    });
  });
});
