import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { must, refuseAll } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { Skill } from "../skills/skill.entity";
import { mayWriteQuestions } from "./question-bank.policy";
import { Anchor, Criterion, Rubric, RubricVersion } from "./rubric.entity";
import type { CreateRubricInput, CriterionInput } from "./rubric.input";
import { rubricFaults } from "./rubric.rules";

/** Makes a rubric and its first version. @throws Refusal FORBIDDEN | NOT_FOUND | RUBRIC_UNUSABLE | ALREADY_EXISTS */
export function createRubric(ctx: Ctx, { name, criteria }: CreateRubricInput): Promise<Rubric> {
  must(mayWriteQuestions(ctx.viewer), "make rubrics");
  refuseAll(rubricFaults(criteria));
  return ctx.db.transaction(async (tx) => {
    await tx.findAll(
      Skill,
      criteria.map(({ skillId }) => skillId),
      (index) => ["criteria", `${index}`, "skillId"],
    );
    const rubric = await tx.insert(Rubric, { name });
    const version = await tx.insert(RubricVersion, { rubricId: rubric.id, number: 1 });
    await writeCriteria(tx, version, criteria);
    await announce(tx, "rubric.created", rubric);
    return rubric;
  });
}

async function writeCriteria(tx: Tx, version: RubricVersion, criteria: readonly CriterionInput[]): Promise<void> {
  const rows = criteria.map(({ gate, anchors: _, ...criterion }, position) => {
    const id = newId("Criterion");
    return {
      ...criterion,
      id,
      stableId: id,
      rubricVersionId: version.id,
      position,
      gateMin: gate?.min ?? null,
      gateRule: gate?.rule ?? null,
    };
  });
  await tx.insertAll(Criterion, rows);
  const anchors = criteria.flatMap(({ anchors: written }, index) =>
    written.map(({ value, label, behaviour }) => ({ criterionId: rows[index]!.id, value, label, behaviour })),
  );
  await tx.insertAll(Anchor, anchors);
}
