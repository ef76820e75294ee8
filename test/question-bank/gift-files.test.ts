import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GiftItem, readGift } from "../../src/question-bank/gift.rules";
import type { FormattedText, QuestionContent } from "../../src/question-bank/question-content.rules";

const folder = join(__dirname, "gift");
const files = readdirSync(folder).filter((name) => name.endsWith(".gift"));
const read = (file: string) => [...readGift(readFileSync(join(folder, file), "utf8"))];

const DESCRIPTION = "a description has no answer block; add {} for an essay";

/** Per file, every block: line, outcome, and the kind or the reason. */
const expected: Record<string, string[]> = {
  "TFTwoFeedback.gift": ["1 TRUE_FALSE", "3 TRUE_FALSE", "5 TRUE_FALSE"],
  "categorySpecialCharacter.gift": ["1 ignored: sets the category to $course$/top/Default for Unit 1: Topic"],
  "descriptionTitleEscapedColon.gift": [`1 refused NO_ANSWER_BLOCK: line 1, column 24: ${DESCRIPTION}`, "3 TRUE_FALSE"],
  "escapeAll.gift": ["1 SINGLE_CHOICE"],
  "escapeEquals.gift": ["2 SINGLE_CHOICE"],
  "formatExamples.gift": ["2 SINGLE_CHOICE"],
  "markdown.gift": [1, 3, 6, 11].map(
    (line) => `${line} refused NO_ANSWER_BLOCK: line ${line}, column 1: ${DESCRIPTION}`,
  ),
  "mc1.gift": ["1 SINGLE_CHOICE"],
  "mc4.gift": ["2 SINGLE_CHOICE"],
  "mcHTMLComment.gift": ["1 SINGLE_CHOICE"],
  "multipleAnswersFloat.gift": ["1 MULTIPLE_CHOICE"],
  "numerical1.gift": [3, 5, 7, 9, 11, 13, 15, 17, 19, 23].map((line) => `${line} NUMERIC`),
  "shortAnswer1.gift": ["3 SHORT_TEXT", "5 SHORT_TEXT"],
  "shortAnswerNotMatching.gift": ["1 SINGLE_CHOICE", "4 SINGLE_CHOICE"],
  "shortFirstEmbeddedUnderline.gift": ["1 SHORT_TEXT", "5 SHORT_TEXT"],
  "symbolsAll.gift": ["1 TRUE_FALSE"],
  "tag_id_and_two_tags.gift": ["3 ESSAY"],
  "tf1.gift": ["1 TRUE_FALSE"],
  "tf1_markdown.gift": ["1 TRUE_FALSE"],
  "totara_moodle_backslash.gift": ["4 ESSAY"],
  "totara_moodle_match.gift": ["4 MATCHING"],
  "totara_moodle_multichoice_multi.gift": ["4 MULTIPLE_CHOICE"],
  "totara_moodle_pre_content.gift": ["3 ESSAY"],
  "totara_moodle_shortanswer_general_feedback.gift": ["4 SHORT_TEXT"],
  "totara_moodle_truefalse_true_answer1.gift": ["4 TRUE_FALSE"],
  "type_inferred_multiline_markdown.gift": ["1 SHORT_TEXT"],
};

test("every committed file has its expectation", () => {
  expect(files).toEqual(Object.keys(expected));
});

test.each(files)("%s is read as the table says", (file) => {
  expect(read(file).map(summary)).toEqual(expected[file]);
});

function summary({ line, outcome }: GiftItem): string {
  if (outcome.kind === "question") return `${line} ${outcome.content.kind}`;
  if (outcome.kind === "ignored") return `${line} ignored: ${outcome.reason}`;
  return `${line} refused ${outcome.code}: ${outcome.reason}`;
}

// What the project of the grammar expects, and where we differ from it on purpose.

type Reference = {
  type: string;
  title: string | null;
  id?: string | null;
  tags?: string[] | null;
  stem?: { text: string; format: string };
  globalFeedback?: { text: string; format: string } | null;
  isTrue?: boolean;
  trueFeedback?: { text: string } | null;
  falseFeedback?: { text: string } | null;
  matchPairs?: { subquestion: { text: string }; subanswer: string }[];
  choices?: ReferenceChoice[] | ReferenceChoice["text"];
};
type ReferenceChoice = {
  weight: number | null;
  isCorrect: boolean;
  text: ReferenceAnswer;
  feedback: { text: string } | null;
};
type ReferenceAnswer = { text?: string; number?: number; range?: number; numberLow?: number; numberHigh?: number };

const TYPES: Record<string, string> = {
  SINGLE_CHOICE: "MC",
  MULTIPLE_CHOICE: "MC",
  TRUE_FALSE: "TF",
  SHORT_TEXT: "Short",
  NUMERIC: "Numerical",
  MATCHING: "Matching",
  ESSAY: "Essay",
};

const NO_DESCRIPTIONS = "descriptions are refused, for nobody can answer them";
const FEEDBACK_ORDER = "the first feedback is for the wrong answer, as Moodle has it, not for `true`";

/** "file line field" to the reason for the difference. */
const differences: Record<string, string> = {
  "TFTwoFeedback.gift 3 answers": FEEDBACK_ORDER,
  "TFTwoFeedback.gift 5 answers": FEEDBACK_ORDER,
  "categorySpecialCharacter.gift 1 title": "a category is no question: its name is the category in force, not a title",
  "descriptionTitleEscapedColon.gift 1 type": NO_DESCRIPTIONS,
  "descriptionTitleEscapedColon.gift 1 stem": NO_DESCRIPTIONS,
  ...Object.fromEntries(
    [1, 3, 6, 11].flatMap((line) =>
      ["type", "stem"].map((field) => [`markdown.gift ${line} ${field}`, NO_DESCRIPTIONS] as const),
    ),
  ),
  "multipleAnswersFloat.gift 1 answers": "three times 33.333 % leaves 0.001 %, which the first right option takes",
};

test("every question equals the reference, but for the differences explained", () => {
  const found = files.flatMap((file) => {
    const references: Reference[] = JSON.parse(readFileSync(join(folder, file.replace(".gift", ".json")), "utf8"));
    const items = read(file);
    expect([file, items.length]).toEqual([file, references.length]);
    return items.flatMap((item, index) =>
      differing(item, references[index]!).map((field) => `${file} ${item.line} ${field}`),
    );
  });
  expect(found.sort()).toEqual(Object.keys(differences).sort());
});

function differing(item: GiftItem, reference: Reference): string[] {
  const ours: Record<string, unknown> = oursOf(item);
  const theirs: Record<string, unknown> = theirsOf(reference);
  return Object.keys(theirs).filter((field) => JSON.stringify(ours[field]) !== JSON.stringify(theirs[field]));
}

function oursOf({ title, externalKey, tags, outcome }: GiftItem) {
  const named = { title, id: externalKey, tags };
  if (outcome.kind !== "question") return { ...named, type: outcome.kind === "ignored" ? "Category" : null };
  const { stem, content, generalFeedback } = outcome;
  return {
    ...named,
    type: TYPES[content.kind],
    stem: text(stem),
    general: text(generalFeedback),
    answers: answersOf(content),
  };
}

function theirsOf({ type, title, id = null, tags, stem, globalFeedback, ...answers }: Reference) {
  return {
    type,
    title,
    id,
    tags: tags ?? [],
    stem: text(stem),
    general: text(globalFeedback),
    answers: referenceAnswers(type, answers),
  };
}

function text(formatted: { text: string; format: string } | FormattedText | null | undefined) {
  return formatted ? `${formatted.format.toUpperCase()} ${formatted.text}` : undefined;
}

/** Texts, credits and feedback in one shape for both sides. */
function answersOf(content: QuestionContent): unknown {
  switch (content.kind) {
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE":
      return content.options.map((each) => [each.text, each.creditMillis, each.feedback?.text]);
    case "SHORT_TEXT":
      return content.accepted.map((each) => [each.text, each.creditMillis, each.feedback?.text]);
    case "NUMERIC":
      return content.accepted.map((each) => [
        each.low.toFixed(9),
        each.high.toFixed(9),
        each.creditMillis,
        each.feedback?.text,
      ]);
    case "MATCHING":
      return content.pairs.map(({ prompt, answer }) => [prompt?.text ?? "", answer]);
    case "TRUE_FALSE":
      return [content.answer, content.feedbackWhenTrue?.text, content.feedbackWhenFalse?.text];
    default:
      return undefined;
  }
}

function referenceAnswers(
  type: string,
  { choices, matchPairs, isTrue, trueFeedback, falseFeedback }: Partial<Reference>,
): unknown {
  if (type === "TF") return [isTrue, trueFeedback?.text, falseFeedback?.text];
  if (type === "Matching") return matchPairs?.map(({ subquestion, subanswer }) => [subquestion.text, subanswer]);
  if (choices === undefined) return undefined;
  const list = Array.isArray(choices) ? choices : [{ weight: null, isCorrect: true, text: choices, feedback: null }];
  return list.map((each) => {
    const credit = Math.round(1000 * (each.weight ?? (each.isCorrect ? 100 : 0)));
    return [...referenceAnswer(type, each.text), credit, each.feedback?.text];
  });
}

function referenceAnswer(type: string, { text: words, number = 0, range = 0, numberLow, numberHigh }: ReferenceAnswer) {
  if (type !== "Numerical") return [words];
  return [(numberLow ?? number - range).toFixed(9), (numberHigh ?? number + range).toFixed(9)];
}
