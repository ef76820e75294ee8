import type { Ctx } from "../identity/viewer.type";
import { announce } from "../platform/journal/announce";
import { Candidate } from "./candidate.entity";
import type { CreateCandidateInput, UpdateCandidateInput } from "./candidate.input";
import { assertThere } from "./candidate-lock.actions";

/** Adds a candidate. @throws Refusal FORBIDDEN | ALREADY_EXISTS */
export function createCandidate(ctx: Ctx, { name, email }: CreateCandidateInput): Promise<Candidate> {
  return ctx.db.transaction(async (tx) => {
    const candidate = await tx.insert(Candidate, { name, email: email?.toLowerCase() ?? null, erasedAt: null });
    await announce(tx, "candidate.created", candidate);
    return candidate;
  });
}

/** Changes what is given. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ERASED | ALREADY_EXISTS */
export function updateCandidate(ctx: Ctx, { id, version, name, email }: UpdateCandidateInput): Promise<Candidate> {
  return ctx.db.transaction(async (tx) => {
    const candidate = await tx.claim(Candidate, id, version);
    assertThere(candidate, "id");
    const changes = {
      ...(name ? { name } : {}),
      ...(email === undefined ? {} : { email: email?.toLowerCase() ?? null }),
    };
    await announce(tx, "candidate.updated", candidate, Object.keys(changes));
    return tx.change(candidate, changes);
  });
}
