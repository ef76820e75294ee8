import type { Ctx } from "../identity/viewer.type";
import { allRows, type Reader } from "../platform/db/reader";
import { announce } from "../platform/journal/announce";
import { Skill } from "./skill.entity";
import type { CreateSkillInput } from "./skill.input";

/** Adds a skill to the taxonomy. @throws Refusal FORBIDDEN | NOT_FOUND | ALREADY_EXISTS */
export function createSkill(ctx: Ctx, { slug, name, parentId = null }: CreateSkillInput): Promise<Skill> {
  return ctx.db.transaction(async (tx) => {
    if (parentId) await tx.find(Skill, parentId, "parentId");
    const skill = await tx.insert(Skill, { slug, name, parentId });
    await announce(tx, "skill.created", skill);
    return skill;
  });
}

/** The whole taxonomy by slug, as files name skills. */
export async function skillsBySlug(reader: Reader): Promise<Map<string, Skill>> {
  return new Map((await allRows(reader, Skill, () => "true")).map((skill) => [skill.slug, skill]));
}
