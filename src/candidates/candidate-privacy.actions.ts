import type { Ctx } from "../identity/viewer.type";
import { visibleRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { notFound } from "../platform/errors";
import { recordAccess } from "../platform/journal/access-log";
import { announce } from "../platform/journal/announce";
import { erasePersonalData, exportedPersonalData } from "../platform/personal-data";
import { Candidate } from "./candidate.entity";
import { assertThere, claimWhole } from "./candidate-lock.actions";
import type { EraseCandidateInput, ExportCandidateInput } from "./candidate-privacy.input";
import type { CandidateExportType } from "./candidate-privacy.type";
import { ERASED_NAME, exportFileName } from "./personal-data.rules";

/**
 * Everything that is known of a candidate, as of one instant. It is in the journal and in the access log before it
 * leaves. @throws Refusal NOT_FOUND | ERASED, and whatever a slice withholds
 */
export async function exportCandidate(ctx: Ctx, { id }: ExportCandidateInput): Promise<CandidateExportType> {
  const known = await ctx.db.snapshot(async (reader) => {
    const [candidate] = await visibleRows(reader, Candidate, (bind) => `t.id = ${bind(id)}`);
    assertThere(candidate ?? notFound("Candidate", id, "id"), "id");
    return { exportedAt: ctx.now, ...(await exportedPersonalData(reader, id)) };
  });
  await ctx.db.transaction(async (tx) => announce(tx, "candidate.exported", await tx.hold(Candidate, id, "id")));
  await recordAccess(ctx, { kind: "EXPORTED", about: `Exported the Candidate ${id}.` });
  const text = `${JSON.stringify(known, null, 2)}\n`;
  return { fileName: exportFileName(id), mediaType: "application/json", text };
}

/**
 * Erases the personal data of a candidate, for good; what their answers were rated stays.
 * @throws Refusal NOT_FOUND | STALE_VERSION | ERASED, and whatever else a slice has against it
 */
export function eraseCandidate(ctx: Ctx, { id, version }: EraseCandidateInput): Promise<Candidate> {
  return ctx.db.transaction(async (tx) => erase(tx, await claimWhole(tx, id, version)));
}

/** The same, of a candidate that has been claimed with all their applications. */
export async function erase(tx: Tx, candidate: Candidate): Promise<Candidate> {
  await erasePersonalData(tx, candidate.id);
  await announce(tx, "candidate.erased", candidate, ["name", "email"]);
  return tx.change(candidate, { name: ERASED_NAME, email: null, erasedAt: tx.occasion.now });
}
