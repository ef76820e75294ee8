import type { Ctx } from "../identity/viewer.type";
import { announceAll } from "../platform/journal/announce";
import { Candidate } from "./candidate.entity";
import { type CandidateItem, planCandidates } from "./candidate-upsert.rules";
import { type Upsertable, upsert } from "./upsert.actions";
import { alike, knownTo, type Sent } from "./upsert-write.actions";

const candidates: Upsertable<CandidateItem, Candidate, Pick<Candidate, "name" | "email">> = {
  entity: Candidate,
  by: "candidateId",
  field: "candidate",
  writes: { name: "text", email: "text" },
  plan: async (tx, sent) => {
    const emails = sent.items.flatMap(({ email }) => (email ? [email.toLowerCase()] : []));
    const others = await knownTo(
      tx,
      candidates,
      sent,
      (bind) => `select id from candidates where email = any(${bind(emails)})`,
    );
    return planCandidates(sent.items, others);
  },
  fresh: (given) => ({ ...given, erasedAt: null }),
  tell: async (tx, created, changed) => {
    await announceAll(tx, "candidate.created", created);
    for (const { rows, changes } of alike(changed)) await announceAll(tx, "candidate.updated", rows, changes);
  },
};

/** Adds and changes candidates as another system has them; links those whom it did not know, by their e-mail. */
export const upsertCandidates = (ctx: Ctx, sent: Sent<CandidateItem>): Promise<object[]> =>
  upsert(ctx, candidates, sent);
