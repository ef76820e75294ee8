import { Application } from "../../src/candidates/application.entity";
import { Candidate } from "../../src/candidates/candidate.entity";
import { ExternalReference } from "../../src/candidates/external-reference.entity";
import { Job } from "../../src/candidates/job.entity";
import { ApiKey } from "../../src/identity/api-key.entity";
import { Member } from "../../src/identity/member.entity";
import { CalendarAddress } from "../../src/interviews/calendar-address.entity";
import { InterviewKit, KitQuestion } from "../../src/interviews/interview-kit.entity";
import type { Database } from "../../src/platform/db/database";
import { Tx } from "../../src/platform/db/tx";
import { newId } from "../../src/platform/ids";
import { SetAsideJob } from "../../src/platform/jobs/set-aside-job.entity";
import { Import } from "../../src/question-bank/import.entity";
import { Question, QuestionAuthor, QuestionSkill, QuestionVersion } from "../../src/question-bank/question.entity";
import { QuestionBank } from "../../src/question-bank/question-bank.entity";
import { QuestionComment } from "../../src/question-bank/question-comment.entity";
import type { FormattedText, QuestionContent } from "../../src/question-bank/question-content.rules";
import { QuestionUse } from "../../src/question-bank/question-use.entity";
import {
  Anchor,
  Criterion,
  Rubric,
  RubricAuthor,
  RubricSkill,
  RubricVersion,
} from "../../src/question-bank/rubric.entity";
import { Expectation, RoleProfile, RoleProfileVersion } from "../../src/skills/role-profile.entity";
import { Skill } from "../../src/skills/skill.entity";
import { type Company, company, contextOf } from "../cast/company";
import { ownerUrl, superuserUrl, withClient } from "../support/database";
import { interviews } from "./crowd-interviews";
import { MANY, of, rowsOf } from "./crowd-rows";
import { trail } from "./crowd-trail";
import { waiting } from "./crowd-waiting";
import { webhooks } from "./crowd-webhooks";

const TEXT: FormattedText = { text: "Because.", format: "PLAIN" };

/** One of each kind, with everything that it may have. */
const CONTENTS: readonly QuestionContent[] = [
  { kind: "SINGLE_CHOICE", options: [{ ...TEXT, creditMillis: 100_000, feedback: TEXT }] },
  { kind: "MULTIPLE_CHOICE", options: [{ ...TEXT, creditMillis: 100_000, feedback: TEXT }] },
  { kind: "TRUE_FALSE", answer: true, feedbackWhenTrue: TEXT, feedbackWhenFalse: TEXT },
  { kind: "SHORT_TEXT", accepted: [{ text: "B-tree", creditMillis: 100_000, feedback: TEXT }] },
  { kind: "NUMERIC", accepted: [{ low: 1, high: 2, creditMillis: 100_000, feedback: TEXT }], feedbackOtherwise: TEXT },
  { kind: "MATCHING", pairs: [{ prompt: TEXT, answer: "So." }] },
  { kind: "ESSAY" },
  { kind: "DISCUSSION" },
];

const MADE_BY_COMPANY = [
  "jobs",
  "interview_kits",
  "anchors",
  "criteria",
  "rubric_skills",
  "rubric_authors",
  "rubric_versions",
  "rubrics",
  "expectations",
  "role_profile_versions",
  "role_profiles",
  "skills",
];

/**
 * A company in which every list has more than 50 rows, every row has several children of each kind, and all rows of a
 * kind look alike: a list of 2 leads exactly where a list of 50 leads. Every second row that names a member names the
 * admin, of whose own things only the admin reads: of two rows one leads there too. Written past the actions, which
 * would take minutes.
 */
export async function crowd(database: Database): Promise<Company> {
  const made = await company(database);
  const ctx = contextOf(database, made.people.admin);
  // What `company` made is not alike: only its people stay. By e-mail the admin comes before the crowd, the others
  // behind it. What was published goes by nobody but a superuser whom no trigger hinders.
  await withClient(superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (const table of MADE_BY_COMPANY) {
      await client.query(`delete from ${table} where organization_id = $1`, [made.organizationId]);
    }
  });
  await database.write(made.organizationId, async (runner) => {
    const tx = new Tx(ctx, database, runner);
    // First, so that lists of the newest begin with what looks alike.
    await waiting(tx, made.people);
    await populate(tx, made.people.admin.id);
  });
  // Plans fit what is there only when PostgreSQL has looked.
  await withClient(ownerUrl, (client) => client.query("analyze"));
  return made;
}

async function populate(tx: Tx, adminId: string): Promise<void> {
  const each = rowsOf(tx);
  const employerId = tx.viewer.organizationId;
  const members = await each(
    Member,
    MANY,
  )((i) => ({
    employerId,
    email: `am-${i}@${employerId}.example`,
    name: `Member ${i}`,
    role: "INTERVIEWER",
    active: true,
    joinedAt: null,
    deactivationReason: null,
    timeZone: null,
  }));

  /** The admin, and each of the others in between. */
  const somebody = (i: number) => (i % 2 === 0 ? adminId : of(members, (i - 1) / 2).id);
  await each(
    CalendarAddress,
    MANY,
  )((i) => ({ memberId: adminId, label: `Phone ${i}`, secretHash: "", revokedAt: null }));
  await each(
    SetAsideJob,
    MANY,
  )((i) => ({ job: "tests.job", facts: { position: `${i}` }, attempts: 10, failure: "It failed.", retriedAt: null }));
  const keys = await each(
    ApiKey,
    MANY,
  )((i) => ({
    name: `Key ${i}`,
    environment: "LIVE",
    scopes: ["audit:read"],
    createdById: somebody(i),
    secretHash: "",
    formerSecretHash: null,
    formerUntil: null,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  }));

  // Each skill is the parent of the next one, round in a circle: all have a parent and a child.
  const skillIds = Array.from({ length: MANY }, () => newId("Skill"));
  const skills = await each(
    Skill,
    MANY,
  )((i) => ({
    id: skillIds[i]!,
    slug: `skill-${i}`,
    name: `Skill ${i}`,
    parentId: of(skillIds, i + 1),
  }));

  const profiles = await each(RoleProfile, MANY)((i) => ({ name: `Role ${i}`, externalKey: null, latestNumber: 2 }));
  const profileVersions = await each(
    RoleProfileVersion,
    2 * MANY,
  )((i) => ({
    profileId: of(profiles, i).id,
    number: 1 + Math.floor(i / MANY),
    level: "MIDDLE",
    passMark: 40,
    leastCoveragePercent: 80,
    bands: [
      { label: "L1", min: 0 },
      { label: "L2", min: 50 },
    ],
  }));
  await each(
    Expectation,
    2 * profileVersions.length,
  )((i) => ({
    profileVersionId: of(profileVersions, i).id,
    skillId: of(skills, i + Math.floor(i / profileVersions.length)).id,
    position: Math.floor(i / profileVersions.length),
    level: "MIDDLE",
    weight: 1,
    gate: 10,
  }));

  // What no rubric rates and no question asks, so that kits have something to warn of.
  const strangeIds = [newId("Skill"), newId("Skill")];
  await each(
    Skill,
    2,
  )((i) => ({ id: strangeIds[i]!, slug: `strange-${i}`, name: `Strange ${i}`, parentId: of(strangeIds, i + 1) }));
  await each(
    Expectation,
    profileVersions.length,
  )((i) => ({
    profileVersionId: of(profileVersions, i).id,
    skillId: strangeIds[0]!,
    position: 2,
    level: "MIDDLE",
    weight: 1,
    gate: 10,
  }));

  const banks = await each(QuestionBank, MANY)((i) => ({ name: `Bank ${i}`, description: "", externalKey: null }));
  const questions = await each(
    Question,
    2 * MANY,
  )((i) => ({ bankId: of(banks, i).id, externalKey: null, latestNumber: 2 }));
  const questionVersions = await each(
    QuestionVersion,
    2 * questions.length,
  )((i) => ({
    questionId: of(questions, i).id,
    number: 1 + Math.floor(i / questions.length),
    state: i < questions.length ? "RETIRED" : "READY",
    kind: of(CONTENTS, i).kind,
    title: i < questions.length ? null : "Why an index",
    stem: "Why?",
    stemFormat: "PLAIN",
    content: of(CONTENTS, i),
    generalFeedback: { text: "Because.", format: "PLAIN" },
    guidance: { good: "Asks back.", followUps: ["And then?"], redFlags: ["Shrugs."] },
    tags: ["why"],
    level: "MIDDLE",
    difficulty: 3,
    minutes: 5,
    licence: "MIT",
    source: "The crowd",
    checksum: `${i}`,
    useCount: 2,
    lastUsedAt: tx.occasion.now,
  }));
  // Two of everything that hangs on a version, which is as many as there are places for.
  const twice = 2 * questionVersions.length;
  const nth = (i: number) => Math.floor(i / questionVersions.length);
  const questionVersionId = (i: number) => of(questionVersions, i).id;
  await each(
    QuestionSkill,
    twice,
  )((i) => ({ questionVersionId: questionVersionId(i), skillId: of(skills, i + nth(i)).id }));
  await each(
    QuestionAuthor,
    twice,
  )((i) => ({ questionVersionId: questionVersionId(i), memberId: somebody(i + nth(i)) }));
  await each(
    QuestionComment,
    twice,
  )((i) => ({
    questionVersionId: questionVersionId(i),
    authorId: somebody(i + nth(i)),
    text: "Clear.",
    verdict: "APPROVED",
  }));
  await each(
    QuestionUse,
    twice,
  )((i) => ({ questionVersionId: questionVersionId(i), occasion: "ASKED", usedIn: employerId }));
  await each(
    Import,
    MANY,
  )((i) => ({
    startedById: somebody(i),
    format: "YAML",
    state: "DONE",
    itemCount: 1,
    doneCount: 1,
    failure: null,
    finishedAt: tx.occasion.now,
  }));

  const rubrics = await each(Rubric, MANY)((i) => ({ name: `Rubric ${i}`, externalKey: null, latestNumber: 2 }));
  const rubricVersions = await each(
    RubricVersion,
    2 * MANY,
  )((i) => ({
    rubricId: of(rubrics, i).id,
    number: 1 + Math.floor(i / MANY),
    state: i < MANY ? "RETIRED" : "READY",
  }));
  await each(
    RubricSkill,
    2 * rubricVersions.length,
  )((i) => ({
    rubricVersionId: of(rubricVersions, i).id,
    skillId: of(skills, i + Math.floor(i / rubricVersions.length)).id,
  }));
  await each(
    RubricAuthor,
    2 * rubricVersions.length,
  )((i) => ({
    rubricVersionId: of(rubricVersions, i).id,
    memberId: somebody(i + Math.floor(i / rubricVersions.length)),
  }));
  const criteria = await each(
    Criterion,
    2 * rubricVersions.length,
  )((i) => {
    const id = newId("Criterion");
    const version = i % rubricVersions.length;
    const second = i >= rubricVersions.length;
    // The skills of the profile version of the same place, so that the criteria count.
    return {
      id,
      stableId: id,
      rubricVersionId: rubricVersions[version]!.id,
      key: second ? "second" : "first",
      position: second ? 1 : 0,
      name: `Criterion ${i}`,
      skillId: of(skills, version + (second ? 1 : 0)).id,
      weight: 1,
      scaleMin: 1,
      scaleMax: 5,
      gateMin: 2,
      gateRule: "MEAN",
    };
  });
  await each(
    Anchor,
    2 * criteria.length,
  )((i) => ({
    criterionId: of(criteria, i).id,
    value: 1 + Math.floor(i / criteria.length),
    label: "Weak",
    behaviour: "Needs help.",
  }));

  const candidates = await each(Candidate, MANY)((i) => ({ name: `Candidate ${i}`, email: null, erasedAt: null }));
  const jobs = await each(Job, MANY)((i) => ({ title: `Job ${i}`, profileVersionId: of(profileVersions, i).id }));
  const applications = await each(
    Application,
    2 * MANY,
  )((i) => ({
    candidateId: of(candidates, i + Math.floor(i / MANY)).id,
    jobId: of(jobs, i).id,
    status: "HIRED",
  }));

  const unnamed = { candidateId: null, jobId: null, applicationId: null };
  const named: Record<string, readonly { id: string }[]> = {
    candidateId: candidates,
    jobId: jobs,
    applicationId: applications,
  };
  for (const [by, rows] of Object.entries(named)) {
    await each(
      ExternalReference,
      2 * rows.length,
    )((i) => ({ ...unnamed, system: `ats-${Math.floor(i / rows.length)}`, externalId: `${i}`, [by]: of(rows, i).id }));
  }

  const kits = await each(
    InterviewKit,
    MANY,
  )((i) => ({
    name: `Kit ${i}`,
    externalKey: null,
    profileVersionId: of(profileVersions, i).id,
    rubricVersionId: of(rubricVersions, i).id,
    minutes: 60,
  }));
  await each(
    KitQuestion,
    2 * kits.length,
  )((i) => ({
    kitId: of(kits, i).id,
    questionVersionId: of(questionVersions, i).id,
    position: Math.floor(i / kits.length),
    minutes: 5,
  }));
  await interviews(tx, { applications, kits, questionVersions, rubricVersions, criteria, keys, somebody });
  await trail(tx, { skills, somebody });
  await webhooks(tx, { candidates, somebody });
}
