import {
  type AcceptedInterval,
  type ChoiceOption,
  type FormattedText,
  FULL_CREDIT_MILLIS,
  type MatchingPair,
  type QuestionContent,
} from "./question-content.rules";

export type ContentFaultCode =
  | "CHARACTER_NOT_STORABLE"
  | "STEM_BLANK"
  | "TEXT_BLANK"
  | "TEXT_TWICE"
  | "TOO_FEW_OPTIONS"
  | "NO_RIGHT_ANSWER"
  | "SEVERAL_RIGHT_OPTIONS"
  | "CREDIT_OUT_OF_RANGE"
  | "CREDITS_DO_NOT_ADD_UP"
  | "NUMBER_NOT_FINITE"
  | "LOW_ABOVE_HIGH"
  | "INTERVAL_TWICE"
  | "TOO_FEW_PAIRS";

/** `path` leads from the question to the fault: `options.2.text`. */
export type ContentFault = { code: ContentFaultCode; path: string; message: string };

export function stemFaults(stem: FormattedText): ContentFault[] {
  const blank: ContentFault[] = isBlank(stem.text)
    ? [{ code: "STEM_BLANK", path: "stem", message: "the question has no text" }]
    : [];
  return [...blank, ...unstorableTexts(stem.text, "stem")];
}

export function contentFaults(content: QuestionContent): ContentFault[] {
  return [...unstorableTexts(content, ""), ...kindFaults(content)];
}

function kindFaults(content: QuestionContent): ContentFault[] {
  switch (content.kind) {
    case "SINGLE_CHOICE":
      return [...optionFaults(content.options), ...singleChoiceFaults(content.options)];
    case "MULTIPLE_CHOICE":
      return [...optionFaults(content.options), ...multipleChoiceFaults(content.options)];
    case "SHORT_TEXT":
      return [...textFaults(content.accepted, "accepted"), ...acceptedFaults(content.accepted)];
    case "NUMERIC":
      return [...intervalFaults(content.accepted), ...acceptedFaults(content.accepted)];
    case "MATCHING":
      return matchingFaults(content.pairs);
    case "TRUE_FALSE":
    case "ESSAY":
    case "DISCUSSION":
      return [];
  }
}

function optionFaults(options: ChoiceOption[]): ContentFault[] {
  const few: ContentFault[] =
    options.length < 2
      ? [{ code: "TOO_FEW_OPTIONS", path: "options", message: "a choice needs at least two options" }]
      : [];
  return [...few, ...textFaults(options, "options"), ...creditFaults(options, "options", -FULL_CREDIT_MILLIS)];
}

function singleChoiceFaults(options: ChoiceOption[]): ContentFault[] {
  const right = options.filter(hasFullCredit).length;
  if (right === 1) return [];
  return [
    right === 0
      ? { code: "NO_RIGHT_ANSWER", path: "options", message: "no option earns full credit" }
      : {
          code: "SEVERAL_RIGHT_OPTIONS",
          path: "options",
          message: `${right} options of a single choice earn full credit`,
        },
  ];
}

function multipleChoiceFaults(options: ChoiceOption[]): ContentFault[] {
  const total = options.reduce((sum, { creditMillis }) => sum + Math.max(0, creditMillis), 0);
  if (total === FULL_CREDIT_MILLIS) return [];
  if (total === 0) return [{ code: "NO_RIGHT_ANSWER", path: "options", message: "no option earns credit" }];
  const message = `the credits of the right options add up to ${total / 1000} %, not to 100 %`;
  return [{ code: "CREDITS_DO_NOT_ADD_UP", path: "options", message }];
}

function acceptedFaults(accepted: { creditMillis: number }[]): ContentFault[] {
  const none: ContentFault[] = accepted.some(hasFullCredit)
    ? []
    : [{ code: "NO_RIGHT_ANSWER", path: "accepted", message: "no answer earns full credit" }];
  return [...none, ...creditFaults(accepted, "accepted", 0)];
}

function intervalFaults(accepted: AcceptedInterval[]): ContentFault[] {
  const seen = new Set<string>();
  return accepted.flatMap(({ low, high }, index): ContentFault[] => {
    const path = `accepted.${index}`;
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      return [{ code: "NUMBER_NOT_FINITE", path, message: "the number is missing or too large" }];
    }
    if (low > high) return [{ code: "LOW_ABOVE_HIGH", path, message: `no number lies between ${low} and ${high}` }];
    const interval = `${low} to ${high}`;
    if (seen.has(interval)) return [{ code: "INTERVAL_TWICE", path, message: `${interval} is accepted twice` }];
    seen.add(interval);
    return [];
  });
}

function matchingFaults(pairs: MatchingPair[]): ContentFault[] {
  const answers = pairs.map(({ answer }) => ({ text: answer }));
  const prompts = pairs.flatMap(({ prompt }, index) => (prompt ? [{ text: prompt.text, index }] : []));
  const few = prompts.length === 0 || new Set(pairs.map(({ answer }) => answer.trim())).size < 2;
  const message = "matching needs at least one prompt and two different answers";
  return [
    ...(few ? [{ code: "TOO_FEW_PAIRS", path: "pairs", message } satisfies ContentFault] : []),
    ...blankTexts(answers, (index) => `pairs.${index}.answer`),
    ...blankTexts(prompts, (index) => `pairs.${prompts[index]?.index}.prompt.text`),
    ...repeatedTexts(prompts, (index) => `pairs.${prompts[index]?.index}.prompt.text`),
  ];
}

function textFaults(texts: { text: string }[], list: string): ContentFault[] {
  const pathOf = (index: number) => `${list}.${index}.text`;
  return [...blankTexts(texts, pathOf), ...repeatedTexts(texts, pathOf)];
}

function blankTexts(texts: { text: string }[], pathOf: (index: number) => string): ContentFault[] {
  return texts.flatMap(({ text }, index) =>
    isBlank(text) ? [{ code: "TEXT_BLANK", path: pathOf(index), message: `answer ${index + 1} is empty` }] : [],
  );
}

/** Case counts: `a` and `A` may be two identifiers. White space around a text does not. */
function repeatedTexts(texts: { text: string }[], pathOf: (index: number) => string): ContentFault[] {
  const seen = new Map<string, number>();
  return texts.flatMap(({ text }, index): ContentFault[] => {
    const first = seen.get(text.trim());
    if (first === undefined) seen.set(text.trim(), index);
    if (first === undefined || isBlank(text)) return [];
    const message = `answer ${index + 1} repeats answer ${first + 1}`;
    return [{ code: "TEXT_TWICE", path: pathOf(index), message }];
  });
}

function creditFaults(credits: { creditMillis: number }[], list: string, least: number): ContentFault[] {
  const message = `a credit is a whole number of thousandths of a percent from ${least} to ${FULL_CREDIT_MILLIS}`;
  return credits.flatMap(({ creditMillis }, index) =>
    Number.isInteger(creditMillis) && creditMillis >= least && creditMillis <= FULL_CREDIT_MILLIS
      ? []
      : [{ code: "CREDIT_OUT_OF_RANGE", path: `${list}.${index}.creditMillis`, message }],
  );
}

/** jsonb refuses NUL and unpaired surrogates: the write would fail far from the text that caused it. */
function unstorableTexts(value: unknown, path: string): ContentFault[] {
  if (typeof value === "string") {
    const message = "the text holds a character that cannot be stored";
    return unstorableAt(value) < 0 ? [] : [{ code: "CHARACTER_NOT_STORABLE", path, message }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unstorableTexts(inner, path ? `${path}.${key}` : key));
}

/**
 * The index of the first character that PostgreSQL cannot store, or that stands for one that was lost on the way, which a
 * file could not bring back; -1 for none.
 */
export const unstorableAt = (text: string): number => text.search(/[\0\ufffd]|\p{Cs}/u);

function hasFullCredit({ creditMillis }: { creditMillis: number }): boolean {
  return creditMillis === FULL_CREDIT_MILLIS;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
