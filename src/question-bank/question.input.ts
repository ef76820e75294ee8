import { Field, InputType } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Flag, IdOf, Line, Prose, Tags } from "../platform/graphql/input-fields";
import { TextFormatEnum } from "./question.type";
import type { TextFormat } from "./question-content.rules";

export type OpenKind = "ESSAY" | "DISCUSSION";

const OpenKindEnum = enumOf<OpenKind>("OpenQuestionKind", "Kinds of question that a person marks.", {
  ESSAY: "A text that a person marks.",
  DISCUSSION: "Talked through in an interview.",
});

@InputType({ description: "An open question: one without a key. Questions with keys are imported." })
export class CreateQuestionInput {
  @IdOf("QuestionBank", "The bank that will hold it.")
  bankId!: string;

  @Field(() => OpenKindEnum, { description: "How it is answered." })
  kind!: OpenKind;

  @Line("A few words to find it by.", { optional: true })
  title?: string | null;

  @Prose("What is asked; not blank.")
  stem!: string;

  @Field(() => TextFormatEnum, { defaultValue: "MARKDOWN", description: "How `stem` is written. Default MARKDOWN." })
  stemFormat!: TextFormat;

  @IdOf("Skill", "The skill that it tests.", { optional: true })
  skillId?: string | null;

  @Tags("Labels.")
  tags?: string[] | null;
}

@InputType({ description: "Questions in GIFT, Moodle's text format." })
export class ImportQuestionsInput {
  @IdOf("QuestionBank", "The bank that will hold them.")
  bankId!: string;

  @Field(() => String, {
    description: "The file's text: UTF-8, at most 1 MB. Questions are parted by blank lines; `// [id:key]` names one.",
  })
  gift!: string;

  @IdOf("Skill", "The skill that all of them test.", { optional: true })
  skillId?: string | null;

  @Flag("Whether only to report what would be done.", false)
  dryRun!: boolean;
}
