import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createQuestionBank, editQuestionBank } from "./question-bank.actions";
import { QuestionBank } from "./question-bank.entity";
import { CreateQuestionBankInput, EditQuestionBankInput } from "./question-bank.input";
import { QuestionBankType } from "./question-bank.type";

const CreateQuestionBankPayload = payloadOf(
  "CreateQuestionBank",
  "questionBank",
  () => QuestionBankType,
  "The new bank.",
);

const EditQuestionBankPayload = payloadOf(
  "EditQuestionBank",
  "questionBank",
  () => QuestionBankType,
  "The bank, as it is now.",
);

@Resolver()
export class QuestionBankResolver {
  @Query(() => connectionOf(QuestionBank), { description: "Question banks, by name." })
  questionBanks(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, QuestionBank, args);
  }

  @Mutation(() => CreateQuestionBankPayload, { description: "Opens a question bank." })
  createQuestionBank(@Context() ctx: Ctx, @Input(() => CreateQuestionBankInput) input: CreateQuestionBankInput) {
    return payload(ctx, "questionBank", input, createQuestionBank);
  }

  @Mutation(() => EditQuestionBankPayload, { description: "Renames a question bank, or says anew what it is for." })
  editQuestionBank(@Context() ctx: Ctx, @Input(() => EditQuestionBankInput) input: EditQuestionBankInput) {
    return payload(ctx, "questionBank", input, editQuestionBank);
  }
}
