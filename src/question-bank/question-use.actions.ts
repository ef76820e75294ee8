import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { QuestionUse } from "./question-use.entity";
import type { UseOccasion } from "./question-use.rules";

interface Use {
  occasion: UseOccasion;
  /** Id of the kit or session. */
  usedIn: string;
  questionVersionIds: readonly string[];
}

/** Counts the use of question versions, in the caller's transaction: once in the same kit or session. */
export async function recordUse(tx: Tx, { occasion, usedIn, questionVersionIds }: Use): Promise<void> {
  const counted = await allRows(
    tx,
    QuestionUse,
    (bind) =>
      `t.question_version_id = any(${bind(questionVersionIds)}) and t.used_in = ${bind(usedIn)} and t.occasion = ${bind(occasion)}`,
  );
  const before = new Set(counted.map(({ questionVersionId }) => questionVersionId));
  const used = [...new Set(questionVersionIds)].filter((id) => !before.has(id));
  await tx.insertAll(
    QuestionUse,
    used.map((questionVersionId) => ({ questionVersionId, occasion, usedIn })),
  );
  await tx.all("update question_versions set use_count = use_count + 1, last_used_at = $2 where id = any($1)", [
    used,
    tx.occasion.now,
  ]);
}
