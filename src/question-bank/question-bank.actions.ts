import type { Ctx } from "../identity/viewer.type";
import { announce } from "../platform/journal/announce";
import { QuestionBank } from "./question-bank.entity";
import type { CreateQuestionBankInput, EditQuestionBankInput } from "./question-bank.input";

/** Opens a bank. @throws Refusal FORBIDDEN | ALREADY_EXISTS */
export function createQuestionBank(
  ctx: Ctx,
  { name, description, externalKey }: CreateQuestionBankInput,
): Promise<QuestionBank> {
  return ctx.db.transaction(async (tx) => {
    const bank = await tx.insert(QuestionBank, {
      name,
      description: description ?? "",
      externalKey: externalKey ?? null,
    });
    await announce(tx, "question_bank.created", bank);
    return bank;
  });
}

/** Renames or describes a bank anew. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ALREADY_EXISTS */
export function editQuestionBank(
  ctx: Ctx,
  { id, version, name, description }: EditQuestionBankInput,
): Promise<QuestionBank> {
  return ctx.db.transaction(async (tx) => {
    const bank = await tx.claim(QuestionBank, id, version);
    const changed = await tx.change(bank, { name, description: description ?? "" });
    await announce(tx, "question_bank.updated", changed, ["name", "description"]);
    return changed;
  });
}
