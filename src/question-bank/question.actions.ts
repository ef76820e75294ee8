import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { must, refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Skill } from "../skills/skill.entity";
import { Question, QuestionVersion } from "./question.entity";
import type { CreateQuestionInput } from "./question.input";
import { checksumOf, type Wording } from "./question.rules";
import { QuestionBank } from "./question-bank.entity";
import { mayWriteQuestions } from "./question-bank.policy";

/** Writes an open question with its first version. @throws Refusal FORBIDDEN | NOT_FOUND | BAD_INPUT */
export function createQuestion(ctx: Ctx, input: CreateQuestionInput): Promise<Question> {
  must(mayWriteQuestions(ctx.viewer), "write questions");
  const { bankId, kind, title = null, stem, stemFormat, skillId = null, tags } = input;
  if (stem.trim() === "") refuse("BAD_INPUT", "`stem` is blank: write what is asked.", "stem");
  return ctx.db.transaction(ctx, async (tx) => {
    await tx.find(QuestionBank, bankId, "bankId");
    if (skillId) await tx.find(Skill, skillId, "skillId");
    const content = { kind };
    return addQuestion(tx, bankId, null, {
      kind,
      title,
      stem,
      stemFormat,
      content,
      generalFeedback: null,
      tags: tags ?? [],
      skillId,
    });
  });
}

/** Adds a question and its first version to a bank, in the caller's transaction. */
export async function addQuestion(
  tx: Tx,
  bankId: string,
  externalKey: string | null,
  wording: Wording,
): Promise<Question> {
  const question = await tx.insert(Question, { bankId, externalKey, latestNumber: 1 });
  await writeVersion(tx, question, wording);
  await announce(tx, "question.created", question);
  return question;
}

/** Gives a question its next version, in the caller's transaction. The question must have been claimed. */
export async function rewordQuestion(tx: Tx, question: Question, wording: Wording): Promise<Question> {
  const next = await tx.change(question, { latestNumber: question.latestNumber + 1 });
  await writeVersion(tx, next, wording);
  await announce(tx, "question.updated", next);
  return next;
}

async function writeVersion(tx: Tx, question: Question, wording: Wording): Promise<void> {
  await tx.insert(QuestionVersion, {
    ...wording,
    tags: [...wording.tags],
    questionId: question.id,
    number: question.latestNumber,
    checksum: checksumOf(wording),
  });
}
