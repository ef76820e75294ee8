import { z } from "zod";
import { allRows } from "../platform/db/reader";
import { type Done, type FileItem, type ImportRun, refusedAt, type Section } from "../platform/exchange/section";
import { line, slug } from "../platform/exchange/shapes";
import { announce } from "../platform/journal/announce";
import { Skill } from "./skill.entity";
import { mayKeepSkills } from "./skill.policy";
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
  mayWrite: mayKeepSkills,
  shape: z.strictObject({ key: slug(), name: line(), parent: slug().optional().describe("Key of the wider skill.") }),

  async write(run, items) {
    const known = new Map((await allRows(run.tx, Skill, () => "true")).map((skill) => [skill.slug, skill]));
    const lineOfKey = new Map<string, number>();
    const done: Done[] = [];
    for (const item of items) {
      const { key } = item.value!;
      const first = lineOfKey.get(key);
      if (first === undefined) lineOfKey.set(key, item.line);
      const again = `the key is that of line ${first}: change one of them`;
      done.push(first === undefined ? await writeSkill(run, known, item) : refusedAt(item, "key", again));
      run.advance(1);
    }
    return done;
  },

  async read(reader) {
    const skills = await allRows(reader, Skill, () => "true", "order by t.slug");
    const byId = new Map(skills.map((skill) => [skill.id, skill]));
    const depth = (skill: Skill) => ancestry(byId, skill.id).length;
    return skills
      .sort((one, other) => depth(one) - depth(other))
      .map(({ slug: key, name, parentId }) => ({ key, name, parent: parentId ? byId.get(parentId)!.slug : undefined }));
  },
};

async function writeSkill(run: ImportRun, known: Map<string, Skill>, item: FileItem<SkillItem>): Promise<Done> {
  const { tx } = run;
  const { key, name, parent } = item.value!;
  const above = parent === undefined ? null : known.get(parent);
  const fault = (message: string) => refusedAt(item, "parent", message);
  if (above === undefined) return fault(`there is no skill \`${parent}\`: list it before, or mend the key`);
  const parentId = above?.id ?? null;
  const skill = known.get(key);
  if (!skill) {
    const made = await tx.insert(Skill, { slug: key, name, parentId });
    await announce(tx, "skill.created", made);
    return written(run, known, made, "CREATED");
  }
  if (skill.name === name && skill.parentId === parentId) return { outcome: "UNCHANGED", id: skill.id, faults: [] };
  const byId = new Map([...known.values()].map((each) => [each.id, each]));
  if (parentId && ancestry(byId, parentId).includes(skill.id))
    return fault(`\`${parent}\` is a part of \`${key}\` itself`);
  const changed = await tx.change(skill, { name, parentId });
  await announce(tx, "skill.updated", changed, ["name", "parent"]);
  return written(run, known, changed, "UPDATED");
}

function written(run: ImportRun, known: Map<string, Skill>, skill: Skill, outcome: "CREATED" | "UPDATED"): Done {
  known.set(skill.slug, skill);
  run.written.add(skill.id);
  return { outcome, id: skill.id, faults: [] };
}
