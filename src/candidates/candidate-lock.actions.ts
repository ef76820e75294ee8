import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { Application } from "./application.entity";
import { Candidate } from "./candidate.entity";

/** @throws Refusal ERASED */
export function assertThere({ erasedAt }: Pick<Candidate, "erasedAt">, ...field: string[]): void {
  if (erasedAt) refuse("ERASED", "The candidate's personal data was erased: no more is written about them.", ...field);
}

/**
 * That the application's candidate is not erased. Whoever writes holds the application or its session before, and
 * whoever erases claims both: so nothing is written behind an erasure. @throws Refusal ERASED
 */
export async function assertNotErased(
  tx: Tx,
  { candidateId }: Pick<Application, "candidateId">,
  ...field: string[]
): Promise<void> {
  const [candidate] = await allRows(tx, Candidate, (bind) => `t.id = ${bind(candidateId)}`);
  assertThere(candidate!, ...field);
}

/**
 * The candidate and all their applications, locked: applications first, as whoever writes about one holds it before
 * anything of the candidate's. @throws Refusal NOT_FOUND | ERASED | STALE_VERSION
 */
export async function claimWhole(tx: Tx, id: string, version?: number): Promise<Candidate> {
  await tx.find(Candidate, id, "id");
  await claimApplications(tx, id);
  assertThere(await tx.claim(Candidate, id), "id");
  const candidate = await tx.claim(Candidate, id, version);
  // Those that came in between; from here on nobody enters the candidate for anything.
  await claimApplications(tx, id);
  return candidate;
}

const claimApplications = (tx: Tx, candidateId: string): Promise<Application[]> =>
  allRows(tx, Application, (bind) => `t.candidate_id = ${bind(candidateId)}`, "order by t.id for update of t");
