import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { announceAll } from "../platform/journal/announce";
import { Application } from "./application.entity";
import { type ApplicationItem, type Parties, pairsOf, planApplications } from "./application-upsert.rules";
import { type Upsertable, upsert } from "./upsert.actions";
import { alike, knownTo, Overtaken, type Sent } from "./upsert-write.actions";

const applications: Upsertable<ApplicationItem, Application, Pick<Application, "candidateId" | "jobId">> = {
  entity: Application,
  by: "applicationId",
  field: "application",
  writes: {},
  plan: async (tx, sent) => {
    const parties = await partiesOf(tx, sent);
    const pairs = pairsOf(sent.items, parties);
    const [candidateIds, jobIds] = [pairs.map(({ candidateId }) => candidateId), pairs.map(({ jobId }) => jobId)];
    const known = await knownTo(
      tx,
      applications,
      sent,
      (bind) =>
        `select a.id from applications a join unnest(${bind(candidateIds)}::uuid[], ${bind(jobIds)}::uuid[]) pair(c, j)
         on a.candidate_id = pair.c and a.job_id = pair.j`,
    );
    const steps = planApplications(sent.items, parties, known);
    await holdUnerased(
      tx,
      steps.flatMap((step) => (step.outcome === "CREATED" ? [step.fresh.candidateId] : [])),
    );
    return steps;
  },
  fresh: (given) => ({ ...given, status: "ACTIVE" }),
  tell: async (tx, created, changed) => {
    await announceAll(tx, "application.created", created);
    for (const { rows, changes } of alike(changed)) await announceAll(tx, "application.updated", rows, changes);
  },
};

interface Party {
  externalId: string;
  candidateId: string | null;
  erasedAt: Date | null;
  jobId: string | null;
}

/** The candidates and jobs that the system calls what the items say. */
async function partiesOf(tx: Tx, { system, items }: Sent<ApplicationItem>): Promise<Parties> {
  const rows = await tx.all<Party>(
    `select r.external_id as "externalId", r.candidate_id as "candidateId", c.erased_at as "erasedAt", null::uuid as "jobId"
     from external_references r join candidates c on c.organization_id = r.organization_id and c.id = r.candidate_id
     where r.system = $1 and r.external_id = any($2) and r.candidate_id is not null
     union all
     select external_id, null, null, job_id from external_references
     where system = $1 and external_id = any($3) and job_id is not null`,
    [system, items.map((item) => item.candidateExternalId), items.map((item) => item.jobExternalId)],
  );
  return {
    candidates: new Map(
      rows.flatMap(({ externalId, candidateId: id, erasedAt }) => (id ? [[externalId, { id, erasedAt }]] : [])),
    ),
    jobs: new Map(rows.flatMap(({ externalId, jobId }) => (jobId ? [[externalId, jobId]] : []))),
  };
}

/** Keeps candidates from being erased before they have applied. @throws Overtaken when one is erased by now */
async function holdUnerased(tx: Tx, candidateIds: readonly string[]): Promise<void> {
  const ids = [...new Set(candidateIds)];
  if (ids.length === 0) return;
  const held = await tx.all(
    "select id from candidates where id = any($1) and erased_at is null order by id for share",
    [ids],
  );
  if (held.length !== ids.length) throw new Overtaken();
}

/** Enters candidates for jobs as another system has them; links applications that it did not know. */
export const upsertApplications = (ctx: Ctx, sent: Sent<ApplicationItem>): Promise<object[]> =>
  upsert(ctx, applications, sent);
