import type { Ctx } from "../identity/viewer.type";
import type { Class } from "../platform/class";
import { visibleRows } from "../platform/db/reader";
import type { OrganizationRow } from "../platform/db/row";
import { QuestionVersion } from "./question.entity";
import { mayWriteQuestions } from "./question-bank.policy";
import { RubricVersion } from "./rubric.entity";

const MOST = 50;

/** Versions of questions that wait for a review which the viewer may give. */
export const questionReviews = (ctx: Ctx): Promise<QuestionVersion[]> => reviews(ctx, QuestionVersion, "question");

/** Versions of rubrics that wait for a review which the viewer may give. */
export const rubricReviews = (ctx: Ctx): Promise<RubricVersion[]> => reviews(ctx, RubricVersion, "rubric");

/** The oldest request first: what was handed in changes no more until it is reviewed. */
async function reviews<E extends OrganizationRow>(
  { db, viewer }: Ctx,
  version: Class<E>,
  noun: "question" | "rubric",
): Promise<E[]> {
  if (!mayWriteQuestions(viewer)) return [];
  const requested = `(select w.updated_at from ${noun}s w where w.organization_id = t.organization_id and w.id = t.${noun}_id)`;
  return visibleRows(
    db,
    version,
    (bind) =>
      `t.state = 'IN_REVIEW' and t.id <> all(array(
        select a.${noun}_version_id from ${noun}_authors a where a.member_id = ${bind(viewer.id)}))`,
    `order by ${requested}, t.id limit ${MOST}`,
  );
}
