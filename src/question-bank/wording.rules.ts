import type { Fault } from "../platform/errors";
import { type ContentFault, contentFaults, stemFaults } from "./content-fault.rules";
import type { Guidance, Wording } from "./question.rules";
import type {
  AcceptedInterval,
  AcceptedText,
  ChoiceOption,
  FormattedText,
  MatchingPair,
  QuestionContent,
  QuestionKind,
} from "./question-content.rules";

/** An input in which whatever may be null may also be left out, and texts are objects of any class. */
type Draft<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: T[K] | undefined;
};

interface ContentDraft {
  options?: readonly Draft<ChoiceOption>[] | null;
  answer?: boolean | null;
  feedbackWhenTrue?: FormattedText | null;
  feedbackWhenFalse?: FormattedText | null;
  acceptedTexts?: readonly Draft<AcceptedText>[] | null;
  acceptedIntervals?: readonly Draft<AcceptedInterval>[] | null;
  feedbackOtherwise?: FormattedText | null;
  pairs?: readonly Draft<MatchingPair>[] | null;
}

export interface WordingDraft
  extends ContentDraft,
    Partial<Omit<Wording, "content" | "guidance" | "tags" | "skillIds">> {
  kind: QuestionKind;
  stem: string;
  stemFormat: Wording["stemFormat"];
  guidance?: { good: string; followUps?: string[] | null; redFlags?: string[] | null } | null;
  tags?: readonly string[] | null;
  skillIds?: readonly string[] | null;
}

type ContentField = keyof ContentDraft;

/** What a kind must have, and what it may have besides. */
const FIELDS: Readonly<Record<QuestionKind, { wanted: readonly ContentField[]; allowed: readonly ContentField[] }>> = {
  SINGLE_CHOICE: { wanted: ["options"], allowed: [] },
  MULTIPLE_CHOICE: { wanted: ["options"], allowed: [] },
  TRUE_FALSE: { wanted: ["answer"], allowed: ["feedbackWhenTrue", "feedbackWhenFalse"] },
  SHORT_TEXT: { wanted: ["acceptedTexts"], allowed: [] },
  NUMERIC: { wanted: ["acceptedIntervals"], allowed: ["feedbackOtherwise"] },
  MATCHING: { wanted: ["pairs"], allowed: [] },
  ESSAY: { wanted: [], allowed: [] },
  DISCUSSION: { wanted: [], allowed: [] },
};

const CONTENT_FIELDS = [...new Set(Object.values(FIELDS).flatMap(({ wanted, allowed }) => [...wanted, ...allowed]))];

const text = (given: FormattedText | null | undefined): FormattedText | null =>
  given ? { text: given.text, format: given.format } : null;

/** Called where the wanted fields are there. */
const CONTENT: { [K in QuestionKind]: (draft: ContentDraft) => QuestionContent } = {
  SINGLE_CHOICE: ({ options }) => ({ kind: "SINGLE_CHOICE", options: optionsOf(options!) }),
  MULTIPLE_CHOICE: ({ options }) => ({ kind: "MULTIPLE_CHOICE", options: optionsOf(options!) }),
  TRUE_FALSE: ({ answer, feedbackWhenTrue, feedbackWhenFalse }) => ({
    kind: "TRUE_FALSE",
    answer: answer!,
    feedbackWhenTrue: text(feedbackWhenTrue),
    feedbackWhenFalse: text(feedbackWhenFalse),
  }),
  SHORT_TEXT: ({ acceptedTexts }) => ({
    kind: "SHORT_TEXT",
    accepted: acceptedTexts!.map(({ text: words, creditMillis, feedback }) => ({
      text: words,
      creditMillis,
      feedback: text(feedback),
    })),
  }),
  NUMERIC: ({ acceptedIntervals, feedbackOtherwise }) => ({
    kind: "NUMERIC",
    accepted: acceptedIntervals!.map(({ low, high, creditMillis, feedback }) => ({
      low,
      high,
      creditMillis,
      feedback: text(feedback),
    })),
    feedbackOtherwise: text(feedbackOtherwise),
  }),
  MATCHING: ({ pairs }) => ({
    kind: "MATCHING",
    pairs: pairs!.map(({ prompt, answer }) => ({ prompt: text(prompt), answer })),
  }),
  ESSAY: () => ({ kind: "ESSAY" }),
  DISCUSSION: () => ({ kind: "DISCUSSION" }),
};

const DRAFTS: { [K in QuestionKind]: (content: Extract<QuestionContent, { kind: K }>) => ContentDraft } = {
  SINGLE_CHOICE: ({ options }) => ({ options }),
  MULTIPLE_CHOICE: ({ options }) => ({ options }),
  TRUE_FALSE: ({ kind: _, ...told }) => told,
  SHORT_TEXT: ({ accepted }) => ({ acceptedTexts: accepted }),
  NUMERIC: ({ accepted, feedbackOtherwise }) => ({ acceptedIntervals: accepted, feedbackOtherwise }),
  MATCHING: ({ pairs }) => ({ pairs }),
  ESSAY: () => ({}),
  DISCUSSION: () => ({}),
};

/** The content as the fields of a draft of its kind. */
export const draftOfContent = (content: QuestionContent): ContentDraft => DRAFTS[content.kind](content as never);

const optionsOf = (options: readonly Draft<ChoiceOption>[]): ChoiceOption[] =>
  options.map(({ text: words, format, creditMillis, feedback }) => ({
    text: words,
    format,
    creditMillis,
    feedback: text(feedback),
  }));

const guidanceOf = (guidance: WordingDraft["guidance"]): Guidance | null =>
  guidance ? { good: guidance.good, followUps: guidance.followUps ?? [], redFlags: guidance.redFlags ?? [] } : null;

/** What the version would say; call it where `wordingFaults` are none. */
export const wordingOf = (draft: WordingDraft): Wording => ({
  kind: draft.kind,
  title: draft.title ?? null,
  stem: draft.stem,
  stemFormat: draft.stemFormat,
  content: CONTENT[draft.kind](draft),
  generalFeedback: text(draft.generalFeedback),
  guidance: guidanceOf(draft.guidance),
  tags: draft.tags ?? [],
  skillIds: draft.skillIds ?? [],
  level: draft.level ?? null,
  difficulty: draft.difficulty ?? null,
  minutes: draft.minutes ?? null,
  licence: draft.licence ?? null,
  source: draft.source ?? null,
});

/** What keeps the question from being asked. Paths are those of the draft. */
export function wordingFaults(draft: WordingDraft): Fault[] {
  const misplaced = fieldFaults(draft);
  if (misplaced.length > 0) return misplaced;
  const faults = [
    ...stemFaults({ text: draft.stem, format: draft.stemFormat }),
    ...contentFaults(CONTENT[draft.kind](draft)),
  ];
  return faults.map((fault) => faultOf(fault, draft.kind));
}

function fieldFaults(draft: WordingDraft): Fault[] {
  const { wanted, allowed } = FIELDS[draft.kind];
  const isGiven = (field: ContentField) => draft[field] !== undefined && draft[field] !== null;
  const missing = wanted.filter((field) => !isGiven(field));
  const odd = CONTENT_FIELDS.filter((field) => isGiven(field) && ![...wanted, ...allowed].includes(field));
  const fault = (field: string, message: string): Fault => ({ code: "QUESTION_UNUSABLE", message, field: [field] });
  return [
    ...missing.map((field) => fault(field, `A question of the kind ${draft.kind} needs \`${field}\`.`)),
    ...odd.map((field) => fault(field, `A question of the kind ${draft.kind} has no \`${field}\`: leave it out.`)),
  ];
}

/** `accepted` has a field of its own for each kind that has it. */
function faultOf({ path, message }: ContentFault, kind: QuestionKind): Fault {
  const accepted = kind === "NUMERIC" ? "acceptedIntervals" : "acceptedTexts";
  const field = path.split(".").map((step) => (step === "accepted" ? accepted : step));
  return { code: "QUESTION_UNUSABLE", message: `\`${field.join(".")}\`: ${message}.`, field };
}
