import * as fc from "fast-check";
import { Candidate } from "../../../src/candidates/candidate.entity";
import { createOrganization } from "../../../src/identity/organization.actions";
import type { Ctx } from "../../../src/identity/viewer.type";
import type { Class } from "../../../src/platform/class";
import { cursorOf } from "../../../src/platform/db/cursor";
import type { Database } from "../../../src/platform/db/database";
import { childCount, childPage } from "../../../src/platform/db/loaders";
import type { Noun, Relation } from "../../../src/platform/db/nouns";
import { fits, type Order, type Term } from "../../../src/platform/db/order";
import { count, page } from "../../../src/platform/db/pages";
import type { OrganizationRow } from "../../../src/platform/db/row";
import { type PageArgs, type Rows, spanOf } from "../../../src/platform/db/span";
import { WHOLE } from "../../../src/platform/db/wanted";
import { Skill } from "../../../src/skills/skill.entity";
import { childrenOfSkill } from "../../../src/skills/skill.relations";
import { contextOf } from "../../cast/company";
import { openTestDatabase } from "../../support/database";

jest.setTimeout(20_000);

/** A fixed seed: a red build is red again on the next machine. */
const SEED = 20;
const RUNS = 60;
/** More steps than any list here has pages: a cursor that does not move would go round for ever. */
const MOST_STEPS = 60;

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
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

const nounOf = (entity: Class<OrganizationRow>) => database.model.noun(entity) as unknown as Noun;

const ask = async ({ db }: Ctx, entity: Class<OrganizationRow>, args: PageArgs): Promise<Rows> =>
  page(db, entity, spanOf(args, nounOf(entity)));

const slugs = (rows: readonly OrganizationRow[]): string[] => rows.map((row) => (row as Skill).slug);
const idsOf = (rows: readonly OrganizationRow[]): string[] => rows.map(({ id }) => id);
const cursorAt = (rows: readonly OrganizationRow[], index: number, entity: Class<OrganizationRow> = Skill): string =>
  cursorOf(nounOf(entity), rows.at(index)!);

/** Adds skills, which are listed by slug. */
const addSkills = (ctx: Ctx, names: readonly string[], parentId: string | null = null): Promise<Skill[]> =>
  ctx.db.transaction((tx) =>
    tx.insertAll(
      Skill,
      names.map((slug) => ({ slug, name: slug, parentId })),
    ),
  );

/** Adds candidates, who are listed newest first. */
const addCandidates = (ctx: Ctx, number: number): Promise<Candidate[]> =>
  ctx.db.transaction((tx) =>
    tx.insertAll(
      Candidate,
      Array.from({ length: number }, (_, index) => ({ name: `Candidate ${index}`, email: null, erasedAt: null })),
    ),
  );

/** Of one length, so that the order of numbers is the order of slugs. */
const slug = (n: number) => `s${String(n).padStart(3, "0")}`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

type Direction = "forwards" | "backwards";

/** Goes through a whole list, `between` each page and the next; the rows in the order of the list. */
async function walk(
  read: (args: PageArgs) => Promise<Rows>,
  entity: Class<OrganizationRow>,
  direction: Direction,
  sizes: readonly number[],
  between: (step: number) => Promise<unknown> = async () => undefined,
): Promise<OrganizationRow[]> {
  const forwards = direction === "forwards";
  let met: OrganizationRow[] = [];
  let cursor: string | null = null;
  for (let step = 0; step < MOST_STEPS; step++) {
    const size = sizes[step % sizes.length]!;
    const found: Rows = await read(forwards ? { first: size, after: cursor } : { last: size, before: cursor });
    met = forwards ? [...met, ...found.rows] : [...found.rows, ...met];
    if (!(forwards ? found.hasNextPage : found.hasPreviousPage)) return met;
    expect(found.rows).toHaveLength(size);
    cursor = cursorAt(found.rows, forwards ? -1 : 0, entity);
    await between(step);
  }
  throw new Error(`The list did not end after ${MOST_STEPS} pages`);
}

describe("a page", () => {
  let ctx: Ctx;
  let all: OrganizationRow[];

  beforeAll(async () => {
    ctx = await recruiter();
    // Not in their order, so that it is the list that orders them.
    await addSkills(ctx, [3, 0, 9, 5, 1, 7, 2, 8, 4, 6].map(slug));
    all = (await ask(ctx, Skill, { first: 100 })).rows;
  });

  test("comes in the noun's order", async () => {
    expect(slugs(all)).toEqual(range(0, 10).map(slug));
    const theirs = await recruiter();
    const made = await addCandidates(theirs, 5);
    expect(idsOf((await ask(theirs, Candidate, {})).rows)).toEqual(idsOf(made).reverse());
  });

  /** Cursors by index in the list. */
  type Where = Omit<PageArgs, "after" | "before"> & { after?: number; before?: number };

  test.each<[string, Where, number[], boolean, boolean]>([
    // what is asked, rows expected, hasNextPage, hasPreviousPage
    ["the first three", { first: 3 }, range(0, 3), true, false],
    ["all but one", { first: 9 }, range(0, 9), true, false],
    ["exactly all", { first: 10 }, range(0, 10), false, false],
    ["one more than all", { first: 11 }, range(0, 10), false, false],
    ["the default of 25", {}, range(0, 10), false, false],
    ["none", { first: 0 }, [], true, false],
    ["three after the third", { first: 3, after: 2 }, range(3, 6), true, true],
    ["exactly the rest", { first: 7, after: 2 }, range(3, 10), false, true],
    ["what follows the last row", { first: 3, after: 9 }, [], false, true],
    ["the last three", { last: 3 }, range(7, 10), false, true],
    ["exactly all from the end", { last: 10 }, range(0, 10), false, false],
    ["none from the end", { last: 0 }, [], false, true],
    ["three before the last three", { last: 3, before: 7 }, range(4, 7), true, true],
    ["exactly what precedes", { last: 4, before: 4 }, range(0, 4), true, false],
    ["what precedes the first row", { last: 3, before: 0 }, [], true, false],
    ["the first of a stretch", { first: 2, after: 2, before: 7 }, [3, 4], true, true],
    ["a whole stretch", { first: 4, after: 2, before: 7 }, range(3, 7), false, true],
    ["the last of a stretch", { last: 2, after: 2, before: 7 }, [5, 6], true, true],
    ["a whole stretch from the end", { last: 4, after: 2, before: 7 }, range(3, 7), true, false],
    ["an empty stretch", { first: 5, after: 4, before: 5 }, [], false, true],
    ["a stretch that is turned round", { first: 5, after: 7, before: 2 }, [], false, true],
  ])("of %s", async (_, { after, before, ...size }, expected, hasNextPage, hasPreviousPage) => {
    const args = {
      ...size,
      after: after === undefined ? null : cursorAt(all, after),
      before: before === undefined ? null : cursorAt(all, before),
    };
    const found = await ask(ctx, Skill, args);
    expect({ ...found, rows: slugs(found.rows) }).toEqual({
      rows: expected.map(slug),
      hasNextPage,
      hasPreviousPage,
    });
  });

  test("after the cursor of a row that is gone goes on where it was", async () => {
    const theirs = await recruiter();
    const [, second] = await addSkills(theirs, ["a", "b", "c"]);
    const after = cursorOf(nounOf(Skill), second!);
    await database.write(theirs.viewer.organizationId, (runner) => runner.query("delete from skills where slug = 'b'"));
    expect(slugs((await ask(theirs, Skill, { first: 5, after })).rows)).toEqual(["c"]);
    expect(slugs((await ask(theirs, Skill, { last: 5, before: after })).rows)).toEqual(["a"]);
  });

  test("with another organisation's cursor stays within its own rows", async () => {
    const theirs = await recruiter();
    await addSkills(theirs, ["s0040", "z"]);
    expect(slugs((await ask(theirs, Skill, { first: 5, after: cursorAt(all, 4) })).rows)).toEqual(["s0040", "z"]);
  });

  test("is counted apart, whatever part is asked for", async () => {
    expect(await count(ctx.db, Skill)).toBe(10);
    expect(await count(ctx.db, Skill, { where: (bind) => `t.slug < ${bind(slug(4))}` })).toBe(4);
  });

  test.each<[string, PageArgs, string]>([
    ["more than 100", { first: 101 }, "first"],
    ["less than none", { first: -1 }, "first"],
    ["more than 100 from the end", { last: 1000 }, "last"],
    ["less than none from the end", { last: -1 }, "last"],
    ["both ends at once", { first: 1, last: 1 }, "last"],
  ])("of %s is refused", (_, args, field) => {
    expect(() => spanOf(args, nounOf(Skill))).toThrow(
      expect.objectContaining({ code: "BAD_PAGE", faults: [expect.objectContaining({ field: [field] })] }),
    );
  });

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each<[string, () => string]>([
    ["nothing", () => ""],
    ["a word", () => "next"],
    ["an id", () => all[0]!.id],
    ["half a cursor", () => cursorAt(all, 0).slice(0, 20)],
    ["no list", () => encoded({ id: all[0]!.id })],
    ["an empty list", () => encoded([])],
    ["null", () => encoded(null)],
    ["too little", () => encoded([all[0]!.id])],
    ["too much", () => encoded(["a", "b", all[0]!.id])],
    ["a number where text is wanted", () => encoded([5, all[0]!.id])],
    ["a list within", () => encoded([["a"], all[0]!.id])],
    ["a NUL character", () => encoded(["\0", all[0]!.id])],
    ["an id that is none", () => encoded(["a", "b"])],
    ["a cursor of another list", () => encoded(["a", ctx.viewer.id])],
  ])("after %s is refused, and so is one before it", (_, cursor) => {
    for (const field of ["after", "before"]) {
      expect(() => spanOf({ first: 1, [field]: cursor() }, nounOf(Skill))).toThrow(
        expect.objectContaining({ code: "BAD_CURSOR", faults: [expect.objectContaining({ field: [field] })] }),
      );
    }
  });

  test("after any text at all is refused or read, and never an error of PostgreSQL", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const after = encoded([text, all[4]!.id]);
        const found = await ask(ctx, Skill, { first: 1, after }).catch((error) => error);
        expect(Array.isArray(found.rows) || found.code === "BAD_CURSOR").toBe(true);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe("while rows are added", () => {
  test.each<Direction>(["forwards", "backwards"])("a walk %s meets each old row once", async (direction) => {
    const ctx = await recruiter();
    const old = range(10, 40).map(slug);
    await addSkills(ctx, old);
    let added = 0;
    // Around the cursor and at both ends; the text after the number sets them between the old rows.
    const between = (step: number) => {
      const near = direction === "forwards" ? 10 + (step + 1) * 3 : 40 - (step + 1) * 3;
      added += 4;
      return addSkills(ctx, [`${slug(near - 2)}-${step}`, `${slug(near)}-${step}`, `a${step}`, `z${step}`]);
    };
    const met = slugs(await walk((args) => ask(ctx, Skill, args), Skill, direction, [3], between));
    expect(added).toBeGreaterThan(30);
    expect(new Set(met).size).toBe(met.length);
    expect(met).toEqual([...met].sort());
    expect(met.filter((each) => old.includes(each))).toEqual(old);
  });

  test("and others add at the same time, a walk meets each old row once", async () => {
    const ctx = await recruiter();
    const old = idsOf(await addCandidates(ctx, 60)).reverse();
    let done = false;
    const busy = range(0, 2).map(async () => {
      while (!done) await addCandidates(ctx, 2);
    });
    const forwards = await walk((args) => ask(ctx, Candidate, args), Candidate, "forwards", [4]);
    const newest = cursorOf(nounOf(Candidate), { id: old[0]! } as OrganizationRow);
    // From the oldest back to the one that was the newest: what is added since lies outside.
    const within = (args: PageArgs) => ask(ctx, Candidate, { ...args, after: newest });
    const backwards = await walk(within, Candidate, "backwards", [4]);
    done = true;
    await Promise.all(busy);
    const known = (rows: OrganizationRow[]) => idsOf(rows).filter((id) => old.includes(id));
    expect(known(forwards)).toEqual(old);
    expect(new Set(idsOf(forwards)).size).toBe(forwards.length);
    expect(idsOf(backwards)).toEqual(old.slice(1));
  });
});

describe("any way of paging", () => {
  let ctx: Ctx;
  let all: OrganizationRow[];
  let everybody: OrganizationRow[];

  beforeAll(async () => {
    ctx = await recruiter();
    await addSkills(ctx, range(0, 29).map(slug));
    await addCandidates(ctx, 29);
    all = (await ask(ctx, Skill, { first: 100 })).rows;
    everybody = (await ask(ctx, Candidate, { first: 100 })).rows;
  });

  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });

  test.each<[Direction]>([["forwards"], ["backwards"]])(
    "%s, in pages of any sizes, meets all rows",
    async (direction) => {
      await fc.assert(
        fc.asyncProperty(sizes, async (some) => {
          expect(idsOf(await walk((args) => ask(ctx, Skill, args), Skill, direction, some))).toEqual(idsOf(all));
          const people = await walk((args) => ask(ctx, Candidate, args), Candidate, direction, some);
          expect(idsOf(people)).toEqual(idsOf(everybody));
        }),
        { seed: SEED, numRuns: RUNS / 3 },
      );
    },
  );

  test("gives what cutting the whole list would give", async () => {
    const place = fc.option(fc.integer({ min: 0, max: 28 }), { freq: 3 });
    const asked = fc.record({ after: place, before: place, size: fc.integer({ min: 0, max: 31 }), end: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(asked, async ({ after, before, size, end }) => {
        for (const [entity, list] of [
          [Skill, all],
          [Candidate, everybody],
        ] as const) {
          const stretch = list.slice(after === null ? 0 : after + 1, before ?? list.length);
          const rows = end ? stretch.slice(Math.max(0, stretch.length - size)) : stretch.slice(0, size);
          const more = stretch.length > size;
          const found = await ask(ctx, entity, {
            [end ? "last" : "first"]: size,
            after: after === null ? null : cursorAt(list, after, entity),
            before: before === null ? null : cursorAt(list, before, entity),
          });
          expect(idsOf(found.rows)).toEqual(idsOf(rows));
          expect(found.hasNextPage).toBe(end ? before !== null : more);
          expect(found.hasPreviousPage).toBe(end ? more : after !== null);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe("pages in an order of their own", () => {
  /** By the length of the name and the time of making, newest first: all of one transaction are alike in that. */
  const LENGTH: Order = {
    name: "LENGTH",
    terms: [
      { as: "nameLength", sql: "length(t.name)", type: "integer" },
      { as: "share", sql: "(length(t.slug) / 7.0)::real", type: "real" },
      { as: "createdAt", type: "instant" },
    ],
    descending: true,
  };
  const OLDEST: Order = {
    name: "OLDEST",
    terms: [{ as: "made", sql: "coalesce(t.updated_at, '-infinity')", type: "instant" }],
    descending: false,
  };
  let ctx: Ctx;

  beforeAll(async () => {
    ctx = await recruiter();
    for (const from of [0, 5, 10]) {
      await addSkills(
        ctx,
        range(from, from + 5).map((n) => `s${"x".repeat(n % 4)}-${n}`),
      );
    }
  });

  const read = async (order: Order, args: PageArgs) =>
    (await page(ctx.db, Skill, spanOf(args, nounOf(Skill), order), { choice: { where: () => "t.slug <> 'never'" } }))
      .rows;
  const cursor = (order: Order, row: OrganizationRow) => cursorOf(nounOf(Skill), row, order);

  test.each<[string, Order]>([
    ["several computed terms", LENGTH],
    ["one that may be infinite", OLDEST],
  ])("by %s give the same list both ways", async (_, order) => {
    const all = await read(order, { first: 100 });
    expect(all).toHaveLength(15);
    for (const size of [1, 2, 4, 7]) {
      let [forwards, backwards]: [OrganizationRow[], OrganizationRow[]] = [[], []];
      while (forwards.length < all.length) {
        const last = forwards.at(-1);
        forwards = [...forwards, ...(await read(order, { first: size, after: last ? cursor(order, last) : null }))];
      }
      while (backwards.length < all.length) {
        const first = backwards[0];
        backwards = [...(await read(order, { last: size, before: first ? cursor(order, first) : null })), ...backwards];
      }
      expect([idsOf(forwards), idsOf(backwards)]).toEqual([idsOf(all), idsOf(all)]);
    }
  });

  test("follow their terms, and then the id", async () => {
    const all = (await read(LENGTH, { first: 100 })) as Skill[];
    const sorted = [...all].sort(
      (a, b) =>
        b.name.length - a.name.length || b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    expect(slugs(all)).toEqual(slugs(sorted));
  });

  test("refuse the cursors of another order, and values that are none", async () => {
    const [row] = await read(LENGTH, { first: 1 });
    const theirs = [cursor(OLDEST, row!), cursorOf(nounOf(Skill), row!)];
    const encoded = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");
    const forged = [
      encoded("LENGTH", "5", "1", row!.id),
      encoded("LENGTH", "five", "1", "2026-01-01T00:00:00.000Z", row!.id),
      encoded("LENGTH", "5", "1", "yesterday", row!.id),
      encoded("SHORT", "5", "1", "2026-01-01T00:00:00.000Z", row!.id),
    ];
    for (const after of [...theirs, ...forged]) {
      expect(() => spanOf({ after }, nounOf(Skill), LENGTH)).toThrow(expect.objectContaining({ code: "BAD_CURSOR" }));
    }
  });

  test.each<[Term["type"], string[], string[]]>([
    ["integer", ["0", "-5", "2147483647"], ["", " 1", "1.5", "2147483648", "1e3", "0x10", "NaN", "Infinity", "01"]],
    [
      "real",
      ["0", "0.1", "0.60792714", "1e-7", "-2.5", "1e-40"],
      ["", "x", "1e39", "1e-50", "Infinity", "NaN", "0x1", ".5"],
    ],
    [
      "instant",
      ["2026-01-01T00:00:00.000Z", "-Infinity", "Infinity"],
      ["", "now", "2026-01-01", "2026-13-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "+275760-09-13T00:00:00.000Z"],
    ],
    ["text", ["", "a", "☃"], ["a\0b"]],
  ])("take for %s what PostgreSQL takes", async (type, good, bad) => {
    expect(good.filter((value) => !fits[type](value))).toEqual([]);
    expect(bad.filter((value) => fits[type](value))).toEqual([]);
    const name = type === "instant" ? "timestamptz" : type;
    for (const value of good) await database.read(ctx.viewer.organizationId, `select $1::${name}`, [value]);
  });
});

describe("pages of several parents", () => {
  const relation: Relation = childrenOfSkill;
  let ctx: Ctx;
  let parents: Skill[];

  beforeAll(async () => {
    ctx = await recruiter();
    parents = await addSkills(ctx, ["none", "five", "twelve"]);
    const [, five, twelve] = parents;
    await addSkills(ctx, range(0, 5).map(slug).reverse(), five!.id);
    // Slugs are unique in the organisation: these stand between those of the other parent.
    await addSkills(
      ctx,
      range(0, 12)
        .map((n) => `${slug(n)}b`)
        .reverse(),
      twelve!.id,
    );
  });

  /** A fresh operation that asks for the same page of every parent. */
  function pagesOf(args: PageArgs): Promise<Rows[]> {
    const operation = contextOf(database, ctx.viewer as never);
    const span = spanOf(args, nounOf(Skill));
    return Promise.all(parents.map((parent) => childPage(operation.db, relation, parent, { span, wanted: WHOLE })));
  }

  test("cost one statement, and each has its own rows and ends", async () => {
    const statements: string[] = [];
    database.heard = (text) => statements.push(text);
    const found = await pagesOf({ first: 5 });
    database.heard = undefined;
    expect(statements).toHaveLength(1);
    expect(found.map(({ rows }) => slugs(rows))).toEqual([
      [],
      range(0, 5).map(slug),
      range(0, 5).map((n) => `${slug(n)}b`),
    ]);
    expect(found.map(({ hasNextPage }) => hasNextPage)).toEqual([false, false, true]);
  });

  test("start at a cursor, or from the end", async () => {
    const [, five] = await pagesOf({ first: 3 });
    const after = cursorAt(five!.rows, -1);
    expect((await pagesOf({ first: 2, after })).map(({ rows }) => slugs(rows))).toEqual([
      [],
      [slug(3), slug(4)],
      [`${slug(2)}b`, `${slug(3)}b`],
    ]);
    expect((await pagesOf({ last: 2 })).map(({ rows }) => slugs(rows))).toEqual([
      [],
      [slug(3), slug(4)],
      [`${slug(10)}b`, `${slug(11)}b`],
    ]);
    expect((await pagesOf({ last: 2, before: after })).map(({ rows }) => slugs(rows))).toEqual([
      [],
      [slug(0), slug(1)],
      [`${slug(0)}b`, `${slug(1)}b`],
    ]);
  });

  test("of none say whether there are any", async () => {
    expect((await pagesOf({ first: 0 })).map(({ rows, hasNextPage }) => [rows.length, hasNextPage])).toEqual([
      [0, false],
      [0, true],
      [0, true],
    ]);
  });

  test.each<Direction>(["forwards", "backwards"])("walked %s give each parent its whole list", async (direction) => {
    for (const [index, parent] of parents.entries()) {
      const whole = (await pagesOf({ first: 100 }))[index]!.rows;
      const read = async (args: PageArgs) => {
        const operation = contextOf(database, ctx.viewer as never);
        return childPage(operation.db, relation, parent, { span: spanOf(args, nounOf(Skill)), wanted: WHOLE });
      };
      expect(slugs(await walk(read, Skill, direction, [1, 4, 2]))).toEqual(slugs(whole));
    }
  });

  test("are counted in one statement, none included", async () => {
    const { db } = contextOf(database, ctx.viewer as never);
    const counts = await Promise.all(parents.map((parent) => childCount(db, relation, parent)));
    expect(counts).toEqual([0, 5, 12]);
  });
});
