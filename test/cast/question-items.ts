import fc from "fast-check";
import { draftOf, type ItemText, type QuestionItem } from "../../src/question-bank/question-item.rules";
import { questionShape } from "../../src/question-bank/question-shape.section";
import { wordingFaults } from "../../src/question-bank/wording.rules";

/** What readers and writers of files stumble over. */
export const MARKS = [
  "[html]",
  "[markdown]",
  "[Plain]",
  "=",
  "+1",
  "-1",
  "@",
  "'",
  "''",
  "\t",
  "\n",
  '"',
  ",",
  ";",
  "\\",
  "\\n",
  "±",
  "..",
  "x",
  " ",
  "é",
  "🦄",
];
const LETTERS = fc.array(fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: "grapheme", maxLength: 3 })), {
  maxLength: 8,
});
export const prose = LETTERS.map((parts) => parts.join(""));
export const saying = prose.map((text) => `${text}.`);
export const line = saying.map((text) => [...text.replace(/[\t\n]/g, " ")].slice(0, 50).join(""));
const format = fc.constantFrom("MARKDOWN", "HTML", "PLAIN", "MOODLE");
const itemText: fc.Arbitrary<ItemText> = fc.oneof(prose, fc.record({ text: prose, format })) as fc.Arbitrary<ItemText>;
const stem = fc.oneof(saying, fc.record({ text: saying, format }));
export const may = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((each) => each + 0);
const percent = fc.integer({ min: 0, max: 99_999 }).map((millis) => millis / 1000);
const distinctBy = { minLength: 2, maxLength: 6, selector: (each: { text: string }) => each.text.trim() };
const option = fc.record({ text: saying, format: may(format), feedback: may(itemText) });
const wrong = may(
  fc
    .oneof(
      percent,
      percent.map((each) => -each),
    )
    .map((each) => each + 0),
);
const credited = { credit: may(percent), feedback: may(itemText) };

const options = fc.uniqueArray(option, distinctBy);
const single = options.chain((all) =>
  fc
    .tuple(fc.nat(all.length - 1), fc.array(wrong, { minLength: all.length, maxLength: all.length }))
    .map(([right, credits]) => ({
      kind: "SINGLE_CHOICE",
      options: all.map((each, index) =>
        index === right ? { ...each, right: true } : { ...each, credit: credits[index] },
      ),
    })),
);
const multiple = options.chain((all) =>
  fc.oneof(
    fc.integer({ min: 1, max: all.length }).map((rights) => ({
      kind: "MULTIPLE_CHOICE",
      options: all.map((each, index) => (index < rights ? { ...each, right: true } : { ...each, credit: -12.5 })),
    })),
    percent.map((credit) => ({
      kind: "MULTIPLE_CHOICE",
      options: all.map((each, index) => ({
        ...each,
        credit: index === 0 ? credit : index === 1 ? (100_000 - Math.round(credit * 1000)) / 1000 : undefined,
      })),
    })),
  ),
);
const trueFalse = fc.record({
  kind: fc.constant("TRUE_FALSE"),
  answer: fc.boolean(),
  feedbackWhenTrue: may(itemText),
  feedbackWhenFalse: may(itemText),
});
const shortText = fc
  .uniqueArray(fc.record({ text: saying, ...credited }), { ...distinctBy, minLength: 1 })
  .map(([first, ...rest]) => ({ kind: "SHORT_TEXT", accepted: [first!.text, ...rest] }));
const numeric = fc
  .tuple(
    number,
    fc.uniqueArray(fc.record({ low: number, width: fc.nat(9), ...credited }), {
      maxLength: 4,
      selector: ({ low }) => low,
    }),
    may(fc.double({ min: 0, max: 5, noNaN: true })),
    may(itemText),
  )
  .map(([value, ranges, tolerance, feedbackOtherwise]) => ({
    kind: "NUMERIC",
    accepted: [
      { value, tolerance },
      ...ranges.map(({ low, width, ...rest }) => ({ low, high: low + width + 1, ...rest })),
    ],
    feedbackOtherwise,
  }));
const matching = fc
  .uniqueArray(fc.record({ prompt: may(stem), answer: saying }), {
    minLength: 2,
    maxLength: 6,
    selector: ({ prompt, answer }) => (typeof prompt === "object" ? prompt.text : (prompt ?? answer)).trim(),
  })
  .map((pairs) => ({ kind: "MATCHING", pairs: [{ prompt: "first", answer: "first" }, ...pairs] }));
const open = fc.record({ kind: fc.constantFrom("ESSAY", "DISCUSSION") });

const said = fc.record({
  key: line,
  bank: fc.constant("b"),
  title: may(line),
  skills: fc.uniqueArray(fc.constantFrom("sql", "rest-api", "git", "c2")),
  level: may(fc.constantFrom("JUNIOR", "MIDDLE_PLUS", "SENIOR")),
  difficulty: may(fc.integer({ min: 1, max: 5 })),
  minutes: may(fc.integer({ min: 1, max: 240 })),
  tags: fc.array(line, { maxLength: 4 }),
  licence: may(line),
  source: may(line),
  stem,
  generalFeedback: may(itemText),
  guidance: may(
    fc.record({
      good: prose,
      followUps: fc.array(saying, { maxLength: 3 }),
      redFlags: fc.array(saying, { maxLength: 3 }),
    }),
  ),
});
/** Any question that the public format allows, of every kind, in the bank `b`. */
export const questionItem: fc.Arbitrary<QuestionItem> = fc
  .tuple(said, fc.oneof(single, multiple, trueFalse, shortText, numeric, matching, open))
  .map(([common, content]) => ({ ...common, ...content }) as QuestionItem)
  .filter((each) => questionShape.safeParse(each).success && wordingFaults(draftOf(each)).length === 0);
