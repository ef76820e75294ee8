import type { Wording } from "./question.rules";
import {
  type ChoiceOption,
  type FormattedText,
  FULL_CREDIT_MILLIS,
  type QuestionContent,
} from "./question-content.rules";
import { type ItemOption, type ItemText, type QuestionItem, shares } from "./question-item.rules";

interface Named {
  key: string;
  bank: string;
  /** Keys of the skills, in the version's order. */
  skills: string[];
}

/** A version as the public file says it: the opposite of `draftOf`. */
export function itemOf(wording: Omit<Wording, "skillIds">, { key, bank, skills }: Named): QuestionItem {
  const { title, level, difficulty, minutes, tags, licence, source, stem, stemFormat, guidance } = wording;
  return {
    key,
    bank,
    title: title ?? undefined,
    skills,
    level: level ?? undefined,
    difficulty: difficulty ?? undefined,
    minutes: minutes ?? undefined,
    tags: [...tags],
    licence: licence ?? undefined,
    source: source ?? undefined,
    stem: itemText({ text: stem, format: stemFormat }),
    ...contentItem(wording.content),
    generalFeedback: itemTextOrNone(wording.generalFeedback),
    guidance: guidance ?? undefined,
  } as QuestionItem;
}

const itemText = ({ text, format }: FormattedText): ItemText => (format === "MARKDOWN" ? text : { text, format });
const itemTextOrNone = (text: FormattedText | null): ItemText | undefined => (text ? itemText(text) : undefined);

function contentItem(content: QuestionContent): object {
  switch (content.kind) {
    case "SINGLE_CHOICE":
      return { kind: content.kind, options: optionItems(content.options, () => FULL_CREDIT_MILLIS) };
    case "MULTIPLE_CHOICE": {
      const rights = content.options.filter(({ creditMillis }) => creditMillis > 0);
      const share = shares(rights.length);
      const isEqual = rights.every(({ creditMillis }, index) => creditMillis === share[index]);
      return { kind: content.kind, options: optionItems(content.options, (nth) => (isEqual ? share[nth]! : null)) };
    }
    case "TRUE_FALSE":
      return {
        kind: content.kind,
        answer: content.answer,
        feedbackWhenTrue: itemTextOrNone(content.feedbackWhenTrue),
        feedbackWhenFalse: itemTextOrNone(content.feedbackWhenFalse),
      };
    case "SHORT_TEXT":
      return {
        kind: content.kind,
        accepted: content.accepted.map(({ text, ...credited }) => {
          const credit = creditItem(credited);
          return Object.keys(credit).length === 0 ? text : { text, ...credit };
        }),
      };
    case "NUMERIC":
      return {
        kind: content.kind,
        accepted: content.accepted.map(({ low, high, ...credited }) => ({
          ...(low === high ? { value: low } : { low, high }),
          ...creditItem(credited),
        })),
        feedbackOtherwise: itemTextOrNone(content.feedbackOtherwise),
      };
    case "MATCHING":
      return {
        kind: content.kind,
        pairs: content.pairs.map(({ prompt, answer }) => ({ ...(prompt ? { prompt: itemText(prompt) } : {}), answer })),
      };
    case "ESSAY":
    case "DISCUSSION":
      return { kind: content.kind };
  }
}

/** `share` tells the credit that `right` stands for, for the nth right option. */
function optionItems(options: readonly ChoiceOption[], share: (nth: number) => number | null): ItemOption[] {
  let rights = 0;
  return options.map(({ text, format, creditMillis, feedback }) => {
    const right = creditMillis > 0 && creditMillis === share(rights++);
    return {
      text,
      ...(format === "MARKDOWN" ? {} : { format }),
      ...(right ? { right } : creditMillis === 0 ? {} : { credit: creditMillis / 1000 }),
      ...(feedback ? { feedback: itemText(feedback) } : {}),
    };
  });
}

const creditItem = ({ creditMillis, feedback }: { creditMillis: number; feedback: FormattedText | null }) => ({
  ...(creditMillis === FULL_CREDIT_MILLIS ? {} : { credit: creditMillis / 1000 }),
  ...(feedback ? { feedback: itemText(feedback) } : {}),
});
