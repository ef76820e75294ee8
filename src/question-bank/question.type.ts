import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Question, QuestionVersion } from "./question.entity";
import type { QuestionKind, TextFormat } from "./question-content.rules";

const QuestionKindEnum = enumOf<QuestionKind>("QuestionKind", "How a question is answered.", {
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

type PublishedQuestion = Pick<Question, "id" | "externalKey" | "createdAt" | "version">;

@Noun("Question", "A question through all its versions.")
export abstract class QuestionType extends NodeType implements PublishedQuestion {
  @Field(() => String, {
    nullable: true,
    description: "What the question is called where it comes from; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Date, { description: "When the question was added." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change of the question." })
  version!: number;
}

type PublishedVersion = Pick<
  QuestionVersion,
  "id" | "number" | "kind" | "title" | "stem" | "stemFormat" | "tags" | "createdAt"
>;

@Noun("QuestionVersion", "What a question asks, at one time. Never changes.")
export abstract class QuestionVersionType extends NodeType implements PublishedVersion {
  @Field(() => Int, { description: "1, 2, 3 … within the question." })
  number!: number;

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

  @Field(() => Date, { description: "When the version was made." })
  createdAt!: Date;
}
