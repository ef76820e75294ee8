import { contentFaults, stemFaults } from "../../src/question-bank/content-fault.rules";
import type { QuestionContent } from "../../src/question-bank/question-content.rules";

const option = (text: string, creditMillis: number) => ({
  text,
  creditMillis,
  format: "PLAIN" as const,
  feedback: null,
});
const single = (...options: ReturnType<typeof option>[]): QuestionContent => ({ kind: "SINGLE_CHOICE", options });
const multiple = (...options: ReturnType<typeof option>[]): QuestionContent => ({ kind: "MULTIPLE_CHOICE", options });
const numeric = (...bounds: [number, number][]): QuestionContent => ({
  kind: "NUMERIC",
  accepted: bounds.map(([low, high]) => ({ low, high, creditMillis: 100_000, feedback: null })),
  feedbackOtherwise: null,
});
const shortText = (text: string, creditMillis = 100_000): QuestionContent => ({
  kind: "SHORT_TEXT",
  accepted: [{ text, creditMillis, feedback: null }],
});
const matching = (...pairs: [string | null, string][]): QuestionContent => ({
  kind: "MATCHING",
  pairs: pairs.map(([text, answer]) => ({ prompt: text === null ? null : { text, format: "PLAIN" }, answer })),
});

const right = option("right", 100_000);
const wrong = option("wrong", 0);

const table: [situation: string, content: QuestionContent, faults: string[]][] = [
  ["one right option", single(right, wrong), []],
  ["part credit and a penalty", single(right, option("near", 50_000), option("far", -100_000)), []],
  ["texts that differ in case", single(right, option("Right", 0)), []],
  ["no right option", single(wrong, option("near", 50_000)), ["NO_RIGHT_ANSWER options"]],
  ["two right options of a single choice", single(right, option("too", 100_000)), ["SEVERAL_RIGHT_OPTIONS options"]],
  ["one option", single(right), ["TOO_FEW_OPTIONS options"]],
  ["a text twice", single(right, option(" right ", 0)), ["TEXT_TWICE options.1.text"]],
  ["an empty text", single(right, option(" ", 0)), ["TEXT_BLANK options.1.text"]],
  ["too much of a penalty", single(right, option("far", -100_001)), ["CREDIT_OUT_OF_RANGE options.1.creditMillis"]],
  ["a fraction of a thousandth", single(right, option("far", 0.5)), ["CREDIT_OUT_OF_RANGE options.1.creditMillis"]],
  ["credits that add up", multiple(option("a", 33_334), option("b", 33_333), option("c", 33_333), wrong), []],
  [
    "credits that miss by a little",
    multiple(option("a", 50_000), option("b", 49_999)),
    ["CREDITS_DO_NOT_ADD_UP options"],
  ],
  ["no right one of several", multiple(wrong, option("b", 0)), ["NO_RIGHT_ANSWER options"]],
  ["a short text", shortText("a"), []],
  ["an empty short text", shortText(""), ["TEXT_BLANK accepted.0.text"]],
  ["a short text of part credit only", shortText("a", 50_000), ["NO_RIGHT_ANSWER accepted"]],
  [
    "a penalty on a short text",
    shortText("a", -1),
    ["NO_RIGHT_ANSWER accepted", "CREDIT_OUT_OF_RANGE accepted.0.creditMillis"],
  ],
  ["a point and an interval around it", numeric([5, 5], [4, 6]), []],
  ["no number", numeric(), ["NO_RIGHT_ANSWER accepted"]],
  ["bounds the wrong way round", numeric([6, 4]), ["LOW_ABOVE_HIGH accepted.0"]],
  ["an endless interval", numeric([0, Infinity]), ["NUMBER_NOT_FINITE accepted.0"]],
  ["no number at all", numeric([Number.NaN, 1]), ["NUMBER_NOT_FINITE accepted.0"]],
  ["an interval twice", numeric([1, 2], [1, 2]), ["INTERVAL_TWICE accepted.1"]],
  ["pairs with a distractor", matching(["a", "x"], ["b", "x"], [null, "y"]), []],
  ["one pair", matching(["a", "x"]), ["TOO_FEW_PAIRS pairs"]],
  ["only one answer to choose", matching(["a", "x"], ["b", "x"]), ["TOO_FEW_PAIRS pairs"]],
  ["distractors only", matching([null, "x"], [null, "y"]), ["TOO_FEW_PAIRS pairs"]],
  ["an empty answer", matching(["a", "x"], ["b", ""]), ["TEXT_BLANK pairs.1.answer"]],
  ["an empty prompt", matching([null, "x"], [" ", "y"], ["c", "z"]), ["TEXT_BLANK pairs.1.prompt.text"]],
  ["a prompt twice", matching([null, "x"], ["b", "y"], ["b", "z"]), ["TEXT_TWICE pairs.2.prompt.text"]],
  ["NUL", single(right, option("a\u0000", 0)), ["CHARACTER_NOT_STORABLE options.1.text"]],
  ["half a surrogate pair", matching(["a", "x"], ["\uD800", "y"]), ["CHARACTER_NOT_STORABLE pairs.1.prompt.text"]],
  ["an essay", { kind: "ESSAY" }, []],
  ["a discussion", { kind: "DISCUSSION" }, []],
  ["true or false", { kind: "TRUE_FALSE", answer: false, feedbackWhenTrue: null, feedbackWhenFalse: null }, []],
];

test.each(table)("%s", (_, content, faults) => {
  expect(contentFaults(content).map(({ code, path }) => `${code} ${path}`)).toEqual(faults);
});

test.each([
  ["a question", []],
  [" \n", ["STEM_BLANK stem"]],
  ["a\u0000", ["CHARACTER_NOT_STORABLE stem"]],
])("the stem %j", (text, faults) => {
  expect(stemFaults({ text, format: "PLAIN" }).map(({ code, path }) => `${code} ${path}`)).toEqual(faults);
});
