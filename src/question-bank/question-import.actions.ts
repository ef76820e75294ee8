import type { Ctx } from "../identity/viewer.type";
import { refreshStatistics } from "../platform/db/statistics";
import type { Tx } from "../platform/db/tx";
import { must, refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Skill } from "../skills/skill.entity";
import { GIFT_LIMIT_BYTES } from "./gift.rules";
import { addQuestions, rewordQuestion } from "./question.actions";
import { Question, QuestionVersion } from "./question.entity";
import type { ImportQuestionsInput } from "./question.input";
import type { Wording } from "./question.rules";
import { QuestionBank } from "./question-bank.entity";
import { mayWriteQuestions } from "./question-bank.policy";
import { type KnownQuestion, type PlannedItem, plannedImport } from "./question-import.rules";

/** What became of one question of the file. */
export interface ImportedItem extends PlannedItem {
  /** Null where the question was refused or ignored, and on a dry run also where it would be created. */
  questionId: string | null;
}

export interface ImportReport {
  dryRun: boolean;
  items: ImportedItem[];
}

/**
 * Imports a GIFT file into a bank: all that can be read, in one transaction; what cannot is reported with its line.
 * @throws Refusal FORBIDDEN | NOT_FOUND | IMPORT_TOO_LARGE | IMPORT_EMPTY
 */
export async function importQuestions(
  ctx: Ctx,
  { bankId, gift, skillId = null, dryRun }: ImportQuestionsInput,
): Promise<ImportReport> {
  must(mayWriteQuestions(ctx.viewer), "import questions");
  const bytes = Buffer.byteLength(gift);
  if (bytes > GIFT_LIMIT_BYTES) {
    refuse("IMPORT_TOO_LARGE", `The file has ${bytes} bytes; at most ${GIFT_LIMIT_BYTES} at once: split it.`, "gift");
  }
  const report = await ctx.db.transaction(async (tx) => {
    const bank = await tx.find(QuestionBank, bankId, "bankId");
    if (!dryRun) await tx.claim(QuestionBank, bankId);
    if (skillId) await tx.find(Skill, skillId, "skillId");
    const plan = plannedImport(gift, skillId, await questionsOf(tx, bank));
    if (plan.length === 0) refuse("IMPORT_EMPTY", "The file holds no question: only blank lines and comments.", "gift");
    const written = dryRun ? new Map<number, string>() : await carryOut(tx, bank, plan);
    const questionId = (index: number) => written.get(index) ?? plan[index]!.known?.id ?? null;
    const items = plan.map((item, index) => ({ ...item, questionId: questionId(item.repeats ?? index) }));
    if (!dryRun) await announce(tx, "question_bank.imported", bank);
    return { dryRun, items };
  });
  if (!dryRun) await refreshStatistics(ctx.db.database, [Question, QuestionVersion]);
  return report;
}

/** Writes what the plan says; answers index in the plan -> id of the question that was written. */
async function carryOut(tx: Tx, bank: QuestionBank, plan: readonly PlannedItem[]): Promise<Map<number, string>> {
  const written = new Map<number, string>();
  const created: { index: number; externalKey: string | null; wording: Wording }[] = [];
  for (const [index, { wording, known, externalKey }] of plan.entries()) {
    if (!wording) continue;
    if (known) written.set(index, (await rewordQuestion(tx, await tx.claim(Question, known.id), wording)).id);
    else created.push({ index, externalKey, wording });
  }
  const questions = await addQuestions(tx, bank.id, created);
  for (const [n, { index }] of created.entries()) written.set(index, questions[n]!.id);
  return written;
}

/** The bank's questions with the checksum of their newest version. */
function questionsOf(tx: Tx, bank: QuestionBank): Promise<KnownQuestion[]> {
  return tx.all<KnownQuestion>(
    `select q.id, q.external_key as "externalKey", q.latest_number as "latestNumber", v.checksum
     from questions q
     join question_versions v
       on v.organization_id = q.organization_id and v.question_id = q.id and v.number = q.latest_number
     where q.bank_id = $1`,
    [bank.id],
  );
}
