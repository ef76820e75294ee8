import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GiftItem, readGift } from "../../src/question-bank/gift.rules";
import { readTable } from "../../src/question-bank/question-tables.section";
import { wordingFaults, wordingOf } from "../../src/question-bank/wording.rules";

function items(text: string) {
  const read = readTable("GIFT", text);
  if ("faults" in read) throw new Error("a GIFT file is read question by question");
  return [...read.items];
}

test("a question keeps its line, key, title, tags and general feedback", () => {
  const [item] = items("// a file\n\n// [id:q1] [tag:a] [tag:b]\n::Title:: [html]Is it? {T####Because.}");
  expect(item).toMatchObject({ line: 4, path: "questions.0", key: "q1", title: "Title", faults: [] });
  expect(item!.lineAt("stem")).toBe(4);
  expect(item!.value).toEqual({
    key: "q1",
    skills: [],
    draft: {
      kind: "TRUE_FALSE",
      title: "Title",
      tags: ["a", "b"],
      stem: "Is it?",
      stemFormat: "HTML",
      answer: true,
      feedbackWhenTrue: null,
      feedbackWhenFalse: null,
      generalFeedback: { text: "Because.", format: "HTML" },
    },
  });
});

test("a category is no question, and says why", () => {
  const [category, question] = items("$CATEGORY: a/b\n\nQ {T}");
  expect(category).toMatchObject({ value: null, faults: [], ignored: "sets the category to a/b", path: "questions.0" });
  expect(question).toMatchObject({ path: "questions.1", line: 3 });
  expect(question!.ignored).toBeUndefined();
});

test("a question that cannot be read keeps the reason of the reader, with its line and column", () => {
  const [good, bad] = items("Q {T}\n\n// [id:x]\nR {\n~a\n~b\n}");
  expect(good!.faults).toEqual([]);
  expect(bad).toMatchObject({ value: null, key: "x", line: 4, faults: [{ line: 4, path: "" }] });
  expect(bad!.faults[0]!.message).toMatch(/^line 4, column 1: no option earns credit/);
});

const TOO_LONG: [what: string, gift: string, path: string][] = [
  ["a title", `::${"t".repeat(201)}:: Q {T}`, "title"],
  ["a tag", `// [tag:${"t".repeat(61)}]\nQ {T}`, "tags.0"],
  ["a short answer", `Q {=${"t".repeat(1001)}}`, "accepted.0"],
  ["an answer with part of the credit", `Q {=a =%50%${"t".repeat(1001)}}`, "accepted.1.text"],
  ["a list of options", `Q {=a ${Array.from({ length: 50 }, (_, index) => `~${index}`).join(" ")}}`, "options"],
];

test.each(TOO_LONG)("%s that no export could bring back is refused", (_, gift, path) => {
  const [item] = items(gift);
  expect(item!.value).toBeNull();
  expect(item!.faults.map((fault) => fault.path)).toEqual([path]);
});

const KINDS: [kind: string, gift: string][] = [
  ["SINGLE_CHOICE", "Q {=a#yes ~%50%b ~[html]c}"],
  ["MULTIPLE_CHOICE", "Q {~%50%a ~%50%b ~%-100%c#no}"],
  ["TRUE_FALSE", "Q {F#wrong#right}"],
  ["SHORT_TEXT", "Q {=a =%50%b#half}"],
  ["NUMERIC", "Q {#=3:0.5#yes =%50%1..5 ~#no}"],
  ["MATCHING", "Q {=a -> b =c -> d = -> e}"],
  ["ESSAY", "Q {}"],
];

test.each(KINDS)("%s says as a draft what it said in GIFT", (kind, gift) => {
  const [{ outcome }] = [...readGift(gift)] as [GiftItem];
  if (outcome.kind !== "question") throw new Error(outcome.reason);
  const { draft } = items(gift)[0]!.value!;
  expect(draft.kind).toBe(kind);
  expect(wordingFaults(draft)).toEqual([]);
  expect(wordingOf(draft).content).toEqual(outcome.content);
});

test.each(["totara_moodle_match", "numerical1", "escapeAll", "tag_id_and_two_tags"])(
  "%s.gift is read without a fault",
  (name) => {
    const text = readFileSync(join(__dirname, "gift", `${name}.gift`), "utf8");
    for (const { value, faults } of items(text)) {
      expect(faults).toEqual([]);
      expect(wordingFaults(value!.draft)).toEqual([]);
    }
  },
);

test("a file of more questions than an import takes is given up", () => {
  const message = "the file has 10001 questions; 10000 are taken at once: split it";
  expect(readTable("GIFT", "Q {T}\n\n".repeat(10_001))).toEqual({ faults: [{ line: 1, message }] });
  expect(items("Q {T}\n\n".repeat(10_000))).toHaveLength(10_000);
});
