import { allRows } from "../platform/db/reader";
import type { Fresh, Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce, announceAll } from "../platform/journal/announce";
import { addAuthor, RUBRICS } from "./publication.actions";
import { isOpen, movedTo, type PublicationState } from "./publication.rules";
import { Anchor, Criterion, Rubric, RubricSkill, RubricVersion } from "./rubric.entity";
import { type CriterionDraft, inheritedId, type KnownCriterion, type RubricDraft } from "./rubric.rules";

/*
 * How versions of rubrics are written, in the transaction of whoever calls: by hand, or by an import. The caller has
 * checked the draft by `rubricFaults`, and by `unfinished` where it is to be READY.
 */

interface NewRubric {
  externalKey: string | null;
  draft: RubricDraft;
}

/** Adds rubrics with their first versions. In the order given. */
export async function addRubrics(tx: Tx, state: PublicationState, fresh: readonly NewRubric[]): Promise<Rubric[]> {
  const rows = fresh.map(({ externalKey, draft: { name } }) => ({ name, externalKey, latestNumber: 1 }));
  const rubrics = await tx.insertAll(Rubric, rows);
  const written = rubrics.map((rubric, index) => ({ rubric, draft: fresh[index]!.draft, earlier: [] }));
  await insertVersions(tx, state, written);
  await announceAll(tx, "rubric.created", rubrics);
  return rubrics;
}

export async function addRubric(tx: Tx, state: PublicationState, fresh: NewRubric): Promise<Rubric> {
  const [rubric] = await addRubrics(tx, state, [fresh]);
  return rubric!;
}

/**
 * Gives a claimed rubric its next version. A READY one retires the one before it.
 * @throws Refusal ILLEGAL_MOVE where a version is still being written
 */
export async function addRubricVersion(
  tx: Tx,
  rubric: Rubric,
  state: PublicationState,
  draft: RubricDraft,
): Promise<Rubric> {
  const current = await allRows(
    tx,
    RubricVersion,
    (bind) => `t.rubric_id = ${bind(rubric.id)} and t.state <> 'RETIRED'`,
  );
  const open = current.find((each) => isOpen(each.state));
  if (open)
    refuse("ILLEGAL_MOVE", `Version ${open.number} is ${open.state}: publish or discard it before the next one.`);
  if (state === "READY") for (const ready of current) await tx.change(ready, movedTo(ready, "RETIRED"));
  const next = await tx.change(rubric, { name: draft.name, latestNumber: rubric.latestNumber + 1 });
  const earlier = await criteriaSoFar(tx, rubric);
  await insertVersions(tx, state, [{ rubric: next, draft, earlier }]);
  if (state === "READY") await announce(tx, "rubric.published", next, ["criteria"]);
  else await announce(tx, "rubric.updated", next, ["criteria"]);
  return next;
}

/** Writes the draft, which is the newest version of a claimed rubric, anew. */
export async function rewriteRubricVersion(
  tx: Tx,
  rubric: Rubric,
  { id }: RubricVersion,
  draft: RubricDraft,
): Promise<Rubric> {
  const next = await tx.change(rubric, { name: draft.name });
  const earlier = await criteriaSoFar(tx, rubric);
  await tx.all("delete from anchors where criterion_id in (select id from criteria where rubric_version_id = $1)", [
    id,
  ]);
  await tx.all("delete from criteria where rubric_version_id = $1", [id]);
  await tx.all("delete from rubric_skills where rubric_version_id = $1", [id]);
  await insertParts(tx, [{ versionId: id, draft, earlier }]);
  await announce(tx, "rubric.updated", next, ["criteria"]);
  return next;
}

/** The criteria of all versions, newest version first. */
function criteriaSoFar(tx: Tx, { id }: Rubric): Promise<KnownCriterion[]> {
  return tx.all(
    `select c.key, c.skill_id as "skillId", c.scale_min as "scaleMin", c.scale_max as "scaleMax", c.stable_id as "stableId"
     from rubric_versions v
     join criteria c on c.organization_id = v.organization_id and c.rubric_version_id = v.id
     where v.rubric_id = $1
     order by v.number desc`,
    [id],
  );
}

interface Written {
  draft: RubricDraft;
  earlier: readonly KnownCriterion[];
}

async function insertVersions(
  tx: Tx,
  state: PublicationState,
  written: readonly (Written & { rubric: Rubric })[],
): Promise<void> {
  const rows = written.map(({ rubric }) => ({ rubricId: rubric.id, number: rubric.latestNumber, state }));
  const versions = await tx.insertAll(RubricVersion, rows);
  await insertParts(
    tx,
    versions.map(({ id }, index) => ({ ...written[index]!, versionId: id })),
  );
}

async function insertParts(tx: Tx, written: readonly (Written & { versionId: string })[]): Promise<void> {
  const ties = written.flatMap(({ versionId: rubricVersionId, draft: { skillIds } }) =>
    skillIds.map((skillId) => ({ rubricVersionId, skillId })),
  );
  await tx.insertAll(RubricSkill, ties);
  const criteria = written.flatMap(({ versionId, draft, earlier }) =>
    draft.criteria.map((each, position) => ({ each, row: criterionOf(each, position, versionId, earlier) })),
  );
  await tx.insertAll(
    Criterion,
    criteria.map(({ row }) => row),
  );
  const anchors = criteria.flatMap(({ each, row }) =>
    each.anchors.map(({ value, label, behaviour }) => ({ criterionId: row.id, value, label, behaviour })),
  );
  await tx.insertAll(Anchor, anchors);
  await addAuthor(
    tx,
    RUBRICS,
    written.map(({ versionId }) => versionId),
  );
}

function criterionOf(
  { gate, anchors: _, ...said }: CriterionDraft,
  position: number,
  rubricVersionId: string,
  earlier: readonly KnownCriterion[],
): Fresh<Criterion> & { id: string } {
  const id = newId("Criterion");
  const gated = { gateMin: gate?.min ?? null, gateRule: gate?.rule ?? null };
  return {
    ...said,
    ...gated,
    id,
    stableId: said.stableId ?? inheritedId(said, earlier) ?? id,
    rubricVersionId,
    position,
  };
}
