import { createApplication } from "../candidates/application.actions";
import { createCandidate } from "../candidates/candidate.actions";
import { createJob } from "../candidates/job.actions";
import type { Job } from "../candidates/job.entity";
import type { Member } from "../identity/member.entity";
import { createOrganization } from "../identity/organization.actions";
import { memberViewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { createInterviewKit } from "../interviews/interview-kit.actions";
import type { InterviewKit } from "../interviews/interview-kit.entity";
import { planInterviewSession } from "../interviews/interview-session.actions";
import type { InterviewSession } from "../interviews/interview-session.entity";
import type { Class } from "../platform/class";
import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import { allRows } from "../platform/db/reader";
import { refreshStatistics } from "../platform/db/statistics";
import { systemClock } from "../platform/time";
import { createQuestion } from "../question-bank/question.actions";
import { QuestionVersion } from "../question-bank/question.entity";
import { createQuestionBank } from "../question-bank/question-bank.actions";
import { importQuestions } from "../question-bank/question-import.actions";
import { createRubric } from "../question-bank/rubric.actions";
import { Criterion, RubricVersion } from "../question-bank/rubric.entity";
import { saveScorecard, submitScorecard } from "../scorecards/scorecard.actions";
import { createRoleProfile } from "../skills/role-profile.actions";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { createSkill } from "../skills/skill.actions";
import {
  DEMO_BANDS,
  DEMO_CANDIDATES,
  DEMO_CRITERIA,
  DEMO_DISCUSSION,
  DEMO_GIFT,
  DEMO_JOBS,
  DEMO_MEMBERS,
  DEMO_NAME,
  DEMO_SKILLS,
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
  const skills = await seedSkills(as("ada"));
  const profile = await seedProfile(as("ada"), skills);
  const rubric = await seedRubric(as("ada"), skills);
  const questions = await seedQuestions(as("ada"), skills);
  const kit = await createInterviewKit(as("ravi"), {
    name: "Back-end interview, 60 minutes",
    profileVersionId: profile.id,
    rubricVersionId: rubric.id,
    minutes: 60,
    questions: questions.map(({ id }) => ({ questionVersionId: id, minutes: 15 })),
  });
  const jobs: Job[] = [];
  for (const title of DEMO_JOBS) jobs.push(await createJob(as("ravi"), { title, profileVersionId: profile.id }));
  for (const candidate of DEMO_CANDIDATES) await seedCandidate(as, members, jobs[candidate.job]!, kit, candidate);
  await refreshStatistics(
    database,
    database.dataSource.entityMetadatas.map(({ target }) => target as Class),
  );
}

async function seedSkills(ctx: Ctx): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const skill of DEMO_SKILLS) ids.set(skill.slug, (await createSkill(ctx, skill)).id);
  return ids;
}

async function seedProfile(ctx: Ctx, skills: ReadonlyMap<string, string>): Promise<RoleProfileVersion> {
  const profile = await createRoleProfile(ctx, {
    name: "Back-end developer, Middle",
    level: "MIDDLE",
    passMark: 60,
    leastCoveragePercent: 60,
    bands: DEMO_BANDS,
    expectations: [
      { skillId: skills.get("sql")!, level: "MIDDLE", weight: 2, gate: 40 },
      { skillId: skills.get("rest")!, level: "MIDDLE", weight: 1 },
      { skillId: skills.get("data-structures")!, level: "MIDDLE", weight: 1 },
    ],
  });
  const [version] = await allRows(ctx.db, RoleProfileVersion, (bind) => `t.profile_id = ${bind(profile.id)}`);
  return version!;
}

async function seedRubric(ctx: Ctx, skills: ReadonlyMap<string, string>): Promise<RubricVersion> {
  const labels = ["Weak", "Below", "Meets", "Above", "Exceptional"];
  const rubric = await createRubric(ctx, {
    name: "Back-end interview",
    criteria: DEMO_CRITERIA.map(({ key, name, skill, weight, anchors }) => ({
      key,
      name,
      skillId: skills.get(skill)!,
      weight,
      scaleMin: 1,
      scaleMax: 5,
      anchors: anchors.map((behaviour, index) => ({ value: index + 1, label: labels[index]!, behaviour })),
    })),
  });
  const [version] = await allRows(ctx.db, RubricVersion, (bind) => `t.rubric_id = ${bind(rubric.id)}`);
  return version!;
}

async function seedQuestions(ctx: Ctx, skills: ReadonlyMap<string, string>): Promise<QuestionVersion[]> {
  const bank = await createQuestionBank(ctx, { name: "Back-end", description: "What we ask back-end developers." });
  await importQuestions(ctx, { bankId: bank.id, gift: DEMO_GIFT, dryRun: false });
  await createQuestion(ctx, {
    bankId: bank.id,
    kind: "DISCUSSION",
    title: "A slow list of orders",
    stem: DEMO_DISCUSSION,
    stemFormat: "PLAIN",
    skillId: skills.get("sql"),
    tags: ["performance"],
  });
  return allRows(ctx.db, QuestionVersion, () => "true", "order by t.id");
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
