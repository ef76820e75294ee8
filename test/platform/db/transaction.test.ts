import { setTimeout as delay } from "node:timers/promises";
import { dataSource } from "../../../ormconfig";
import { Candidate } from "../../../src/candidates/candidate.entity";
import { createOrganization } from "../../../src/identity/organization.actions";
import type { Ctx } from "../../../src/identity/viewer.type";
import { contextOf as contextFor } from "../../../src/platform/context";
import { type Database, openDatabase, sqlState } from "../../../src/platform/db/database";
import { byId } from "../../../src/platform/db/loaders";
import type { Tx } from "../../../src/platform/db/tx";
import { newId } from "../../../src/platform/ids";
import { nounsOf } from "../../../src/platform/slice";
import { slices } from "../../../src/slices";
import { contextOf } from "../../cast/company";
import { openTestDatabase, serverUrl, superuserUrl, withClient } from "../../support/database";

jest.setTimeout(20_000);

const OWN = "select id from organizations";
const SETTING = "select current_setting('app.organization', true) as organization";
const SERIALIZABLE = "&options=-c%20default_transaction_isolation%3Dserializable";

let database: Database;
/** One connection: what a transaction leaves behind, the next borrower finds. */
let single: Database;
/** Its transactions are SERIALIZABLE, as the login's default may say. */
let strict: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  single = await openTestDatabase({ poolSize: 1 });
  const source = await dataSource(`${serverUrl}${SERIALIZABLE}`, { poolSize: 4 }).initialize();
  strict = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
});

afterAll(async () => {
  for (const each of [database, single, strict]) await each.close();
});

/** The context of the recruiter of a new organisation. */
async function recruiter(): Promise<Ctx> {
  const { members } = await createOrganization(database, {
    empty: true,
    name: "Office",
    members: [{ email: "recruiter@office.example", name: "Rea", role: "RECRUITER" }],
  });
  return contextOf(database, members[0]!);
}

const hire = (tx: Tx, name = "Chris", email: string | null = null) =>
  tx.insert(Candidate, { name, email, erasedAt: null });

const hired = (ctx: Ctx, name?: string): Promise<Candidate> => ctx.db.transaction((tx) => hire(tx, name));

const namesOf = async (ctx: Ctx): Promise<string[]> =>
  (await ctx.db.all<{ name: string }>("select name from candidates order by id")).map(({ name }) => name);

/** A door that stays shut until somebody opens it. */
function door() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Waits until this many backends of the test's database wait for a lock. */
const waitersFor = (count: number) =>
  withClient(superuserUrl, async (client) => {
    for (let time = 0; time < 600; time++) {
      const { rows } = await client.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if (rows.length === count) return;
      await delay(5);
    }
    throw new Error(`${count} never waited for a lock`);
  });

describe("write", () => {
  test("commits", async () => {
    const ctx = await recruiter();
    const candidate = await hired(ctx, "Ada");
    expect(candidate).toMatchObject({ organizationId: ctx.viewer.organizationId, version: 1, createdAt: ctx.now });
    expect(await namesOf(ctx)).toEqual(["Ada"]);
  });

  test.each<[string, (tx: Tx) => Promise<unknown>, string]>([
    ["its own code throws", () => Promise.reject(new Error("changed my mind")), "changed my mind"],
    ["a statement fails", (tx) => tx.all("select 1 / 0"), "division by zero"],
    ["a constraint is broken", (tx) => hire(tx, "Twin", "ada@example.org"), "duplicate key"],
  ])("writes nothing where %s", async (_, fail, message) => {
    const ctx = await recruiter();
    const half = ctx.db.transaction(async (tx) => {
      await hire(tx, "Ada", "ada@example.org");
      await hire(tx, "Bob");
      await fail(tx);
    });
    await expect(half).rejects.toThrow(message);
    expect(await namesOf(ctx)).toEqual([]);
  });

  test("does not claim to have committed where the work hid an error of a statement", async () => {
    const ctx = await recruiter();
    const hidden = ctx.db.transaction(async (tx) => {
      await hire(tx, "Ada");
      await tx.all("select 1 / 0").catch(() => undefined);
    });
    await expect(hidden).rejects.toThrow();
    expect(await namesOf(ctx)).toEqual([]);
  });

  test("sets the organisation for the transaction only", async () => {
    const { viewer } = await recruiter();
    const seen = await single.write(viewer.organizationId, (runner) => single.ask(OWN, [], runner));
    expect(seen).toEqual([{ id: viewer.organizationId }]);
    expect(await single.ask(SETTING)).toEqual([{ organization: "" }]);
    expect(await single.ask(OWN)).toEqual([]);
  });

  test("leaves no organisation behind after an error", async () => {
    const { viewer } = await recruiter();
    const failed = single.write(viewer.organizationId, (runner) => single.ask("select 1 / 0", [], runner));
    await expect(failed).rejects.toThrow("division by zero");
    expect(await single.ask(SETTING)).toEqual([{ organization: "" }]);
    expect(await single.ask(OWN)).toEqual([]);
  });

  test("gives the connection back after a connection that the database ended", async () => {
    const { viewer } = await recruiter();
    const ended = single.write(viewer.organizationId, async (runner) => {
      const [{ pid }] = await runner.query("select pg_backend_pid() as pid");
      await withClient(superuserUrl, (client) => client.query("select pg_terminate_backend($1)", [pid]));
      await runner.query("select 1");
    });
    await expect(ended).rejects.toThrow();
    expect(await single.read(viewer.organizationId, OWN, [])).toEqual([{ id: viewer.organizationId }]);
  });

  test.each([
    ["nothing", ""],
    ["a word", "office"],
    ["upper case", "019AAAAA-0000-7010-8000-0000000000AA"],
    ["an id and a line break", "019aaaaa-0000-7010-8000-0000000000aa\n"],
    ["SQL", "019aaaaa-0000-7010-8000-0000000000aa', true); drop table candidates; --"],
  ])("and snapshot refuse %s as the organisation, before any work", async (_, organizationId) => {
    const work = jest.fn(async () => undefined);
    await expect(database.write(organizationId, work)).rejects.toThrow("An organisation id that is none");
    await expect(database.snapshot(organizationId, work)).rejects.toThrow("An organisation id that is none");
    expect(work).not.toHaveBeenCalled();
  });
});

describe("a transaction that PostgreSQL asks to repeat", () => {
  const RENAME = "update candidates set name = name || $1";

  /** Reads, lets somebody else change the same row while `disturbed`, then writes: a real serialization failure. */
  async function rename(ctx: Ctx, disturbed: (attempt: number) => boolean): Promise<number> {
    const { organizationId } = ctx.viewer;
    let attempts = 0;
    await strict.write(organizationId, async (runner) => {
      attempts++;
      await runner.query("select name from candidates");
      if (disturbed(attempts)) await database.write(organizationId, (rival) => rival.query(RENAME, ["!"]));
      await runner.query(RENAME, ["?"]);
    });
    return attempts;
  }

  test("is repeated after a serialization failure, and written once", async () => {
    const ctx = await recruiter();
    await hired(ctx, "Ada");
    expect(await rename(ctx, (attempt) => attempt < 3)).toBe(3);
    expect(await namesOf(ctx)).toEqual(["Ada!!?"]);
  });

  test("is given up after four attempts, with PostgreSQL's own error", async () => {
    const ctx = await recruiter();
    await hired(ctx, "Ada");
    await expect(rename(ctx, () => true)).rejects.toMatchObject({ code: "40001" });
    expect(await namesOf(ctx)).toEqual(["Ada!!!!"]);
  });

  test("is not repeated for another error", async () => {
    const { viewer } = await recruiter();
    let attempts = 0;
    const failed = database.write(viewer.organizationId, (runner) => {
      attempts++;
      return runner.query("select 1 / 0");
    });
    expect(sqlState(await failed.catch((error) => error))).toBe("22012");
    expect(attempts).toBe(1);
  });

  test("is repeated after a deadlock, so that both get through", async () => {
    const ctx = await recruiter();
    const [ada, bob] = [await hired(ctx, "Ada"), await hired(ctx, "Bob")];
    const firstLocks = [door(), door()];
    let attempts = 0;
    const crosswise = (own: number, order: Candidate[]) =>
      database.write(ctx.viewer.organizationId, async (runner) => {
        attempts++;
        for (const [turn, { id }] of order.entries()) {
          await runner.query("update candidates set name = name || '.' where id = $1", [id]);
          if (turn > 0) continue;
          firstLocks[own]!.open();
          await firstLocks[1 - own]!.opened;
        }
      });
    await Promise.all([crosswise(0, [ada, bob]), crosswise(1, [bob, ada])]);
    // Once more where the one that is repeated meets the other again: the doors are open by then.
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect(await namesOf(ctx)).toEqual(["Ada..", "Bob.."]);
  });
});

describe("snapshot", () => {
  test("sees one instant while others commit, and only its own organisation", async () => {
    const ctx = await recruiter();
    const other = await recruiter();
    await hired(ctx, "Ada");
    const names = (reader: { all: Tx["all"] }) => reader.all("select name from candidates order by id");
    const seen = await ctx.db.snapshot(async (reader) => {
      const before = await names(reader);
      await hired(ctx, "Bob");
      await hired(other, "Cyd");
      return [before, await names(reader)];
    });
    expect(seen).toEqual([[{ name: "Ada" }], [{ name: "Ada" }]]);
    expect(await namesOf(ctx)).toEqual(["Ada", "Bob"]);
  });

  test("cannot write", async () => {
    const ctx = await recruiter();
    await hired(ctx, "Ada");
    const written = ctx.db.snapshot((reader) => reader.all("update candidates set name = 'taken'"));
    await expect(written).rejects.toMatchObject({ code: "25006" });
    expect(await namesOf(ctx)).toEqual(["Ada"]);
  });

  test("leaves neither organisation nor mode behind", async () => {
    const { viewer } = await recruiter();
    await single.snapshot(viewer.organizationId, (runner) => single.ask(OWN, [], runner));
    expect(await single.ask(SETTING)).toEqual([{ organization: "" }]);
    expect(await single.ask("show transaction_read_only")).toEqual([{ transaction_read_only: "off" }]);
    expect(await single.ask("show transaction_isolation")).toEqual([{ transaction_isolation: "read committed" }]);
  });
});

describe("claim", () => {
  test("locks: a second claimer waits for the first, and then finds its version stale", async () => {
    const ctx = await recruiter();
    const { id, version } = await hired(ctx, "Ada");
    const claimed = door();
    const goOn = door();
    const first = ctx.db.transaction(async (tx) => {
      const row = await tx.claim(Candidate, id, version);
      claimed.open();
      await goOn.opened;
      return tx.change(row, { name: "Ada the first" });
    });
    await claimed.opened;
    const second = ctx.db
      .transaction(async (tx) => tx.change(await tx.claim(Candidate, id, version), { name: "Ada the second" }))
      .catch((error) => error);
    await waitersFor(1);
    goOn.open();
    expect(await first).toMatchObject({ name: "Ada the first", version: 2 });
    expect(await second).toMatchObject({ code: "STALE_VERSION", faults: [{ field: ["version"] }] });
    expect(await namesOf(ctx)).toEqual(["Ada the first"]);
  });

  test("without a version takes the row as it is", async () => {
    const ctx = await recruiter();
    const { id } = await hired(ctx, "Ada");
    expect(await ctx.db.transaction((tx) => tx.claim(Candidate, id))).toMatchObject({ name: "Ada", version: 1 });
  });

  test.each<[string, string, (id: string) => string]>([
    ["an id that never was", "NOT_FOUND", () => newId("Candidate")],
    ["the id of another type", "WRONG_ID_TYPE", () => newId("Job")],
    ["an id in upper case", "WRONG_ID_TYPE", (id) => id.toUpperCase()],
    ["a UUID that is none of ours", "WRONG_ID_TYPE", () => "6f2c1c4e-9a0b-4d3e-8f00-0123456789ab"],
    ["a word", "WRONG_ID_TYPE", () => "Ada"],
    ["nothing", "WRONG_ID_TYPE", () => ""],
    ["an id with a NUL character", "WRONG_ID_TYPE", (id) => `${id}\0`],
  ])("refuses %s with %s", async (_, code, wrong) => {
    const ctx = await recruiter();
    const { id } = await hired(ctx, "Ada");
    const claim = ctx.db.transaction((tx) => tx.claim(Candidate, wrong(id)));
    await expect(claim).rejects.toMatchObject({ name: "Refusal", code });
  });

  test("and change find nothing of another organisation", async () => {
    const [ours, theirs] = [await recruiter(), await recruiter()];
    const candidate = await hired(theirs, "Ada");
    const claim = ours.db.transaction((tx) => tx.claim(Candidate, candidate.id));
    await expect(claim).rejects.toMatchObject({ code: "NOT_FOUND" });
    const change = ours.db.transaction((tx) => tx.change(candidate, { name: "taken" }));
    await expect(change).rejects.toThrow("was not there to be changed");
    expect(await namesOf(theirs)).toEqual(["Ada"]);
  });
});

describe("change", () => {
  test("counts the version, stamps the time and returns the row as it is now", async () => {
    const { id } = await hired(await recruiter(), "Nobody's");
    const ctx = await recruiter();
    const before = await hired(ctx, "Ada");
    const { viewer, requestId } = ctx;
    const later = contextFor(ctx.db.database, { viewer, requestId, now: new Date(ctx.now.getTime() + 60_000) });
    const next = await later.db.transaction(async (tx) =>
      tx.change(await tx.claim(Candidate, before.id, 1), { name: "Ada Lovelace" }),
    );
    expect(next).toEqual({ ...before, name: "Ada Lovelace", version: 2, updatedAt: later.now });
    expect(await byId(later.db, Candidate, before.id)).toEqual(next);
    expect(await byId(later.db, Candidate, id)).toBeNull();
  });

  test("writes only the columns that differ", async () => {
    const ctx = await recruiter();
    const { id } = await hired(ctx, "Ada");
    await ctx.db.transaction(async (tx) => {
      const row = await tx.claim(Candidate, id);
      await tx.all("update candidates set email = 'written@meanwhile.example'");
      // The row knows no e-mail, and the same e-mail is given: it is no change, and is not written.
      await tx.change(row, { name: "Ada Lovelace", email: row.email });
    });
    const [row] = await ctx.db.all("select name, email from candidates");
    expect(row).toEqual({ name: "Ada Lovelace", email: "written@meanwhile.example" });
  });
});

describe("what an operation has read", () => {
  test("is remembered until it writes, and read afresh after", async () => {
    const ctx = await recruiter();
    const { id } = await hired(ctx, "Ada");
    const name = async () => (await byId(ctx.db, Candidate, id))?.name;
    expect(await name()).toBe("Ada");
    await database.write(ctx.viewer.organizationId, (runner) => runner.query("update candidates set name = 'Eve'"));
    expect(await name()).toBe("Ada");
    await ctx.db.transaction(async () => undefined);
    expect(await name()).toBe("Eve");
  });

  test("is read afresh after a transaction that failed, too", async () => {
    const ctx = await recruiter();
    const { id } = await hired(ctx, "Ada");
    expect((await byId(ctx.db, Candidate, id))?.name).toBe("Ada");
    await database.write(ctx.viewer.organizationId, (runner) => runner.query("update candidates set name = 'Eve'"));
    await expect(ctx.db.transaction(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect((await byId(ctx.db, Candidate, id))?.name).toBe("Eve");
  });
});
