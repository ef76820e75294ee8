import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { createOrganization } from "../../src/identity/organization.actions";
import { contextOf as contextFor } from "../../src/platform/context";
import type { Database } from "../../src/platform/db/database";
import { newId } from "../../src/platform/ids";
import { announceAll } from "../../src/platform/journal/announce";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { cursorAt, eventPage } from "../../src/webhooks/event.actions";
import type { ToldEvent } from "../../src/webhooks/event.rules";
import { contextOf } from "../cast/company";
import { openTestDatabase } from "../support/database";

/** Two cores may be shared with other test files. */
jest.setTimeout(180_000);

const WRITERS = 16;
const RUNS = 15;

/** Two servers on one database. */
let servers: Database[];
let dispatchers: Dispatcher[];
const faults: unknown[] = [];

beforeAll(async () => {
  servers = [await openTestDatabase({ poolSize: 20 }), await openTestDatabase({ poolSize: 20 })];
  const log = (message: string, error: unknown) => void faults.push(message, error);
  dispatchers = servers.map((database) => startDispatcher({ database, slices: [], log, pauseMilliseconds: 3 }));
});

afterAll(async () => {
  for (const each of dispatchers) await each.stop();
  for (const each of servers) await each.close();
});

/** One transaction: what it announces before it waits and after, and whether it takes everything back. */
interface Deed {
  before: number;
  milliseconds: number;
  after: number;
  rollsBack: boolean;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  before: fc.integer({ min: 1, max: 3 }),
  milliseconds: fc.integer({ min: 0, max: 40 }),
  after: fc.integer({ min: 0, max: 2 }),
  rollsBack: fc.boolean(),
});

const pageSize = fc.integer({ min: 1, max: 100 });

const plan = fc.record({
  writers: fc.array(fc.array(deed, { minLength: 3, maxLength: 6 }), { minLength: WRITERS, maxLength: WRITERS }),
  consumers: fc.array(fc.array(pageSize, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 3 }),
});

interface Office {
  admin: Parameters<typeof contextOf>[1];
  auditor: Parameters<typeof contextOf>[1];
}

async function office(): Promise<Office> {
  const { members } = await createOrganization(servers[0]!, {
    empty: true,
    name: "Office",
    members: [
      { email: "admin@office.example", name: "Ada", role: "ADMIN" },
      { email: "auditor@office.example", name: "Otto", role: "AUDITOR" },
    ],
  });
  return { admin: members[0]!, auditor: members[1]! };
}

class TakenBack extends Error {}

/** Does the deeds one after another; returns the ids of the objects of which entries were committed, in order. */
async function write(server: Database, { admin }: Office, deeds: readonly Deed[]): Promise<string[]> {
  const committed: string[] = [];
  for (const { before, milliseconds, after, rollsBack } of deeds) {
    const objects = Array.from({ length: before + after }, () => ({ ...admin, id: newId("Candidate") }));
    try {
      await contextOf(server, admin).db.transaction(async (tx) => {
        await announceAll(tx, "candidate.created", objects.slice(0, before));
        await delay(milliseconds);
        await announceAll(tx, "candidate.created", objects.slice(before));
        if (rollsBack) throw new TakenBack();
      });
      committed.push(...objects.map(({ id }) => id));
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  }
  return committed;
}

/** Pages through the feed, with page sizes that take turns, until the writers are done and everything was read. */
async function consume({ auditor }: Office, sizes: readonly number[], isOver: () => boolean): Promise<ToldEvent[]> {
  const heard: ToldEvent[] = [];
  let after: string | null = null;
  for (let turn = 0; ; turn++) {
    const over = isOver();
    // A context of its own for each page, now with this server and now with that one, as behind a balancer.
    const ctx = contextFor(servers[turn % 2]!, contextOf(servers[turn % 2]!, auditor));
    const page = await eventPage(ctx, { first: sizes[turn % sizes.length], after });
    heard.push(...page.events);
    after = cursorAt(ctx, page.position);
    if (over && !page.hasMore) return heard;
    await delay(1);
  }
}

test("every consumer hears every event once, in order and without gaps, whatever 16 writers do at once", async () => {
  let events = 0;
  let takenBack = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ writers, consumers }) => {
      const own = await office();
      let over = false;
      const consuming = consumers.map((sizes) => consume(own, sizes, () => over));
      const committed = (
        await Promise.all(writers.map((deeds, index) => write(servers[index % 2]!, own, deeds)))
      ).flat();
      await dispatchers[0]!.drained();
      over = true;
      for (const heard of await Promise.all(consuming)) {
        expect(heard.map(({ position }) => Number(position))).toEqual(heard.map((_, index) => index + 1));
        expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
        const told = heard.filter(({ type }) => type === "candidate.created").map(({ objectId }) => objectId);
        expect([...told].sort()).toEqual([...committed].sort());
        events += told.length;
      }
      takenBack += writers.flat().filter(({ rollsBack }) => rollsBack).length;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(faults).toEqual([]);
  expect(takenBack).toBeGreaterThan(100);
  expect(events).toBeGreaterThan(4_000);
  process.stdout.write(
    `Events: ${RUNS} plans of ${WRITERS} writers, ${events} events heard, ${takenBack} deeds taken back.\n`,
  );
});
