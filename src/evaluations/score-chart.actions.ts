import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { Criterion } from "../question-bank/rubric.entity";
import { Skill } from "../skills/skill.entity";
import type { Evaluation } from "./evaluation.actions";
import { scoreChart } from "./score-chart.rules";
import { type Names, type ScorePicture, scorePicture } from "./score-chart-picture.rules";

/** The picture of an evaluation, as an SVG. */
export const chartOf = async (ctx: Ctx, evaluation: Evaluation): Promise<string> =>
  scoreChart(await pictureOf(ctx, evaluation));

/** An evaluation under the names that people know. */
export async function pictureOf(ctx: Ctx, evaluation: Evaluation): Promise<ScorePicture> {
  return scorePicture(evaluation, await namesOf(ctx, evaluation));
}

async function namesOf({ db }: Ctx, { profile, criteria }: Evaluation): Promise<Names> {
  const [skillRows, criterionRows] = await Promise.all([
    Promise.all(profile.expectations.map(({ skillId }) => byId(db, Skill, skillId))),
    Promise.all(criteria.map(({ criterionId }) => (criterionId ? byId(db, Criterion, criterionId) : null))),
  ]);
  return {
    skills: new Map(skillRows.flatMap((row) => (row ? [[row.id, row]] : []))),
    criteria: new Map(criterionRows.flatMap((row) => (row ? [[row.stableId, row]] : []))),
  };
}
