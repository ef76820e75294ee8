/** MOODLE is Moodle's "auto-format": HTML fragments in which line breaks count. */
export type TextFormat = "MARKDOWN" | "HTML" | "PLAIN" | "MOODLE";

export type FormattedText = { text: string; format: TextFormat };

/** Credit is an integer in thousandths of a percent, so that a third (33.333 %) needs no float. */
export const FULL_CREDIT_MILLIS = 100_000;

/** From -100 000 to 100 000; below 0 is a penalty. */
export type ChoiceOption = FormattedText & { creditMillis: number; feedback: FormattedText | null };

/** Exactly one option earns full credit; others may earn a part. */
export type SingleChoice = { kind: "SINGLE_CHOICE"; options: ChoiceOption[] };

/** The credits above 0 add up to exactly full credit. */
export type MultipleChoice = { kind: "MULTIPLE_CHOICE"; options: ChoiceOption[] };

export type TrueFalse = {
  kind: "TRUE_FALSE";
  answer: boolean;
  /** Shown to somebody who answered true, whether that is right or not. */
  feedbackWhenTrue: FormattedText | null;
  feedbackWhenFalse: FormattedText | null;
};

/** As in Moodle, `*` in an accepted text stands for any characters and `\*` for an asterisk. Credit from 0. */
export type AcceptedText = { text: string; creditMillis: number; feedback: FormattedText | null };
export type ShortText = { kind: "SHORT_TEXT"; accepted: AcceptedText[] };

/** Both bounds belong to the interval. Where intervals overlap, the best credit counts. Credit from 0. */
export type AcceptedInterval = { low: number; high: number; creditMillis: number; feedback: FormattedText | null };
export type Numeric = {
  kind: "NUMERIC";
  accepted: AcceptedInterval[];
  /** For a number in none of the intervals. */
  feedbackOtherwise: FormattedText | null;
};

/** A null prompt makes the answer a distractor. */
export type MatchingPair = { prompt: FormattedText | null; answer: string };
export type Matching = { kind: "MATCHING"; pairs: MatchingPair[] };

/** Marked by a person: ESSAY is written, DISCUSSION is talked through in an interview. */
export type Essay = { kind: "ESSAY" };
export type Discussion = { kind: "DISCUSSION" };

/** Plain JSON: stored as jsonb, equal to itself after a round trip. */
export type QuestionContent =
  | SingleChoice
  | MultipleChoice
  | TrueFalse
  | ShortText
  | Numeric
  | Matching
  | Essay
  | Discussion;

export type QuestionKind = QuestionContent["kind"];
