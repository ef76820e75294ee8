import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import { dataSource } from "../../../ormconfig";
import { createOrganization } from "../../../src/identity/organization.actions";
import { type Database, openDatabase, sqlState } from "../../../src/platform/db/database";
import { newId } from "../../../src/platform/ids";
import { nounsOf } from "../../../src/platform/slice";
import { slices } from "../../../src/slices";
import { openTestDatabase, serverUrl, superuserUrl, withClient } from "../../support/database";

jest.setTimeout(30_000);

/** What the wall lets through: exactly one row, the organisation's own. */
const OWN = "select id, name from organizations";
const OWN_BY_ID = "select id, name from organizations where id = any($1)";
const BACKEND = "select pg_backend_pid() as pid";

interface Office {
  id: string;
  name: string;
}

async function office(database: Database, name: string): Promise<Office> {
  const { organization } = await createOrganization(database, { empty: true, name, members: [] });
  return { id: organization.id, name };
}

const states = (settled: PromiseSettledResult<unknown>) =>
  settled.status === "rejected" ? (sqlState(settled.reason) ?? String(settled.reason)) : settled.value;

/** Waits for it, but not for ever: a test that waits on would keep Jest from ending. */
async function eventually<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let time = 0; time < 600; time++) {
    const seen = await look();
    if (seen) return seen;
    await delay(5);
  }
  throw new Error("It did not come to pass");
}

/** The process id of the backend that runs a statement with the mark in its text, once there is one. */
const backendRunning = (mark: string): Promise<number> =>
  withClient(superuserUrl, (client) =>
    eventually(async () => {
      const { rows } = await client.query(
        "select pid from pg_stat_activity where query like $1 and state = 'active' and pid <> pg_backend_pid()",
        [`%${mark}%`],
      );
      return rows[0]?.pid as number | undefined;
    }),
  );

const terminate = (pid: number) =>
  withClient(superuserUrl, (client) => client.query("select pg_terminate_backend($1)", [pid]));

describe.each([
  ["named", true],
  ["unnamed", false],
])("%s statements", (_, statementNames) => {
  /** Has one connection, so that each statement follows the other on the same one. */
  let single: Database;
  /** Has ten, as the server does. */
  let pooled: Database;
  let zurich: Office;
  let basel: Office;

  beforeAll(async () => {
    single = await openTestDatabase({ statementNames, poolSize: 1 });
    pooled = await openTestDatabase({ statementNames });
    zurich = await office(pooled, "Zurich");
    basel = await office(pooled, "Basel");
  });

  afterAll(async () => {
    await single.close();
    await pooled.close();
  });

  const backend = async (): Promise<number> => (await single.read<{ pid: number }>(zurich.id, BACKEND, []))[0]!.pid;

  test("a statement without values carries its organisation", async () => {
    expect(await single.read(zurich.id, OWN, [])).toEqual([zurich]);
  });

  test("a statement with values carries its organisation, whatever it asks for", async () => {
    expect(await single.read(basel.id, OWN_BY_ID, [[zurich.id, basel.id]])).toEqual([basel]);
  });

  test("two organisations alternate on one connection", async () => {
    const before = await backend();
    for (let turn = 0; turn < 25; turn++) {
      expect(await single.read(zurich.id, OWN, [])).toEqual([zurich]);
      expect(await single.read(basel.id, OWN, [])).toEqual([basel]);
    }
    expect(await backend()).toBe(before);
  });

  test("names are kept on the connection only where they are wanted", async () => {
    await single.read(zurich.id, OWN, []);
    const [row] = await single.ask<{ n: number }>("select count(*)::int as n from pg_prepared_statements");
    expect(row!.n > 0).toBe(statementNames);
  });

  test("a plain query on the connection afterwards sees no organisation", async () => {
    expect(await single.read(zurich.id, OWN, [])).toEqual([zurich]);
    expect(await single.ask(OWN)).toEqual([]);
    expect(await single.ask("select current_setting('app.organization', true) as organization")).toEqual([
      { organization: "" },
    ]);
  });

  test("a plain query after a failed statement sees no organisation and may write", async () => {
    await expect(single.read(zurich.id, "select 1 / 0 from organizations", [])).rejects.toThrow("division by zero");
    expect(await single.ask(OWN)).toEqual([]);
    expect(await single.ask("show transaction_read_only")).toEqual([{ transaction_read_only: "off" }]);
  });

  test.each([
    ["an organisation that is not there", () => newId("Organization")],
    ["no organisation", () => ""],
  ])("%s has no rows", async (_, organizationId) => {
    expect(await single.read(organizationId(), OWN, [])).toEqual([]);
  });

  test("an organisation id that is none is an error of that statement alone", async () => {
    await expect(single.read("'; reset all --", OWN, [])).rejects.toMatchObject({ code: "22P02" });
    expect(await single.read(zurich.id, OWN, [])).toEqual([zurich]);
  });

  test.each<[string, string, unknown[], object[]]>([
    ["no rows", "select 1 as n where false", [], []],
    ["one row", "select 1 as n", [], [{ n: 1 }]],
    ["rows without columns", "select from generate_series(1, 3)", [], [{}, {}, {}]],
    ["no result at all", "do $$ begin end $$", [], []],
    ["no statement at all", "", [], []],
    ["null", "select $1::text as t", [null], [{ t: null }]],
    ["a column named as the carrier's", "select 'mine' as set_config", [], [{ set_config: "mine" }]],
    ["a value with quotes and emoji", "select $1::text as t", ["O'Neil \\ 🦉"], [{ t: "O'Neil \\ 🦉" }]],
  ])("answers %s with the statement's own rows only", async (_, text, values, rows) => {
    for (let time = 0; time < 2; time++) expect(await single.read(zurich.id, text, values)).toEqual(rows);
  });

  test("answers many rows, all of them and in order", async () => {
    const rows = await single.read<{ n: number }>(zurich.id, "select n from generate_series(1, $1) n", [20_000]);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1));
  });

  test.each<[string, string, unknown[], string]>([
    ["a division by zero", "select 1 / 0 from organizations", [], "22012"],
    ["an error after some rows", "select 1 / (3 - n) from generate_series(1, 9) n", [], "22012"],
    ["an invalid uuid among the values", OWN_BY_ID, [["no uuid"]], "22P02"],
    ["an invalid uuid in the text", "select id from organizations where id = 'no uuid'", [], "22P02"],
    ["a syntax error", "selec id from organizations", [], "42601"],
    ["a table that is not there", "select id from nowhere", [], "42P01"],
    ["two statements in one", "select 1; select 2", [], "42601"],
    ["too few values", "select $1::int + $2::int as n", [1], "08P01"],
    ["too many values", "select $1::int as n", [1, 2], "08P01"],
    ["a NUL character", "select $1::text as t", ["a\0b"], "22021"],
    ["an insert", "insert into skills (organization_id) select id from organizations", [], "25006"],
    ["an update", "update organizations set name = 'taken'", [], "25006"],
    ["a delete", "delete from organizations", [], "25006"],
    ["a lock", "select id from organizations for update", [], "25006"],
    ["switching writing on", "select set_config('transaction_read_only', 'off', true)", [], "25001"],
  ])("%s fails alone and leaves the connection usable", async (_, text, values, code) => {
    const before = await backend();
    await expect(single.read(zurich.id, text, values)).rejects.toMatchObject({ code });
    expect(await single.read(basel.id, OWN, [])).toEqual([basel]);
    // The same text again: pg must not believe that a statement which failed to parse is prepared (26000).
    await expect(single.read(basel.id, text, values)).rejects.toMatchObject({ code });
    const fresh = `${OWN} /* never sent before: ${newId("Organization")} */`;
    expect(await single.read(zurich.id, fresh, [])).toEqual([zurich]);
    expect(await backend()).toBe(before);
  });

  test("a syntax error as the first statement of a connection is not taken for a prepared statement", async () => {
    const fresh = await openTestDatabase({ statementNames, poolSize: 1 });
    try {
      for (let time = 0; time < 2; time++) {
        await expect(fresh.read(zurich.id, "selec", [])).rejects.toMatchObject({ code: "42601" });
      }
      expect(await fresh.read(zurich.id, OWN, [])).toEqual([zurich]);
    } finally {
      await fresh.close();
    }
  });

  test.each<[string, string, unknown[], unknown[], object[]]>([
    ["a division by zero", "select 10 / $1::int as n", [0], [5], [{ n: 2 }]],
    ["an invalid uuid", "select $1::uuid is null as none", ["no uuid"], [null], [{ none: true }]],
    ["too few values", "select $1::int + $2::int as n", [1], [1, 2], [{ n: 3 }]],
    ["too many values", "select $1::int as n", [1, 2], [1], [{ n: 1 }]],
    ["a number out of range", "select $1::smallint as n", [70_000], [7], [{ n: 7 }]],
  ])("after %s the same text answers rightly", async (_, text, bad, good, rows) => {
    await expect(single.read(zurich.id, text, bad)).rejects.toHaveProperty("code");
    expect(await single.read(zurich.id, text, good)).toEqual(rows);
    expect(await single.read(basel.id, OWN, [])).toEqual([basel]);
  });

  test("a statement that failed to parse answers once its table is there", async () => {
    const text = "select n from a_table_that_comes_later";
    await expect(single.read(zurich.id, text, [])).rejects.toMatchObject({ code: "42P01" });
    const [login] = await single.ask<{ name: string }>("select current_user as name");
    await withClient(superuserUrl, async (owner) => {
      await owner.query("create table a_table_that_comes_later as select 1 as n");
      await owner.query(`grant select on a_table_that_comes_later to ${login!.name}`);
      try {
        expect(await single.read(zurich.id, text, [])).toEqual([{ n: 1 }]);
      } finally {
        await owner.query("drop table a_table_that_comes_later");
      }
    });
  });

  test("a value that cannot be sent fails that read, and the reads that wait for the connection are answered", async () => {
    const circular: Record<string, unknown> = {};
    circular.itself = circular;
    const settled = await Promise.allSettled([
      single.read(zurich.id, "select $1::jsonb as j", [circular]),
      single.read(basel.id, OWN, []),
      single.read(zurich.id, "select $1::jsonb as j", [{ fine: true }]),
    ]);
    expect(settled.map(states)).toEqual([expect.stringContaining("circular"), [basel], [{ j: { fine: true } }]]);
  });

  test("one failed field leaves its siblings alone", async () => {
    const settled = await Promise.allSettled([
      pooled.read(zurich.id, OWN, []),
      pooled.read(zurich.id, "select 1 / 0 from organizations", []),
      pooled.read(zurich.id, OWN_BY_ID, [[zurich.id]]),
    ]);
    expect(settled.map(states)).toEqual([[zurich], "22012", [zurich]]);
  });

  test("5,000 reads at once of four organisations get their own rows, faults among them", async () => {
    const offices = [zurich, basel, await office(pooled, "Bern"), await office(pooled, "Chur")];
    const everyId = offices.map(({ id }) => id);
    const kinds = [
      { text: OWN, values: [], answer: (own: Office) => [own] as unknown },
      { text: OWN_BY_ID, values: [everyId], answer: (own: Office) => [own] },
      { text: "select 1 / 0 from organizations", values: [], answer: () => "22012" },
      { text: "select count(*)::int as n from organizations", values: [], answer: () => [{ n: 1 }] },
      { text: "selec", values: [], answer: () => "42601" },
    ];
    // 4 and 5 have no common factor: every organisation meets every kind.
    const asked = Array.from({ length: 5000 }, (_, turn) => ({ own: offices[turn % 4]!, ...kinds[turn % 5]! }));
    const settled = await Promise.allSettled(asked.map(({ own, text, values }) => pooled.read(own.id, text, values)));
    const wrong = settled.filter(
      (each, turn) => JSON.stringify(states(each)) !== JSON.stringify(asked[turn]!.answer(asked[turn]!.own)),
    );
    expect(wrong.map(states)).toEqual([]);
  });

  test("a connection that the database ends fails its own read only", async () => {
    const asleep = pooled.read(zurich.id, "select pg_sleep(60) /* ended */", []).catch(sqlState);
    const pid = await backendRunning("/* ended */");
    const [, ...siblings] = await Promise.all([
      terminate(pid),
      ...Array.from({ length: 30 }, () => pooled.read(basel.id, OWN, [])),
    ]);
    expect(await asleep).toBe("57P01");
    expect(siblings).toEqual(siblings.map(() => [basel]));
  });

  test("a read that waits for the connection which the database ends gets a new one", async () => {
    const asleep = single.read(zurich.id, "select pg_sleep(60) /* queue */", []).catch(sqlState);
    const pid = await backendRunning("/* queue */");
    const waiting = Array.from({ length: 3 }, () => single.read(basel.id, OWN, []));
    await terminate(pid);
    expect(await asleep).toBe("57P01");
    expect((await Promise.allSettled(waiting)).map(states)).toEqual([[basel], [basel], [basel]]);
    expect(await backend()).not.toBe(pid);
  });

  test("a connection that ended while nobody used it is not handed out", async () => {
    const pid = await backend();
    await terminate(pid);
    const pool = (single.dataSource.driver as unknown as { master: Pool }).master;
    await eventually(() => pool.totalCount === 0);
    expect(await single.read(zurich.id, OWN, [])).toEqual([zurich]);
    expect(await backend()).not.toBe(pid);
  });

  describe("over a line that breaks without a word", () => {
    const lines = new Set<Socket>();
    let relay: Server;
    let far: Database;

    beforeAll(async () => {
      const { searchParams } = new URL(serverUrl.replace("@/", "@localhost/"));
      relay = createServer((near) => {
        const away = connect(`${searchParams.get("host")}/.s.PGSQL.${searchParams.get("port")}`);
        lines.add(near);
        for (const socket of [near, away]) socket.on("error", () => undefined);
        near.on("close", () => lines.delete(near) && away.destroy());
        near.pipe(away).pipe(near);
      }).listen(0, "127.0.0.1");
      await once(relay, "listening");
      const { port } = relay.address() as AddressInfo;
      const [, login, clone] = /\/\/([^@]*)@\/([^?]*)/.exec(serverUrl)!;
      const url = `postgresql://${login}@127.0.0.1:${port}/${clone}?sslmode=disable`;
      const source = await dataSource(url, { statementNames, poolSize: 1 }).initialize();
      far = openDatabase(source, { statementNames, nouns: nounsOf(slices) });
    });

    afterAll(async () => {
      await far.close();
      relay.close();
    });

    test("a read fails, the server lives on, and the next read has a new connection", async () => {
      const asleep = far.read(zurich.id, "select pg_sleep(60) /* broken line */", []).catch((error) => error.message);
      await backendRunning("/* broken line */");
      const waiting = far.read(basel.id, OWN, []);
      for (const line of lines) line.destroy();
      expect(await asleep).toBe("Connection terminated unexpectedly");
      expect(await waiting).toEqual([basel]);
      expect(await far.read(zurich.id, OWN, [])).toEqual([zurich]);
    });
  });
});
