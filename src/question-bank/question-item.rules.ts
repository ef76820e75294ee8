import type { Level } from "../skills/level.rules";
import type { Guidance } from "./question.rules";
import { type FormattedText, FULL_CREDIT_MILLIS, type TextFormat } from "./question-content.rules";
import type { WordingDraft } from "./wording.rules";

/** Markdown, or a text of another format. */
export type ItemText = string | { text: string; format: TextFormat };

export interface ItemOption {
  text: string;
  format?: TextFormat | undefined;
  /** An equal share of the credit. */
  right?: true | undefined;
  /** Percent instead of `right`, to three decimals; below 0 a penalty. */
  credit?: number | undefined;
  feedback?: ItemText | undefined;
}

interface Credited {
  /** Percent; without it, all of the credit. */
  credit?: number | undefined;
  feedback?: ItemText | undefined;
}

export type ItemAcceptedText = string | ({ text: string } & Credited);
export type ItemAcceptedNumber =
  | ({ value: number; tolerance?: number | undefined } & Credited)
  | ({ low: number; high: number } & Credited);

type ItemContent =
  | { kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE"; options: ItemOption[] }
  | {
      kind: "TRUE_FALSE";
      answer: boolean;
      feedbackWhenTrue?: ItemText | undefined;
      feedbackWhenFalse?: ItemText | undefined;
    }
  | { kind: "SHORT_TEXT"; accepted: ItemAcceptedText[] }
  | { kind: "NUMERIC"; accepted: ItemAcceptedNumber[]; feedbackOtherwise?: ItemText | undefined }
  | { kind: "MATCHING"; pairs: { prompt?: ItemText | undefined; answer: string }[] }
  | { kind: "ESSAY" | "DISCUSSION" };

/** A question as the public file says it. Skills and banks by key. */
export type QuestionItem = {
  key: string;
  bank: string;
  title?: string | undefined;
  skills: string[];
  level?: Level | undefined;
  difficulty?: number | undefined;
  minutes?: number | undefined;
  tags: string[];
  licence?: string | undefined;
  source?: string | undefined;
  stem: ItemText;
  generalFeedback?: ItemText | undefined;
  guidance?: Guidance | undefined;
} & ItemContent;

const MILLIS_PER_PERCENT = 1000;
const millis = (percent: number): number => Math.round(percent * MILLIS_PER_PERCENT);

/** The credits of `count` right options: equal, and all of it together. */
export const shares = (count: number): number[] =>
  Array.from(
    { length: count },
    (_, index) => Math.floor(FULL_CREDIT_MILLIS / count) + (index < FULL_CREDIT_MILLIS % count ? 1 : 0),
  );

const textOf = (text: ItemText): FormattedText =>
  typeof text === "string" ? { text, format: "MARKDOWN" } : { text: text.text, format: text.format };
const textOrNull = (text: ItemText | undefined): FormattedText | null => (text === undefined ? null : textOf(text));

/** What the item says, as a draft of a version. */
export function draftOf(item: QuestionItem): WordingDraft {
  const { text: stem, format: stemFormat } = textOf(item.stem);
  const { kind, title, tags, level, difficulty, minutes, licence, source, guidance } = item;
  const said = { kind, title: title ?? null, tags, level: level ?? null, difficulty: difficulty ?? null };
  const told = { minutes: minutes ?? null, licence: licence ?? null, source: source ?? null };
  const generalFeedback = textOrNull(item.generalFeedback);
  return { ...said, ...told, stem, stemFormat, generalFeedback, guidance: guidance ?? null, ...contentOf(item) };
}

function contentOf(item: QuestionItem): Partial<WordingDraft> {
  switch (item.kind) {
    case "SINGLE_CHOICE":
      return { options: optionsOf(item.options, () => FULL_CREDIT_MILLIS) };
    case "MULTIPLE_CHOICE": {
      const share = shares(item.options.filter(({ right }) => right).length);
      return { options: optionsOf(item.options, (nth) => share[nth]!) };
    }
    case "TRUE_FALSE": {
      const { answer, feedbackWhenTrue, feedbackWhenFalse } = item;
      return {
        answer,
        feedbackWhenTrue: textOrNull(feedbackWhenTrue),
        feedbackWhenFalse: textOrNull(feedbackWhenFalse),
      };
    }
    case "SHORT_TEXT":
      return { acceptedTexts: item.accepted.map(acceptedText) };
    case "NUMERIC":
      return {
        acceptedIntervals: item.accepted.map(acceptedNumber),
        feedbackOtherwise: textOrNull(item.feedbackOtherwise),
      };
    case "MATCHING":
      return { pairs: item.pairs.map(({ prompt, answer }) => ({ prompt: textOrNull(prompt), answer })) };
    case "ESSAY":
    case "DISCUSSION":
      return {};
  }
}

function optionsOf(options: readonly ItemOption[], share: (nth: number) => number) {
  let rights = 0;
  return options.map(({ text, format = "MARKDOWN" as const, right, credit = 0, feedback }) => ({
    text,
    format,
    creditMillis: right ? share(rights++) : millis(credit),
    feedback: textOrNull(feedback),
  }));
}

const acceptedText = (accepted: ItemAcceptedText) =>
  typeof accepted === "string"
    ? { text: accepted, creditMillis: FULL_CREDIT_MILLIS, feedback: null }
    : { text: accepted.text, ...creditOf(accepted) };

const creditOf = ({ credit = 100, feedback }: Credited) => ({
  creditMillis: millis(credit),
  feedback: textOrNull(feedback),
});

function acceptedNumber(accepted: ItemAcceptedNumber) {
  if ("low" in accepted) return { low: accepted.low, high: accepted.high, ...creditOf(accepted) };
  const { value, tolerance = 0 } = accepted;
  return { low: value - tolerance, high: value + tolerance, ...creditOf(accepted) };
}
