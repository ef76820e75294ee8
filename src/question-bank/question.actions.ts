import type { Ctx } from "../identity/viewer.type";
import type { Fresh, Tx } from "../platform/db/tx";
import { must, refuse } from "../platform/errors";
import { announce, announceAll } from "../platform/journal/announce";
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
  return ctx.db.transaction(async (tx) => {
    await tx.find(QuestionBank, bankId, "bankId");
    if (skillId) await tx.find(Skill, skillId, "skillId");
    const wording: Wording = {
      kind,
      title,
      stem,
      stemFormat,
      content: { kind },
      generalFeedback: null,
      tags: tags ?? [],
      skillId,
    };
    const [question] = await addQuestions(tx, bankId, [{ externalKey: null, wording }]);
    return question!;
  });
}

interface NewQuestion {
  externalKey: string | null;
  wording: Wording;
}

/** Adds questions with their first versions to a bank, in the caller's transaction. In the order given. */
export async function addQuestions(tx: Tx, bankId: string, fresh: readonly NewQuestion[]): Promise<Question[]> {
  const rows = fresh.map(({ externalKey }) => ({ bankId, externalKey, latestNumber: 1 }));
  const questions = await tx.insertAll(Question, rows);
  const versions = questions.map((question, index) => versionOf(question, fresh[index]!.wording));
  await tx.insertAll(QuestionVersion, versions);
  await announceAll(tx, "question.created", questions);
  return questions;
}

/** Gives a question its next version, in the caller's transaction. The question must have been claimed. */
export async function rewordQuestion(tx: Tx, question: Question, wording: Wording): Promise<Question> {
  const next = await tx.change(question, { latestNumber: question.latestNumber + 1 });
  await tx.insert(QuestionVersion, versionOf(next, wording));
  await announce(tx, "question.updated", next);
  return next;
}

const versionOf = (question: Question, wording: Wording): Fresh<QuestionVersion> => ({
  ...wording,
  tags: [...wording.tags],
  questionId: question.id,
  number: question.latestNumber,
  checksum: checksumOf(wording),
});
