import fc from "fast-check";
import { contentFaults, stemFaults } from "../../src/question-bank/content-fault.rules";
import { type GiftItem, readGift } from "../../src/question-bank/gift.rules";

const read = (text: string) => [...readGift(text)];
const only = (text: string) => {
  const items = read(text);
  expect(items).toHaveLength(1);
  return items[0] as GiftItem;
};
const question = (text: string) => {
  const { outcome } = only(text);
  if (outcome.kind !== "question") throw new Error(outcome.reason);
  return outcome;
};
const short = ({ line, outcome }: GiftItem) =>
  `${line} ${outcome.kind === "question" ? outcome.content.kind : outcome.kind === "refused" ? outcome.code : "ignored"}`;
const outline = (text: string) => read(text).map(short);
const texts = (text: string) => {
  const { content } = question(text);
  if (content.kind === "SINGLE_CHOICE") return content.options.map((option) => option.text);
  return content.kind === "SHORT_TEXT" ? content.accepted.map((accepted) => accepted.text) : [];
};

test.each(["", "\uFEFF", "\n\n  \n", "// only\n\n  // comments {"])("%j holds no question", (text) => {
  expect(read(text)).toEqual([]);
});

const blocks: [situation: string, text: string, expected: string[]][] = [
  ["a byte order mark", "\uFEFFQ {T}", ["1 TRUE_FALSE"]],
  ["CRLF", "Q {T}\r\n\r\nR {\r\n=a\r\n~b\r\n}\r\n", ["1 TRUE_FALSE", "3 SINGLE_CHOICE"]],
  ["a lone CR", "Q {T}\r\rR {F}", ["1 TRUE_FALSE", "3 TRUE_FALSE"]],
  ["blank lines inside braces", "Q {\n\n=a\n \n\n~b\n\n}\n\nR {T}", ["1 SINGLE_CHOICE", "10 TRUE_FALSE"]],
  ["a brace in a comment", "// { \nQ {\n// }{\n=a ~b}\n\nR {T}", ["2 SINGLE_CHOICE", "6 TRUE_FALSE"]],
  ["a closing brace in a comment", "Q {\n// }\n\n=a ~b}\n\nR {T}", ["1 SINGLE_CHOICE", "6 TRUE_FALSE"]],
  ["escaped braces", "Is \\{ a\n\\} set? {T}\n\nR {=\\{ ~\\}}", ["1 TRUE_FALSE", "4 SINGLE_CHOICE"]],
  ["a category without a blank line", "$CATEGORY: a\nQ {T}\n$CATEGORY: b", ["1 ignored", "2 TRUE_FALSE", "3 ignored"]],
  ["two questions without a blank line", "Q {T}\nR {F}\n\nS {T}", ["1 SEVERAL_ANSWER_BLOCKS", "4 TRUE_FALSE"]],
  [
    "an open brace before a question",
    "Q {=a\n~b\n\nR {T}\n\nS {F}",
    ["1 BRACE_UNCLOSED", "4 TRUE_FALSE", "6 TRUE_FALSE"],
  ],
  ["an open brace before a title", "Q {=a\n\n::R:: R {T}", ["1 BRACE_UNCLOSED", "3 TRUE_FALSE"]],
  [
    "an open brace before a category",
    "Q {=a\n\n$CATEGORY: c\n\nR {T}",
    ["1 BRACE_UNCLOSED", "3 ignored", "5 TRUE_FALSE"],
  ],
  ["an open brace at the end", "Q {T}\n\nR {=a", ["1 TRUE_FALSE", "3 BRACE_UNCLOSED"]],
  ["a stray brace", "Q =a}\n\nR {T}", ["1 BRACE_STRAY", "3 TRUE_FALSE"]],
  ["NUL", "Q {T}\n\nA\u0000B {T}\n\nR {F}", ["1 TRUE_FALSE", "3 CHARACTER_NOT_STORABLE", "5 TRUE_FALSE"]],
  ["half a surrogate pair", "Q {=\uD83D ~b}", ["1 CHARACTER_NOT_STORABLE"]],
];

test.each(blocks)("%s: each question keeps its line and its own fault", (_, text, expected) => {
  expect(outline(text)).toEqual(expected);
});

const readings: [gift: string, texts: string[]][] = [
  ["Which: a or b? {=a: 1 ~b}", ["a: 1", "b"]],
  ["Smile {=\u{1F600} ~b}", ["\u{1F600}", "b"]],
  ["Two lines {=first\nsecond ~b}", ["first second", "b"]],
  ["Comment {=a\n// not an answer\n~b}", ["a", "b"]],
  ["Format of an integer {=%d ~%s}", ["%d", "%s"]],
  ["Arrows {=tea -> cup ~cup -> tea}", ["tea -> cup", "cup -> tea"]],
  ["Capital of Japan {Tokyo}", ["Tokyo"]],
  ["Escapes {=\\{\\}\\=\\~\\#\\:\\\\ ~b}", ["{}=~#:\\", "b"]],
];

test.each(readings)("%s is read as Moodle reads it", (gift, expected) => {
  expect(texts(gift)).toEqual(expected);
});

const refusals: [gift: string, code: string, place: string, mending: string][] = [
  ["\nNo answer", "NO_ANSWER_BLOCK", "line 2, column 1", "add {} for an essay"],
  ["::Title {T}", "TITLE_UNCLOSED", "line 1, column 1", "close it with ::"],
  ["{T}", "STEM_BLANK", "line 1, column 1", "write the question before the {"],
  ["[html] {T}", "STEM_UNREADABLE", "line 1, column 1", "followed by text"],
  ["Q {=a\n// c\n\n {b} ~c}", "BRACE_UNCLOSED", "line 1, column 3", "add the }"],
  ["Q {=a {b} ~c}", "BRACE_NESTED", "line 1, column 7", "write \\{"],
  ["Q {=a\n~%5O%b}", "WEIGHT_UNREADABLE", "line 2, column 2", "~%50%"],
  ["Q {=a ~%150%b}", "WEIGHT_UNREADABLE", "line 1, column 8", "from -100 to 100"],
  ["Q {= ~b}", "CHOICE_UNREADABLE", "line 1, column 4", "give it a text"],
  ["Q {=}", "SHORT_TEXT_UNREADABLE", "line 1, column 4", "give it a text"],
  ["Q {true}", "TRUE_FALSE_UNREADABLE", "line 1, column 4", "in capitals"],
  ["Q {#3,14}", "NUMERIC_UNREADABLE", "line 1, column 6", "{#3.14}"],
  ["Q {=a -> b\n\n// c\n=c}", "MATCHING_UNREADABLE", "line 4, column 1", "=prompt -> answer"],
  ["Q {=a -> }", "MATCHING_UNREADABLE", "line 1, column 4", "=prompt -> answer"],
  ["Q {=a -> b}", "TOO_FEW_PAIRS", "line 1, column 1", "two different answers"],
  ["Q {~a ~b}", "NO_RIGHT_ANSWER", "line 1, column 1", "with ="],
  ["Q {=a =b ~c}", "SEVERAL_RIGHT_OPTIONS", "line 1, column 1", "~%50%"],
  ["Q {=a ~a}", "TEXT_TWICE", "line 1, column 1", "remove one"],
  ["Q {~%50%a ~%40%b ~c}", "CREDITS_DO_NOT_ADD_UP", "line 1, column 1", "90 %"],
  ["Q {=%-5%a =b}", "CREDIT_OUT_OF_RANGE", "line 1, column 1", "%0%"],
  ["Q {#1:-1}", "LOW_ABOVE_HIGH", "line 1, column 1", "lower number first"],
  ["Q {#5..1}", "LOW_ABOVE_HIGH", "line 1, column 1", "lower number first"],
  [`Q {#${"9".repeat(400)}}`, "NUMBER_NOT_FINITE", "line 1, column 1", "ordinary size"],
  ["Q {#=5 =#any}", "NUMBER_NOT_FINITE", "line 1, column 1", "right behind ="],
  ["a\u0000 {T}", "CHARACTER_NOT_STORABLE", "line 1, column 2", "U+0000"],
  [`Q {=a\n${"~b ".repeat(200)}}`, "TOO_MANY_ANSWERS", "line 2, column 598", "remove some"],
  [`Q {${"=a -> b ".repeat(201)}}`, "TOO_MANY_ANSWERS", "line 1, column 1604", "at most 50"],
  [`Q {=a ~${"b".repeat(100_000)}}`, "QUESTION_TOO_LONG", "line 1, column 100001", "shorten it"],
];

test.each(refusals)("%j is refused: what, where, how to mend", (gift, code, place, mending) => {
  const refused = read(gift).find(({ outcome }) => outcome.kind === "refused")?.outcome;
  expect(refused).toMatchObject({ kind: "refused", code });
  const { reason, at } = refused as Extract<GiftItem["outcome"], { kind: "refused" }>;
  expect(reason).toContain(`${place}: `);
  expect(reason).toContain(mending);
  expect(place).toBe(`line ${at.line}, column ${at.column}`);
  expect(reason).not.toMatch(/Expected|\(.*whitespace/);
  expect(reason.length).toBeLessThan(220);
});

test("signs that begin no answer are not counted", () => {
  expect(outline(`Q {T#${"a = b ".repeat(300)}}`)).toEqual(["1 TRUE_FALSE"]);
  expect(outline(`Q {=${"\\=\\~".repeat(300)}}`)).toEqual(["1 SHORT_TEXT"]);
  expect(outline(`${"1 = 1 ".repeat(300)} {T}`)).toEqual(["1 TRUE_FALSE"]);
  expect(outline(`Q {${Array.from({ length: 199 }, (_, index) => `~${index}`).join(" ")} =right}`)).toEqual([
    "1 SINGLE_CHOICE",
  ]);
});

test("ids and tags come from the comments of the question, the category from above", () => {
  const items = read(
    "$CATEGORY: a/b\n\n// [id:x\\]1] [tag:one]\n// [tag:two] [tag:one]\n::T:: Q {T}\n\n$CATEGORY:\nR {F}",
  );
  expect(items.map(({ title, externalKey, tags, category }) => ({ title, externalKey, tags, category }))).toEqual([
    { title: null, externalKey: null, tags: [], category: "a/b" },
    { title: "T", externalKey: "x]1", tags: ["one", "two"], category: "a/b" },
    { title: null, externalKey: null, tags: [], category: null },
    { title: null, externalKey: null, tags: [], category: null },
  ]);
});

test("the second question with an id is refused", () => {
  const text = "// [id:7]\nQ {T}\n\n// [id:7]\nR {F}";
  expect(outline(text)).toEqual(["2 TRUE_FALSE", "5 KEY_TWICE"]);
  expect(read(text)[1]?.outcome).toMatchObject({ reason: expect.stringContaining("line 2") });
});

test("a byte order mark is no part of the question", () => {
  expect(question("\uFEFFQ {T}").stem.text).toBe("Q");
  expect(only("\uFEFFQ {true}").outcome).toMatchObject({ at: { line: 1, column: 4 } });
  expect(only("\uFEFF$CATEGORY: a").category).toBe("a");
});

test("a missing word leaves a blank in the stem", () => {
  expect(question("Grant is {~buried =entombed} in it.").stem.text).toBe("Grant is _____ in it.");
});

test("bounds are exact decimals, so that the bound itself is accepted", () => {
  expect(question("Root {#4.35:0.05}").content).toMatchObject({ accepted: [{ low: 4.3, high: 4.4 }] });
  expect(question("Sum {#0.3:0.1}").content).toMatchObject({ accepted: [{ low: 0.2, high: 0.4 }] });
});

test("feedback without a number is for every other number", () => {
  expect(question("Q {#=5 ~#no}").content).toMatchObject({ accepted: [{ low: 5 }], feedbackOtherwise: { text: "no" } });
});

test("escaped characters on the right of an arrow are put back", () => {
  expect(question("Q {=a -> x\\:y =b -> c}").content).toMatchObject({ pairs: [{ answer: "x:y" }, { answer: "c" }] });
});

test.each([
  ["TRUE", "wrong", "right"],
  ["FALSE", "right", "wrong"],
])("the first feedback of {%s} is for the wrong answer", (answer, whenFalse, whenTrue) => {
  const { content } = question(`Q {${answer}#wrong#right}`);
  expect(content).toMatchObject({ feedbackWhenTrue: { text: whenTrue }, feedbackWhenFalse: { text: whenFalse } });
});

test("5,000 questions in a megabyte take a few seconds at most", () => {
  const filler = "with enough words to fill the file: as real ones do ".repeat(2);
  const file = Array.from(
    { length: 5000 },
    (_, n) => `// [id:${n}]\n::Q${n}:: What is ${n} ${filler}? {\n=r ${n}\n~w\n}\n`,
  );
  const started = performance.now();
  const items = read(file.join("\n"));
  const seconds = (performance.now() - started) / 1000;
  expect(items.filter(({ outcome }) => outcome.kind === "question")).toHaveLength(5000);
  expect(seconds).toBeLessThan(15);
});

test("brackets that never close do not stall the reading of comments", () => {
  const started = performance.now();
  expect(outline(`//${"[id:".repeat(100_000)}\nQ {T}`)).toEqual(["2 TRUE_FALSE"]);
  expect((performance.now() - started) / 1000).toBeLessThan(10);
});

const scraps = [
  "{",
  "}",
  "=",
  "~",
  "#",
  ":",
  "::",
  "\\",
  "%",
  "%50%",
  "->",
  "//",
  "[id:1]",
  "[html]",
  "$CATEGORY:",
  "T",
  "a",
];
const breaks = ["\n", "\n\n", "\r\n", "\r", " ", "\uFEFF", "\u0000", "\uD800", "\uFDD0", "\u2028", "\u{1F600}"];
const giftLike = fc.array(fc.constantFrom(...scraps, ...breaks), { maxLength: 60 }).map((parts) => parts.join(""));
const anyText = fc.oneof(giftLike, fc.string({ unit: "binary", maxLength: 200 }));

test("any text is read without throwing, and every line that counts belongs to exactly one item", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const items = read(text);
      const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
      lines.forEach((line, index) => {
        if (line.trim() === "" || line.trim().startsWith("//")) return;
        expect(items.filter((item) => item.line <= index + 1 && index + 1 <= item.lastLine)).toHaveLength(1);
      });
    }),
    { numRuns: 2000 },
  );
});

test("what is accepted is valid and survives JSON", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { outcome } of read(`Q {${text}}`)) {
        if (outcome.kind !== "question") continue;
        expect([...stemFaults(outcome.stem), ...contentFaults(outcome.content)]).toEqual([]);
        expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
        expect(JSON.stringify(outcome)).not.toMatch(/[\uFDD0-\uFDEF]/);
      }
    }),
    { numRuns: 2000 },
  );
});

const valid = [
  "Q {T}",
  "::t: x:: Q {=a\n\n~b}",
  "Q {#1..2}",
  "Q\n// c {\n{=a -> b\n=c -> d}",
  "// note\nQ {}",
  "Q {=x} end.",
];

test("valid questions one after the other keep their number and their lines", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...valid), { maxLength: 12 }), (questions) => {
      let next = 1;
      const expected = questions.map((each) => {
        const line = next + (each.startsWith("//") ? 1 : 0);
        next += each.split("\n").length + 1;
        return `${line} question`;
      });
      expect(read(questions.join("\n\n")).map(({ line, outcome }) => `${line} ${outcome.kind}`)).toEqual(expected);
    }),
  );
});
