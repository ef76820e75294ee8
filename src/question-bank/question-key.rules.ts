import type {
  AcceptedInterval,
  AcceptedText,
  ChoiceOption,
  FormattedText,
  MatchingPair,
  QuestionContent,
} from "./question-content.rules";

export type SeenOption = Omit<ChoiceOption, "creditMillis"> & { creditMillis: number | null };
export type SeenText = AcceptedText;
export type SeenInterval = AcceptedInterval;
export type SeenPair = MatchingPair;

/** The content of a question as it may be shown: whatever tells the right answer is null where it may not be seen. */
export interface SeenContent {
  options: SeenOption[];
  answer: boolean | null;
  feedbackWhenTrue: FormattedText | null;
  feedbackWhenFalse: FormattedText | null;
  acceptedTexts: SeenText[] | null;
  acceptedIntervals: SeenInterval[] | null;
  feedbackOtherwise: FormattedText | null;
  prompts: FormattedText[];
  /** In alphabetical order, so that the order tells nothing. */
  answers: string[];
  pairs: SeenPair[] | null;
}

const NOTHING: SeenContent = {
  options: [],
  answer: null,
  feedbackWhenTrue: null,
  feedbackWhenFalse: null,
  acceptedTexts: null,
  acceptedIntervals: null,
  feedbackOtherwise: null,
  prompts: [],
  answers: [],
  pairs: null,
};

/** All of the content, for whoever may see the key. */
export function withKey(content: QuestionContent): SeenContent {
  const open = withoutKey(content);
  switch (content.kind) {
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE":
      return { ...open, options: content.options };
    case "TRUE_FALSE": {
      const { answer, feedbackWhenTrue, feedbackWhenFalse } = content;
      return { ...open, answer, feedbackWhenTrue, feedbackWhenFalse };
    }
    case "SHORT_TEXT":
      return { ...open, acceptedTexts: content.accepted };
    case "NUMERIC":
      return { ...open, acceptedIntervals: content.accepted, feedbackOtherwise: content.feedbackOtherwise };
    case "MATCHING":
      return { ...open, pairs: content.pairs };
    case "ESSAY":
    case "DISCUSSION":
      return open;
  }
}

/** What a candidate may see of the content. */
export function withoutKey(content: QuestionContent): SeenContent {
  if (content.kind === "MATCHING") {
    const prompts = content.pairs.flatMap(({ prompt }) => (prompt ? [prompt] : []));
    return { ...NOTHING, prompts, answers: [...new Set(content.pairs.map(({ answer }) => answer))].sort() };
  }
  if (content.kind === "SINGLE_CHOICE" || content.kind === "MULTIPLE_CHOICE") {
    const options = content.options.map(({ text, format }) => ({ text, format, creditMillis: null, feedback: null }));
    return { ...NOTHING, options };
  }
  return NOTHING;
}
