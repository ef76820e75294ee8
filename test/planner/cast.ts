import { createApplication } from "../../src/candidates/application.actions";
import type { Application } from "../../src/candidates/application.entity";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { createJob } from "../../src/candidates/job.actions";
import type { Job } from "../../src/candidates/job.entity";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import { editQuestion } from "../../src/question-bank/question.actions";
import { createSkill } from "../../src/skills/skill.actions";
import { type Company, company } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type CastKey, keyWith } from "../cast/keys";
import { asking, newBank, publishedQuestion, wordingOfKind } from "../cast/questions";
import { type Entry, writeDiary } from "../dashboards/diary";
import type { Api } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

export interface Scene {
  firm: Company;
  /** Two, with five applications and three. */
  jobs: readonly [Job, Job];
  /** Bob has handed in by a key, Ann has a draft and owes. */
  blind: InterviewSession;
  key: CastKey;
}

/** Scores of the first job's standings: two alike, one of none. */
const SCORES = [70.5, 0.1 + 0.2, null, 70.5, 99.9] as const;

/** An organisation with what the tests by hand look at. */
export async function sceneOf({ database }: Api): Promise<Scene> {
  const firm = await asking(await company(database));
  const admin = firm.as("admin");
  const other = await createJob(admin, { title: "Tester", profileVersionId: firm.profileVersionId });
  const jobs = [firm.job, other] as const;
  const applications: Application[] = [];
  for (const [index, { id: jobId }] of [...Array(5).fill(jobs[0]), ...Array(3).fill(jobs[1])].entries()) {
    const { id: candidateId } = await createCandidate(admin, { name: `Candidate ${index}` });
    applications.push(await createApplication(admin, { candidateId, jobId }));
  }
  const key = await keyWith(firm, ["scorecards:write"]);
  const blind = await interview(firm, { applicationId: applications[0]!.id, panel: ["ann", "bob"] });
  await submit(firm, "bob", blind, { "sql-query": 2 }, firm.asKey(key.id, ["scorecards:write"]));
  await draft(firm, "ann", blind, { "sql-query": 5 });
  await interview(firm, { applicationId: applications[0]!.id, panel: ["bob", "cyd"] });
  for (const slug of ["joins", "indexes"]) await createSkill(admin, { slug, name: slug, parentId: firm.skillIds.sql });
  await questionsOf(firm);
  await standingsOf(firm, applications);
  return { firm, jobs, blind, key };
}

/** Two questions of the same skills, one of which has been of two kinds. */
async function questionsOf(firm: Company): Promise<void> {
  const admin = firm.as("admin");
  const { id: bankId } = await newBank(firm);
  const skillIds = [firm.skillIds.sql!, firm.skillIds.rest!];
  const { id, version } = await publishedQuestion(firm, bankId, "NUMERIC");
  await editQuestion(admin, { ...wordingOfKind("ESSAY", skillIds), id, version });
  const second = await publishedQuestion(firm, bankId, "SINGLE_CHOICE");
  await editQuestion(admin, { ...wordingOfKind("SINGLE_CHOICE", skillIds), id: second.id, version: second.version });
}

async function standingsOf({ as }: Company, applications: readonly Application[]): Promise<void> {
  const ids = applications.map(({ id }) => id);
  await as("admin").db.transaction((tx) => refreshStandings(tx, ids));
  await withClient(superuserUrl, async (client) => {
    for (const [index, score] of SCORES.entries())
      await client.query("update standings set score = $2 where application_id = $1", [ids[index], score]);
  });
}

const HELD: Omit<Entry, "application"> = {
  state: "COMPLETE",
  hours: [-30.4, -29.4],
  panel: { ann: { card: "SUBMITTED", says: "YES" }, bob: { card: "SUBMITTED", says: "NO" } },
};

/** An organisation with so many sessions. */
export async function busyCompany({ database }: Api, sessions: number): Promise<Company> {
  const firm = await company(database);
  const application = await firm.applicant();
  await writeDiary(database, firm, Array(sessions).fill({ ...HELD, application }));
  return firm;
}
