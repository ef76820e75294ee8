import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import { Skill } from "../skills/skill.entity";
import { latestVersion, RUBRICS } from "./publication.actions";
import { Rubric } from "./rubric.entity";
import type { CreateRubricInput, EditRubricInput, RubricInput } from "./rubric.input";
import { claimedSkills, type RubricDraft, rubricFaults } from "./rubric.rules";
import { addRubric, addRubricVersion, rewriteRubricVersion } from "./rubric-version.actions";

/**
 * Makes a rubric, whose first version is a DRAFT.
 * @throws Refusal FORBIDDEN | NOT_FOUND | RUBRIC_UNUSABLE | ALREADY_EXISTS
 */
export function createRubric(ctx: Ctx, { externalKey, ...said }: CreateRubricInput): Promise<Rubric> {
  const draft = usable(said);
  return ctx.db.transaction(async (tx) => {
    await findSkills(tx, draft);
    return addRubric(tx, "DRAFT", { externalKey: externalKey ?? null, draft });
  });
}

/**
 * Changes the draft; where there is none, makes the next version as a DRAFT. The name changes at once.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | RUBRIC_UNUSABLE | ALREADY_EXISTS | ILLEGAL_MOVE
 */
export function editRubric(ctx: Ctx, { id, version, ...said }: EditRubricInput): Promise<Rubric> {
  const draft = usable(said);
  return ctx.db.transaction(async (tx) => {
    const rubric = await tx.claim(Rubric, id, version);
    await findSkills(tx, draft);
    const latest = await latestVersion(tx, RUBRICS, rubric);
    if (latest.state === "IN_REVIEW") {
      refuse("ILLEGAL_MOVE", `Version ${latest.number} is IN_REVIEW: edit it once it was returned or approved.`);
    }
    if (latest.state === "DRAFT") return rewriteRubricVersion(tx, rubric, latest, draft);
    return addRubricVersion(tx, rubric, "DRAFT", draft);
  });
}

/** @throws Refusal RUBRIC_UNUSABLE with every fault */
function usable({ name, skillIds, criteria }: RubricInput): RubricDraft {
  const draft = { name, skillIds: skillIds ?? claimedSkills(criteria), criteria };
  refuseAll(rubricFaults(draft));
  return draft;
}

/** @throws Refusal NOT_FOUND that leads to the criterion, or to the claim */
function findSkills(tx: Tx, { skillIds, criteria }: RubricDraft): Promise<Skill[]> {
  const ids = [...criteria.map(({ skillId }) => skillId), ...skillIds];
  return tx.findAll(Skill, ids, (index) =>
    index < criteria.length ? ["criteria", `${index}`, "skillId"] : ["skillIds", `${index - criteria.length}`],
  );
}
