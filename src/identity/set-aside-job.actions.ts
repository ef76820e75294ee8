import type { Ctx as PlatformCtx } from "../platform/context";
import { allRows } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import type { Facts, Task } from "../platform/jobs/job";
import { SetAsideJob } from "../platform/jobs/set-aside-job.entity";
import { announce } from "../platform/journal/announce";
import type { RetryJobInput } from "./set-aside-job.input";
import type { Ctx } from "./viewer.type";

/** Has a job tried again, once; if it fails again it is set aside anew. @throws Refusal NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function retryJob(ctx: Ctx, { id, version }: RetryJobInput): Promise<SetAsideJob> {
  return ctx.db.transaction(async (tx) => {
    const job = await tx.claim(SetAsideJob, id, version);
    if (job.retriedAt) refuse("ILLEGAL_MOVE", "It was tried again already: if it failed, it was set aside anew.", "id");
    await announce(tx, "job.retried", job, ["retriedAt"]);
    return tx.change(job, { retriedAt: ctx.now });
  });
}

/** Puts what somebody wants tried again back into the queue. */
export async function requeue({ db }: PlatformCtx, { entry, later }: Pick<Task, "entry" | "later">): Promise<void> {
  const [row] = await allRows(db, SetAsideJob, (bind) => `t.id = ${bind(entry?.objectId ?? null)}`);
  if (!row) return;
  const { entryId, ...facts } = row.facts as Facts;
  await later({ job: row.job, facts, key: `${row.job} again ${row.id}`, entryId: entryId as string | undefined });
}
