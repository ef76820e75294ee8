import { createApplication } from "../candidates/application.actions";
import { createCandidate } from "../candidates/candidate.actions";
import { createJob } from "../candidates/job.actions";
import type { Job } from "../candidates/job.entity";
import type { Member } from "../identity/member.entity";
import { createOrganization } from "../identity/organization.actions";
import { memberViewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { InterviewKit } from "../interviews/interview-kit.entity";
import { planInterviewSession } from "../interviews/interview-session.actions";
import type { InterviewSession } from "../interviews/interview-session.entity";
import type { Class } from "../platform/class";
import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import { allRows } from "../platform/db/reader";
import { refreshStatistics } from "../platform/db/statistics";
import { systemClock } from "../platform/time";
import { importBank } from "../question-bank/import.actions";
import { createQuestion } from "../question-bank/question.actions";
import { createQuestionBank } from "../question-bank/question-bank.actions";
import { requestQuestionReview } from "../question-bank/question-review.actions";
import { Criterion } from "../question-bank/rubric.entity";
import { saveScorecard, submitScorecard } from "../scorecards/scorecard.actions";
import {
  DEMO_CANDIDATES,
  DEMO_DISCUSSION,
  DEMO_GIFT,
  DEMO_JOBS,
  DEMO_KIT,
  DEMO_MEMBERS,
  DEMO_NAME,
  type DemoCandidate,
  type DemoCard,
} from "./demo.rules";
import { demoOrganization } from "./demo-session.actions";

const DAY_MILLISECONDS = 86_400_000;
const HOUR_MILLISECONDS = 3_600_000;

/** Given name -> context of that member. */
type Cast = (name: string) => Ctx;

/** Fills an organisation of its own with demo data, through the actions that everybody uses. @throws Error when it is there */
export async function seedDemo(database: Database): Promise<void> {
  if (await demoOrganization(database)) throw new Error("The demo organisation is there already.");
  const { members } = await createOrganization(database, { name: DEMO_NAME, members: DEMO_MEMBERS });
  const as: Cast = (name) =>
    contextOf(database, {
      viewer: memberViewer(members.find(({ email }) => email.startsWith(`${name}@`))!),
      now: systemClock(),
      requestId: "seed.demo",
    });
  const [kit] = await allRows(as("ravi").db, InterviewKit, (bind) => `t.external_key = ${bind(DEMO_KIT)}`);
  await seedQuestions(as("ivo"));
  const jobs: Job[] = [];
  for (const title of DEMO_JOBS)
    jobs.push(await createJob(as("ravi"), { title, profileVersionId: kit!.profileVersionId }));
  for (const candidate of DEMO_CANDIDATES) await seedCandidate(as, members, jobs[candidate.job]!, kit!, candidate);
  await refreshStatistics(
    database,
    database.dataSource.entityMetadatas.map(({ target }) => target as Class),
  );
}

/** A bank of an interviewer's own: three drafts from a file, and a question that waits for its review. */
async function seedQuestions(ctx: Ctx): Promise<void> {
  const bank = await createQuestionBank(ctx, { name: "Ivo's drafts", description: "Not yet reviewed." });
  const file = { format: "GIFT" as const, text: DEMO_GIFT, publish: false, dryRun: false };
  await importBank(ctx, { ...file, bankId: bank.id });
  const question = await createQuestion(ctx, {
    bankId: bank.id,
    kind: "DISCUSSION",
    title: "A slow list of orders",
    stem: DEMO_DISCUSSION,
    stemFormat: "PLAIN",
    tags: ["performance"],
  });
  await requestQuestionReview(ctx, question);
}

async function seedCandidate(
  as: Cast,
  members: readonly Member[],
  job: Job,
  kit: InterviewKit,
  demo: DemoCandidate,
): Promise<void> {
  const { id: candidateId } = await createCandidate(as("ravi"), demo);
  const { id: applicationId } = await createApplication(as("ravi"), { candidateId, jobId: job.id });
  const memberId = (name: string) => members.find(({ email }) => email.startsWith(`${name}@`))!.id;
  const session = await planInterviewSession(as("ravi"), {
    applicationId,
    kitId: kit.id,
    ...slotIn(demo.startsInDays),
    panel: demo.panel.map((name, index) => ({
      memberId: memberId(name),
      seat: index === 0 ? "LEAD" : "INTERVIEWER",
      feedbackRequired: true,
    })),
  });
  for (const card of demo.cards) await seedCard(as(card.by), session, kit, card);
}

function slotIn(days: number | null) {
  if (days === null) return {};
  const startsAt = new Date(systemClock().getTime() + days * DAY_MILLISECONDS);
  startsAt.setUTCMinutes(0, 0, 0);
  const endsAt = new Date(startsAt.getTime() + HOUR_MILLISECONDS);
  return { startsAt, endsAt, timeZone: "Europe/Berlin", place: "Room Elbe" };
}

async function seedCard(ctx: Ctx, session: InterviewSession, kit: InterviewKit, demo: DemoCard): Promise<void> {
  const criteria = await allRows(
    ctx.db,
    Criterion,
    (bind) => `t.rubric_version_id = ${bind(kit.rubricVersionId)}`,
    "order by t.position",
  );
  const { id, version } = await saveScorecard(ctx, {
    sessionId: session.id,
    recommendation: demo.recommendation,
    ratings: demo.values.map((value, index) => ({
      criterionId: criteria[index]!.id,
      outcome: value === null ? "NOT_OBSERVED" : "RATED",
      value,
      evidence: value === null ? "" : criteria[index]!.name,
    })),
  });
  if (!demo.draft) await submitScorecard(ctx, { id, version });
}
