import { Application } from "../candidates/application.entity";
import type { Ctx } from "../identity/viewer.type";
import { grouped } from "../platform/db/grouped";
import { byId } from "../platform/db/loaders";
import { notFound, refuse, refuseAll } from "../platform/errors";
import { isIdOf } from "../platform/ids";
import {
  type ComparedExpectation,
  type ComparisonColumn,
  type ComparisonRow,
  comparisonFaults,
  sideBySide,
} from "./comparison.rules";
import { evaluationOf } from "./evaluation.actions";

export interface Comparison {
  applications: ComparisonColumn[];
  skills: ComparisonRow[];
}

/** Applications side by side by skill. @throws Refusal BAD_INPUT | WRONG_ID_TYPE | NOT_FOUND */
export async function compareApplications(ctx: Ctx, ids: readonly string[]): Promise<Comparison> {
  refuseAll(comparisonFaults(ids));
  const stranger = ids.find((id) => !isIdOf(Application.name, id));
  if (stranger) refuse("WRONG_ID_TYPE", `${JSON.stringify(stranger.slice(0, 64))} is no id of an Application.`, "ids");
  const found = await Promise.all(ids.map((id) => byId(ctx.db, Application, id)));
  const hidden = found.indexOf(null);
  if (hidden >= 0) notFound(Application.name, ids[hidden]!, "ids");
  const expected = await expectationsOf(ctx, ids);
  const evaluations = await Promise.all(ids.map((id) => evaluationOf(ctx, id)));
  const columns = ids.map((applicationId, index): ComparisonColumn => {
    const evaluation = evaluations[index]!;
    const expectations = expected.get(applicationId) ?? [];
    return { applicationId, expectations, withheld: evaluation === null, evaluation };
  });
  return { applications: columns, skills: sideBySide(columns) };
}

/** What the profile of each application's job expects, in its order. */
async function expectationsOf({ db }: Ctx, ids: readonly string[]): Promise<Map<string, ComparedExpectation[]>> {
  const rows = await db.all<ComparedExpectation & { applicationId: string }>(
    `select a.id as "applicationId", e.skill_id as "skillId", e.level, e.weight
     from applications a
     join jobs j on j.organization_id = a.organization_id and j.id = a.job_id
     join expectations e on e.organization_id = j.organization_id and e.profile_version_id = j.profile_version_id
     where a.id = any($1) order by e.position, e.id`,
    [ids],
  );
  return grouped(rows, "applicationId");
}
