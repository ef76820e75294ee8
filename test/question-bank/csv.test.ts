import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { unifiedText } from "../../src/question-bank/import.rules";
import { draftOf, type QuestionItem } from "../../src/question-bank/question-item.rules";
import { readTable, writeCsv } from "../../src/question-bank/question-tables.section";
import { MARKS, questionItem } from "../cast/question-items";

function items(text: string) {
  const read = readTable("CSV", text);
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return [...read.items];
}
function fileFaults(text: string): string[] {
  const read = readTable("CSV", text);
  return "faults" in read ? read.faults.map(({ line, message }) => `${line}: ${message}`) : [];
}
const faults = (text: string) =>
  items(text).flatMap((item) => item.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`));
const drafts = (text: string) => items(text).map(({ value }) => value?.draft);
const written = (item: object) =>
  writeCsv([{ key: "k", bank: "b", skills: [], tags: [], ...item } as unknown as QuestionItem]);
/** The cells of the only row that say something. */
const cells = (item: object): Record<string, string> => {
  const [row] = parse<Record<string, string>>(written(item), { columns: true });
  return Object.fromEntries(Object.entries(row!).filter(([, cell]) => cell !== ""));
};

const choice = (...options: object[]) => ({ kind: "SINGLE_CHOICE", stem: "Q", options });

test("a row becomes a question, its columns in any order and case", () => {
  const text =
    "Stem,kind,answer1,right1,credit2,answer2,KEY,skills,tags\nQ,single_choice,a,x,25%,b,q1,sql; rest,one;two\n";
  const [item] = items(text);
  expect(item).toMatchObject({ line: 2, path: "questions.0", key: "q1", title: null, faults: [] });
  expect(item!.value).toMatchObject({
    key: "q1",
    skills: ["sql", "rest"],
    draft: {
      kind: "SINGLE_CHOICE",
      stem: "Q",
      stemFormat: "MARKDOWN",
      tags: ["one", "two"],
      options: [
        { text: "a", creditMillis: 100_000 },
        { text: "b", creditMillis: 25_000 },
      ],
    },
  });
});

test("a row without a key has none", () => {
  expect(items("key,kind,stem\n,ESSAY,Q")[0]).toMatchObject({ key: null, value: { key: null } });
  expect(items("kind,stem\nESSAY,Q")[0]).toMatchObject({ key: null, value: { key: null } });
});

test.each(["", "\n\n", ",,,\n , ,\n", "kind,stem\n", "kind,stem\n\n,\n"])("%j holds no question", (text) => {
  expect(items(text)).toEqual([]);
});

test("rows and cells keep their lines behind blank rows and line ends within cells", () => {
  const text = '\nkind,title,stem,difficulty\n\nESSAY,"a\nb","Q\n\nR",9\n,,,\nESSAY,t,S,2\n';
  const [first, second] = items(text);
  expect([first!.line, first!.lineAt("title"), first!.lineAt("stem"), first!.lineAt("difficulty")]).toEqual([
    4, 4, 5, 7,
  ]);
  expect(first!.faults.map(({ line, path }) => `${line} ${path}`)).toEqual(["4 title", "7 difficulty"]);
  expect(second).toMatchObject({ line: 9, path: "questions.1", faults: [] });
});

test("a place of the public format is found in its column", () => {
  const text = 'kind,stem,answer1,right1,answer2,feedback2\nSINGLE_CHOICE,"Q\nQ",a,x,"b\nb",c';
  const [item] = items(text);
  expect(["options.0.text", "options.1", "options.1.feedback.text"].map((path) => item!.lineAt(path))).toEqual([
    3, 3, 4,
  ]);
});

const KNOWN =
  "there are key, kind, title, stem, skills, tags, level, difficulty, minutes, licence, source, prompt1, answer1, right1, credit1, feedback1, otherwise, generalFeedback, guidance, followUps, redFlags, and the numbered ones up to 50";
const MENDING = "put quotes around the whole cell, and write each one within twice";
const STRAY = `a quote stands where none can be: ${MENDING}`;

const UNREADABLE: [situation: string, text: string, expected: string[]][] = [
  ["an unknown column", "kind,stem,colour\n", [`1: the header names \`colour\`, which is no column: ${KNOWN}`]],
  ["a column without a name", "\nkind,stem,\n", [`2: the header names \`\`, which is no column: ${KNOWN}`]],
  ["a 51st answer", "kind,stem,answer51\n", [`1: the header names \`answer51\`, which is no column: ${KNOWN}`]],
  [
    "many unknown columns",
    "kind,stem,a,b,c,d,e,f\n",
    [`1: the header names \`a\`, \`b\`, \`c\`, \`d\`, \`e\`, …, which is no column: ${KNOWN}`],
  ],
  ["a column twice", "kind,stem,Stem\n", ["1: the header names `stem` twice: leave one out"]],
  ["no kind", "stem\n", [`1: the header lacks the column \`kind\`: ${KNOWN}`]],
  ["no stem", "kind\n", [`1: the header lacks the column \`stem\`: ${KNOWN}`]],
  ["a quote within a cell", 'kind,stem\nESSAY,Q\nESSAY,a "b" c\n', [`3: ${STRAY}`]],
  ["text behind a closing quote", 'kind,stem\nESSAY,"a\nb" c\n', [`3: ${STRAY}`]],
  [
    "a quote that is never closed",
    'kind,stem\nESSAY,Q\n\nESSAY,"a\nESSAY,b\n',
    [`4: a cell of the row that begins here opens with a quote and is never closed: ${MENDING}`],
  ],
];

test.each(UNREADABLE)("%s is a fault of the file", (_, text, expected) => {
  expect(fileFaults(text)).toEqual(expected);
});

test("a header that is parted by something else is told so", () => {
  expect(fileFaults("kind;stem\nESSAY;Q")[0]).toBe("1: the header is one cell: part the cells by commas");
});

const NUMBER = "wants a number such as `42`, `42±0.5` or `40..44`, with a full stop for decimals";
const none = (kind: string) => `a question of the kind ${kind} has none: empty the cell`;
const CHOICE = "kind,stem,answer1,right1,credit1,answer2,right2,credit2";
const ROWS: [situation: string, text: string, fault: string][] = [
  [
    "too few cells",
    "kind,stem,title\nESSAY,Q",
    "2 : the row has 2 cells and the header 3: put a comma between all of them, and quotes around a cell that holds a comma",
  ],
  [
    "too many cells",
    "kind,stem\nESSAY,Q,R",
    "2 : the row has 3 cells and the header 2: put a comma between all of them, and quotes around a cell that holds a comma",
  ],
  [
    "no kind",
    "kind,stem\n,Q",
    "2 kind: wants one of SINGLE_CHOICE, MULTIPLE_CHOICE, TRUE_FALSE, SHORT_TEXT, NUMERIC, MATCHING, ESSAY, DISCUSSION",
  ],
  [
    "an unknown kind",
    "kind,stem\nconstructor,Q",
    "2 kind: wants one of SINGLE_CHOICE, MULTIPLE_CHOICE, TRUE_FALSE, SHORT_TEXT, NUMERIC, MATCHING, ESSAY, DISCUSSION",
  ],
  ["no stem", "kind,stem\nESSAY,", "2 stem: the question has no text"],
  [
    "a title of two lines",
    'kind,stem,title\nESSAY,Q,"a\nb"',
    "2 title: wants one line of 1 to 200 characters, without control characters",
  ],
  ["a stem that is too long", `kind,stem\nESSAY,${"x".repeat(20_001)}`, "2 stem: wants 20000 characters or fewer"],
  [
    "a skill in capitals",
    "kind,stem,skills\nESSAY,Q,sql;Rest",
    "2 skills: wants lower-case letters and digits, joined by single hyphens",
  ],
  ["a skill twice", "kind,stem,skills\nESSAY,Q,sql;sql", "2 skills: names something twice"],
  [
    "an unknown level",
    "kind,stem,level\nESSAY,Q,GURU",
    "2 level: wants one of `JUNIOR`, `JUNIOR_PLUS`, `MIDDLE`, `MIDDLE_PLUS`, `SENIOR`",
  ],
  ["a difficulty in words", "kind,stem,difficulty\nESSAY,Q,hard", "2 difficulty: wants a whole number"],
  ["minutes in words", "kind,stem,minutes\nESSAY,Q,ten", "2 minutes: wants a whole number"],
  [
    "one option",
    `${CHOICE}\nSINGLE_CHOICE,Q,a,x,,,,`,
    "2 answer2: a question of the kind SINGLE_CHOICE has at least 2 answers: fill in the cell",
  ],
  [
    "an option left out",
    "kind,stem,answer1,right1,answer2,answer3\nSINGLE_CHOICE,Q,a,x,,c",
    "2 answer2: answer 2 is empty",
  ],
  ["no right option", `${CHOICE}\nSINGLE_CHOICE,Q,a,,,b,,`, "2 answer1: no option earns full credit"],
  [
    "two right options",
    `${CHOICE}\nSINGLE_CHOICE,Q,a,x,,b,x,`,
    "2 answer1: 2 options of a single choice earn full credit",
  ],
  ["the same option twice", `${CHOICE}\nSINGLE_CHOICE,Q,a,x,,a,,`, "2 answer2: answer 2 repeats answer 1"],
  [
    "credits that do not add up",
    `${CHOICE}\nMULTIPLE_CHOICE,Q,a,,50,b,,20`,
    "2 answer1: the credits of the right options add up to 70 %, not to 100 %",
  ],
  [
    "right and credit",
    `${CHOICE}\nSINGLE_CHOICE,Q,a,x,50,b,,`,
    "2 answer1: has `right` and `credit`: write one of them",
  ],
  [
    "a right of another sign",
    `${CHOICE}\nSINGLE_CHOICE,Q,a,yes,,b,,`,
    "2 right1: wants `x` at a right answer, and nothing at a wrong one",
  ],
  [
    "a credit with a comma",
    `${CHOICE}\nSINGLE_CHOICE,Q,a,x,,b,,"33,3"`,
    "2 credit2: wants a percentage such as `50` or `33.333`",
  ],
  ["a credit above 100", `${CHOICE}\nSINGLE_CHOICE,Q,a,x,,b,,101`, "2 credit2: wants 100 or fewer"],
  [
    "a prompt in a choice",
    "kind,stem,answer1,right1,answer2,prompt2\nSINGLE_CHOICE,Q,a,x,b,p",
    `2 prompt2: ${none("SINGLE_CHOICE")}`,
  ],
  ["an answer to an essay", "kind,stem,answer1\nESSAY,Q,a", `2 answer1: ${none("ESSAY")}`],
  ["another feedback but for NUMERIC", "kind,stem,otherwise\nESSAY,Q,a", `2 otherwise: ${none("ESSAY")}`],
  ["neither true nor false", "kind,stem,answer1\nTRUE_FALSE,Q,yes", "2 answer1: wants `true` or `false`"],
  ["true and false", "kind,stem,answer1,answer2\nTRUE_FALSE,Q,true,false", `2 answer2: ${none("TRUE_FALSE")}`],
  [
    "a third feedback of TRUE_FALSE",
    "kind,stem,answer1,feedback3\nTRUE_FALSE,Q,true,f",
    `2 feedback3: ${none("TRUE_FALSE")}`,
  ],
  [
    "no short text",
    "kind,stem,answer1\nSHORT_TEXT,Q,",
    "2 answer1: a question of the kind SHORT_TEXT has at least 1 answer: fill in the cell",
  ],
  [
    "a short text with a credit below 0",
    "kind,stem,answer1,answer2,credit2\nSHORT_TEXT,Q,a,b,-1",
    "2 credit2: wants 0 or more",
  ],
  ["a number in words", "kind,stem,answer1\nNUMERIC,Q,two", `2 answer1: ${NUMBER}`],
  ["a number with a comma", 'kind,stem,answer1\nNUMERIC,Q,"3,14"', `2 answer1: ${NUMBER}`],
  ["a number that is too large", "kind,stem,answer1\nNUMERIC,Q,1e999", `2 answer1: ${NUMBER}`],
  ["a range upside down", "kind,stem,answer1\nNUMERIC,Q,5..3", "2 answer1: no number lies between 5 and 3"],
  ["a tolerance below 0", "kind,stem,answer1\nNUMERIC,Q,5±-1", "2 answer1: wants 0 or more"],
  [
    "one pair",
    "kind,stem,prompt1,answer1\nMATCHING,Q,a,b",
    "2 answer2: a question of the kind MATCHING has at least 2 answers: fill in the cell",
  ],
  [
    "a prompt twice",
    "kind,stem,prompt1,answer1,prompt2,answer2\nMATCHING,Q,a,b,a,c",
    "2 prompt2: answer 2 repeats answer 1",
  ],
  [
    "a prompt without an answer",
    "kind,stem,prompt1,answer1,prompt2,answer2,answer3\nMATCHING,Q,a,b,c,,d",
    "2 answer2: answer 2 is empty",
  ],
  ["guidance in HTML", "kind,stem,guidance\nESSAY,Q,[html]a", "2 guidance: is always Markdown: leave the format out"],
  [
    "a control character",
    "kind,stem,generalFeedback\nESSAY,Q,a\u0007",
    "2 generalFeedback: wants a text without NUL or other control characters",
  ],
];

test.each(ROWS)("%s is a fault of the row, by its column", (_, text, fault) => {
  expect(faults(text)).toEqual([fault]);
  expect(items(text)[0]!.value).toBeNull();
});

test("a file of more rows than an import takes is given up", () => {
  const line = (rows: number) => fileFaults(`kind,stem\n\n${"ESSAY,Q\n".repeat(rows)}`);
  expect(line(10_000)).toEqual([]);
  expect(line(10_001)).toEqual(["10003: the file has more than 10000 rows below its header: split it"]);
  expect(line(400_000)).toEqual(line(10_001));
});

test("a row of many faults is bounded, and the others stay", () => {
  const columns = Array.from({ length: 50 }, (_, index) => `right${index + 1}`);
  const [bad, good] = items(
    `kind,stem,${columns.join(",")}\nESSAY,Q,${columns.map(() => "x").join(",")}\nESSAY,R,${",".repeat(49)}`,
  );
  expect(bad!.faults).toHaveLength(11);
  expect(bad!.faults[10]).toEqual({ line: 2, path: "", message: "40 more faults" });
  expect(good!.value!.draft.stem).toBe("R");
});

const WRITTEN: [what: string, item: object, expected: object][] = [
  [
    "a choice",
    choice({ text: "a", right: true }, { text: "b", credit: -33.333, feedback: "no" }),
    { answer1: "a", right1: "x", answer2: "b", credit2: "-33.333", feedback2: "no" },
  ],
  ["a format", { kind: "ESSAY", stem: { text: "<p>", format: "HTML" } }, { stem: "[html]<p>" }],
  ["Markdown that looks like a format", { kind: "ESSAY", stem: "[Plain] talk" }, { stem: "[markdown][Plain] talk" }],
  [
    "a text that is empty",
    { kind: "ESSAY", stem: "Q", generalFeedback: "" },
    { stem: "Q", generalFeedback: "[markdown]" },
  ],
  ["tags", { kind: "ESSAY", stem: "Q", tags: ["a;b", "c\\d"] }, { stem: "Q", tags: "a\\;b;c\\\\d" }],
  [
    "true or false",
    { kind: "TRUE_FALSE", stem: "Q", answer: false, feedbackWhenFalse: "f" },
    { answer1: "false", feedback2: "f" },
  ],
  [
    "numbers",
    {
      kind: "NUMERIC",
      stem: "Q",
      accepted: [{ value: 42 }, { value: 1, tolerance: 0.5 }, { low: 40, high: 44 }],
      feedbackOtherwise: "o",
    },
    { answer1: "42", answer2: "1±0.5", answer3: "40..44", otherwise: "o" },
  ],
  [
    "numbers below 0",
    { kind: "NUMERIC", stem: "Q", accepted: [{ value: -5 }, { low: -5, high: -3 }] },
    { answer1: "-5", answer2: "'-5..-3" },
  ],
  [
    "a formula",
    { kind: "ESSAY", stem: "=1+1", title: "'@x", source: "'x" },
    { stem: "'=1+1", title: "''@x", source: "'x" },
  ],
  [
    "pairs",
    { kind: "MATCHING", stem: "Q", pairs: [{ prompt: "p", answer: "a" }, { answer: "b" }] },
    { prompt1: "p", answer1: "a", answer2: "b" },
  ],
];

test.each(WRITTEN)("%s stands in its cells", (_, item, expected) => {
  expect(cells(item)).toMatchObject(expected);
});

test("follow-ups stand one a line, and quotes are written twice", () => {
  const guidance = { good: 'a "b", c', followUps: ["one\ntwo", "C:\\new"], redFlags: [] };
  expect(written({ kind: "ESSAY", stem: "Q", guidance })).toContain('"a ""b"", c","one\\ntwo\nC:\\\\new",');
});

test("no cell of an export is run by a spreadsheet", () => {
  const sign = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "'=");
  fc.assert(
    fc.property(fc.tuple(sign, fc.string()), ([first, rest]) => {
      const text = `${first}${rest}`;
      const guidance = { good: text, followUps: [text], redFlags: [text] };
      const all = cells({
        key: text,
        kind: "SHORT_TEXT",
        title: text,
        stem: text,
        tags: [text],
        accepted: [text],
        guidance,
      });
      for (const cell of Object.values(all)) expect(cell).toMatch(/^[^=+\-@\t\r]|^[+-]?[\d.]+(e[+-]?\d+)?$/i);
    }),
    RUNS,
  );
});

// Whatever the format allows comes back as it was.

/** A fixed seed: a red build is red again on the next machine. */
const RUNS = { seed: 3, numRuns: 500 };
test("every question comes back from its own export as it was", () => {
  fc.assert(
    fc.property(fc.array(questionItem, { minLength: 1, maxLength: 4 }), (all) => {
      const back = items(unifiedText(writeCsv(all)));
      expect(back.flatMap((each) => each.faults)).toEqual([]);
      expect(back.map(({ value }) => value)).toEqual(
        all.map((each) => ({ key: each.key, skills: each.skills, draft: draftOf(each) })),
      );
    }),
    RUNS,
  );
});

test("a lone carriage return comes back too", () => {
  const guidance = { good: "a\rb", followUps: ["a\r\nb\r"], redFlags: ["\rc"] };
  const all = [
    { kind: "ESSAY", key: "k", bank: "b", skills: [], tags: [], stem: "\ra\r\n", guidance },
  ] as unknown as QuestionItem[];
  expect(drafts(writeCsv(all))).toEqual(all.map(draftOf));
});

test("nothing that is sent makes the reader throw", () => {
  const anything = fc.array(
    fc.constantFrom(
      ...MARKS,
      "kind",
      "stem",
      "answer1",
      "ESSAY",
      "NUMERIC",
      "1e999",
      "\r",
      "\n",
      "\n\n",
      "A. ",
      "ANSWER: A",
      "{",
      "}",
      "=",
      "~",
      "#",
    ),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom("GIFT" as const, "AIKEN" as const, "CSV" as const), (parts, kind) => {
      for (const text of [parts.join(""), `kind,stem,answer1,right1,credit1,prompt2\n${parts.join("")}`]) {
        const read = readTable(kind, text);
        for (const { line } of "faults" in read ? read.faults : read.items) expect(line).toBeGreaterThan(0);
      }
    }),
    RUNS,
  );
});
