import { allRows, type Reader } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { PersonalData } from "../platform/personal-data";
import { Application } from "./application.entity";
import { Candidate } from "./candidate.entity";
import { ExternalReference } from "./external-reference.entity";
import { Job } from "./job.entity";
import { texts } from "./personal-data.rules";

/** References to the candidate, and to what they applied for; those to jobs are about nobody. */
const REFERENCES = `(t.candidate_id = $1 or t.application_id = any(array(select a.id from applications a where a.candidate_id = $1)))`;

const ROWS = `
  select c.id as candidate_id, c.id, c.updated_at as at from candidates c
  union all select a.candidate_id, a.id, a.updated_at from applications a
  union all select coalesce(r.candidate_id, a.candidate_id), r.id, r.created_at
    from external_references r
    left join applications a on a.organization_id = r.organization_id and a.id = r.application_id
    where r.job_id is null`;

async function exported(reader: Reader, candidateId: string): Promise<Readonly<Record<string, unknown>>> {
  const [candidate] = await allRows(reader, Candidate, (bind) => `t.id = ${bind(candidateId)}`);
  const references = await allRows(reader, ExternalReference, (bind) => REFERENCES.replaceAll("$1", bind(candidateId)));
  const applications = await allRows(
    reader,
    Application,
    (bind) => `t.candidate_id = ${bind(candidateId)}`,
    "order by t.id",
  );
  const jobIds = applications.map(({ jobId }) => jobId);
  const jobs = await allRows(reader, Job, (bind) => `t.id = any(${bind(jobIds)})`);
  const titles = new Map(jobs.map(({ id, title }) => [id, title]));
  const { id, name, email, createdAt, updatedAt } = candidate!;
  return {
    candidate: { id, name, email, createdAt, updatedAt },
    externalReferences: references.map(({ system, externalId, applicationId, createdAt: at }) => ({
      system,
      externalId,
      of: applicationId ?? id,
      createdAt: at,
    })),
    applications: applications.map(({ id: applicationId, jobId, status, createdAt: at, updatedAt: changedAt }) => ({
      id: applicationId,
      job: titles.get(jobId),
      status,
      createdAt: at,
      updatedAt: changedAt,
    })),
  };
}

/**
 * The candidate's own row is changed by whoever erases: others read it until the end. Applications get another version:
 * who reads what has changed hears of it, and who has read one before writes no reference to it.
 */
async function erased(tx: Tx, candidateId: string): Promise<void> {
  await tx.all(`delete from external_references t where ${REFERENCES}`, [candidateId]);
  await tx.all("update applications set version = version + 1, updated_at = $2 where candidate_id = $1", [
    candidateId,
    tx.occasion.now,
  ]);
}

export const personalData: PersonalData = { texts, rows: ROWS, export: exported, erase: erased };
