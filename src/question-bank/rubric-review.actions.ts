import type { Ctx } from "../identity/viewer.type";
import { grouped } from "../platform/db/grouped";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { authorIdsOf, latestVersion, RUBRICS, retireReady } from "./publication.actions";
import { movedTo, stateAfter } from "./publication.rules";
import { isAuthor } from "./question-bank.policy";
import { Anchor, Criterion, Rubric, type RubricVersion } from "./rubric.entity";
import type {
  DiscardRubricDraftInput,
  RequestRubricReviewInput,
  RetireRubricInput,
  ReviewRubricInput,
} from "./rubric.input";
import { unfinished } from "./rubric.rules";

/*
 * How a version of a rubric comes to its state. Each move counts as a change of the rubric, so that its `version` grows.
 */

/**
 * Hands the draft to the reviewers.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | RUBRIC_UNFINISHED
 */
export function requestRubricReview(ctx: Ctx, { id, version }: RequestRubricReviewInput): Promise<Rubric> {
  return ctx.db.transaction(async (tx) => {
    const rubric = await tx.claim(Rubric, id, version);
    const latest = await latestVersion(tx, RUBRICS, rubric);
    const next = movedTo(latest, "IN_REVIEW");
    await assertFinished(tx, latest);
    await tx.change(latest, next);
    const moved = await tx.change(rubric, {});
    await announce(tx, "rubric.review_requested", moved, ["state"]);
    return moved;
  });
}

/**
 * Publishes the version in review, or gives it back. Nobody reviews what they wrote.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | OWN_WORK | RUBRIC_UNFINISHED
 */
export function reviewRubric(ctx: Ctx, { id, version, verdict }: ReviewRubricInput): Promise<Rubric> {
  return ctx.db.transaction(async (tx) => {
    const rubric = await tx.claim(Rubric, id, version);
    const latest = await latestVersion(tx, RUBRICS, rubric);
    const next = movedTo(latest, stateAfter[verdict]);
    if (isAuthor(ctx.viewer, await authorIdsOf(tx, RUBRICS, latest))) {
      refuse("OWN_WORK", `You wrote in version ${latest.number}: somebody else must review it.`);
    }
    if (verdict === "APPROVED") {
      await assertFinished(tx, latest);
      await retireReady(tx, RUBRICS, rubric);
    }
    await tx.change(latest, next);
    const moved = await tx.change(rubric, {});
    if (verdict === "APPROVED") await announce(tx, "rubric.published", moved, ["state"]);
    else await announce(tx, "rubric.returned", moved, ["state"]);
    return moved;
  });
}

/** Takes the READY version out of use. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function retireRubric(ctx: Ctx, { id, version }: RetireRubricInput): Promise<Rubric> {
  return ctx.db.transaction(async (tx) => {
    const rubric = await tx.claim(Rubric, id, version);
    if (!(await retireReady(tx, RUBRICS, rubric))) refuse("ILLEGAL_MOVE", "No version of the rubric is READY.");
    const moved = await tx.change(rubric, {});
    await announce(tx, "rubric.retired", moved, ["state"]);
    return moved;
  });
}

/** Gives up the draft, which is kept as RETIRED. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function discardRubricDraft(ctx: Ctx, { id, version }: DiscardRubricDraftInput): Promise<Rubric> {
  return ctx.db.transaction(async (tx) => {
    const rubric = await tx.claim(Rubric, id, version);
    const latest = await latestVersion(tx, RUBRICS, rubric);
    if (latest.state !== "DRAFT") {
      refuse("ILLEGAL_MOVE", `Version ${latest.number}, the newest, is ${latest.state}: there is no draft to discard.`);
    }
    await tx.change(latest, movedTo(latest, "RETIRED"));
    const moved = await tx.change(rubric, {});
    await announce(tx, "rubric.draft_discarded", moved, ["state"]);
    return moved;
  });
}

/** @throws Refusal RUBRIC_UNFINISHED with every fault */
async function assertFinished(tx: Tx, { id }: RubricVersion): Promise<void> {
  const criteria = await allRows(tx, Criterion, (bind) => `t.rubric_version_id = ${bind(id)}`, "order by t.position");
  const criterionIds = criteria.map((criterion) => criterion.id);
  const anchors = await allRows(tx, Anchor, (bind) => `t.criterion_id = any(${bind(criterionIds)})`);
  const byCriterion = grouped(anchors, "criterionId");
  const skills = await tx.all<{ id: string; name: string }>(
    `select s.id, s.name from rubric_skills l
     join skills s on s.organization_id = l.organization_id and s.id = l.skill_id
     where l.rubric_version_id = $1 order by l.id`,
    [id],
  );
  const anchored = criteria.map((each) => ({ ...each, anchors: byCriterion.get(each.id) ?? [] }));
  refuseAll(unfinished({ skills, criteria: anchored }));
}
