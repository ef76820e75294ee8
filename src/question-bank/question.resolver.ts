import { Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createQuestion } from "./question.actions";
import { Question } from "./question.entity";
import { CreateQuestionInput, ImportQuestionsInput } from "./question.input";
import { QuestionType } from "./question.type";
import { type ImportedItem, importQuestions } from "./question-import.actions";
import { ImportedItemType, ImportReportType } from "./question-import.type";

const CreateQuestionPayload = payloadOf("CreateQuestion", "question", () => QuestionType, "The new question.");
const ImportQuestionsPayload = payloadOf("ImportQuestions", "report", () => ImportReportType, "What was done.");

@Resolver()
export class QuestionResolver {
  @Query(() => connectionOf(Question), { description: "Questions of all banks, newest first." })
  questions(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Question, args);
  }

  @Mutation(() => CreateQuestionPayload, { description: "Writes an open question." })
  createQuestion(@Context() ctx: Ctx, @Input(() => CreateQuestionInput) input: CreateQuestionInput) {
    return payload(ctx, "question", input, createQuestion);
  }

  @Mutation(() => ImportQuestionsPayload, {
    description: "Imports questions in GIFT: all that can be read; the report tells of each question with its line.",
  })
  importQuestions(@Context() ctx: Ctx, @Input(() => ImportQuestionsInput) input: ImportQuestionsInput) {
    return payload(ctx, "report", input, importQuestions);
  }
}

@Resolver(() => ImportedItemType)
export class ImportedItemResolver {
  @FieldResolver(() => QuestionType, {
    nullable: true,
    description: "The question; null where it was refused or ignored, and on a dry run also where it would be created.",
  })
  question(@Root() { questionId }: ImportedItem, @Context() { db }: Ctx) {
    return questionId ? byId(db, Question, questionId) : null;
  }
}
