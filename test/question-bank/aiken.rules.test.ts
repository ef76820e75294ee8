import { readTable } from "../../src/question-bank/question-tables.section";

function items(text: string) {
  const read = readTable("AIKEN", text);
  if ("faults" in read) throw new Error("an Aiken file is read question by question");
  return [...read.items];
}
const outline = (text: string) =>
  items(text).map(({ line, value }) =>
    value
      ? `${line} ${value.draft.stem} (${value.draft.options?.map(({ text: each }) => each).join(", ")})`
      : `${line} refused`,
  );
const faults = (text: string) =>
  items(text).flatMap((item) => item.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`));

test("a question has a stem in plain text, options, and one that earns all of the credit", () => {
  const [item] = items("What is 1 < 2?\nA. *true*\nB) false\nANSWER: A");
  expect(item).toMatchObject({ line: 1, path: "questions.0", key: null, title: null, faults: [] });
  expect(item!.value).toEqual({
    key: null,
    skills: [],
    draft: {
      kind: "SINGLE_CHOICE",
      stem: "What is 1 < 2?",
      stemFormat: "PLAIN",
      options: [
        { text: "*true*", format: "PLAIN", creditMillis: 100_000, feedback: null },
        { text: "false", format: "PLAIN", creditMillis: 0, feedback: null },
      ],
    },
  });
  expect([item!.lineAt("options.1.text"), item!.lineAt("stem")]).toEqual([3, 1]);
});

test.each(["", "\n\n  \n\t"])("%j holds no question", (text) => {
  expect(items(text)).toEqual([]);
});

const readings: [situation: string, text: string, expected: string[]][] = [
  ["several questions", "Q\nA. a\nB. b\nANSWER: A\n\nR\nA) c\nB) d\nANSWER: B\n", ["1 Q (a, b)", "6 R (c, d)"]],
  ["no blank line behind ANSWER", "Q\nA. a\nB. b\nANSWER: A\nR\nA. c\nB. d\nANSWER: B", ["1 Q (a, b)", "5 R (c, d)"]],
  [
    "many blank lines",
    "\n\nQ\nA. a\nB. b\nANSWER: A\n\n \n\nR\nA. c\nB. d\nANSWER: B\n\n",
    ["3 Q (a, b)", "10 R (c, d)"],
  ],
  ["a stem of several lines", "Q\n  if x:\n    y\nA. a\nB. b\nANSWER: A", ["1 Q\n  if x:\n    y (a, b)"]],
  ["blank lines before options and ANSWER", "Q\n\nA. a\n\nB. b\n\nANSWER: A\n\nR", ["1 Q (a, b)", "9 refused"]],
  ["white space around lines", "  Q \n\tA.\ta \n B)  b\n ANSWER:B ", ["1 Q (a, b)"]],
  ["a full stop behind the letter of ANSWER", "Q\nA. a\nB. b\nANSWER: B.", ["1 Q (a, b)"]],
  [
    "a stem that begins like an abbreviation",
    "e. coli is\nU.S. made?\nA. a\nB. b\nANSWER: B",
    ["1 e. coli is\nU.S. made? (a, b)"],
  ],
  [
    "a faulty question between good ones",
    "Q\nA. a\nB. b\nANSWER: A\n\nR\nA. c\n\nS\nA. e\nB. f\nANSWER: B",
    ["1 Q (a, b)", "6 refused", "9 S (e, f)"],
  ],
];

test.each(readings)("%s: each question keeps its line", (_, text, expected) => {
  expect(outline(text)).toEqual(expected);
});

const AT_LEAST_TWO = "write at least two, as `A. text` with a space behind the full stop";
const LOST_TEXT =
  "text stands behind an option: write each option on one line, as `A. text` with a space behind the full stop, and end the question with `ANSWER:` and a letter";
const NO_STEM = "there is no question above this line: write its text first, on lines of its own";
const ONE_LETTER = "ANSWER names one option: write its letter behind the colon and nothing else, such as `ANSWER: B`";
const options = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}. ${index}`).join("\n");

const refusals: [situation: string, text: string, fault: string][] = [
  ["no ANSWER", "\nQ\nA. a\nB. b", "2 answer: the question has no ANSWER: end it with a line such as `ANSWER: B`"],
  ["ANSWER without a letter", "Q\nA. a\nB. b\nANSWER:", `4 answer: ${ONE_LETTER}`],
  ["ANSWER with two letters", "Q\nA. a\nB. b\nANSWER: A, B", `4 answer: ${ONE_LETTER}`],
  [
    "ANSWER that names no option",
    "Q\nA. a\nB. b\nANSWER: C",
    "4 answer: ANSWER names option C, and the last one is B: name one that is there",
  ],
  [
    "ANSWER with a small letter",
    "Q\nA. a\nB. b\nANSWER: b",
    "4 answer: ANSWER names a capital letter: write `ANSWER: B`",
  ],
  [
    "ANSWER in small letters",
    "Q\nA. a\nB. b\nAnswer: b",
    "4 answer: write `ANSWER: B`, in capitals and with a colon right behind ANSWER",
  ],
  [
    "ANSWER without a colon",
    "Q\nA. a\nB. b\nANSWER B",
    "4 answer: write `ANSWER: B`, in capitals and with a colon right behind ANSWER",
  ],
  [
    "letters out of order",
    "Q\nA. a\nC. c\nANSWER: A",
    "3 : option C stands where option B belongs: letter the options from A, in order",
  ],
  [
    "letters that begin late",
    "Q\nB. b\nC. c\nANSWER: B",
    "2 : option B stands where option A belongs: letter the options from A, in order",
  ],
  [
    "a letter twice",
    "Q\nA. a\nA. b\nANSWER: A",
    "3 : option A stands where option B belongs: letter the options from A, in order",
  ],
  ["no options", "Q\nANSWER: A", `1 options: the question has no options: ${AT_LEAST_TWO}`],
  ["options without a space", "Q\nA.a\nB.b\nANSWER: A", `1 options: the question has no options: ${AT_LEAST_TWO}`],
  ["one option", "Q\nA. a\nANSWER: A", `1 options: the question has one option: ${AT_LEAST_TWO}`],
  [
    "the same option twice",
    "Q\nA. a\nB. b\nC.  a\nANSWER: B",
    "4 options.2: option C repeats option A: change one of them",
  ],
  [
    "an empty option",
    "Q\nA. a\nB.\nANSWER: A",
    "3 : option B is empty: write its text behind the letter, on the same line",
  ],
  ["an option that spans lines", "Q\nA. a\nand more\nB. b\nANSWER: A", `3 : ${LOST_TEXT}`],
  ["a question without ANSWER before the next", "Q\nA. a\nB. b\nR\nA. c\nB. d\nANSWER: A", `4 : ${LOST_TEXT}`],
  ["small letters", "Q\na) x\nb) y\nANSWER: A", "2 : an option begins with a capital letter: write `A.` or `A)`"],
  ["one small letter", "Q\nA) x\nb) y\nANSWER: A", "3 : an option begins with a capital letter: write `B.` or `B)`"],
  ["options without a question", "A. a\nB. b\nANSWER: A", `1 : ${NO_STEM}`],
  ["ANSWER alone", "Q\nA. a\nB. b\nANSWER: A\nANSWER: B", `5 : ${NO_STEM}`],
  [
    "27 options",
    `Q\n${options}\nA. more\nANSWER: A`,
    "28 : there is no letter for more than 26 options: leave some out",
  ],
  [
    "a control character",
    "Q\nA. a\nB. b\u0007\nANSWER: A",
    "3 options.1.text: wants a text without NUL or other control characters",
  ],
];

test.each(refusals)("%s is refused at its line", (_, text, fault) => {
  expect(faults(text)).toEqual([fault]);
  expect(items(text).at(-1)!.value).toBeNull();
});

test("a file of more questions than an import takes is given up", () => {
  const message = "the file has 10001 questions; 10000 are taken at once: split it";
  expect(readTable("AIKEN", "Q\n\n".repeat(10_001))).toEqual({ faults: [{ line: 1, message }] });
  expect(items("Q\n\n".repeat(10_000))).toHaveLength(10_000);
});
