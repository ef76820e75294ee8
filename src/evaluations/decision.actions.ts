import { assertActive, settleApplication } from "../candidates/application.actions";
import { Application } from "../candidates/application.entity";
import { assertNotErased } from "../candidates/candidate-lock.actions";
import type { Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { isInterviewed, mustBeOpen } from "./debrief.actions";
import { Decision, Dissent } from "./decision.entity";
import type { ProposeDecisionInput, RecordDecisionInput, ReopenDecisionInput } from "./decision.input";
import { mayDecide, mayPropose } from "./decision.policy";
import { assertMove, departureFaults, dissentFaults, proposalToCarryOn, STATUS_AFTER } from "./decision.rules";
import { concernedBy, seatsAt } from "./decision-panel.actions";
import { wholeEvidenceOf } from "./evaluation.actions";
import { scoreOf } from "./evidence.rules";
import { mustSeeScore } from "./score-sight.actions";

/*
 * Each of these claims the application first. Whatever a score is made of holds it while it changes, so nothing changes
 * between the reading of the evidence and the commit of the decision, and one decision is made at a time.
 * @see docs/decisions/0010-decisions-are-frozen.md
 */

/**
 * Proposes what to decide, or changes the proposal; also before the debrief opens.
 * @throws Refusal NOT_FOUND | FORBIDDEN | ERASED | DECIDED | SCORE_WITHHELD | STALE_VERSION
 */
export function proposeDecision(ctx: Ctx, input: ProposeDecisionInput): Promise<Decision> {
  const { applicationId, version = null } = input;
  const { viewer } = ctx;
  return ctx.db.transaction(async (tx) => {
    await tx.find(Application, applicationId, "applicationId");
    const own = (await seatsAt(tx, applicationId)).filter(({ memberId }) => memberId === viewer.id);
    must(mayPropose(viewer, own), "propose decisions");
    await claimUndecided(tx, applicationId);
    const words = wordsOf(input);
    const decision = await carriedOn(tx, applicationId, version, {
      ...words,
      state: "PROPOSED",
      proposedById: viewer.id,
    });
    await announce(tx, "decision.proposed", decision, Object.keys(words));
    return decision;
  });
}

/**
 * Decides, and freezes what the score was made of.
 * @throws Refusal FORBIDDEN | NOT_FOUND | ERASED | DECIDED | SCORE_WITHHELD | DEBRIEF_NOT_OPEN | STALE_VERSION |
 * DEPARTURE_UNEXPLAINED | BAD_INPUT | NOT_CONCERNED
 */
export function recordDecision(ctx: Ctx, input: RecordDecisionInput): Promise<Decision> {
  const { applicationId, version = null } = input;
  const dissents = input.dissents ?? [];
  const { viewer, now } = ctx;
  must(mayDecide(viewer), "record decisions");
  return ctx.db.transaction(async (tx) => {
    await tx.find(Application, applicationId, "applicationId");
    const application = await claimUndecided(tx, applicationId);
    await mustBeDecidable(tx, input);
    const evidence = (await wholeEvidenceOf(tx, [applicationId])).get(applicationId)!;
    const score = scoreOf(evidence);
    refuseAll([
      ...departureFaults(input, score.recommendation),
      ...dissentFaults(dissents, await concernedBy(tx, applicationId, dissents)),
    ]);
    const frozen = { evidence, score, methodVersion: score.methodVersion, decidedById: viewer.id, decidedAt: now };
    const decision = await carriedOn(tx, applicationId, version, { ...wordsOf(input), ...frozen, state: "RECORDED" });
    await tx.insertAll(
      Dissent,
      dissents.map(({ memberId, reason }) => ({ decisionId: decision.id, memberId, reason })),
    );
    await announce(tx, "decision.recorded", decision, ["state"]);
    await settleApplication(tx, application, STATUS_AFTER[input.outcome]);
    return decision;
  });
}

/** Whom nobody interviewed can be rejected; whoever was or is to be interviewed waits for the debrief. @throws Refusal DEBRIEF_NOT_OPEN */
async function mustBeDecidable(tx: Tx<Viewer>, { applicationId, outcome }: RecordDecisionInput): Promise<void> {
  if (outcome === "REJECT" && !(await isInterviewed(tx, applicationId))) return;
  await mustBeOpen(tx, applicationId, "applicationId");
}

/** Lets a decision hold no more. @throws Refusal FORBIDDEN | NOT_FOUND | ERASED | STALE_VERSION | ILLEGAL_MOVE */
export function reopenDecision(ctx: Ctx, { id, version, reason }: ReopenDecisionInput): Promise<Decision> {
  const { viewer, now } = ctx;
  must(mayDecide(viewer), "reopen decisions");
  return ctx.db.transaction(async (tx) => {
    const { applicationId } = await tx.find(Decision, id, "id");
    const application = await tx.claim(Application, applicationId);
    await assertNotErased(tx, application, "id");
    const decision = await tx.claim(Decision, id, version);
    assertMove(decision.state, "REOPENED");
    await announce(tx, "decision.reopened", decision, ["state"]);
    await settleApplication(tx, application, "ACTIVE");
    const reopening = { reopenedById: viewer.id, reopenedAt: now, reopenedReason: reason };
    return tx.change(decision, { ...reopening, state: "REOPENED" });
  });
}

/** The application, locked while it is undecided and its score shown. @throws Refusal NOT_FOUND | ERASED | DECIDED | SCORE_WITHHELD */
async function claimUndecided(tx: Tx<Viewer>, id: string): Promise<Application> {
  const application = await tx.claim(Application, id);
  await assertNotErased(tx, application, "applicationId");
  assertActive(application, "applicationId");
  await mustSeeScore(tx, id, "applicationId");
  return application;
}

type Words = Pick<Decision, "outcome" | "rationale" | "departureReason">;

const wordsOf = ({ outcome, rationale, departureReason = null }: ProposeDecisionInput): Words => ({
  outcome,
  rationale,
  departureReason,
});

const UNDECIDED = {
  proposedById: null,
  decidedById: null,
  decidedAt: null,
  evidence: null,
  score: null,
  methodVersion: null,
  reopenedById: null,
  reopenedAt: null,
  reopenedReason: null,
};

/** The application's proposal as `next`, or its next decision. @throws Refusal STALE_VERSION */
async function carriedOn(
  tx: Tx,
  applicationId: string,
  version: number | null,
  next: Words & Pick<Decision, "state"> & Partial<Decision>,
): Promise<Decision> {
  const decisions = await allRows(
    tx,
    Decision,
    (bind) => `t.application_id = ${bind(applicationId)}`,
    "for update of t",
  );
  const proposal = proposalToCarryOn(decisions, version);
  if (proposal) return tx.change(proposal, next);
  return tx.insert(Decision, { ...UNDECIDED, applicationId, number: decisions.length + 1, ...next });
}
