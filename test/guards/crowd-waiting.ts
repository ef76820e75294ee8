import { Application } from "../../src/candidates/application.entity";
import type { ApplicationStatus } from "../../src/candidates/application.rules";
import { Candidate } from "../../src/candidates/candidate.entity";
import { Job } from "../../src/candidates/job.entity";
import type { Member } from "../../src/identity/member.entity";
import { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import type { Tx } from "../../src/platform/db/tx";
import { Question, QuestionAuthor, QuestionVersion } from "../../src/question-bank/question.entity";
import { QuestionBank } from "../../src/question-bank/question-bank.entity";
import { Rubric, RubricAuthor, RubricVersion } from "../../src/question-bank/rubric.entity";
import { Scorecard } from "../../src/scorecards/scorecard.entity";
import { RoleProfile, RoleProfileVersion } from "../../src/skills/role-profile.entity";
import type { Company } from "../cast/company";
import { rowsOf } from "./crowd-rows";

const HOUR = 3_600_000;
const FEW = 2;
const MANY = 50;

/** Of each kind of what can wait for somebody, a few things for Ann and many for Bob. By name they come last. */
export async function waiting(tx: Tx, { ann, bob }: Company["people"]): Promise<void> {
  const plan = await planned(tx);
  for (const [member, count] of [[ann, FEW] as const, [bob, MANY] as const]) {
    await owing(tx, plan, member, count);
    await talking(tx, plan, member, count);
  }
  await reviewing(tx, ann);
}

interface Plan {
  jobId: string;
  kit: InterviewKit;
}

async function planned(tx: Tx): Promise<Plan> {
  const named = { name: "Waiting", externalKey: null };
  const { id: profileId } = await tx.insert(RoleProfile, { ...named, latestNumber: 1 });
  const wish = { number: 1, level: "MIDDLE" as const, passMark: 60, leastCoveragePercent: 60, bands: [] };
  const { id: profileVersionId } = await tx.insert(RoleProfileVersion, { ...wish, profileId });
  const { id: rubricId } = await tx.insert(Rubric, { ...named, latestNumber: 1 });
  const { id: rubricVersionId } = await tx.insert(RubricVersion, { rubricId, number: 1, state: "READY" });
  const kit = await tx.insert(InterviewKit, { ...named, profileVersionId, rubricVersionId, minutes: 60 });
  const { id: jobId } = await tx.insert(Job, { title: "Waiting", profileVersionId });
  return { jobId, kit };
}

/** Sessions of new applications, the member alone on each panel. */
async function sessionsOf(
  tx: Tx,
  { jobId, kit }: Plan,
  count: number,
  { status, state, hours }: { status: ApplicationStatus; state: SessionState; hours: number },
): Promise<InterviewSession[]> {
  const each = rowsOf(tx);
  const candidates = await each(Candidate, count)(() => ({ name: "Waiting", email: null, erasedAt: null }));
  const applications = await each(Application, count)((i) => ({ candidateId: candidates[i]!.id, jobId, status }));
  const at = (more: number) => new Date(tx.occasion.now.getTime() + (hours + more) * HOUR);
  return each(
    InterviewSession,
    count,
  )((i) => ({
    applicationId: applications[i]!.id,
    kitId: kit.id,
    profileVersionId: kit.profileVersionId,
    rubricVersionId: kit.rubricVersionId,
    state,
    feedbackOwed: state === "COMPLETE" ? 0 : 1,
    startsAt: at(-1),
    endsAt: at(0),
    timeZone: "UTC",
    place: null,
    plannedById: null,
    calendarSequence: 0,
  }));
}

const seatOf = (session: InterviewSession, member: Member, feedbackGivenAt: Date | null) => ({
  sessionId: session.id,
  memberId: member.id,
  seat: "INTERVIEWER" as const,
  feedbackRequired: true,
  feedbackGivenAt,
  waivedAt: null,
  waivedReason: null,
  response: "PENDING" as const,
  respondedAt: null,
  responseNote: null,
});

/** Sessions that go on, for which the member has a draft: they are upcoming too. */
async function owing(tx: Tx, plan: Plan, member: Member, count: number): Promise<void> {
  const each = rowsOf(tx);
  const sessions = await sessionsOf(tx, plan, count, { status: "ACTIVE", state: "IN_PROGRESS", hours: 1 / 2 });
  await each(Panelist, count)((i) => seatOf(sessions[i]!, member, null));
  await each(
    Scorecard,
    count,
  )((i) => ({
    sessionId: sessions[i]!.id,
    interviewerId: member.id,
    revision: 1,
    state: "DRAFT",
    recommendation: null,
    summary: "",
    amendmentReason: null,
    submittedAt: null,
    enteredByKeyId: null,
  }));
}

/** Sessions that are over, which can be talked about. */
async function talking(tx: Tx, plan: Plan, member: Member, count: number): Promise<void> {
  const sessions = await sessionsOf(tx, plan, count, { status: "ACTIVE", state: "COMPLETE", hours: -1 });
  await rowsOf(tx)(Panelist, count)((i) => seatOf(sessions[i]!, member, tx.occasion.now));
}

/** What everybody may review but for its author, who wrote nearly all. */
async function reviewing(tx: Tx, author: Member): Promise<void> {
  const each = rowsOf(tx);
  const { id: bankId } = await tx.insert(QuestionBank, { name: "Waiting", description: "", externalKey: null });
  const questions = await each(Question, MANY)(() => ({ bankId, externalKey: null, latestNumber: 1 }));
  const questionVersions = await each(
    QuestionVersion,
    MANY,
  )((i) => ({
    questionId: questions[i]!.id,
    number: 1,
    state: "IN_REVIEW",
    kind: "ESSAY",
    title: null,
    stem: "Waiting?",
    stemFormat: "PLAIN",
    content: { kind: "ESSAY" },
    generalFeedback: null,
    guidance: null,
    tags: [],
    level: null,
    difficulty: null,
    minutes: null,
    licence: null,
    source: null,
    checksum: `waiting ${i}`,
    useCount: 0,
    lastUsedAt: null,
  }));
  await each(QuestionAuthor, MANY - FEW)((i) => ({ questionVersionId: questionVersions[i]!.id, memberId: author.id }));
  const rubrics = await each(Rubric, MANY)((i) => ({ name: `Waiting ${i}`, externalKey: null, latestNumber: 1 }));
  const rubricVersions = await each(
    RubricVersion,
    MANY,
  )((i) => ({ rubricId: rubrics[i]!.id, number: 1, state: "IN_REVIEW" }));
  await each(RubricAuthor, MANY - FEW)((i) => ({ rubricVersionId: rubricVersions[i]!.id, memberId: author.id }));
}
