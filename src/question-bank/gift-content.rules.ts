import type { GIFTQuestion, TextFormat as GiftText, NumericalChoice, NumericalFormat } from "gift-pegjs";
import { unveiled } from "./gift-veil.rules";
import {
  type AcceptedInterval,
  type ChoiceOption,
  type FormattedText,
  FULL_CREDIT_MILLIS,
  type Matching,
  type Numeric,
  type QuestionContent,
  type TextFormat,
} from "./question-content.rules";

export type ParsedQuestion = Exclude<GIFTQuestion, { type: "Category" | "Description" }>;

/** Weights are often rounded by hand (33.3 three times): up to half a percent is shared out, as Moodle's own check allows. */
const ROUNDING_MILLIS = 500;

export function contentOf(question: ParsedQuestion): QuestionContent {
  switch (question.type) {
    case "MC":
      return choiceOf(question.choices);
    case "TF":
      return trueFalseOf(question);
    case "Short":
      return { kind: "SHORT_TEXT", accepted: question.choices.map(acceptedText) };
    case "Numerical":
      return numericOf(question.choices);
    case "Matching":
      return matchingOf(question.matchPairs);
    case "Essay":
      return { kind: "ESSAY" };
  }
}

export function formatted({ text, format }: GiftText): FormattedText {
  return { text: unveiled(text), format: format.toUpperCase() as TextFormat };
}

export function formattedOrNull(text: GiftText | null): FormattedText | null {
  return text && formatted(text);
}

type Parsed<T extends ParsedQuestion["type"]> = Extract<ParsedQuestion, { type: T }>;
type ParsedChoice = Parsed<"MC">["choices"][number];

/** One `=` makes a single choice, weights alone a multiple one: the rule of Moodle. */
function choiceOf(choices: ParsedChoice[]): QuestionContent {
  const options = choices.map(optionOf);
  return choices.some(({ isCorrect }) => isCorrect)
    ? { kind: "SINGLE_CHOICE", options }
    : { kind: "MULTIPLE_CHOICE", options: withRoundingShared(options) };
}

function optionOf(choice: ParsedChoice): ChoiceOption {
  return { ...formatted(choice.text), creditMillis: creditOf(choice), feedback: formattedOrNull(choice.feedback) };
}

function acceptedText(choice: ParsedChoice): { text: string; creditMillis: number; feedback: FormattedText | null } {
  const { text, creditMillis, feedback } = optionOf(choice);
  return { text, creditMillis, feedback };
}

function creditOf({ weight, isCorrect }: { weight: number | null; isCorrect: boolean }): number {
  if (weight === null) return isCorrect ? FULL_CREDIT_MILLIS : 0;
  return Math.round(weight * 1000);
}

/** The first right option takes what rounding left over. */
function withRoundingShared(options: ChoiceOption[]): ChoiceOption[] {
  const total = options.reduce((sum, { creditMillis }) => sum + Math.max(0, creditMillis), 0);
  const missing = FULL_CREDIT_MILLIS - total;
  if (Math.abs(missing) > ROUNDING_MILLIS) return options;
  const first = options.findIndex(({ creditMillis }) => creditMillis > 0);
  return options.map((option, index) =>
    index === first ? { ...option, creditMillis: option.creditMillis + missing } : option,
  );
}

/**
 * The first feedback is for the wrong answer, the second for the right one. The parser calls them "true" and "false".
 * @see https://docs.moodle.org/en/GIFT_format#Feedback
 */
function trueFalseOf({ isTrue, trueFeedback, falseFeedback }: Parsed<"TF">): QuestionContent {
  const whenWrong = formattedOrNull(trueFeedback);
  const whenRight = formattedOrNull(falseFeedback);
  const [feedbackWhenTrue, feedbackWhenFalse] = isTrue ? [whenRight, whenWrong] : [whenWrong, whenRight];
  return { kind: "TRUE_FALSE", answer: isTrue, feedbackWhenTrue, feedbackWhenFalse };
}

/** A choice without a number is every other number; it can carry feedback, never credit. */
function numericOf(choices: Parsed<"Numerical">["choices"]): Numeric {
  if (!Array.isArray(choices)) {
    const only = { ...intervalOf(choices), creditMillis: FULL_CREDIT_MILLIS, feedback: null };
    return { kind: "NUMERIC", accepted: [only], feedbackOtherwise: null };
  }
  const otherwise = choices.find((choice) => isAnyNumber(choice.text) && creditOf(choice) === 0);
  const accepted = choices.filter((choice) => choice !== otherwise).map(acceptedInterval);
  return { kind: "NUMERIC", accepted, feedbackOtherwise: formattedOrNull(otherwise?.feedback ?? null) };
}

function acceptedInterval(choice: NumericalChoice): AcceptedInterval {
  const feedback = formattedOrNull(choice.feedback);
  return { ...intervalOf(choice.text), creditMillis: creditOf(choice), feedback };
}

/** The parser's stand-in for a missing number is a text, though its types say otherwise. */
function isAnyNumber(answer: NumericalFormat): boolean {
  return "text" in answer;
}

/** NaN for a missing number: no valid content. */
function intervalOf({ type, number = NaN, range = 0, numberLow = NaN, numberHigh = NaN }: NumericalFormat) {
  if (type === "high-low") return { low: decimalSum(numberLow, 0), high: decimalSum(numberHigh, 0) };
  return { low: decimalSum(number, -range), high: decimalSum(number, range) };
}

/** 3.1415 - 0.0005 is 3.141, not 3.1409999999999996: the bounds belong to the interval, so they have to be exact. */
function decimalSum(left: number, right: number): number {
  if (!Number.isFinite(left + right)) return left + right;
  const [a, b] = [decimal(left), decimal(right)];
  const scale = Math.max(a.scale, b.scale);
  const digits = a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale);
  return Number(`${digits}e${-scale}`);
}

/** `digits` times ten to the power of minus `scale`. */
function decimal(value: number): { digits: bigint; scale: number } {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  return { digits: BigInt(`${whole}${fraction}`), scale: fraction.length - Number(exponent) };
}

/** The grammar forgets to put escaped characters back on the right of an arrow. */
const ESCAPED: Record<string, string> = {
  "&&092;": "\\",
  "&&058;": ":",
  "&&035;": "#",
  "&&061;": "=",
  "&&123;": "{",
  "&&125;": "}",
  "&&126;": "~",
  "&&010": "\n",
};

function matchingOf(pairs: Parsed<"Matching">["matchPairs"]): Matching {
  return {
    kind: "MATCHING",
    pairs: pairs.map(({ subquestion, subanswer }) => ({
      prompt: subquestion.text === "" ? null : formatted(subquestion),
      answer: unveiled(subanswer.replace(/&&(?:\d{3};|010)/g, (placeholder) => ESCAPED[placeholder] ?? placeholder)),
    })),
  };
}
