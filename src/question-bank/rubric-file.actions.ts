import { grouped } from "../platform/db/loaders";
import { allRows, type Reader } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import type { Known } from "../platform/exchange/keyed";
import type { ImportRun } from "../platform/exchange/section";
import { Skill } from "../skills/skill.entity";
import type { PublicationState } from "./publication.rules";
import { isOpen, movedTo } from "./publication.rules";
import { Anchor, Criterion, Rubric, RubricSkill, RubricVersion } from "./rubric.entity";
import { type CriterionDraft, claimedSkills, type RubricDraft, rubricFaults, unfinished } from "./rubric.rules";
import { isWhole, type RubricItem } from "./rubric-item.rules";
import { addRubric, addRubricVersion, latestRubricVersion } from "./rubric-version.actions";

/** How rubrics of a file are written: READY where they are published, and finished then. */
export async function rubricWriter({ tx, publish }: ImportRun) {
  const skills = new Map((await allRows(tx, Skill, () => "true")).map((skill) => [skill.slug, skill]));
  const state: PublicationState = publish ? "READY" : "DRAFT";

  async function draftOf(item: RubricItem): Promise<RubricDraft> {
    const skillNamed = (slug: string, ...path: string[]): Skill =>
      skills.get(slug) ?? refuse("NOT_FOUND", `There is no skill \`${slug}\`: list it, or mend the key.`, ...path);
    const criteria: CriterionDraft[] = [];
    for (const [index, criterion] of item.criteria.entries()) {
      const path = ["criteria", `${index}`];
      if (!isWhole(criterion)) {
        return refuse(
          "NOT_FOUND",
          `There is no criterion \`${criterion.use}\`: list it, or mend the key.`,
          ...path,
          "use",
        );
      }
      const { skill, scale, gate, use, ...said } = criterion;
      criteria.push({
        ...said,
        skillId: skillNamed(skill, ...path, "skill").id,
        scaleMin: scale[0],
        scaleMax: scale[1],
        gate: gate ?? null,
        stableId: use ? await stableIdOf(tx, use, path) : null,
      });
    }
    const claimed = item.skills.map((slug, index) => skillNamed(slug, "skills", `${index}`));
    const skillIds = claimed.length > 0 ? claimed.map(({ id }) => id) : claimedSkills(criteria);
    const draft = { name: item.name, skillIds, criteria };
    refuseAll(rubricFaults(draft));
    if (publish) refuseAll(unfinished({ skills: claimed, criteria }));
    return draft;
  }

  return {
    create: async (item: RubricItem) =>
      (await addRubric(tx, state, { externalKey: item.key, draft: await draftOf(item) })).id,
    update: async (id: string, item: RubricItem) => {
      const draft = await draftOf(item);
      const rubric = await tx.claim(Rubric, id);
      const latest = await latestRubricVersion(tx, rubric);
      if (latest.state === "IN_REVIEW") {
        refuse(
          "ILLEGAL_MOVE",
          `Version ${latest.number} is in review: import the rubric again when the review is over.`,
        );
      }
      if (isOpen(latest.state)) await tx.change(latest, movedTo(latest, "RETIRED"));
      await addRubricVersion(tx, rubric, state, draft);
    },
  };
}

/** The stable id of the newest criterion of the name `rubric key/criterion key`. @throws Refusal NOT_FOUND */
async function stableIdOf(tx: Tx, use: string, path: readonly string[]): Promise<string> {
  const [rubricKey, criterionKey] = use.split("/");
  const [found] = await tx.all<{ stableId: string }>(
    `select c.stable_id as "stableId" from rubrics r
     join rubric_versions v on v.organization_id = r.organization_id and v.rubric_id = r.id and v.state <> 'RETIRED'
     join criteria c on c.organization_id = v.organization_id and c.rubric_version_id = v.id
     where (r.external_key = $1 or r.id::text = $1) and c.key = $2
     order by v.number desc limit 1`,
    [rubricKey, criterionKey],
  );
  return (
    found?.stableId ??
    refuse("NOT_FOUND", `There is no criterion \`${use}\`: list it, or mend the key.`, ...path, "use")
  );
}

interface KnownRubric extends Known<RubricItem> {
  state: PublicationState;
}

/** Every rubric that is not wholly retired. */
export async function knownRubrics(reader: Reader): Promise<KnownRubric[]> {
  const versions = await currentVersions(reader);
  const rubrics = new Map((await allRows(reader, Rubric, () => "true")).map((rubric) => [rubric.id, rubric]));
  const skills = new Map((await allRows(reader, Skill, () => "true")).map(({ id, slug }) => [id, slug]));
  const claims = grouped(await allRows(reader, RubricSkill, () => "true", "order by t.id"), "rubricVersionId");
  const criteria = grouped(await allRows(reader, Criterion, () => "true", "order by t.position"), "rubricVersionId");
  const anchors = grouped(await allRows(reader, Anchor, () => "true", "order by t.value"), "criterionId");
  return versions.map(({ id, rubricId, state }) => {
    const rubric = rubrics.get(rubricId)!;
    const item: RubricItem = {
      key: rubric.externalKey ?? rubric.id,
      name: rubric.name,
      skills: (claims.get(id) ?? []).map(({ skillId }) => skills.get(skillId)!),
      criteria: (criteria.get(id) ?? []).map((criterion) => ({
        key: criterion.key,
        name: criterion.name,
        skill: skills.get(criterion.skillId)!,
        weight: criterion.weight,
        scale: [criterion.scaleMin, criterion.scaleMax],
        gate: criterion.gateRule ? { min: criterion.gateMin!, rule: criterion.gateRule } : undefined,
        anchors: (anchors.get(criterion.id) ?? []).map(({ value, label, behaviour }) => ({ value, label, behaviour })),
      })),
    };
    return { id: rubric.id, state, item };
  });
}

/** Of each rubric the READY version, or else the one that is being written. */
const currentVersions = (reader: Reader): Promise<RubricVersion[]> =>
  allRows(
    reader,
    RubricVersion,
    () => `t.id in (select distinct on (rubric_id) id from rubric_versions where state <> 'RETIRED'
      order by rubric_id, state = 'READY' desc)`,
    "order by t.rubric_id",
  );
