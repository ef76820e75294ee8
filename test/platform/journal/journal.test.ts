import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Candidate } from "../../../src/candidates/candidate.entity";
import { createOrganization } from "../../../src/identity/organization.actions";
import type { Ctx } from "../../../src/identity/viewer.type";
import { contextOf as contextFor } from "../../../src/platform/context";
import type { Database } from "../../../src/platform/db/database";
import { newId } from "../../../src/platform/ids";
import { announce, registerEventTypes } from "../../../src/platform/journal/announce";
import { type Dispatcher, startDispatcher } from "../../../src/platform/journal/dispatcher";
import type { JournalEntry } from "../../../src/platform/journal/journal.entity";
import { sequence } from "../../../src/platform/journal/sequencer";
import type { Listener, Slice } from "../../../src/platform/slice";
import { contextOf } from "../../cast/company";
import { openTestDatabase, serverUrl } from "../../support/database";

jest.setTimeout(20_000);

let database: Database;
const running = new Set<Dispatcher>();

beforeAll(async () => {
  database = await openTestDatabase({ poolSize: 20 });
});

afterEach(async () => {
  for (const dispatcher of running) await dispatcher.stop();
  running.clear();
});

afterAll(() => database.close());

/** The context of the recruiter of a new organisation. */
async function recruiter(): Promise<Ctx> {
  const { members } = await createOrganization(database, {
    empty: true,
    name: "Office",
    members: [{ email: "recruiter@office.example", name: "Rea", role: "RECRUITER" }],
  });
  return contextOf(database, members[0]!);
}

let types = 0;

/** An event type that no other test announces, so that its listeners hear this test only. */
function eventType(): string {
  const type = `test.${++types}`;
  registerEventTypes([type]);
  return type;
}

type On = NonNullable<Slice["on"]>;

interface Failure {
  message: string;
  error: unknown;
}

/** A dispatcher that is stopped after the test. */
function dispatch(on: On, { pauseMilliseconds = 250, over = database } = {}): Dispatcher & { failures: Failure[] } {
  const failures: Failure[] = [];
  const log = (message: string, error: unknown) => void failures.push({ message, error });
  const dispatcher = startDispatcher({ database: over, slices: [{ on }], log, pauseMilliseconds });
  running.add(dispatcher);
  return { ...dispatcher, failures };
}

/** Writes an entry about an object that it returns the id of. */
async function happen(ctx: Ctx, type: string, before: () => Promise<unknown> = async () => undefined): Promise<string> {
  const id = newId("Candidate");
  await ctx.db.transaction(async (tx) => {
    await announce(tx, type, { organizationId: ctx.viewer.organizationId, id, createdAt: ctx.now });
    await before();
  });
  return id;
}

async function happenings(ctx: Ctx, type: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await happen(ctx, type));
  return ids;
}

/** Notes in the database, in its transaction, what it hears. */
const note: Listener = async (_, tx, entry) => {
  await tx.insert(Candidate, { name: entry.objectId, email: null, erasedAt: null });
};

/** What `note` has noted and was committed, in order. */
const noted = async ({ db }: Ctx): Promise<string[]> =>
  (await db.all<{ name: string }>("select name from candidates order by id")).map(({ name }) => name);

interface Placed {
  position: string | null;
  type: string;
  objectId: string;
}

/** Every entry of the organisation, in order of position; those without one come last. */
const journalOf = ({ db }: Ctx): Promise<Placed[]> =>
  db.all<Placed>(
    `select p.position, e.type, e.object_id as "objectId" from journal_entries e
     left join journal_positions p on p.organization_id = e.organization_id and p.sequence = e.sequence
     order by p.position`,
  );

const cursorOf = async ({ db }: Ctx, listener: string): Promise<string | undefined> =>
  (await db.all<{ position: string }>("select position from journal_cursors where listener = $1", [listener]))[0]
    ?.position;

/** Waits for it, but not for ever: a test that waits on would keep Jest from ending. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition() && performance.now() < deadline) await delay(10);
  expect(condition()).toBe(true);
}

/** A door that stays shut until somebody opens it. */
function door() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe("announce", () => {
  test("writes who did what to which object, and names of fields", async () => {
    const { db, viewer, now } = await recruiter();
    const ctx = contextFor(db.database, { viewer, now, requestId: "request-1" });
    const type = eventType();
    const object = { organizationId: ctx.viewer.organizationId, id: newId("Candidate"), createdAt: ctx.now };
    await ctx.db.transaction((tx) => announce(tx, type, object, ["name", "email"]));
    const [entry] = await ctx.db.all<JournalEntry>(
      `select type, object_id as "objectId", actor_kind as "actorKind", actor_id as "actorId",
         request_id as "requestId", changes, created_at as "createdAt"
       from journal_entries where type = $1`,
      [type],
    );
    expect(entry).toEqual({
      type,
      objectId: object.id,
      actorKind: "MEMBER",
      actorId: ctx.viewer.id,
      requestId: "request-1",
      changes: ["name", "email"],
      createdAt: ctx.now,
    });
  });

  test("throws for a type that no manifest lists, and the transaction with it", async () => {
    const ctx = await recruiter();
    const announced = ctx.db.transaction(async (tx) => {
      const candidate = await tx.insert(Candidate, { name: "Ada", email: null, erasedAt: null });
      await announce(tx, "candidate.abducted", candidate);
    });
    await expect(announced).rejects.toThrow("No manifest lists the event type candidate.abducted");
    expect(await noted(ctx)).toEqual([]);
    expect((await journalOf(ctx)).map(({ type }) => type)).toEqual(["organization.created"]);
  });
});

describe("positions", () => {
  test("have no gaps under eight writers in three organisations, some of whom give up and some of whom dally", async () => {
    const offices = [await recruiter(), await recruiter(), await recruiter()];
    const type = eventType();
    const heard = new Map<string, string[]>(offices.map(({ viewer }) => [viewer.organizationId, []]));
    const dispatcher = dispatch(
      { [type]: { gapless: async (_, __, entry) => void heard.get(entry.organizationId)!.push(entry.objectId) } },
      { pauseMilliseconds: 1 },
    );
    const committed = new Map<Ctx, string[]>(offices.map((ctx) => [ctx, []]));
    const writer = async (number: number) => {
      for (let turn = 0; turn < 18; turn++) {
        const ctx = offices[(number + turn) % 3]!;
        const dally = () => delay((number * 7 + turn * 5) % 17);
        const giveUp = () => Promise.reject(new Error("gave up"));
        const id = await happen(ctx, type, turn % 4 === 3 ? giveUp : dally).catch(() => null);
        if (id) committed.get(ctx)!.push(id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => writer(number)));
    await dispatcher.drained();

    for (const ctx of offices) {
      const journal = await journalOf(ctx);
      expect(journal.map(({ position }) => Number(position))).toEqual(journal.map((_, index) => index + 1));
      const events = journal.filter((entry) => entry.type === type).map(({ objectId }) => objectId);
      expect([...events].sort()).toEqual([...committed.get(ctx)!].sort());
      expect(heard.get(ctx.viewer.organizationId)).toEqual(events);
    }
    // 8 × 18 turns, of which every fourth from the fourth on was given up.
    expect([...committed.values()].flat()).toHaveLength(8 * 14);
    expect(dispatcher.failures).toEqual([]);
  });

  test("are given once where several servers give them at the same time", async () => {
    const ctx = await recruiter();
    const type = eventType();
    let written = 0;
    const writers = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 20; turn++) {
        await happen(ctx, type);
        written++;
      }
    });
    const sequencers = Array.from({ length: 6 }, async () => {
      while (written < 80) await sequence(database, ctx.viewer.organizationId);
    });
    const settled = await Promise.allSettled([...writers, ...sequencers]);
    expect(settled.filter(({ status }) => status === "rejected")).toEqual([]);
    await sequence(database, ctx.viewer.organizationId);
    const journal = await journalOf(ctx);
    expect(journal.map(({ position }) => Number(position))).toEqual(Array.from({ length: 81 }, (_, n) => n + 1));
  });

  test("are given by commit: who is early to write and last to commit is not skipped", async () => {
    const ctx = await recruiter();
    const type = eventType();
    const dispatcher = dispatch({ [type]: { dawdler: note } });
    const written = door();
    const commit = door();
    const early = happen(ctx, type, () => {
      written.open();
      return commit.opened;
    });
    await written.opened;
    const late = await happenings(ctx, type, 3);
    await dispatcher.drained();
    expect(await noted(ctx)).toEqual(late);
    commit.open();
    const last = await early;
    await dispatcher.drained();
    expect(await noted(ctx)).toEqual([...late, last]);
    const [row] = await ctx.db.all<{ first: string }>(
      "select object_id as first from journal_entries where type = $1 order by sequence limit 1",
      [type],
    );
    expect(row!.first).toBe(last);
  });
});

describe("a listener", () => {
  test("hears its types only, in order, from the first entry on, as the server's own work", async () => {
    const ctx = await recruiter();
    const [mine, mineToo, other] = [eventType(), eventType(), eventType()];
    const expected = [await happen(ctx, mine)];
    await happen(ctx, other);
    expected.push(await happen(ctx, mineToo), await happen(ctx, mine));
    const heard: string[] = [];
    const viewers = new Set<string>();
    const hear: Listener = async ({ viewer }, tx, entry) => {
      heard.push(entry.objectId);
      const organizations = await tx.all<{ id: string }>("select id from organizations");
      viewers.add(JSON.stringify([viewer, organizations]));
    };
    await dispatch({ [mine]: { ears: hear }, [mineToo]: { ears: hear } }).drained();
    expect(heard).toEqual(expected);
    const { organizationId } = ctx.viewer;
    expect([...viewers]).toEqual([
      JSON.stringify([{ kind: "WORKER", organizationId, id: null }, [{ id: organizationId }]]),
    ]);
  });

  test("commits what it writes together with its cursor, or neither", async () => {
    const ctx = await recruiter();
    const type = eventType();
    const ids = await happenings(ctx, type, 4);
    let broken = true;
    const dispatcher = dispatch({
      [type]: {
        careful: async (own, tx, entry) => {
          await note(own, tx, entry);
          if (broken && entry.objectId === ids[2]) throw new Error("not this one");
        },
      },
    });
    await expect(dispatcher.drained()).rejects.toThrow("not this one");
    expect(await noted(ctx)).toEqual(ids.slice(0, 2));
    // Position 1 is the founding of the organisation.
    expect(await cursorOf(ctx, "careful")).toBe("3");
    broken = false;
    await dispatcher.drained();
    expect(await noted(ctx)).toEqual(ids);
    expect(await cursorOf(ctx, "careful")).toBe("5");
  });

  test("that throws is tried again by itself, and holds up neither other listeners nor other organisations", async () => {
    const [ctx, neighbour] = [await recruiter(), await recruiter()];
    const type = eventType();
    const tries: number[] = [];
    const well: string[] = [];
    const dispatcher = dispatch(
      {
        [type]: {
          faulty: async (_, __, entry) => {
            if (entry.organizationId !== ctx.viewer.organizationId) return;
            tries.push(performance.now());
            if (tries.length === 1) throw new Error("at first");
          },
          healthy: async (_, __, entry) => void well.push(entry.objectId),
        },
      },
      { pauseMilliseconds: 5 },
    );
    const first = await happen(ctx, type);
    await until(() => tries.length === 1);
    const second = await happen(neighbour, type);
    await until(() => well.length === 2);
    expect(well).toEqual([first, second]);
    expect(tries).toHaveLength(1);
    await until(() => tries.length === 2);
    const rest = tries[1]! - tries[0]!;
    expect(rest).toBeGreaterThan(900);
    expect(rest).toBeLessThan(3000);
    expect(dispatcher.failures).toMatchObject([{ message: "listener faulty failed 1 time(s)" }]);
  });
});

describe("a dispatcher", () => {
  test("that is killed is resumed where it was, and nothing is lost or done twice", async () => {
    const ctx = await recruiter();
    const type = eventType();
    const ids = await happenings(ctx, type, 30);
    const script = join(__dirname, "dispatcher.starter.ts");
    const flags = ["--import", "tsx", script, serverUrl, type, "survivor", "20"];
    const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
    const told: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => told.push(line));
    await until(() => told.length >= 5 || child.exitCode !== null);
    child.kill("SIGKILL");
    await once(child, "close");

    const before = await noted(ctx);
    expect(before.length).toBeGreaterThanOrEqual(4);
    expect(before.length).toBeLessThan(30);
    await dispatch({ [type]: { survivor: note } }).drained();
    expect(await noted(ctx)).toEqual(ids);
  });

  test("and another at the same time deliver each entry once, in order", async () => {
    const offices = [await recruiter(), await recruiter(), await recruiter()];
    const type = eventType();
    const other = await openTestDatabase();
    const on = { [type]: { shared: note } };
    const pair = [dispatch(on, { pauseMilliseconds: 1 }), dispatch(on, { pauseMilliseconds: 1, over: other })];
    const expected = await Promise.all(offices.map((ctx) => happenings(ctx, type, 20)));
    await Promise.all(pair.map((each) => each.drained()));
    for (const [index, ctx] of offices.entries()) expect(await noted(ctx)).toEqual(expected[index]);
    for (const each of pair) {
      expect(each.failures).toEqual([]);
      await each.stop();
    }
    await other.close();
  });

  test("is drained only when all that was committed before is heard", async () => {
    const ctx = await recruiter();
    const type = eventType();
    const heard: string[] = [];
    const dispatcher = dispatch({
      [type]: {
        slow: async (_, __, entry) => {
          await delay(10);
          heard.push(entry.objectId);
        },
      },
    });
    for (const count of [0, 1, 5]) {
      const ids = await happenings(ctx, type, count);
      heard.length = 0;
      await dispatcher.drained();
      expect(heard).toEqual(ids);
    }
  });

  test("that has nothing to do stops at once", async () => {
    const dispatcher = dispatch({}, { pauseMilliseconds: 5_000 });
    await dispatcher.drained();
    await delay(50);
    const before = performance.now();
    await dispatcher.stop();
    expect(performance.now() - before).toBeLessThan(500);
  });

  test("that delivers finishes this delivery, takes no other, and stops without a pause", async () => {
    const ctx = await recruiter();
    const type = eventType();
    const [first] = await happenings(ctx, type, 3);
    const hearing = door();
    const goOn = door();
    const dispatcher = dispatch(
      {
        [type]: {
          thorough: async (own, tx, entry) => {
            hearing.open();
            await goOn.opened;
            await note(own, tx, entry);
          },
        },
      },
      { pauseMilliseconds: 5_000 },
    );
    await hearing.opened;
    const before = performance.now();
    const stopping = dispatcher.stop();
    goOn.open();
    await stopping;
    expect(await noted(ctx)).toEqual([first]);
    expect(performance.now() - before).toBeLessThan(1000);
    await dispatcher.stop();
  });
});
