import { createInterviewKit, editInterviewKit } from "../../src/interviews/interview-kit.actions";
import { allRows } from "../../src/platform/db/reader";
import { createQuestion, editQuestion } from "../../src/question-bank/question.actions";
import { QuestionVersion } from "../../src/question-bank/question.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { editRubric } from "../../src/question-bank/rubric.actions";
import { Rubric } from "../../src/question-bank/rubric.entity";
import { editRoleProfile } from "../../src/skills/role-profile.actions";
import { RoleProfile } from "../../src/skills/role-profile.entity";
import { type Company, company, publish } from "../cast/company";
import { interview } from "../cast/interview";
import { publishQuestion } from "../cast/questions";
import { type Api, startApi } from "../support/api";

let api: Api;
let firm: Company;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 1, rest: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "design", skill: "rest", weight: 2 },
    ],
  });
});

afterAll(() => api.close());

/** All that a session asks and rates, as the API tells it. */
const PLANNED = `
  questions { position minutes questionVersion { id number stem } }
  rubricVersion { id number criteria { key name weight scaleMin scaleMax anchors { value label } skill { slug } } }
  profileVersion { id number passMark bands { label min } expectations { weight level skill { slug } } }`;

const planned = async (id: string) =>
  (await api.ask(firm.people.ann, `{ node(id: "${id}") { ... on InterviewSession { ${PLANNED} } } }`)).node;

test("what is planned stays as it was planned, whatever is edited later; what is planned later is another", async () => {
  const admin = firm.as("admin");
  const people = { author: admin, reviewer: firm.as("recruiter") };
  const { id: bankId } = await createQuestionBank(admin, { name: "Bank" });
  const wording = { kind: "ESSAY" as const, stemFormat: "PLAIN" as const };
  const question = await publishQuestion(people, await createQuestion(admin, { ...wording, bankId, stem: "Before?" }));
  const newest = async () => {
    const versions = await allRows(admin.db, QuestionVersion, (bind) => `t.question_id = ${bind(question.id)}`);
    return versions.sort((one, other) => other.number - one.number)[0]!.id;
  };
  const said = {
    name: "Kit",
    profileVersionId: firm.profileVersionId,
    rubricVersionId: firm.rubricVersionId,
    minutes: 45,
    questions: [{ questionVersionId: await newest(), minutes: 20 }],
  };
  firm.kit = await createInterviewKit(admin, said);
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  const before = await planned(session.id);
  expect(before).toMatchObject({
    questions: [{ minutes: 20, questionVersion: { number: 1, stem: "Before?" } }],
    rubricVersion: { number: 1, criteria: [{ weight: 1 }, { weight: 2 }] },
    profileVersion: { number: 1, passMark: 60 },
  });

  const edited = await editQuestion(admin, { ...wording, ...question, stem: "After?" });
  await publishQuestion(people, edited);
  const [rubric] = await allRows(admin.db, Rubric, () => "true");
  const criterion = (key: string, skill: string, weight: number) => ({
    key,
    name: `${key} anew`,
    skillId: firm.skillIds[skill]!,
    weight,
    scaleMin: 1,
    scaleMax: 2,
    anchors: [
      { value: 1, label: "Low", behaviour: "Some." },
      { value: 2, label: "High", behaviour: "All." },
    ],
  });
  const criteria = [criterion("query", "sql", 5), criterion("design", "rest", 1)];
  await publish(await editRubric(admin, { ...rubric!, criteria }), admin, people.reviewer);
  const [profile] = await allRows(admin.db, RoleProfile, () => "true");
  await editRoleProfile(admin, {
    id: profile!.id,
    version: profile!.version,
    name: profile!.name,
    level: "SENIOR",
    passMark: 90,
    leastCoveragePercent: 10,
    bands: [{ label: "All", min: 0 }],
    expectations: [{ skillId: firm.skillIds.sql!, level: "SENIOR", weight: 7 }],
  });
  const version = async (table: string) =>
    (await admin.db.all<{ id: string }>(`select id from ${table} where number = 2 order by id desc limit 1`))[0]!.id;
  firm.kit = await editInterviewKit(admin, {
    ...firm.kit,
    ...said,
    name: "Kit anew",
    minutes: 30,
    profileVersionId: await version("role_profile_versions"),
    rubricVersionId: await version("rubric_versions"),
    questions: [{ questionVersionId: await newest(), minutes: 5 }],
  });

  expect(await planned(session.id)).toEqual(before);
  const later = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  expect(await planned(later.id)).toMatchObject({
    questions: [{ minutes: 5, questionVersion: { number: 2, stem: "After?" } }],
    rubricVersion: { number: 2, criteria: [{ weight: 5 }, { weight: 1 }] },
    profileVersion: { number: 2, passMark: 90 },
  });
});
