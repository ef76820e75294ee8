import type { Tx } from "../platform/db/tx";
import { QuestionUse } from "./question-use.entity";
import type { UseOccasion } from "./question-use.rules";

interface Use {
  occasion: UseOccasion;
  /** Id of the kit or session. */
  usedIn: string;
  questionVersionIds: readonly string[];
}

/** Counts the use of question versions, in the caller's transaction. */
export async function recordUse(tx: Tx, { occasion, usedIn, questionVersionIds }: Use): Promise<void> {
  const used = [...new Set(questionVersionIds)];
  await tx.insertAll(
    QuestionUse,
    used.map((questionVersionId) => ({ questionVersionId, occasion, usedIn })),
  );
  await tx.all("update question_versions set use_count = use_count + 1, last_used_at = $2 where id = any($1)", [
    used,
    tx.occasion.now,
  ]);
}
