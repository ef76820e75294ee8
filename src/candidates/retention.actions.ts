import { Organization } from "../identity/organization.entity";
import { atPresent, type Ctx } from "../platform/context";
import { allRows, type Reader } from "../platform/db/reader";
import { Refusal } from "../platform/errors";
import { candidateRowsSql } from "../platform/personal-data";
import { claimWhole } from "./candidate-lock.actions";
import { erase } from "./candidate-privacy.actions";
import { BATCH, isOverdue, type LastHappened, retentionHorizon } from "./retention.rules";

/**
 * Erases the candidates whom the organisation keeps no longer, each in a transaction of its own. Repeated, it goes on
 * with those that are left.
 */
export async function retainCandidates(ctx: Ctx): Promise<void> {
  const [organization] = await allRows(ctx.db, Organization, () => "true");
  const days = organization?.candidateRetentionDays ?? null;
  if (days === null) return;
  const horizon = retentionHorizon(ctx.now, days);
  for (let ids = await overdueAfter(ctx, null, horizon); ids.length > 0; ) {
    for (const id of ids) await eraseOverdue(atPresent(ctx), id, horizon);
    ids = await overdueAfter(ctx, ids.at(-1)!, horizon);
  }
}

/** Somebody may have written about them since: then they stay. So do those whom a slice does not let go of. */
async function eraseOverdue(ctx: Ctx, id: string, horizon: Date): Promise<void> {
  try {
    await ctx.db.transaction(async (tx) => {
      const candidate = await claimWhole(tx, id);
      if (isOverdue(await lastHappened(tx, id), horizon)) await erase(tx, candidate);
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Ids of candidates to erase, ascending. */
async function overdueAfter({ db }: Ctx, after: string | null, horizon: Date): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `select c.id from candidates c
     where c.erased_at is null and ($1::uuid is null or c.id > $1)
       and c.id not in (select a.candidate_id from applications a where a.status = 'ACTIVE')
       and c.id not in (select r.candidate_id from (${candidateRowsSql()}) r where r.at >= $2)
     order by c.id limit ${BATCH}`,
    [after, horizon],
  );
  return rows.map(({ id }) => id);
}

async function lastHappened(reader: Reader, id: string): Promise<LastHappened> {
  const [found] = await reader.all<LastHappened>(
    `select max(r.at) as at,
       exists (select from applications a where a.candidate_id = $1 and a.status = 'ACTIVE') as undecided
     from (${candidateRowsSql()}) r where r.candidate_id = $1`,
    [id],
  );
  return found!;
}
