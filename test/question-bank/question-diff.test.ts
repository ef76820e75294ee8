import { Tx } from "../../src/platform/db/tx";
import { newId } from "../../src/platform/ids";
import { Question, QuestionSkill, QuestionVersion } from "../../src/question-bank/question.entity";
import { QuestionBank } from "../../src/question-bank/question-bank.entity";
import type { ChoiceOption, QuestionContent } from "../../src/question-bank/question-content.rules";
import { changesBetween, type Told } from "../../src/question-bank/question-diff.rules";
import { unifiedDiff } from "../../src/question-bank/question-diff-lines.rules";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";

const option = (text: string, creditMillis = 0): ChoiceOption => ({
  text,
  format: "PLAIN",
  creditMillis,
  feedback: null,
});
const choice = (...options: ChoiceOption[]): QuestionContent => ({ kind: "SINGLE_CHOICE", options });

const TOLD: Told = {
  kind: "SINGLE_CHOICE",
  title: "Indexes",
  stem: "Which index?",
  stemFormat: "PLAIN",
  content: choice(option("B-tree", 100_000), option("Hash"), option("GIN")),
  generalFeedback: null,
  guidance: { good: "Asks for the query.", followUps: ["And for writes?"], redFlags: [] },
  tags: ["sql", "index"],
  skills: ["sql"],
  level: "MIDDLE",
  difficulty: 2,
  minutes: 5,
  licence: null,
  source: null,
};

type Change = [path: string, before: string | null, after: string | null];

const changes = (before: Told, after: Told, keys = true): Change[] =>
  changesBetween(before, after, { keys }).map(({ path, before: old, after: now }) => [path, old, now]);

const CASES: [what: string, change: Partial<Told>, expected: Change[]][] = [
  ["nothing", {}, []],
  ["a title", { title: "Index" }, [["title", "Indexes", "Index"]]],
  ["a title that goes", { title: null }, [["title", "Indexes", null]]],
  [
    "a number",
    { minutes: 10, difficulty: null },
    [
      ["difficulty", "2", null],
      ["minutes", "5", "10"],
    ],
  ],
  ["a tag more", { tags: ["postgresql", "sql", "index"] }, [["tags.0", null, "postgresql"]]],
  ["a tag less", { tags: ["index"] }, [["tags.0", "sql", null]]],
  ["another tag", { tags: ["sql", "indexes"] }, [["tags.1", "index", "indexes"]]],
  ["tags in another order", { tags: ["index", "sql"] }, [["tags", "sql\nindex", "index\nsql"]]],
  ["a skill more", { skills: ["sql", "indexes"] }, [["skills.1", null, "indexes"]]],
  ["another main skill", { skills: ["indexes", "sql"] }, [["skills.0", null, "indexes"]]],
  [
    "an option put before the others",
    { content: choice(option("BRIN"), option("B-tree", 100_000), option("Hash"), option("GIN")) },
    [
      ["options.0.text", null, "BRIN"],
      ["options.0.format", null, "PLAIN"],
      ["options.0.creditMillis", null, "0"],
    ],
  ],
  [
    "an option that is worded anew",
    { content: choice(option("B-tree", 100_000), option("Hash index"), option("GIN")) },
    [["options.1.text", "Hash", "Hash index"]],
  ],
  [
    "an option taken out",
    { content: choice(option("B-tree", 100_000), option("GIN")) },
    [
      ["options.1.text", "Hash", null],
      ["options.1.format", "PLAIN", null],
      ["options.1.creditMillis", "0", null],
    ],
  ],
  [
    "the key",
    { content: choice(option("B-tree"), option("Hash", 100_000), option("GIN")) },
    [
      ["options.0.creditMillis", "100000", "0"],
      ["options.1.creditMillis", "0", "100000"],
    ],
  ],
  [
    "options in another order",
    { content: choice(option("GIN"), option("B-tree", 100_000), option("Hash")) },
    [["options", "B-tree\nHash\nGIN", "GIN\nB-tree\nHash"]],
  ],
  [
    "feedback on an option",
    {
      content: choice(
        { ...option("B-tree", 100_000), feedback: { text: "Yes", format: "PLAIN" } },
        option("Hash"),
        option("GIN"),
      ),
    },
    [
      ["options.0.feedback.text", null, "Yes"],
      ["options.0.feedback.format", null, "PLAIN"],
    ],
  ],
  [
    "the guidance",
    { guidance: { good: "Asks first.", followUps: ["And for writes?", "And for sorting?"], redFlags: [] } },
    [
      ["guidance.good", "Asks for the query.", "Asks first."],
      ["guidance.followUps.1", null, "And for sorting?"],
    ],
  ],
  [
    "guidance that goes",
    { guidance: null },
    [
      ["guidance.good", "Asks for the query.", null],
      ["guidance.followUps.0", "And for writes?", null],
    ],
  ],
  [
    "general feedback",
    { generalFeedback: { text: "See the manual.", format: "MARKDOWN" } },
    [
      ["generalFeedback.text", null, "See the manual."],
      ["generalFeedback.format", null, "MARKDOWN"],
    ],
  ],
];

describe("two versions", () => {
  test.each(CASES)("differ by %s", (_, change, expected) => {
    expect(changes(TOLD, { ...TOLD, ...change })).toEqual(expected);
  });

  test("of another kind differ by all of their content", () => {
    const essay: Told = { ...TOLD, kind: "ESSAY", content: { kind: "ESSAY" } };
    const paths = changes(TOLD, essay).map(([path]) => path);
    expect(paths).toEqual(expect.arrayContaining(["kind", "options.0.text", "options.2.creditMillis"]));
    expect(
      changes(essay, TOLD)
        .map(([path]) => path)
        .sort(),
    ).toEqual(paths.sort());
  });

  test.each<[string, QuestionContent, QuestionContent, Change[]]>([
    [
      "accepted text",
      { kind: "SHORT_TEXT", accepted: [{ text: "b", creditMillis: 100_000, feedback: null }] },
      {
        kind: "SHORT_TEXT",
        accepted: [
          { text: "a", creditMillis: 50_000, feedback: null },
          { text: "b", creditMillis: 100_000, feedback: null },
        ],
      },
      [
        ["acceptedTexts.0.text", null, "a"],
        ["acceptedTexts.0.creditMillis", null, "50000"],
      ],
    ],
    [
      "accepted interval",
      {
        kind: "NUMERIC",
        accepted: [{ low: 1, high: 2, creditMillis: 100_000, feedback: null }],
        feedbackOtherwise: null,
      },
      {
        kind: "NUMERIC",
        accepted: [{ low: 1, high: 3, creditMillis: 100_000, feedback: null }],
        feedbackOtherwise: null,
      },
      [["acceptedIntervals.0.high", "2", "3"]],
    ],
    [
      "answer",
      { kind: "TRUE_FALSE", answer: true, feedbackWhenTrue: null, feedbackWhenFalse: null },
      { kind: "TRUE_FALSE", answer: false, feedbackWhenTrue: null, feedbackWhenFalse: null },
      [["answer", "true", "false"]],
    ],
    [
      "pair",
      {
        kind: "MATCHING",
        pairs: [
          { prompt: { text: "GET", format: "PLAIN" }, answer: "reads" },
          { prompt: null, answer: "waits" },
        ],
      },
      {
        kind: "MATCHING",
        pairs: [
          { prompt: null, answer: "waits" },
          { prompt: { text: "GET", format: "PLAIN" }, answer: "fetches" },
        ],
      },
      [
        ["pairs", "GET\nwaits", "waits\nGET"],
        ["pairs.1.answer", "reads", "fetches"],
      ],
    ],
  ])("differ by an %s, for whoever may see the key and nobody else", (_, before, after, expected) => {
    const [left, right] = [before, after].map((content) => ({ ...TOLD, kind: content.kind, content }));
    expect(changes(left!, right!)).toEqual(expected);
    const hidden = changes(left!, right!, false);
    // What may belong to the prompts is no secret; which belongs to which is.
    expect(hidden).toEqual(before.kind === "MATCHING" ? [["answers.0", "reads", "fetches"]] : []);
  });

  test("hide key, feedback and guidance from whoever may not see them", () => {
    const after: Told = {
      ...TOLD,
      title: "Other",
      content: choice(
        { ...option("B-tree"), feedback: { text: "No", format: "PLAIN" } },
        option("Hash", 100_000),
        option("GIN"),
      ),
      generalFeedback: { text: "Hash", format: "PLAIN" },
      guidance: null,
    };
    expect(changes(TOLD, after, false)).toEqual([["title", "Indexes", "Other"]]);
  });
});

describe("a patch", () => {
  const lines = (...some: string[]) => some.join("\n");

  test.each([
    ["a line more", lines("a", "b"), lines("a", "x", "b"), lines("@@ -1,2 +1,3 @@", " a", "+x", " b")],
    ["a line less", lines("a", "x", "b"), lines("a", "b"), lines("@@ -1,3 +1,2 @@", " a", "-x", " b")],
    ["a line changed", lines("a", "b"), lines("a", "c"), lines("@@ -1,2 +1,2 @@", " a", "-b", "+c")],
    [
      "what stays between",
      lines("a", "k", "b"),
      lines("x", "k", "y"),
      lines("@@ -1,3 +1,3 @@", "-a", "+x", " k", "-b", "+y"),
    ],
    ["a line repeated", lines("a", "a"), lines("a", "a", "a"), lines("@@ -1,2 +1,3 @@", " a", " a", "+a")],
    ["an empty line", lines("a", "b"), lines("a", "", "b"), lines("@@ -1,2 +1,3 @@", " a", "+", " b")],
    [
      "three lines around",
      lines("1", "2", "3", "4", "5", "6", "7", "8", "9"),
      lines("1", "2", "3", "4", "x", "6", "7", "8", "9"),
      lines("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"),
    ],
  ])("shows %s", (_, before, after, expected) => expect(unifiedDiff(before, after)).toBe(expected));

  test("of two long texts takes no time", () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join("\n");
    expect(unifiedDiff(long("a"), long("b")).split("\n")).toHaveLength(40_001);
  });

  test("is there for a text of several lines alone", () => {
    const [change] = changesBetween(TOLD, { ...TOLD, stem: "Which index?\nWhy?" }, { keys: true });
    expect(change).toMatchObject({ path: "stem", patch: "@@ -1,1 +1,2 @@\n Which index?\n+Why?" });
    const [single] = changesBetween(TOLD, { ...TOLD, stem: "Why?" }, { keys: true });
    expect(single!.patch).toBeNull();
  });
});

describe("over the API", () => {
  let api: Api;
  let here: Company;
  let questionIds: string[];

  beforeAll(async () => {
    api = await startApi();
    here = await company(api.database);
    const { organizationId, skillIds } = here;
    await api.database.write(organizationId, async (runner) => {
      const tx = new Tx(here.as("admin"), api.database, runner);
      const bank = await tx.insert(QuestionBank, { name: "Diffs", description: "", externalKey: null });
      const questions = await tx.insertAll(
        Question,
        [1, 2, 3].map(() => ({ bankId: bank.id, externalKey: null, latestNumber: 2 })),
      );
      questionIds = questions.map(({ id }) => id);
      const { skills: _, ...said } = TOLD;
      const rest = { ...said, tags: [...TOLD.tags], checksum: "", useCount: 0, lastUsedAt: null };
      const after = { title: "Index", content: choice(option("B-tree"), option("Hash", 100_000), option("GIN")) };
      for (const { id: questionId } of questions) {
        const id = newId("QuestionVersion");
        await tx.insert(QuestionVersion, { ...rest, questionId, number: 1, state: "READY" });
        await tx.insert(QuestionVersion, { ...rest, ...after, id, questionId, number: 2, state: "DRAFT" });
        await tx.insert(QuestionSkill, { questionVersionId: id, skillId: skillIds.sql! });
      }
    });
  });

  afterAll(() => api.close());

  const DIFF = `query Diff($ids: [ID!]!, $from: Int!, $to: Int!) {
    nodes(ids: $ids) { ... on Question { diff(from: $from, to: $to) { path before after patch } } }
  }`;
  const read = (person: "ann" | "auditor", from: number, to: number) =>
    api.send(here.people[person], DIFF, { ids: questionIds, from, to });

  test("a question tells what changed, either way, and nothing between a version and itself", async () => {
    const { data } = await read("ann", 1, 2);
    const expected = [
      { path: "title", before: "Indexes", after: "Index", patch: null },
      { path: "skills.0", before: null, after: "sql", patch: null },
      { path: "options.0.creditMillis", before: "100000", after: "0", patch: null },
      { path: "options.1.creditMillis", before: "0", after: "100000", patch: null },
    ];
    expect(data.nodes).toEqual(questionIds.map(() => ({ diff: expected })));
    const { data: back } = await read("ann", 2, 1);
    expect(back.nodes[0].diff[0]).toEqual({ path: "title", before: "Index", after: "Indexes", patch: null });
    expect((await read("ann", 2, 2)).data.nodes[0].diff).toEqual([]);
  });

  test("an auditor is not told of the key", async () => {
    const { data } = await read("auditor", 1, 2);
    expect(data.nodes[0].diff.map(({ path }: { path: string }) => path)).toEqual(["title", "skills.0"]);
  });

  test.each([
    ["from", 0, 1],
    ["from", 3, 1],
    ["to", 1, -2],
    ["to", 1, 2_147_483_647],
  ])("a version that is not there is refused at %s", async (field, from, to) => {
    const { errors } = await read("ann", from, to);
    expect(errors?.[0]?.extensions).toEqual({ code: "NOT_FOUND", field: [field] });
  });

  test("many questions cost what one costs", async () => {
    const cost = async (ids: string[]) => {
      let statements = 0;
      api.database.heard = () => statements++;
      await api.ask(here.people.ann, DIFF, { ids, from: 1, to: 2 });
      api.database.heard = undefined;
      return statements;
    };
    await cost(questionIds);
    expect(await cost(questionIds)).toBe(await cost(questionIds.slice(0, 1)));
  });
});
