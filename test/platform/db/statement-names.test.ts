import { StatementNames } from "../../../src/platform/db/statement-names";
import { openTestDatabase } from "../../support/database";

const named = (names: StatementNames, ...texts: string[]) => texts.map((text) => names.of(text));

test("a text is named when it comes again, and keeps its name", () => {
  const names = new StatementNames();
  expect(named(names, "a", "b", "a", "a", "b")).toEqual([undefined, undefined, "r0", "r0", "r1"]);
});

test("texts that come once use up no names", () => {
  const names = new StatementNames(2, 3);
  named(names, "a", "a", "b", "b");
  named(names, ...Array.from({ length: 100 }, (_, i) => `once ${i}`));
  expect(named(names, "a", "b")).toEqual(["r0", "r1"]);
});

test("where no name is left, the text that was used longest ago gives its up", () => {
  const names = new StatementNames(2);
  named(names, "a", "a", "b", "b", "a");
  expect(named(names, "c", "c", "a", "b")).toEqual([undefined, "r1", "r0", undefined]);
});

test("long texts make room by as many short ones as it takes, and their names are used again", () => {
  const names = new StatementNames(9, 9, 10);
  named(names, "a", "a", "b", "b", "cccc", "cccc");
  expect(named(names, "dddddddd", "dddddddd")).toEqual([undefined, "r2"]);
  expect(named(names, "a", "a", "b", "b", "e", "e")).toEqual([undefined, "r1", undefined, "r0", undefined, "r2"]);
});

test("a text that is longer than all may be together has no name", () => {
  const names = new StatementNames(9, 9, 3);
  expect(named(names, "aaaa", "aaaa", "b", "b", "b")).toEqual([undefined, undefined, undefined, "r0", "r0"]);
});

test("a text is no longer awaited after many others", () => {
  const names = new StatementNames(2, 3);
  expect(named(names, "a", "b", "c", "d", "a")).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test("a connection prepares no more statements than there are names, and answers each text rightly", async () => {
  const database = await openTestDatabase({ poolSize: 1 });
  const organization = "00000000-0000-7000-8000-000000000000";
  const asked = (n: number) => database.read<{ n: number }>(organization, `select ${n} as n`, []);
  try {
    for (const n of Array.from({ length: 1200 }, (_, i) => i)) {
      await asked(n);
      expect(await asked(n)).toEqual([{ n }]);
    }
    for (const n of [3, 1199, 3]) expect(await asked(n)).toEqual([{ n }]);
    const prepared = "select count(*)::int as n from pg_prepared_statements";
    const [row] = await database.read<{ n: number }>(organization, prepared, []);
    // And the carrier of the organisation.
    expect(row!.n).toBe(501);
  } finally {
    await database.close();
  }
});
