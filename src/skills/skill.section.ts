import { z } from "zod";
import { may } from "../identity/grant.rules";
import type { Viewer } from "../identity/viewer.rules";
import {
  type Done,
  type FileItem,
  type ImportRun,
  refusedAt,
  repetition,
  type Section,
} from "../platform/exchange/section";
import { line, slug } from "../platform/exchange/shapes";
import { announce } from "../platform/journal/announce";
import { skillsBySlug } from "./skill.actions";
import { Skill } from "./skill.entity";
import { ancestry } from "./skill.rules";

interface SkillItem {
  key: string;
  name: string;
  parent?: string | undefined;
}

/** The taxonomy. A skill's key is its slug. */
export const skillSection: Section<SkillItem> = {
  name: "skills",
  description: "The skill taxonomy: parents before their children.",
  needs: [],
  mayWrite: (viewer: Viewer) => may(viewer, "createSkill"),
  shape: z.strictObject({ key: slug(), name: line(), parent: slug().optional().describe("Key of the wider skill.") }),

  async write(run, items) {
    const known: Taxonomy = { bySlug: await skillsBySlug(run.tx), byId: new Map() };
    for (const skill of known.bySlug.values()) known.byId.set(skill.id, skill);
    const lineOfKey = new Map<string, number>();
    const done: Done[] = [];
    for (const item of items) {
      const again = repetition(lineOfKey, item.value!.key, item.line);
      done.push(again ? refusedAt(item, "key", again) : await writeSkill(run, known, item));
      run.advance(1);
    }
    return done;
  },

  async read(reader) {
    const skills = [...(await skillsBySlug(reader)).values()];
    const byId = new Map(skills.map((skill) => [skill.id, skill]));
    const depths = new Map(skills.map(({ id }) => [id, ancestry(byId, id).length]));
    return skills
      .sort((one, other) => depths.get(one.id)! - depths.get(other.id)! || (one.slug < other.slug ? -1 : 1))
      .map(({ slug: key, name, parentId }) => ({ key, name, parent: parentId ? byId.get(parentId)!.slug : undefined }));
  },
};

interface Taxonomy {
  bySlug: Map<string, Skill>;
  byId: Map<string, Skill>;
}

async function writeSkill(run: ImportRun, known: Taxonomy, item: FileItem<SkillItem>): Promise<Done> {
  const { tx } = run;
  const { key, name, parent } = item.value!;
  const above = parent === undefined ? null : known.bySlug.get(parent);
  const fault = (message: string) => refusedAt(item, "parent", message);
  if (above === undefined) return fault(`there is no skill \`${parent}\`: list it before, or mend the key`);
  const parentId = above?.id ?? null;
  const skill = known.bySlug.get(key);
  if (!skill) {
    const made = await tx.insert(Skill, { slug: key, name, parentId });
    await announce(tx, "skill.created", made);
    return written(run, known, made, "CREATED");
  }
  if (skill.name === name && skill.parentId === parentId) return { outcome: "UNCHANGED", id: skill.id, faults: [] };
  if (parentId && ancestry(known.byId, parentId).includes(skill.id))
    return fault(`\`${parent}\` is a part of \`${key}\` itself`);
  const changed = await tx.change(skill, { name, parentId });
  await announce(tx, "skill.updated", changed, ["name", "parent"]);
  return written(run, known, changed, "UPDATED");
}

function written(run: ImportRun, known: Taxonomy, skill: Skill, outcome: "CREATED" | "UPDATED"): Done {
  known.bySlug.set(skill.slug, skill);
  known.byId.set(skill.id, skill);
  run.written.add(skill.id);
  return { outcome, id: skill.id, faults: [] };
}
