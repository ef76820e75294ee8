import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { hasBegun, settled, stateAt } from "../../../src/interviews/interview-session.rules";
import { newId, registerIdTypes } from "../../../src/platform/ids";
import { submitted } from "../../../src/scorecards/scorecard.rules";
import type { Context } from "./context";
import { Criterion, InterviewSession, Panelist, Rating, Scorecard } from "./interview.entities";
import { SubmitScorecardInput, SubmitScorecardPayload } from "./pages.types";
import { Application, Candidate, Member } from "./people.entities";
import { JournalEntry, Organization } from "./score.entities";

registerIdTypes({ JournalEntry: 0x001 });

const locked = { mode: "pessimistic_write" } as const;
const held = { mode: "pessimistic_read" } as const;

function assert(holds: boolean, code: string): void {
  if (!holds) throw new Error(code);
}

async function holdActive(manager: EntityManager, sessionId: string): Promise<void> {
  const { applicationId } = await manager.findOneByOrFail(InterviewSession, { id: sessionId });
  const application = await manager.findOneOrFail(Application, { where: { id: applicationId }, lock: held });
  const { erasedAt } = await manager.findOneByOrFail(Candidate, { id: application.candidateId });
  assert(application.status === "ACTIVE" && !erasedAt, "DECIDED");
}

async function settle(manager: EntityManager, session: InterviewSession, memberId: string, now: Date): Promise<void> {
  const panel = await manager.find(Panelist, { where: { sessionId: session.id }, order: { id: "ASC" } });
  const seat = panel.find((each) => each.memberId === memberId);
  if (!seat) throw new Error("NOT_ON_PANEL");
  seat.feedbackGivenAt = now;
  await manager.update(Panelist, seat.id, { feedbackGivenAt: now, version: seat.version + 1, updatedAt: now });
  const { state, feedbackOwed } = settled({ ...session, state: session.writtenState }, panel, now);
  const change = { writtenState: state, feedbackOwed, version: session.version + 1, updatedAt: now };
  await manager.update(InterviewSession, session.id, change);
}

@Resolver()
export class SubmitResolver {
  @Mutation(() => SubmitScorecardPayload)
  async submitScorecard(
    @Arg("input", () => SubmitScorecardInput) { id, version }: SubmitScorecardInput,
    @Ctx() { runner: { manager }, organizationId, email }: Context,
  ): Promise<SubmitScorecardPayload> {
    const now = new Date();
    const me = await manager.findOneByOrFail(Member, { email, active: true });
    const { sessionId } = await manager.findOneByOrFail(Scorecard, { id, interviewerId: me.id });
    await holdActive(manager, sessionId);
    const session = await manager.findOneOrFail(InterviewSession, { where: { id: sessionId }, lock: locked });
    const card = await manager.findOneOrFail(Scorecard, { where: { id }, lock: locked });
    assert(card.version === version, "STALE_VERSION");
    assert(hasBegun(stateAt({ ...session, state: session.writtenState }, now)), "ILLEGAL_MOVE");
    const { rubricVersionId } = session;
    const criteria = await manager.find(Criterion, { where: { rubricVersionId }, order: { position: "ASC" } });
    const ratings = await manager.find(Rating, { where: { scorecardId: id } });
    const demands = await manager.findOneByOrFail(Organization, { id: organizationId });
    const next = submitted(card, { criteria, ratings, demands }, now);
    await manager.insert(JournalEntry, {
      organizationId,
      id: newId("JournalEntry"),
      createdAt: now,
      type: "scorecard.submitted",
      objectId: id,
      actorKind: "MEMBER",
      actorId: me.id,
      requestId: "bench",
      changes: ["state"],
    });
    await settle(manager, session, me.id, now);
    const change = { state: next.state, submittedAt: now, version: version + 1, updatedAt: now };
    await manager.update(Scorecard, id, change);
    return { scorecard: Object.assign(card, change), userErrors: [] };
  }
}
