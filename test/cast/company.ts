import { randomUUID } from "node:crypto";
import { createApplication } from "../../src/candidates/application.actions";
import type { Application } from "../../src/candidates/application.entity";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { createJob } from "../../src/candidates/job.actions";
import type { Job } from "../../src/candidates/job.entity";
import type { Member } from "../../src/identity/member.entity";
import { createOrganization } from "../../src/identity/organization.actions";
import { memberViewer, type Role, type Scope } from "../../src/identity/viewer.rules";
import type { Ctx } from "../../src/identity/viewer.type";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import type { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { contextOf as contextFor } from "../../src/platform/context";
import type { Database } from "../../src/platform/db/database";
import { allRows } from "../../src/platform/db/reader";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { Criterion, type Rubric, RubricVersion } from "../../src/question-bank/rubric.entity";
import type { CriterionInput } from "../../src/question-bank/rubric.input";
import { requestRubricReview, reviewRubric } from "../../src/question-bank/rubric-review.actions";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import { RoleProfileVersion } from "../../src/skills/role-profile.entity";
import { createSkill } from "../../src/skills/skill.actions";

/** A role in lower case, or one of three interviewers. */
export type Person = "admin" | "recruiter" | "hiringManager" | "auditor" | "ann" | "bob" | "cyd";

const PEOPLE: Record<Person, Role> = {
  admin: "ADMIN",
  recruiter: "RECRUITER",
  hiringManager: "HIRING_MANAGER",
  auditor: "AUDITOR",
  ann: "INTERVIEWER",
  bob: "INTERVIEWER",
  cyd: "INTERVIEWER",
};

/** A criterion of a test's rubric; its skill by slug. */
export interface CriterionSpec {
  key: string;
  skill: string;
  weight: number;
  min?: number;
  max?: number;
  gate?: { min: number; rule: "MEAN" | "ANY" } | null;
}

export interface CompanySpec {
  /** Slug -> weight in the profile. */
  skills?: Record<string, number>;
  criteria?: CriterionSpec[];
  passMark?: number;
  bands?: { label: string; min: number }[];
}

/** The rubric of the worked example in docs/scoring.md. */
const CRITERIA: CriterionSpec[] = [
  { key: "sql-query", skill: "sql", weight: 2 },
  { key: "sql-schema", skill: "sql", weight: 1 },
  { key: "rest-design", skill: "rest", weight: 1 },
  { key: "rest-errors", skill: "rest", weight: 1 },
  { key: "ds-complexity", skill: "ds", weight: 3 },
];

const BANDS = [0, 40, 60, 75, 90].map((min, index) => ({ label: `L${index + 1}`, min }));

export interface Company {
  organizationId: string;
  people: Record<Person, Member>;
  /** The context of a person, for calling actions. */
  as(person: Person): Ctx;
  /** The context of a key of the company. */
  asKey(id: string, scopes: readonly Scope[]): Ctx;
  skillIds: Record<string, string>;
  criterionIds: Record<string, string>;
  profileVersionId: string;
  rubricVersionId: string;
  kit: InterviewKit;
  job: Job;
  /** A new candidate who has applied for the job. */
  applicant(name?: string): Promise<Application>;
}

/** A context for somebody, now. */
export const contextOf = (database: Database, member: Member, requestId = "test"): Ctx =>
  contextFor(database, { viewer: memberViewer(member), now: new Date(), requestId });

let founded = 0;

/** An organisation of its own, ready to interview: people, skills, profile, rubric, kit and job. */
export async function company(database: Database, spec: CompanySpec = {}): Promise<Company> {
  const number = ++founded;
  // Files that run one after the other share a clone, so the count alone would come again.
  const domain = `company${number}-${randomUUID()}.example`;
  const names = Object.keys(PEOPLE) as Person[];
  const { organization, members } = await createOrganization(database, {
    empty: true,
    name: `Company ${number}`,
    members: names.map((name) => ({
      email: `${name}@${domain}`.toLowerCase(),
      name,
      role: PEOPLE[name],
    })),
  });
  const people = Object.fromEntries(names.map((name, index) => [name, members[index]!])) as Record<Person, Member>;
  const as = (person: Person) => contextOf(database, people[person]);
  const admin = as("admin");

  const weights = spec.skills ?? { sql: 2, rest: 1, ds: 1 };
  const criteria = spec.criteria ?? CRITERIA;
  const skillIds: Record<string, string> = {};
  for (const slug of new Set([...Object.keys(weights), ...criteria.map(({ skill }) => skill)])) {
    skillIds[slug] = (await createSkill(admin, { slug, name: slug.toUpperCase() })).id;
  }
  const profile = await createRoleProfile(admin, {
    name: "Back-end",
    level: "MIDDLE",
    passMark: spec.passMark ?? 60,
    leastCoveragePercent: 60,
    bands: spec.bands ?? BANDS,
    expectations: Object.entries(weights).map(([slug, weight]) => ({
      skillId: skillIds[slug]!,
      level: "MIDDLE",
      weight,
    })),
  });
  const rubric = await createRubric(admin, {
    name: "Back-end interview",
    criteria: criteria.map((each) => criterionOf(each, skillIds)),
  });
  await publish(rubric, admin, as("recruiter"));
  const [profileVersion] = await allRows(admin.db, RoleProfileVersion, (bind) => `t.profile_id = ${bind(profile.id)}`);
  const [rubricVersion] = await allRows(admin.db, RubricVersion, (bind) => `t.rubric_id = ${bind(rubric.id)}`);
  const rows = await allRows(admin.db, Criterion, (bind) => `t.rubric_version_id = ${bind(rubricVersion!.id)}`);
  const kit = await createInterviewKit(admin, {
    name: "Back-end kit",
    profileVersionId: profileVersion!.id,
    rubricVersionId: rubricVersion!.id,
    minutes: 60,
    questions: [],
  });
  const job = await createJob(admin, { title: "Back-end developer", profileVersionId: profileVersion!.id });

  return {
    organizationId: organization.id,
    people,
    as,
    asKey: (id, scopes) =>
      contextFor(database, {
        viewer: { kind: "KEY", organizationId: organization.id, id, scopes },
        now: new Date(),
        requestId: "test",
      }),
    skillIds,
    criterionIds: Object.fromEntries(rows.map(({ key, id }) => [key, id])),
    profileVersionId: profileVersion!.id,
    rubricVersionId: rubricVersion!.id,
    kit,
    job,
    applicant: async (name = "Chris Candidate") => {
      const { id: candidateId } = await createCandidate(as("recruiter"), { name });
      return createApplication(as("recruiter"), { candidateId, jobId: job.id });
    },
  };
}

/** Anchored at every value of its scale. */
const criterionOf = (
  { key, skill, weight, min = 1, max = 5, gate }: CriterionSpec,
  skillIds: Record<string, string>,
): CriterionInput => ({
  key,
  name: key,
  skillId: skillIds[skill]!,
  weight,
  scaleMin: min,
  scaleMax: max,
  gate,
  anchors: Array.from({ length: max - min + 1 }, (_, index) => ({
    value: min + index,
    label: index === 0 ? "Weak" : `Value ${min + index}`,
    behaviour: index === 0 ? "Needs help." : `Needs ${index} hints fewer.`,
  })),
});

/** Publishes a rubric's draft: what the author handed in, somebody else approves. */
export async function publish(rubric: Rubric, author: Ctx, reviewer: Ctx): Promise<Rubric> {
  const { id, version } = await requestRubricReview(author, rubric);
  return reviewRubric(reviewer, { id, version, verdict: "APPROVED" });
}

export const roleOf = (person: Person): Role => PEOPLE[person];
