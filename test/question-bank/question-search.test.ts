import * as fc from "fast-check";
import type { Database } from "../../src/platform/db/database";
import { Tx } from "../../src/platform/db/tx";
import { newId } from "../../src/platform/ids";
import type { PublicationState } from "../../src/question-bank/publication.rules";
import { Question, QuestionSkill, QuestionVersion } from "../../src/question-bank/question.entity";
import { QuestionBank } from "../../src/question-bank/question-bank.entity";
import type { QuestionContent } from "../../src/question-bank/question-content.rules";
import type { QuestionOrder, QuestionWishes } from "../../src/question-bank/question-search.rules";
import { Skill } from "../../src/skills/skill.entity";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { ownerUrl, serverUrl, superuserUrl, withClient } from "../support/database";

jest.setTimeout(120_000);

const MANY = 5000;
const TOPICS = ["index", "postgresql", "cache", "deadlock", "pagination", "idempotency", "tracing", "rollback"];
const VERBS = ["Explain", "Compare", "Design", "Review", "Measure"];
const LEVELS = ["JUNIOR", "MIDDLE", "SENIOR", null] as const;

let api: Api;
let here: Company;
let there: Company;
/** Slug -> id; `sql` is above `joins`, which is above `outer-joins`. */
let skillIds: Record<string, string>;
let bankIds: string[];
/** What could be found, read past the search. */
let truth: Found[];

interface Found {
  id: string;
  questionId: string;
  number: number;
  state: PublicationState;
  kind: string;
  title: string | null;
  tags: string[];
  level: string | null;
  minutes: number | null;
  useCount: number;
  lastUsedAt: Date | null;
  bankId: string;
  skills: string[];
}

const CONTENTS: QuestionContent[] = [
  { kind: "ESSAY" },
  { kind: "SHORT_TEXT", accepted: [{ text: "zygomorphic", creditMillis: 100_000, feedback: null }] },
  {
    kind: "SINGLE_CHOICE",
    options: [
      { text: "Yes, quixotically", format: "PLAIN", creditMillis: 100_000, feedback: null },
      { text: "No", format: "PLAIN", creditMillis: 0, feedback: { text: "Xylophonically wrong", format: "PLAIN" } },
    ],
  },
];

/** Of 20 questions, one each is: in review, retired, a draft beside its READY version, given up for an older READY one. */
const VERSIONS: Record<number, PublicationState[]> = {
  1: ["IN_REVIEW"],
  2: ["RETIRED"],
  3: ["READY", "DRAFT"],
  4: ["READY", "RETIRED"],
  5: ["RETIRED", "RETIRED"],
  6: ["RETIRED", "READY"],
};

/** Questions written past the actions, which would take minutes. */
async function write(database: Database, { as, organizationId }: Company, count: number): Promise<void> {
  const ctx = as("admin");
  await database.write(organizationId, async (runner) => {
    const tx = new Tx(ctx, database, runner);
    const banks = await tx.insertAll(
      QuestionBank,
      ["First", "Second"].map((name) => ({ name, description: "", externalKey: null })),
    );
    const ids = ["crowd-sql", "joins", "outer-joins", "rest-of-it"].map((slug) => [slug, newId("Skill")] as const);
    const above: Record<string, string> = { joins: ids[0]![1], "outer-joins": ids[1]![1] };
    await tx.insertAll(
      Skill,
      ids.map(([slug, id]) => ({ id, slug, name: slug, parentId: above[slug] ?? null })),
    );
    const indexes = Array.from({ length: count }, (_, index) => index);
    const statesOf = (index: number) => VERSIONS[index % 20] ?? ["READY" as const];
    const questions = await tx.insertAll(
      Question,
      indexes.map((i) => ({
        bankId: banks[i % 5 === 0 ? 1 : 0]!.id,
        externalKey: null,
        latestNumber: statesOf(i).length,
      })),
    );
    const drafts = indexes.flatMap((i) => statesOf(i).map((state, at) => ({ i, state, number: at + 1 })));
    const versions = await tx.insertAll(
      QuestionVersion,
      drafts.map(({ i, state, number }) => {
        const content = CONTENTS[i % CONTENTS.length]!;
        const used = i % 3 === 0 ? i % 7 : 0;
        const topic = TOPICS[Math.floor(i / 3) % TOPICS.length]!;
        return {
          questionId: questions[i]!.id,
          number,
          state,
          kind: content.kind,
          title: i % 9 === 0 ? null : `${VERBS[i % 5]} the ${topic}`,
          stem: `How would you ${VERBS[i % 5]!.toLowerCase()} it in case ${i}, where a ${topic} is slow? Say why, and say how you would find out.`,
          stemFormat: "MARKDOWN",
          content,
          generalFeedback: { text: "Juxtaposition", format: "PLAIN" },
          guidance: { good: "Whippersnapper", followUps: ["Flabbergasted?"], redFlags: [] },
          tags: [topic, `tag-${i % 70}`],
          level: LEVELS[Math.floor(i / 7) % 4]!,
          difficulty: null,
          minutes: i % 11 === 0 ? null : 1 + (i % 30),
          licence: null,
          source: null,
          checksum: `${i}.${number}`,
          useCount: used,
          lastUsedAt: used > 0 ? new Date(Date.UTC(2026, 0, 1 + (i % 50))) : null,
        };
      }),
    );
    const slugs = [[0], [1], [2], [3], [1, 3], []];
    await tx.insertAll(
      QuestionSkill,
      versions.flatMap(({ id }, index) =>
        slugs[index % slugs.length]!.map((each) => ({ questionVersionId: id, skillId: ids[each]![1] })),
      ),
    );
  });
}

async function readTruth(organizationId: string): Promise<Found[]> {
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query<Found>(
      `select v.id, question_id as "questionId", number, state, kind, title, tags, level, minutes,
         use_count as "useCount", last_used_at as "lastUsedAt", bank_id as "bankId",
         array(select skill_id::text from question_skills where question_version_id = v.id) as skills
       from question_versions v join questions q on q.id = v.question_id where v.organization_id = $1`,
      [organizationId],
    ),
  );
  return rows.filter(({ id, questionId, state, number }) => {
    const others = state === "RETIRED" ? rows.filter((each) => each.questionId === questionId && each.id !== id) : [];
    return others.every((other) => other.state === "RETIRED" && other.number < number);
  });
}

beforeAll(async () => {
  api = await startApi();
  here = await company(api.database);
  there = await company(api.database);
  await write(api.database, here, MANY);
  await write(api.database, there, 600);
  await withClient(ownerUrl, (client) => client.query("vacuum analyze"));
  truth = await readTruth(here.organizationId);
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query<{ slug: string; id: string }>("select slug, id from skills where organization_id = $1", [
      here.organizationId,
    ]),
  );
  skillIds = Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
  bankIds = [...new Set(truth.map(({ bankId }) => bankId))];
});

afterAll(() => api.close());

const SEARCH = `query Search($filter: QuestionFilter, $orderBy: QuestionOrder, $first: Int, $after: String, $last: Int, $before: String) {
  searchQuestions(filter: $filter, orderBy: $orderBy) {
    results(first: $first, after: $after, last: $last, before: $before) {
      nodes { id title stem tags } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

interface Paging {
  first?: number;
  after?: string | null;
  last?: number;
  before?: string | null;
}

const search = async (filter: QuestionWishes, orderBy: QuestionOrder | null = null, paging: Paging = {}, who = here) =>
  (await api.ask(who.people.ann, SEARCH, { filter, orderBy, ...paging })).searchQuestions.results;

const titles = async (text: string): Promise<string[]> =>
  (await search({ text }, null, { first: 100 })).nodes.map(
    ({ title, stem }: Found & { stem: string }) => title ?? stem,
  );

/** Every page of a search, from one end to the other. */
async function walk(filter: QuestionWishes, orderBy: QuestionOrder | null, backward: boolean): Promise<string[]> {
  let met: string[] = [];
  let cursor: string | null = null;
  for (let step = 0; step < 200; step++) {
    const paging: Paging = backward ? { last: 100, before: cursor } : { first: 100, after: cursor };
    const { nodes, pageInfo } = await search(filter, orderBy, paging);
    const ids = nodes.map(({ id }: Found) => id);
    met = backward ? [...ids, ...met] : [...met, ...ids];
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return met;
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
  throw new Error("The list did not end");
}

/** Whether a version fulfils a filter without a text: the brute force. */
function fulfils(version: Found, wishes: QuestionWishes): boolean {
  const { skillIds: skills, levels, kinds, tags, states, bankId, minMinutes, maxMinutes } = wishes;
  const below = (id: string): string[] => {
    const chain = ["crowd-sql", "joins", "outer-joins"].map((slug) => skillIds[slug]!);
    return chain.includes(id) ? chain.slice(chain.indexOf(id)) : [id];
  };
  const isIn = <T>(values: readonly T[] | null | undefined, value: unknown) =>
    !values?.length || values.includes(value as T);
  return (
    (!skills?.length || skills.flatMap(below).some((id) => version.skills.includes(id))) &&
    isIn(levels, version.level) &&
    isIn(kinds, version.kind) &&
    (!tags?.length || tags.some((tag) => version.tags.includes(tag))) &&
    isIn(states, version.state) &&
    (!bankId || version.bankId === bankId) &&
    (!minMinutes || (version.minutes ?? 0) >= minMinutes) &&
    (!maxMinutes || (version.minutes ?? 999) <= maxMinutes)
  );
}

const expected = (wishes: QuestionWishes): Found[] => truth.filter((version) => fulfils(version, wishes));

test("minutes that are upside down are refused with the field", async () => {
  const query = "{ searchQuestions(filter: { minMinutes: 9, maxMinutes: 8 }) { results { totalCount } } }";
  const { errors } = await api.send(here.people.ann, query);
  expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT", field: ["minMinutes"] } }]);
});

describe("a text", () => {
  test.each([
    ["a word", "deadlock", /deadlock/i],
    ["another form of it", "deadlocked", /deadlock/i],
    ["all of several words", "compare cache", /compare.*cache/i],
    ["a phrase", '"compare the cache"', /compare the cache/i],
    ["either of two", "tracing or rollback", /tracing|rollback/i],
    ["one without another", "cache -compare", /^(?!.*compare).*cache/i],
    ["a typo", "indx", /index/i],
    ["a longer typo", "postgrse", /postgresql/i],
    ["two letters swapped", "deadlcok", /deadlock/i],
    ["two typos", "comparre idempotancy", /compare.*idempotency/i],
    ["a typo beside a word", "review idempotancy", /review.*idempotency/i],
    ["a typo without a word", "idempotancy -review", /^(?!.*review).*idempotency/i],
    ["a typo without a phrase", 'idempotancy -"review the"', /^(?!.*review the).*idempotency/i],
  ])("finds %s: %s", async (_, text, wanted) => {
    const found = await titles(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((title) => !wanted.test(title))).toEqual([]);
  });

  test("weighs the title more than what is asked", async () => {
    const { nodes } = await search({ text: "deadlock" }, null, { first: 1 });
    expect(nodes[0].title).toMatch(/deadlock/);
    const { nodes: last } = await search({ text: "deadlock" }, null, { last: 1 });
    expect(last[0].title).toBeNull();
  });

  test.each([
    "the",
    "-",
    '"',
    "or",
    "a",
    "☃",
    "🙂🙂",
    "--",
    '"" or -',
    "!&|():*",
    "'; drop table x",
    "\\",
    "%",
    "x".repeat(200),
  ])("of %j finds nothing, and is no error", async (text) => expect((await search({ text })).nodes).toEqual([]));

  test.each(["", "   ", "\n"])("of %j is none", async (text) => {
    expect((await search({ text })).totalCount).toBe(truth.length);
  });

  test("of any characters is never an error", async () => {
    const parts = fc.constantFrom(
      "-",
      '"',
      " ",
      "or",
      "(",
      "&",
      "!",
      "index",
      "indx",
      "\\",
      "'",
      ":*",
      "<->",
      "é",
      "中",
      "🙂",
      "%",
      "\t",
    );
    const text = fc.oneof(
      fc.array(parts, { maxLength: 12 }).map((some) => some.join("")),
      fc.string({ unit: "grapheme", maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (some) => {
        const { errors } = await api.send(here.people.ann, SEARCH, { filter: { text: some }, first: 1 });
        expect(errors?.map(({ extensions }) => extensions.code).filter((code) => code !== "BAD_INPUT") ?? []).toEqual(
          [],
        );
      }),
      { seed: 20, numRuns: 80 },
    );
  });

  test.each([
    ["text", { text: "x".repeat(201) }, "BAD_INPUT"],
    ["text", { text: "a\0b" }, "BAD_INPUT"],
    ["minMinutes", { minMinutes: 0 }, "BAD_INPUT"],
    ["tags", { tags: [""] }, "BAD_INPUT"],
    ["bankId", { bankId: "x" }, "WRONG_ID_TYPE"],
    ["skillIds", { skillIds: ["x"] }, "WRONG_ID_TYPE"],
  ])("or another filter that is none is refused at %s", async (field, filter, code) => {
    const { errors } = await api.send(here.people.ann, SEARCH, { filter });
    expect(errors).toEqual([expect.objectContaining({ extensions: { code, field: [field] } })]);
  });

  test("never finds keys, feedback or guidance", async () => {
    for (const text of [
      "zygomorphic",
      "quixotically",
      "xylophonically",
      "juxtaposition",
      "whippersnapper",
      "flabbergasted",
    ]) {
      expect({ text, ...(await search({ text })) }).toMatchObject({ text, totalCount: 0 });
    }
  });
});

describe("what is found", () => {
  test("is of each question the READY version, the open one, and else the newest RETIRED one", async () => {
    const { totalCount } = await search({});
    expect(totalCount).toBe(truth.length);
    const found = truth.filter(({ title }) => title !== null);
    expect(new Set(found.map(({ state }) => state)).size).toBe(4);
    expect((await walk({}, "NEWEST", false)).sort()).toEqual(truth.map(({ id }) => id).sort());
  });

  const filters: [string, () => QuestionWishes][] = [
    ["one state", () => ({ states: ["IN_REVIEW"] })],
    ["RETIRED", () => ({ states: ["RETIRED"] })],
    ["two states", () => ({ states: ["DRAFT", "IN_REVIEW"] })],
    ["a skill with those below it", () => ({ skillIds: [skillIds["crowd-sql"]!] })],
    ["a skill below another", () => ({ skillIds: [skillIds.joins!] })],
    ["two skills", () => ({ skillIds: [skillIds["outer-joins"]!, skillIds["rest-of-it"]!] })],
    ["a level", () => ({ levels: ["SENIOR"] })],
    ["two levels", () => ({ levels: ["SENIOR", "JUNIOR"] })],
    ["a kind", () => ({ kinds: ["ESSAY"] })],
    ["tags", () => ({ tags: ["tag-3", "tag-4"] })],
    ["a bank", () => ({ bankId: bankIds[1]! })],
    ["minutes", () => ({ minMinutes: 5, maxMinutes: 9 })],
    [
      "all of them",
      () => ({
        states: ["READY"],
        skillIds: [skillIds["crowd-sql"]!],
        levels: ["MIDDLE"],
        kinds: ["ESSAY"],
        tags: ["index", "cache", "tracing", "rollback"],
        minMinutes: 2,
        maxMinutes: 29,
      }),
    ],
    ["empty lists", () => ({ states: [], levels: [], kinds: [], tags: [], skillIds: [] })],
    ["nothing", () => ({ tags: ["no such tag"] })],
  ];

  test.each(filters)("fulfils the filter by %s", async (_, filter) => {
    const wanted = expected(filter());
    const { nodes, totalCount } = await search(filter(), "NEWEST", { first: 100 });
    expect(totalCount).toBe(wanted.length);
    const newest = wanted
      .map(({ id }) => id)
      .sort()
      .reverse();
    expect(nodes.map(({ id }: Found) => id)).toEqual(newest.slice(0, 100));
  });
});

describe("an order", () => {
  const compare = (left: Found, right: Found) =>
    left.useCount - right.useCount ||
    (left.lastUsedAt?.getTime() ?? 0) - (right.lastUsedAt?.getTime() ?? 0) ||
    (left.id < right.id ? -1 : 1);

  test("of the least used sets the oldest use first", async () => {
    const wanted = [...truth].sort(compare).map(({ id }) => id);
    expect(await walk({}, "LEAST_USED", false)).toEqual(wanted);
    expect(await walk({}, "LEAST_USED", true)).toEqual(wanted);
  });

  test("of the newest goes by id", async () => {
    const wanted = truth
      .map(({ id }) => id)
      .sort()
      .reverse();
    expect(await walk({}, "NEWEST", false)).toEqual(wanted);
    expect(await walk({}, null, true)).toEqual(wanted);
  });

  test.each(["postgresql", "postgrse", "explain or compare", "-explain"])(
    "of relevance to %s is the same both ways",
    async (text) => {
      const { rows } = await withClient(superuserUrl, async (client) => {
        await client.query("select set_config('app.organization', $1, false)", [here.organizationId]);
        return client.query<{ id: string }>(
          "select id from matching_question_versions($1) order by rank desc, id desc",
          [text],
        );
      });
      const found = new Set(truth.map(({ id }) => id));
      const wanted = rows.map(({ id }) => id).filter((id) => found.has(id));
      expect(wanted.length).toBeGreaterThan(100);
      expect(await walk({ text }, "RELEVANCE", false)).toEqual(wanted);
      expect(await walk({ text }, null, true)).toEqual(wanted);
    },
  );

  test("by relevance without a text is that of the newest", async () => {
    expect((await search({}, "RELEVANCE")).nodes).toEqual((await search({}, "NEWEST")).nodes);
  });

  test("does not take the cursor of another one", async () => {
    const orders: [QuestionWishes, QuestionOrder][] = [
      [{ text: "cache" }, "RELEVANCE"],
      [{ text: "cache" }, "NEWEST"],
      [{ text: "cache" }, "LEAST_USED"],
    ];
    for (const [filter, orderBy] of orders) {
      const { pageInfo } = await search(filter, orderBy, { first: 1 });
      for (const [other, otherOrder] of orders) {
        const { errors } = await api.send(here.people.ann, SEARCH, {
          filter: other,
          orderBy: otherOrder,
          after: pageInfo.endCursor,
        });
        expect(errors?.[0]?.extensions.code).toBe(orderBy === otherOrder ? undefined : "BAD_CURSOR");
      }
    }
    const { pageInfo } = await search({ text: "cache" }, "RELEVANCE", { first: 1 });
    expect((await search({ text: "indx" }, "RELEVANCE", { after: pageInfo.endCursor })).nodes).toEqual(
      expect.any(Array),
    );
  });
});

describe("facets", () => {
  const FACETS = `query Facets($filter: QuestionFilter) { searchQuestions(filter: $filter) { facets {
    skills { skill { id } count } levels { level count } kinds { kind count } tags { tag count } states { state count }
  } } }`;

  type Counts = Record<string, number>;
  const tally = (values: readonly (string | null)[]): Counts => {
    const counts: Counts = {};
    for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };

  async function facets(filter: QuestionWishes): Promise<Record<string, Counts>> {
    const { searchQuestions } = await api.ask(here.people.ann, FACETS, { filter });
    const entries = Object.entries(searchQuestions.facets) as [string, { count: number }[]][];
    return Object.fromEntries(
      entries.map(([name, counts]) => [
        name,
        Object.fromEntries(
          counts.map(({ count, ...by }) => {
            const [value] = Object.values(by) as (string | { id: string })[];
            return [typeof value === "string" ? value : value!.id, count];
          }),
        ),
      ]),
    );
  }

  /** The skills of a version and all above them, each once. */
  const wider = ({ skills }: Found): string[] => {
    const chain = ["crowd-sql", "joins", "outer-joins"].map((slug) => skillIds[slug]!);
    return [...new Set(skills.flatMap((id) => (chain.includes(id) ? chain.slice(0, chain.indexOf(id) + 1) : [id])))];
  };

  test.each<[string, () => QuestionWishes]>([
    ["nothing", () => ({})],
    ["a level and a tag", () => ({ levels: ["MIDDLE"], tags: ["index", "cache"] })],
    [
      "everything",
      () => ({
        skillIds: [skillIds.joins!],
        levels: ["MIDDLE", "SENIOR"],
        kinds: ["ESSAY"],
        tags: ["cache", "deadlock"],
        states: ["READY", "DRAFT"],
        minMinutes: 3,
      }),
    ],
  ])("add up under %s, each but for its own filter", async (_, filter) => {
    const without = (own: keyof QuestionWishes) => expected({ ...filter(), [own]: null });
    const found = await facets(filter());
    const crowd = new Set(
      Object.values(skillIds).filter((id) => !truth.some(({ tags, skills }) => !tags.length && skills.includes(id))),
    );
    const ours = (counts: Counts) => Object.fromEntries(Object.entries(counts).filter(([id]) => crowd.has(id)));
    expect(ours(found.skills!)).toEqual(ours(tally(without("skillIds").flatMap(wider))));
    expect(found.levels).toEqual(tally(without("levels").map(({ level }) => level)));
    expect(found.kinds).toEqual(tally(without("kinds").map(({ kind }) => kind)));
    expect(found.states).toEqual(tally(without("states").map(({ state }) => state)));
    const tags = tally(without("tags").flatMap((version) => [...new Set(version.tags)]));
    expect(Object.keys(found.tags!).length).toBe(Math.min(50, Object.keys(tags).length));
    const most = Object.values(tags)
      .sort((a, b) => b - a)
      .slice(0, 50);
    expect(Object.values(found.tags!)).toEqual(most);
    for (const [tag, count] of Object.entries(found.tags!)) expect(tags[tag]).toBe(count);
  });

  test("count under a text, too", async () => {
    const { totalCount } = await search({ text: "deadlock", kinds: ["ESSAY"] });
    expect((await facets({ text: "deadlock" })).kinds!.ESSAY).toBe(totalCount);
  });

  test("cost one statement each, and none when they are not asked for", async () => {
    const statementsOf = async (query: string) => {
      const heard: string[] = [];
      await api.ask(here.people.ann, query);
      api.database.heard = (text) => heard.push(text);
      await api.ask(here.people.ann, query);
      api.database.heard = undefined;
      return heard.filter((text) => text.includes("question_versions")).length;
    };
    expect(await statementsOf("{ searchQuestions { facets { kinds { count } tags { count } } } }")).toBe(2);
    expect(await statementsOf("{ searchQuestions { results(first: 1) { nodes { id } } } }")).toBe(1);
    expect(await statementsOf("{ searchQuestions { __typename } }")).toBe(0);
  });
});

describe("the wall", () => {
  test("keeps another organisation's questions out of every search", async () => {
    const theirs = (await search({ text: "index" }, null, { first: 100 }, there)).nodes.map(({ id }: Found) => id);
    const ours = await walk({ text: "index" }, null, false);
    expect(theirs.length).toBeGreaterThan(1);
    expect(ours.filter((id) => theirs.includes(id))).toEqual([]);
    const { totalCount } = await search({ bankId: bankIds[0]! }, null, {}, there);
    expect(totalCount).toBe(0);
  });

  const asServer = (organization: string | null, text: string) =>
    withClient(serverUrl, async (client) => {
      if (organization) await client.query("select set_config('app.organization', $1, false)", [organization]);
      return client.query<{ id: string }>(text);
    });

  test("holds in the function itself", async () => {
    const text = "select id from matching_question_versions('index or indx')";
    const ours = new Set((await asServer(here.organizationId, text)).rows.map(({ id }) => id));
    const theirs = (await asServer(there.organizationId, text)).rows.map(({ id }) => id);
    expect(ours.size).toBeGreaterThan(100);
    expect(theirs.length).toBeGreaterThan(10);
    expect(theirs.filter((id) => ours.has(id))).toEqual([]);
    for (const nobody of [null, newId("Organization")]) expect((await asServer(nobody, text)).rows).toEqual([]);
  });

  test("stands before the table", async () => {
    await expect(asServer(here.organizationId, "select * from question_search")).rejects.toThrow("permission denied");
  });
});

test("an auditor finds questions, and sees no key", async () => {
  const query = `{ searchQuestions(filter: { text: "index", kinds: [SHORT_TEXT, SINGLE_CHOICE] }) { results(first: 50) { nodes {
    __typename guidance { good } generalFeedback { text }
    ... on ShortTextQuestion { accepted { text } } ... on SingleChoiceQuestion { options { text creditMillis feedback { text } } }
  } } } }`;
  const nodesFor = async (person: "auditor" | "ann") =>
    JSON.stringify((await api.ask(here.people[person], query)).searchQuestions.results.nodes);
  const key = /zygomorphic|Xylophonically|Whippersnapper|Juxtaposition|"creditMillis":\d/;
  expect(await nodesFor("ann")).toMatch(key);
  expect(await nodesFor("auditor")).not.toMatch(key);
  expect(await nodesFor("auditor")).toMatch(/quixotically/);
});

test("a question names the version that counts, in one statement for all", async () => {
  const heard: string[] = [];
  api.database.heard = (text) => heard.push(text);
  const { questions } = await api.ask(
    here.people.ann,
    "{ questions(first: 40) { nodes { id current { number state } versions { nodes { number state } } } } }",
  );
  api.database.heard = undefined;
  expect(heard.filter((text) => text.includes("distinct on")).length).toBe(1);
  for (const { current, versions } of questions.nodes) {
    const ready = versions.nodes.find(({ state }: Found) => state === "READY");
    expect(current).toEqual(ready ?? versions.nodes[0]);
  }
});

test("the index follows what a draft says", async () => {
  const first = truth.find(({ state }) => state === "DRAFT")!;
  const change = (text: string) =>
    api.database.write(here.organizationId, (runner) =>
      runner.query("update question_versions set title = $2 where id = $1", [first.id, text]),
    );
  const found = async (text: string) => (await search({ text })).nodes.map(({ id }: Found) => id);
  await change("Onomatopoeia");
  expect(await found("onomatopoeia")).toEqual([first.id]);
  await change(first.title ?? "None");
  expect(await found("onomatopoeia")).toEqual([]);
});

describe("the plan", () => {
  type Statement = [text: string, values: readonly unknown[]];

  /** The statements of an operation, with their values. */
  async function statementsOf(query: string): Promise<Statement[]> {
    const heard: Statement[] = [];
    api.database.heard = (text, values) => heard.push([text, values]);
    await api.ask(here.people.ann, query);
    api.database.heard = undefined;
    return heard.filter(([text]) => text.includes("question_versions"));
  }

  /** Plans as they are run for the server's login, those inside functions included. */
  const plansOf = (statements: readonly Statement[]): Promise<string[]> =>
    withClient(superuserUrl, async (client) => {
      const plans: string[] = [];
      client.on("notice", ({ message = "" }) => plans.push(message));
      await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_level = notice;
        set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set plan_cache_mode = force_generic_plan;
        set session authorization assay_server`);
      await client.query("select set_config('app.organization', $1, false)", [here.organizationId]);
      for (const [text, values] of statements) await client.query(text, [...values]);
      return plans.filter((plan) => plan.includes("question_"));
    });

  test.each([
    ["a text", 'filter: { text: "deadlock compare" }', "results(first: 20) { nodes { id } }"],
    ["a frequent text", 'filter: { text: "explain" }', "results(first: 20) { nodes { id } totalCount }"],
    ["typos", 'filter: { text: "deadlok idempotancy" }', "results(first: 20) { nodes { id } }"],
    ["a text in another order", 'filter: { text: "cache" } orderBy: LEAST_USED', "results(first: 20) { nodes { id } }"],
    [
      "a text and filters",
      'filter: { text: "cache", states: [READY], levels: [MIDDLE] }',
      "results(first: 20) { nodes { id } }",
    ],
    [
      "facets of a text",
      'filter: { text: "deadlock" }',
      "facets { skills { count } levels { count } kinds { count } tags { count } states { count } }",
    ],
    ["the newest", "orderBy: NEWEST", "results(first: 20) { nodes { id } }"],
    ["the least used", "orderBy: LEAST_USED", "results(first: 20) { nodes { id } }"],
    ["a state", "filter: { states: [IN_REVIEW] }", "results(first: 20) { nodes { id } }"],
    ["a skill", "filter: { skillIds: [] , states: [READY] }", "results(first: 20) { nodes { id } }"],
  ])("of %s reads no table from end to end", async (_, asked, part) => {
    const statements = await statementsOf(`{ searchQuestions(${asked}) { ${part} } }`);
    const plans = await plansOf(statements);
    expect(plans.length).toBeGreaterThanOrEqual(statements.length);
    expect(plans.filter((plan) => /Seq Scan on question_(search|versions)/.test(plan))).toEqual([]);
    if (asked.includes("text")) expect(plans.join("\n")).toContain("ix_question_search_words");
    if (asked.includes("idempotancy")) expect(plans.join("\n")).toContain("ix_question_search_spellings");
  });
});
