import { Field, Float, Int } from "type-graphql";
import { Kind, Value } from "../platform/graphql/node";
import { FormattedTextType, QuestionVersionType, TextFormatEnum } from "./question.type";
import type { FormattedText, QuestionKind, TextFormat } from "./question-content.rules";
import type { SeenInterval, SeenOption, SeenPair, SeenText } from "./question-key.rules";

/** A kind's published type. A new kind enters here, in question-content.rules.ts, and in the tables that TypeScript then asks for. */
const KindOfQuestion = (kind: QuestionKind, name: string, description: string): ClassDecorator =>
  Kind("QuestionVersion", kind, name, description);

const CREDIT = "In thousandths of a percent: 100000 is all of it.";
const CLOSED = "Null where you may not see the key.";

@Value("ChoiceOption", "An option of a choice.")
export class ChoiceOptionType implements SeenOption {
  @Field(() => String, { description: "The option." })
  text!: string;

  @Field(() => TextFormatEnum, { description: "How `text` is written." })
  format!: TextFormat;

  @Field(() => Int, { nullable: true, description: `Credit for choosing it; below 0 a penalty. ${CREDIT} ${CLOSED}` })
  creditMillis!: number | null;

  @Field(() => FormattedTextType, {
    nullable: true,
    description: "Shown to somebody who chose it. Null where there is none, or where you may not see the key.",
  })
  feedback!: FormattedText | null;
}

@Value("AcceptedText", "An answer that earns credit. `*` stands for any characters, `\\*` for an asterisk.")
export class AcceptedTextType implements SeenText {
  @Field(() => String, { description: "The answer." })
  text!: string;

  @Field(() => Int, { description: `Credit for it. ${CREDIT}` })
  creditMillis!: number;

  @Field(() => FormattedTextType, { nullable: true, description: "Shown to somebody who answered it; null: nothing." })
  feedback!: FormattedText | null;
}

@Value("AcceptedInterval", "Numbers that earn credit, both bounds included.")
export class AcceptedIntervalType implements SeenInterval {
  @Field(() => Float, { description: "Least number." })
  low!: number;

  @Field(() => Float, { description: "Greatest number." })
  high!: number;

  @Field(() => Int, { description: `Credit for it. ${CREDIT}` })
  creditMillis!: number;

  @Field(() => FormattedTextType, { nullable: true, description: "Shown to somebody who answered it; null: nothing." })
  feedback!: FormattedText | null;
}

@Value("MatchingPair", "What belongs together.")
export class MatchingPairType implements SeenPair {
  @Field(() => FormattedTextType, { nullable: true, description: "What is to be matched; null: the answer distracts." })
  prompt!: FormattedText | null;

  @Field(() => String, { description: "What belongs to it." })
  answer!: string;
}

@KindOfQuestion("SINGLE_CHOICE", "SingleChoiceQuestion", "A version that asks for one of several options.")
export abstract class SingleChoiceQuestionType extends QuestionVersionType {}

@KindOfQuestion("MULTIPLE_CHOICE", "MultipleChoiceQuestion", "A version that asks for any number of several options.")
export abstract class MultipleChoiceQuestionType extends QuestionVersionType {}

@KindOfQuestion("TRUE_FALSE", "TrueFalseQuestion", "A version that asks whether something is true.")
export abstract class TrueFalseQuestionType extends QuestionVersionType {}

@KindOfQuestion("SHORT_TEXT", "ShortTextQuestion", "A version that asks for a few words.")
export abstract class ShortTextQuestionType extends QuestionVersionType {}

@KindOfQuestion("NUMERIC", "NumericQuestion", "A version that asks for a number.")
export abstract class NumericQuestionType extends QuestionVersionType {}

@KindOfQuestion("MATCHING", "MatchingQuestion", "A version that asks to join pairs.")
export abstract class MatchingQuestionType extends QuestionVersionType {}

@KindOfQuestion("ESSAY", "EssayQuestion", "A version that asks for a text, which a person marks.")
export abstract class EssayQuestionType extends QuestionVersionType {}

@KindOfQuestion("DISCUSSION", "DiscussionQuestion", "A version that is talked through in an interview.")
export abstract class DiscussionQuestionType extends QuestionVersionType {}
