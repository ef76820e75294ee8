import { grouped } from "../platform/db/grouped";
import type { Bind } from "../platform/db/nouns";
import { allRows, type Reader } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import type { Known } from "../platform/exchange/keyed";
import type { ImportRun } from "../platform/exchange/section";
import { skillsBySlug } from "../skills/skill.actions";
import type { Skill } from "../skills/skill.entity";
import { latestVersion, RUBRICS } from "./publication.actions";
import { movedTo, type PublicationState } from "./publication.rules";
import { Anchor, Criterion, Rubric, RubricSkill, RubricVersion } from "./rubric.entity";
import { type CriterionDraft, claimedSkills, type RubricDraft, rubricFaults, unfinished } from "./rubric.rules";
import { type CriterionItem, isWhole, type RubricItem } from "./rubric-item.rules";
import { addRubric, addRubricVersion } from "./rubric-version.actions";

/** How rubrics of a file are written: READY where they are published, and finished then. */
export async function rubricWriter({ tx, publish }: ImportRun) {
  const skills = await skillsBySlug(tx);
  const state: PublicationState = publish ? "READY" : "DRAFT";
  const draftOf = async (item: RubricItem): Promise<RubricDraft> => {
    const { claimed, ...draft } = await rubricDraft(tx, item, skills);
    refuseAll(rubricFaults(draft));
    if (publish) refuseAll(unfinished({ skills: claimed, criteria: draft.criteria }));
    return draft;
  };
  return {
    create: async (item: RubricItem) =>
      (await addRubric(tx, state, { externalKey: item.key, draft: await draftOf(item) })).id,
    update: async (id: string, item: RubricItem) => {
      const draft = await draftOf(item);
      const rubric = await tx.claim(Rubric, id);
      const latest = await latestVersion(tx, RUBRICS, rubric);
      if (latest.state === "IN_REVIEW") {
        const mending = "import the rubric again when the review is over";
        refuse("ILLEGAL_MOVE", `Version ${latest.number} is in review: ${mending}.`);
      }
      if (latest.state === "DRAFT") await tx.change(latest, movedTo(latest, "RETIRED"));
      await addRubricVersion(tx, rubric, state, draft);
      return true;
    },
  };
}

type Skills = ReadonlyMap<string, Skill>;

/** What the item says, with the skills that it claims itself. @throws Refusal NOT_FOUND */
async function rubricDraft(
  tx: Tx,
  { name, skills: slugs, criteria: items }: RubricItem,
  skills: Skills,
): Promise<RubricDraft & { claimed: Skill[] }> {
  const criteria: CriterionDraft[] = [];
  for (const [index, item] of items.entries()) {
    criteria.push(await criterionDraft(tx, item, skills, ["criteria", `${index}`]));
  }
  const claimed = slugs.map((slug, index) => skillNamed(skills, slug, "skills", `${index}`));
  const skillIds = claimed.length > 0 ? claimed.map(({ id }) => id) : claimedSkills(criteria);
  return { name, skillIds, criteria, claimed };
}

async function criterionDraft(
  tx: Tx,
  criterion: RubricItem["criteria"][number],
  skills: Skills,
  path: readonly string[],
): Promise<CriterionDraft> {
  if (!isWhole(criterion)) return noCriterion(criterion.use, path);
  const { skill, scale, gate, use, ...said } = criterion;
  return {
    ...said,
    skillId: skillNamed(skills, skill, ...path, "skill").id,
    scaleMin: scale[0],
    scaleMax: scale[1],
    gate: gate ?? null,
    stableId: use ? await stableIdOf(tx, use, criterion, path) : null,
  };
}

const skillNamed = (skills: Skills, slug: string, ...path: string[]): Skill =>
  skills.get(slug) ?? refuse("NOT_FOUND", `There is no skill \`${slug}\`: list it, or mend the key.`, ...path);

const noCriterion = (use: string, path: readonly string[]): never =>
  refuse("NOT_FOUND", `There is no criterion \`${use}\`: list it, or mend the key.`, ...path, "use");

/**
 * The stable id of the criterion named `rubric key/criterion key`, as it stands now; null where its scale or skill is
 * another, so that their ratings cannot be pooled. @throws Refusal NOT_FOUND
 */
async function stableIdOf(
  tx: Tx,
  use: string,
  { scale, skill }: CriterionItem,
  path: readonly string[],
): Promise<string | null> {
  const [rubricKey, criterionKey] = use.split("/");
  const [found] = await tx.all<{ stableId: string; isSame: boolean }>(
    `select c.stable_id as "stableId", c.scale_min = $3 and c.scale_max = $4 and s.slug = $5 as "isSame"
     from rubrics r
     join rubric_versions v on v.organization_id = r.organization_id and v.rubric_id = r.id and v.state <> 'RETIRED'
     join criteria c on c.organization_id = v.organization_id and c.rubric_version_id = v.id
     join skills s on s.organization_id = c.organization_id and s.id = c.skill_id
     where (r.external_key = $1 or r.id::text = $1) and c.key = $2
     order by v.number desc limit 1`,
    [rubricKey, criterionKey, ...scale, skill],
  );
  if (!found) return noCriterion(use, path);
  return found.isSame ? found.stableId : null;
}

interface KnownRubric extends Known<RubricItem> {
  state: PublicationState;
  /** Criterion key -> the criterion of another rubric that it is pooled with, `rubric key/criterion key`. */
  uses: ReadonlyMap<string, string>;
}

/** Every rubric that is not wholly retired: what is READY, and the draft beside it; or the draft alone. */
export async function knownRubrics(reader: Reader): Promise<KnownRubric[]> {
  const versions = await currentVersions(reader);
  const ids = versions.map(({ id }) => id);
  const ofVersions = (bind: Bind) => `t.rubric_version_id = any(${bind(ids)})`;
  const rubrics = new Map((await allRows(reader, Rubric, () => "true")).map((rubric) => [rubric.id, rubric]));
  const skills = new Map([...(await skillsBySlug(reader)).values()].map(({ id, slug }) => [id, slug]));
  const claims = grouped(await allRows(reader, RubricSkill, ofVersions, "order by t.id"), "rubricVersionId");
  const rows = await allRows(reader, Criterion, ofVersions, "order by t.position");
  const criteria = grouped(rows, "rubricVersionId");
  const criterionIds = rows.map(({ id }) => id);
  const ofCriteria = (bind: Bind) => `t.criterion_id = any(${bind(criterionIds)})`;
  const anchors = grouped(await allRows(reader, Anchor, ofCriteria, "order by t.value"), "criterionId");
  const pooled = new Map<string, string>();
  const known = versions.map(({ id, rubricId, state }): KnownRubric => {
    const { externalKey, name } = rubrics.get(rubricId)!;
    const key = externalKey ?? rubricId;
    const own = criteria.get(id) ?? [];
    const uses = new Map(
      own.flatMap((each) => (pooled.has(each.stableId) ? [[each.key, pooled.get(each.stableId)!]] : [])),
    );
    const isNameable = !key.includes("/");
    for (const { stableId, key: of } of own) {
      if (isNameable && !pooled.has(stableId)) pooled.set(stableId, `${key}/${of}`);
    }
    const item: RubricItem = {
      key,
      name,
      skills: (claims.get(id) ?? []).map(({ skillId }) => skills.get(skillId)!),
      criteria: own.map((criterion) => criterionItem(criterion, skills, anchors.get(criterion.id) ?? [])),
    };
    return { id: rubricId, state, item, uses };
  });
  const drafts = new Map(known.filter(({ state }) => state !== "READY").map((each) => [each.id, each.item]));
  const first = known.filter((each, index) => known[index - 1]?.id !== each.id);
  return first.map((each) => (each.state === "READY" ? { ...each, draft: drafts.get(each.id) } : each));
}

const criterionItem = (
  { key, name, skillId, weight, scaleMin, scaleMax, gateMin, gateRule }: Criterion,
  skills: ReadonlyMap<string, string>,
  anchors: readonly Anchor[],
): CriterionItem => ({
  key,
  name,
  skill: skills.get(skillId)!,
  weight,
  scale: [scaleMin, scaleMax],
  gate: gateRule ? { min: gateMin!, rule: gateRule } : undefined,
  anchors: anchors.map(({ value, label, behaviour }) => ({ value, label, behaviour })),
});

/** Of each rubric the READY version and the one that is being written, in this order. */
const currentVersions = (reader: Reader): Promise<RubricVersion[]> =>
  allRows(reader, RubricVersion, () => "t.state <> 'RETIRED'", "order by t.rubric_id, t.state = 'READY' desc");

/** Keys of the rubrics of which every version is RETIRED. */
export async function retiredRubricKeys(reader: Reader): Promise<Set<string>> {
  const rows = await allRows(
    reader,
    Rubric,
    () => "t.id not in (select rubric_id from rubric_versions where state <> 'RETIRED')",
  );
  return new Set(rows.flatMap(({ id, externalKey }) => (externalKey ? [id, externalKey] : [id])));
}
