import type { Ctx } from "../identity/viewer.type";
import { isCalledOffSql } from "../interviews/interview-session.rules";
import type { Reader } from "../platform/db/reader";
import { visibleRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { newId, typeOfId } from "../platform/ids";
import type { Listener } from "../platform/slice";
import { evaluation, wholeEvidenceOf } from "./evaluation.actions";
import { Standing } from "./standing.entity";
import { standOf } from "./standing.rules";

/** Keeps memory small where an estimate of the spread touches every application of an organisation. */
const APPLICATIONS_AT_ONCE = 200;

/** What the entries of the journal are about -> the applications whose evidence that can have changed. */
const TOUCHED: Readonly<Record<string, string>> = {
  Application: "select a.id from applications a where a.id = $1",
  Job: "select a.id from applications a where a.job_id = $1",
  InterviewSession: "select s.application_id as id from interview_sessions s where s.id = $1",
  Scorecard: `select s.application_id as id from scorecards c
    join interview_sessions s on s.organization_id = c.organization_id and s.id = c.session_id where c.id = $1`,
  // An estimate that is no longer the newest changes nothing: the entry of the newest is still to come.
  ScorePrior: `select distinct s.application_id as id from score_priors p
    join interview_sessions s on s.organization_id = p.organization_id and s.rubric_version_id = p.rubric_version_id
    where p.id = $1 and not ${isCalledOffSql("s")} and p.number = (
      select max(q.number) from score_priors q
      where q.organization_id = p.organization_id and q.rubric_version_id = p.rubric_version_id)`,
};

/** Brings up to date what an entry of the journal can have changed. Hearing it again changes nothing. */
export const followEvidence: Listener = async (_, tx, { objectId }) => {
  const rows = await tx.all<{ id: string }>(TOUCHED[typeOfId(objectId) ?? ""]!, [objectId]);
  await refreshStandings(
    tx,
    rows.map(({ id }) => id),
  );
};

/**
 * Writes what the evaluations of the applications come to now. Two at once could leave the older result: the journal's
 * cursor lets one listener through at a time, and what changes meanwhile has an entry of its own.
 */
export async function refreshStandings(tx: Tx, applicationIds: readonly string[]): Promise<void> {
  const ids = [...new Set(applicationIds)].sort();
  for (let start = 0; start < ids.length; start += APPLICATIONS_AT_ONCE) {
    await refresh(tx, ids.slice(start, start + APPLICATIONS_AT_ONCE));
  }
}

async function refresh(tx: Tx, ids: readonly string[]): Promise<void> {
  const jobs = await jobsOf(tx, ids);
  const evidence = await wholeEvidenceOf(tx, ids);
  const { organizationId } = tx.viewer;
  const { now } = tx.occasion;
  const rows = [...evidence].map(([applicationId, each]) => ({
    organizationId,
    id: newId("Standing"),
    createdAt: now,
    applicationId,
    jobId: jobs.get(applicationId)!,
    ...standOf(evaluation(each)),
    refreshedAt: now,
  }));
  await write(tx, rows);
}

/** Rows that are there already keep their id. */
async function write(tx: Tx, rows: readonly Standing[]): Promise<void> {
  const { columns } = tx.model.table(Standing);
  const { organizationId, applicationId, id, createdAt, ...news } = Object.fromEntries(columns);
  const made = tx.runner.manager
    .createQueryBuilder()
    .insert()
    .into(Standing)
    .values([...rows]);
  await made.orUpdate(Object.values(news), [organizationId!, applicationId!]).updateEntity(false).execute();
}

async function jobsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.all<{ id: string; jobId: string }>(
    `select a.id, a.job_id as "jobId" from applications a where a.id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, jobId }) => [id, jobId]));
}

/** Where the application stands, or null while the viewer may not see it. Batched per operation. */
export function standingOf({ db }: Ctx, applicationId: string): Promise<Standing | null> {
  const loader = db.loader<string, Standing | null>(standingOf, async (ids) => {
    const rows = await visibleRows(db, Standing, (bind) => `t.application_id = any(${bind(ids)})`);
    const found = new Map(rows.map((row) => [row.applicationId, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
  return loader.load(applicationId);
}
