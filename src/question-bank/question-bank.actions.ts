import type { Ctx } from "../identity/viewer.type";
import { must } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { QuestionBank } from "./question-bank.entity";
import type { CreateQuestionBankInput } from "./question-bank.input";
import { mayWriteQuestions } from "./question-bank.policy";

/** Opens a bank. @throws Refusal FORBIDDEN | ALREADY_EXISTS */
export function createQuestionBank(ctx: Ctx, { name, description }: CreateQuestionBankInput): Promise<QuestionBank> {
  must(mayWriteQuestions(ctx.viewer), "open question banks");
  return ctx.db.transaction(async (tx) => {
    const bank = await tx.insert(QuestionBank, { name, description: description ?? "", externalKey: null });
    await announce(tx, "question_bank.created", bank);
    return bank;
  });
}
