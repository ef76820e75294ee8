import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Application } from "./application.entity";
import type { CreateApplicationInput } from "./application.input";
import type { ApplicationStatus } from "./application.rules";
import { Candidate } from "./candidate.entity";
import { assertNotErased, assertThere } from "./candidate-lock.actions";
import { Job } from "./job.entity";

/** Enters a candidate for a job. @throws Refusal FORBIDDEN | NOT_FOUND | ERASED | ALREADY_EXISTS */
export function createApplication(ctx: Ctx, { candidateId, jobId }: CreateApplicationInput): Promise<Application> {
  return ctx.db.transaction(async (tx) => {
    assertThere(await tx.hold(Candidate, candidateId, "candidateId"), "candidateId");
    await tx.find(Job, jobId, "jobId");
    const application = await tx.insert(Application, { candidateId, jobId, status: "ACTIVE" });
    await announce(tx, "application.created", application);
    return application;
  });
}

/**
 * The application, kept undecided until the end of the transaction: for whatever its score is made of. Taken before any
 * lock on its sessions. @throws Refusal ERASED | DECIDED
 */
export async function holdActive(tx: Tx, applicationId: string, ...field: string[]): Promise<Application> {
  const [application] = await allRows(tx, Application, (bind) => `t.id = ${bind(applicationId)}`, "for share of t");
  await assertNotErased(tx, application!, ...field);
  assertActive(application!, ...field);
  return application!;
}

/** @throws Refusal DECIDED */
export function assertActive({ status }: Pick<Application, "status">, ...field: string[]): void {
  if (status !== "ACTIVE") refuse("DECIDED", `It is decided (${status}): reopen the decision first.`, ...field);
}

/** Notes what was decided, or with ACTIVE that it no longer is. For the slice that decides; the application must have been claimed. */
export async function settleApplication(
  tx: Tx,
  application: Application,
  status: ApplicationStatus,
): Promise<Application> {
  await announce(tx, "application.settled", application, ["status"]);
  return tx.change(application, { status });
}
