import { createOrganization } from "../../../src/identity/organization.actions";
import type { Database } from "../../../src/platform/db/database";
import type { Replica, Wish } from "../../../src/platform/db/replica";
import { Visit } from "../../../src/platform/db/visit";
import { openTestDatabase } from "../../support/database";

const TEXT = "select name from organizations";

let database: Database;
let organizationId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const { organization } = await createOrganization(database, { empty: true, name: "Of the primary", members: [] });
  organizationId = organization.id;
});

afterAll(() => database.close());

/** Where a read comes from, and how often the replica was asked. A real one is tried in test/system/replica.system.ts. */
function replica(rowsOf: (wish: Wish) => { name: string }[] | null) {
  const asked: string[] = [];
  let positions = 0;
  const made = {
    position: async () => `0/${++positions}`,
    read: async (wish: Wish) => {
      asked.push(await wish.position());
      return rowsOf(wish);
    },
  };
  return { replica: made as unknown as Replica, asked };
}

const from = async (visit: Visit): Promise<string | undefined> =>
  (await visit.database.read<{ name: string }>(organizationId, TEXT, []))[0]?.name;

const elsewhere = () => [{ name: "Of the replica" }];

test("nothing is read from the replica before the operation is known to be a query", async () => {
  const { replica: copy, asked } = replica(elsewhere);
  expect(await from(new Visit(database, copy))).toBe("Of the primary");
  expect(asked).toEqual([]);
});

test("all that a query reads wants the position that was asked for first", async () => {
  const { replica: copy, asked } = replica(elsewhere);
  const visit = new Visit(database, copy);
  visit.onlyReads();
  expect([await from(visit), await from(visit), await from(visit)]).toEqual(Array(3).fill("Of the replica"));
  expect(asked).toEqual(["0/1", "0/1", "0/1"]);
});

test("where the replica does not answer, this and what follows is read from the primary", async () => {
  const { replica: copy, asked } = replica(() => null);
  const visit = new Visit(database, copy);
  visit.onlyReads();
  expect([await from(visit), await from(visit)]).toEqual(["Of the primary", "Of the primary"]);
  expect(asked).toHaveLength(1);
});

test.each(["write", "rehearse"] as const)("after a %s everything is read from the primary", async (way) => {
  const { replica: copy, asked } = replica(elsewhere);
  const visit = new Visit(database, copy);
  visit.onlyReads();
  await visit.database[way](organizationId, (runner) => runner.query("select 1"));
  expect(await from(visit)).toBe("Of the primary");
  expect(asked).toEqual([]);
});

test("without a replica a query reads from the primary", async () => {
  const visit = new Visit(database, null);
  visit.onlyReads();
  expect(await from(visit)).toBe("Of the primary");
});

test("every statement of the request is kept, those of a transaction too, and no others", async () => {
  const [visit, other] = [new Visit(database, null), new Visit(database, null)];
  await from(other);
  await from(visit);
  await visit.database.write(organizationId, (runner) => runner.query("select 1 as written"));
  await visit.database.ask("select 2 as asked");
  expect(visit.statements.map(({ text }) => text)).toEqual([
    TEXT,
    "begin",
    "select 1 as written",
    "commit",
    "select 2 as asked",
  ]);
});

test("of very many statements the first are kept, and the number of all", async () => {
  const visit = new Visit(database, null);
  await visit.database.write(organizationId, async (runner) => {
    for (let n = 0; n < 298; n++) await runner.query("select 1");
  });
  expect([visit.statements.length, visit.statementCount]).toEqual([200, 300]);
});

test("the whole database is told of what is asked in requests and outside", async () => {
  const told: string[] = [];
  database.told = ({ text, place }) => told.push(`${place} ${text}`);
  const visit = new Visit(database, null);
  await from(visit);
  await database.ask("select 3 as outside");
  database.told = undefined;
  await from(visit);
  expect(told).toEqual([`PRIMARY ${TEXT}`, "PRIMARY select 3 as outside"]);
});

test("a statement that fails is told as well", async () => {
  const visit = new Visit(database, null);
  await expect(visit.database.read(organizationId, "select nothing from nowhere", [])).rejects.toThrow("nowhere");
  await expect(visit.database.ask("select from nowhere")).rejects.toThrow("nowhere");
  expect(visit.statements.map(({ text }) => text)).toEqual(["select nothing from nowhere", "select from nowhere"]);
});
