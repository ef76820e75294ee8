import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun, NounOfKinds, Value } from "../platform/graphql/node";
import type { Level } from "../skills/level.rules";
import { LevelEnum } from "../skills/level.type";
import type { PublicationState } from "./publication.rules";
import { PublicationStateEnum } from "./publication.type";
import type { Question, QuestionVersion } from "./question.entity";
import type { Guidance } from "./question.rules";
import type { FormattedText, QuestionKind, TextFormat } from "./question-content.rules";

export const QuestionKindEnum = enumOf<QuestionKind>("QuestionKind", "How a question is answered.", {
  SINGLE_CHOICE: "One of several options.",
  MULTIPLE_CHOICE: "Any number of several options.",
  TRUE_FALSE: "True or false.",
  SHORT_TEXT: "A few words, compared with accepted ones.",
  NUMERIC: "A number within a tolerance.",
  MATCHING: "Pairs to be joined.",
  ESSAY: "A text that a person marks.",
  DISCUSSION: "Talked through in an interview.",
});

export const TextFormatEnum = enumOf<TextFormat>("TextFormat", "How a text is written.", {
  MARKDOWN: "Markdown.",
  HTML: "HTML; clean it before you show it.",
  PLAIN: "Plain text.",
  MOODLE: "Moodle's auto-format: HTML fragments in which line ends count.",
});

@Value("FormattedText", "A text, and how it is written.")
export class FormattedTextType implements FormattedText {
  @Field(() => String, { description: "The text." })
  text!: string;

  @Field(() => TextFormatEnum, { description: "How `text` is written." })
  format!: TextFormat;
}

@Value("Guidance", "What an interviewer should know to judge an answer. Markdown.")
export class GuidanceType implements Guidance {
  @Field(() => String, { description: "What a good answer looks like." })
  good!: string;

  @Field(() => [String], { description: "Questions to go deeper, or to help somebody who is stuck." })
  followUps!: string[];

  @Field(() => [String], { description: "Signs of warning that one can observe." })
  redFlags!: string[];
}

type PublishedQuestion = Pick<Question, "id" | "externalKey" | "createdAt" | "version">;

@Noun("Question", "A question through all its versions.")
export abstract class QuestionType extends NodeType implements PublishedQuestion {
  @Field(() => String, {
    nullable: true,
    description: "What the question is called in files and elsewhere; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Date, { description: "When the question was added." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change of the question: pass it to the next one." })
  version!: number;
}

type PublishedVersion = Pick<
  QuestionVersion,
  | "id"
  | "number"
  | "state"
  | "kind"
  | "title"
  | "stem"
  | "stemFormat"
  | "tags"
  | "level"
  | "difficulty"
  | "minutes"
  | "licence"
  | "source"
  | "useCount"
  | "lastUsedAt"
  | "createdAt"
>;

@NounOfKinds("QuestionVersion", "What a question asks, at one time. Never changes from the moment that it is READY.")
export abstract class QuestionVersionType extends NodeType implements PublishedVersion {
  @Field(() => Int, { description: "1, 2, 3 … within the question." })
  number!: number;

  @Field(() => PublicationStateEnum, { description: "How far the version has come." })
  state!: PublicationState;

  @Field(() => QuestionKindEnum, { description: "How the question is answered." })
  kind!: QuestionKind;

  @Field(() => String, { nullable: true, description: "A few words to find it by." })
  title!: string | null;

  @Field(() => String, { description: "What is asked." })
  stem!: string;

  @Field(() => TextFormatEnum, { description: "How `stem` is written." })
  stemFormat!: TextFormat;

  @Field(() => [String], { description: "Labels." })
  tags!: string[];

  @Field(() => LevelEnum, { nullable: true, description: "Seniority from which it may be asked; null: not said." })
  level!: Level | null;

  @Field(() => Int, {
    nullable: true,
    description: "1 (easy) to 5 (hard) for somebody of the level; null: not said.",
  })
  difficulty!: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes to spend on it; null: not said." })
  minutes!: number | null;

  @Field(() => String, { nullable: true, description: "Licence under which it may be used; null: not said." })
  licence!: string | null;

  @Field(() => String, { nullable: true, description: "Where it comes from; null: not said." })
  source!: string | null;

  @Field(() => Int, { description: "How often it was put into a kit or asked." })
  useCount!: number;

  @Field(() => Date, { nullable: true, description: "When it was last put into a kit or asked; null: never." })
  lastUsedAt!: Date | null;

  @Field(() => Date, { description: "When the version was made." })
  createdAt!: Date;
}
