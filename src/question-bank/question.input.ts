import { Field, InputType } from "type-graphql";
import { ExternalKey, IdOf, Line, Part, Prose, Version, Whole } from "../platform/graphql/input-fields";
import { IdsOf, Parts, Tags, Texts } from "../platform/graphql/input-lists";
import type { Level } from "../skills/level.rules";
import { LevelEnum } from "../skills/level.type";
import type { Verdict } from "./publication.rules";
import { VerdictEnum } from "./publication.type";
import { QuestionKindEnum, TextFormatEnum } from "./question.type";
import {
  AcceptedIntervalInput,
  AcceptedTextInput,
  ChoiceOptionInput,
  FormattedTextInput,
  MatchingPairInput,
} from "./question-content.input";
import type { QuestionKind, TextFormat } from "./question-content.rules";

@InputType({ description: "What an interviewer should know to judge an answer. Markdown." })
export class GuidanceInput {
  @Prose("What a good answer looks like.")
  good!: string;

  @Texts("Questions to go deeper, or to help somebody who is stuck.")
  followUps?: string[] | null;

  @Texts("Signs of warning that one can observe.")
  redFlags?: string[] | null;
}

/** Everything that a version says. What does not belong to its kind is refused. */
@InputType()
export abstract class WordingInput {
  @Field(() => QuestionKindEnum, { description: "How the question is answered." })
  kind!: QuestionKind;

  @Line("A few words to find it by.", { optional: true })
  title?: string | null;

  @Prose("What is asked; not blank.")
  stem!: string;

  @Field(() => TextFormatEnum, { defaultValue: "MARKDOWN", description: "How `stem` is written. Default MARKDOWN." })
  stemFormat!: TextFormat;

  @Parts(() => ChoiceOptionInput, "SINGLE_CHOICE and MULTIPLE_CHOICE: the options, in order.", {
    max: 50,
    optional: true,
  })
  options?: ChoiceOptionInput[] | null;

  @Field(() => Boolean, { nullable: true, description: "TRUE_FALSE: the right answer." })
  answer?: boolean | null;

  @Part(() => FormattedTextInput, "TRUE_FALSE: shown to somebody who answered true.")
  feedbackWhenTrue?: FormattedTextInput | null;

  @Part(() => FormattedTextInput, "TRUE_FALSE: shown to somebody who answered false.")
  feedbackWhenFalse?: FormattedTextInput | null;

  @Parts(() => AcceptedTextInput, "SHORT_TEXT: answers that earn credit.", { max: 50, optional: true })
  acceptedTexts?: AcceptedTextInput[] | null;

  @Parts(() => AcceptedIntervalInput, "NUMERIC: numbers that earn credit.", { max: 50, optional: true })
  acceptedIntervals?: AcceptedIntervalInput[] | null;

  @Part(() => FormattedTextInput, "NUMERIC: shown for any other number.")
  feedbackOtherwise?: FormattedTextInput | null;

  @Parts(() => MatchingPairInput, "MATCHING: what belongs together.", { max: 50, optional: true })
  pairs?: MatchingPairInput[] | null;

  @Part(() => FormattedTextInput, "Shown after the answer, whatever it was.")
  generalFeedback?: FormattedTextInput | null;

  @Part(() => GuidanceInput, "How to judge an answer.")
  guidance?: GuidanceInput | null;

  @IdsOf("Skill", "The skills that it tests, the main one first.")
  skillIds?: string[] | null;

  @Tags("Labels.")
  tags?: string[] | null;

  @Field(() => LevelEnum, { nullable: true, description: "Seniority from which it may be asked." })
  level?: Level | null;

  @Whole(1, 5, "How hard it is for somebody of the level.", { optional: true })
  difficulty?: number | null;

  @Whole(1, 240, "Minutes to spend on it.", { optional: true })
  minutes?: number | null;

  @Line("Licence under which it may be used, such as CC-BY-4.0.", { optional: true })
  licence?: string | null;

  @Line("Where it comes from.", { optional: true, max: 1000 })
  source?: string | null;
}

@InputType({ description: "A question with its first version, which is a DRAFT." })
export class CreateQuestionInput extends WordingInput {
  @IdOf("QuestionBank", "The bank that will hold it.")
  bankId!: string;

  @ExternalKey("What it is called in files and elsewhere; unique in the bank.")
  externalKey?: string | null;
}

@InputType()
abstract class QuestionMoveInput {
  @IdOf("Question", "The question.")
  id!: string;

  @Version("The question's `version` that you read.")
  version!: number;
}

@InputType({ description: "All that the question shall say from now on: what is left out is taken away." })
export class EditQuestionInput extends WordingInput {
  @IdOf("Question", "The question.")
  id!: string;

  @Version("The question's `version` that you read.")
  version!: number;
}

@InputType({ description: "The question whose draft is to be reviewed." })
export class RequestQuestionReviewInput extends QuestionMoveInput {}

@InputType({ description: "The question whose READY version is to be taken out of use." })
export class RetireQuestionInput extends QuestionMoveInput {}

@InputType({ description: "The question whose draft is given up." })
export class DiscardQuestionDraftInput extends QuestionMoveInput {}

@InputType({ description: "What you make of a question that is in review. You must not have written it." })
export class ReviewQuestionInput extends QuestionMoveInput {
  @Field(() => VerdictEnum, { description: "Whether it becomes READY, or goes back to its authors." })
  verdict!: Verdict;

  @Prose("What you say to the authors; asked for where you return it.", { optional: true })
  comment?: string | null;
}

@InputType({ description: "A remark on a version." })
export class CommentOnQuestionInput {
  @IdOf("QuestionVersion", "The version.")
  questionVersionId!: string;

  @Prose("The remark; not blank. Markdown.")
  text!: string;
}
