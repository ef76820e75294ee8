import { Field, Float, InputType } from "type-graphql";
import { Part, Prose, Whole } from "../platform/graphql/input-fields";
import { TextFormatEnum } from "./question.type";
import type { AcceptedInterval, AcceptedText, ChoiceOption, FormattedText, TextFormat } from "./question-content.rules";

const CREDIT = "In thousandths of a percent: 100000 is all of it.";

@InputType({ description: "A text, and how it is written." })
export class FormattedTextInput implements FormattedText {
  @Prose("The text.")
  text!: string;

  @Field(() => TextFormatEnum, { defaultValue: "MARKDOWN", description: "How `text` is written. Default MARKDOWN." })
  format!: TextFormat;
}

@InputType({ description: "An option of a choice." })
export class ChoiceOptionInput extends FormattedTextInput implements Partial<ChoiceOption> {
  @Whole(-100_000, 100_000, `Credit for choosing it; below 0 a penalty. ${CREDIT}`)
  creditMillis!: number;

  @Part(() => FormattedTextInput, "Shown to somebody who chose it.")
  feedback!: FormattedTextInput | null;
}

@InputType({ description: "An answer in words that earns credit." })
export class AcceptedTextInput implements Partial<AcceptedText> {
  @Prose("The answer; `*` stands for any characters, `\\*` for an asterisk.", { max: 1000 })
  text!: string;

  @Whole(0, 100_000, `Credit for it. ${CREDIT}`)
  creditMillis!: number;

  @Part(() => FormattedTextInput, "Shown to somebody who answered it.")
  feedback!: FormattedTextInput | null;
}

@InputType({ description: "Numbers that earn credit, both bounds included." })
export class AcceptedIntervalInput implements Partial<AcceptedInterval> {
  @Field(() => Float, { description: "Least number." })
  low!: number;

  @Field(() => Float, { description: "Greatest number." })
  high!: number;

  @Whole(0, 100_000, `Credit for it. ${CREDIT}`)
  creditMillis!: number;

  @Part(() => FormattedTextInput, "Shown to somebody who answered it.")
  feedback!: FormattedTextInput | null;
}

@InputType({ description: "What belongs together." })
export class MatchingPairInput {
  @Part(() => FormattedTextInput, "What is to be matched; none: the answer distracts.")
  prompt!: FormattedTextInput | null;

  @Prose("What belongs to it.", { max: 2000 })
  answer!: string;
}
