import type { Member } from "../../src/identity/member.entity";
import { createOrganization } from "../../src/identity/organization.actions";
import type { Role } from "../../src/identity/viewer.rules";
import { overallAsVector } from "../evaluations/as-vector";
import vectors from "../evaluations/vectors/rubric_aggregation_vectors.json";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the steps that asked
type Anything = any;

const reference = vectors.input.cases.find(({ id }) => id === "full_three_raters")!;
const expected = vectors.expected.full_three_raters;

const PEOPLE = {
  ada: "ADMIN",
  ravi: "RECRUITER",
  nora: "AUDITOR",
  ann: "INTERVIEWER",
  bob: "INTERVIEWER",
  cyd: "INTERVIEWER",
  eve: "INTERVIEWER",
} as const satisfies Record<string, Role>;
type Name = keyof typeof PEOPLE;

const SKILLS = { SQL: "sql", REST: "rest", DS: "data-structures" } as const;

const GIFT = `// [id:sql-left-join] [tag:joins]
::Rows without a partner::Which join keeps customers who have no order? {
  =LEFT JOIN from customers to orders
  ~INNER JOIN
}

::Repeated PUT::Sending the same PUT twice leaves the server as sending it once does. {TRUE}

::Broken::Which of these? {=yes ~no
`;

let api: Api;
let people: Record<Name, Member>;
let organizationId: string;

beforeAll(async () => {
  api = await startApi();
  const names = Object.keys(PEOPLE) as Name[];
  const { organization, members } = await createOrganization(api.database, {
    empty: true,
    name: "Newcomer",
    members: names.map((name) => ({ email: `${name}@story.example`, name, role: PEOPLE[name] })),
  });
  organizationId = organization.id;
  people = Object.fromEntries(names.map((name, at) => [name, members[at]!])) as Record<Name, Member>;
});

afterAll(() => api.close());

/** The object that a mutation answers with; fails on any error. */
async function does(who: Name, mutation: string, input: object, selection: string): Promise<Anything> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message field } } }`;
  return (await api.ask(people[who], query, { input }))[mutation];
}

async function skillsMade(): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [name, slug] of Object.entries(SKILLS)) {
    ids[name] = (await does("ravi", "createSkill", { slug, name }, "skill { id }")).skill.id;
  }
  return ids;
}

async function profileMade(skillIds: Record<string, string>): Promise<string> {
  const input = {
    name: "Back-end developer",
    level: "MIDDLE",
    passMark: reference.options.passMin,
    leastCoveragePercent: reference.options.minCoverage * 100,
    bands: reference.options.levels.map(({ id, min }) => ({ label: id, min })),
    expectations: reference.skills.map(({ id, weight }) => ({ skillId: skillIds[id], level: "MIDDLE", weight })),
  };
  const selection = "roleProfile { versions { nodes { id number expectations { weight skill { slug } } } } }";
  const { roleProfile } = await does("ada", "createRoleProfile", input, selection);
  const [version] = roleProfile.versions.nodes;
  expect(version).toMatchObject({ number: 1, expectations: [{ weight: 2, skill: { slug: "sql" } }, {}, {}] });
  return version.id;
}

interface Rubric {
  versionId: string;
  /** Key of the reference -> criterion. */
  criterionIds: Record<string, string>;
}

/** Ann hands her draft in, bob approves it. */
async function published(noun: "Rubric" | "Question", { id, version }: Anything, selection: string): Promise<Anything> {
  const field = noun.toLowerCase();
  const handedIn = (await does("ann", `request${noun}Review`, { id, version }, `${field} { version }`))[field];
  const review = { id, version: handedIn.version, verdict: "APPROVED" };
  return (await does("bob", `review${noun}`, review, selection))[field];
}

const keyOf = (id: string): string => id.replace("_", "-");

async function rubricMade(skillIds: Record<string, string>): Promise<Rubric> {
  const criteria = reference.criteria.map(({ id, skill, weight, min, max }) => ({
    key: keyOf(id),
    name: id,
    skillId: skillIds[skill],
    weight,
    scaleMin: min,
    scaleMax: max,
    anchors: Array.from({ length: max - min + 1 }, (_, index) => ({
      value: min + index,
      label: `Step ${index + 1}`,
      behaviour: `Takes ${index + 1} of the steps without help.`,
    })),
  }));
  const selection = "rubric { id version versions { nodes { id state criteria { id key anchors { value label } } } } }";
  const written = await does("ann", "createRubric", { name: "Back-end interview", criteria }, selection);
  const rubric = await published("Rubric", written.rubric, selection);
  const [version] = rubric.versions.nodes;
  expect(version.state).toBe("READY");
  expect(version.criteria.map(({ key }: Anything) => key)).toEqual(criteria.map(({ key }) => key));
  const anchors = [1, 2, 3, 4, 5].map((value) => ({ value, label: `Step ${value}` }));
  for (const criterion of version.criteria) expect(criterion.anchors).toEqual(anchors);
  return {
    versionId: version.id,
    criterionIds: Object.fromEntries(reference.criteria.map(({ id }, at) => [id, version.criteria[at].id])),
  };
}

async function outcomes(bankId: string, dryRun: boolean): Promise<string[]> {
  const selection = "report { dryRun import { state } items { line outcome faults { line message } } }";
  const { report } = await does("ann", "importBank", { format: "GIFT", bankId, text: GIFT, dryRun }, selection);
  expect(report).toMatchObject({ dryRun, import: dryRun ? null : { state: "DONE" } });
  return report.items.map(({ line, outcome, faults }: Anything) => {
    expect(faults).toHaveLength(outcome === "REFUSED" ? 1 : 0);
    return `${line} ${outcome}`;
  });
}

const countQuestions = async (): Promise<number> =>
  (await api.ask(people.ann, "{ questions { totalCount } }")).questions.totalCount;

/** The versions of the bank's questions, imported and written. */
async function questionsMade(skillIds: Record<string, string>): Promise<string[]> {
  const { questionBank } = await does("ann", "createQuestionBank", { name: "Back-end" }, "questionBank { id }");
  expect(await outcomes(questionBank.id, true)).toEqual(["2 CREATED", "7 CREATED", "9 REFUSED"]);
  expect(await countQuestions()).toBe(0);
  expect(await outcomes(questionBank.id, false)).toEqual(["2 CREATED", "7 CREATED", "9 REFUSED"]);
  expect(await outcomes(questionBank.id, false)).toEqual(["2 UNCHANGED", "7 UNCHANGED", "9 REFUSED"]);
  const input = {
    bankId: questionBank.id,
    kind: "DISCUSSION",
    title: "A slow list of orders",
    stem: "An endpoint lists a customer's orders, and it has become slow. What do you look at?",
    skillIds: [skillIds.SQL],
  };
  await does("ann", "createQuestion", input, "question { id }");
  const selection = "id version versions { nodes { id kind state } }";
  const query = `{ questionBanks { nodes { id questions { nodes { ${selection} } } } } }`;
  const { questionBanks } = await api.ask(people.ann, query);
  const { questions } = questionBanks.nodes.find(({ id }: Anything) => id === questionBank.id);
  const versions: Anything[] = [];
  for (const question of questions.nodes) {
    const { versions: ready } = await published("Question", question, `question { ${selection} }`);
    versions.push(...ready.nodes);
  }
  expect(versions.map(({ state }) => state)).toEqual(["READY", "READY", "READY"]);
  expect(versions.map(({ kind }) => kind).sort()).toEqual(["DISCUSSION", "SINGLE_CHOICE", "TRUE_FALSE"]);
  return versions.map(({ id }: Anything) => id);
}

interface Planned {
  id: string;
  version: number;
  applicationId: string;
}

async function sessionPlanned(
  profileVersionId: string,
  { versionId }: Rubric,
  questions: readonly string[],
): Promise<Planned> {
  const kit = {
    name: "Back-end, 60 minutes",
    profileVersionId,
    rubricVersionId: versionId,
    minutes: 60,
    questions: questions.map((questionVersionId) => ({ questionVersionId, minutes: 20 })),
  };
  const { interviewKit } = await does("ravi", "createInterviewKit", kit, "interviewKit { id }");
  const { job } = await does("ravi", "createJob", { title: "Back-end developer", profileVersionId }, "job { id }");
  const mira = { name: "Mira Andersson", email: "mira@candidates.example" };
  const { candidate } = await does("ravi", "createCandidate", mira, "candidate { id }");
  const entry = { candidateId: candidate.id, jobId: job.id };
  const { application } = await does("ravi", "createApplication", entry, "application { id }");
  const startsAt = new Date(Date.now() + 3_600_000);
  const plan = {
    applicationId: application.id,
    kitId: interviewKit.id,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 3_600_000),
    timeZone: "Europe/Zurich",
    panel: (["ann", "bob", "cyd"] as const).map((name, at) => ({
      memberId: people[name].id,
      seat: at === 0 ? "LEAD" : "INTERVIEWER",
    })),
  };
  const selection = "interviewSession { id version state panel { seat member { name } } questions { position } }";
  const { interviewSession } = await does("ravi", "planInterviewSession", plan, selection);
  expect(interviewSession).toMatchObject({
    state: "SCHEDULED",
    panel: [
      { seat: "LEAD", member: { name: "ann" } },
      { seat: "INTERVIEWER", member: { name: "bob" } },
      { seat: "INTERVIEWER", member: { name: "cyd" } },
    ],
    questions: [{ position: 0 }, { position: 1 }, { position: 2 }],
  });
  return { ...interviewSession, applicationId: application.id };
}

/** What somebody sees of the scorecards: whose, and where each stands. Null: not even the session. */
async function sees(who: Name): Promise<string[] | null> {
  const query = `{
    interviewSessions { nodes { scorecards { id state interviewer { name } ratings { id } } } }
    scorecards { totalCount nodes { id } }
  }`;
  const { interviewSessions, scorecards } = await api.ask(people[who], query);
  const [session] = interviewSessions.nodes;
  const cards: Anything[] = session?.scorecards ?? [];
  expect(scorecards.totalCount).toBe(cards.length);
  expect(scorecards.nodes.map(({ id }: Anything) => id).sort()).toEqual(cards.map(({ id }) => id).sort());
  for (const { ratings } of cards) expect(ratings).toHaveLength(5);
  return session ? cards.map(({ state, interviewer }) => `${interviewer.name}: ${state.toLowerCase()}`).sort() : null;
}

/** How many raters the score rests on; null while it is kept back, undefined where the application is not seen. */
async function scoreSeen(who: Name): Promise<number | null | undefined> {
  const { applications } = await api.ask(
    people[who],
    "{ applications { nodes { evaluation { overall { raterCount } } } } }",
  );
  const [application] = applications.nodes;
  return application?.evaluation === null ? null : application?.evaluation.overall.raterCount;
}

async function expectSights(sights: Partial<Record<Name, [string[] | null, number | null | undefined]>>) {
  for (const [who, [cards, raters]] of Object.entries(sights) as [
    Name,
    [string[] | null, number | null | undefined],
  ][]) {
    expect({ who, cards: await sees(who), raters: await scoreSeen(who) }).toEqual({ who, cards, raters });
  }
}

interface Draft {
  id: string;
  version: number;
}

async function drafted(who: Name, sessionId: string, { criterionIds }: Rubric): Promise<Draft> {
  const { ratings } = reference.scorecards.find(({ interviewer }) => interviewer === who)!;
  const input = {
    sessionId,
    recommendation: "YES",
    summary: "Solid.",
    ratings: Object.entries(ratings as Record<string, number>).map(([id, value]) => ({
      criterionId: criterionIds[id],
      value,
      evidence: `Saw ${id}.`,
    })),
  };
  const { scorecard } = await does(who, "saveScorecard", input, "scorecard { id version state revision }");
  expect(scorecard).toMatchObject({ state: "DRAFT", revision: 1 });
  return scorecard;
}

async function submitted(who: Name, { id, version }: Draft): Promise<void> {
  const selection = "scorecard { state session { state } }";
  const { scorecard } = await does(who, "submitScorecard", { id, version }, selection);
  const state = who === "cyd" ? "COMPLETE" : "IN_PROGRESS";
  expect(scorecard).toEqual({ state: "SUBMITTED", session: { state } });
}

/** Every number within the file's relative tolerance, the rest exactly. */
function within(value: unknown): unknown {
  if (typeof value === "number") {
    return {
      asymmetricMatch: (actual: unknown) =>
        typeof actual === "number" && Math.abs(actual - value) <= vectors.tolerance * (Math.abs(value) || 1),
      toString: () => `${value}`,
    };
  }
  if (Array.isArray(value)) return value.map(within);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)]));
}

const SCORE = `{
  applications { nodes { candidate { name } evaluation {
    methodVersion recommendation borderline probabilityAbovePass opposed
    overall { score coverage band raterCount effectiveRaterCount raterStandardDeviation degreesOfFreedom standardError interval { lower upper level } }
    skills { skill { name } score coverage raterCount }
    criteria {
      criterion { name } raterCount score rawMean rawStandardDeviation range averageDeviation rwg disagreement notApplicable contribution
    }
    gates { status }
  } } }
}`;

async function expectExplainedScore(): Promise<void> {
  const { applications } = await api.ask(people.ravi, SCORE);
  const [{ candidate, evaluation }] = applications.nodes;
  expect(candidate.name).toBe("Mira Andersson");
  const { overall, recommendation, borderline, probabilityAbovePass } = evaluation;
  const { interval, ...whole } = overall;
  expect({
    overall: overallAsVector(overall),
    skills: evaluation.skills.map(({ skill, score, coverage, raterCount }: Anything) => ({
      id: skill.name,
      score,
      coverage,
      raters: raterCount,
    })),
    criteria: evaluation.criteria.map(({ criterion, averageDeviation: ad, contribution, ...each }: Anything) => {
      expect(contribution).toBeGreaterThan(0);
      const { raterCount: n, rawStandardDeviation: rawSd, ...rest } = each;
      return { id: criterion.name, n, rawSd, ad, ...rest };
    }),
    gates: evaluation.gates,
    recommendation,
    borderline,
    pAbovePass: probabilityAbovePass,
  }).toEqual(within(expected));
  expect(interval.level).toBe(0.95);
  expect(evaluation).toMatchObject({ methodVersion: "assay-score/1", opposed: false });
  const contributions: number[] = evaluation.criteria.map(({ contribution }: Anything) => contribution);
  expect(contributions.reduce((sum, each) => sum + each, 0)).toBeCloseTo(whole.score, 9);
}

async function journalled(): Promise<string[]> {
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query("select type from journal_entries where organization_id = $1 order by sequence", [organizationId]),
  );
  return rows.map(({ type }) => type);
}

test("a newcomer walks the hiring loop, from skills to an explained score", async () => {
  const skillIds = await skillsMade();
  const profileVersionId = await profileMade(skillIds);
  const rubric = await rubricMade(skillIds);
  const questions = await questionsMade(skillIds);
  const session = await sessionPlanned(profileVersionId, rubric, questions);

  await expectSights({ ann: [[], null], ravi: [[], 0], nora: [[], 0], eve: [null, undefined] });

  const move = { id: session.id, version: session.version, to: "IN_PROGRESS" };
  const moved = await does("ann", "moveInterviewSession", move, "interviewSession { state }");
  expect(moved.interviewSession.state).toBe("IN_PROGRESS");

  const ann = await drafted("ann", session.id, rubric);
  const bob = await drafted("bob", session.id, rubric);
  const cyd = await drafted("cyd", session.id, rubric);
  await expectSights({
    ann: [["ann: draft"], null],
    bob: [["bob: draft"], null],
    cyd: [["cyd: draft"], null],
    ravi: [[], 0],
    ada: [[], 0],
    nora: [[], 0],
    eve: [null, undefined],
  });

  await submitted("ann", ann);
  await expectSights({
    ann: [["ann: submitted"], 1],
    bob: [["bob: draft"], null],
    cyd: [["cyd: draft"], null],
    ravi: [["ann: submitted"], 1],
    ada: [["ann: submitted"], 1],
    nora: [[], 0],
    eve: [null, undefined],
  });

  await submitted("bob", bob);
  const two = ["ann: submitted", "bob: submitted"];
  await expectSights({
    ann: [two, 2],
    bob: [two, 2],
    cyd: [["cyd: draft"], null],
    ravi: [two, 2],
    ada: [two, 2],
    nora: [[], 0],
    eve: [null, undefined],
  });

  await submitted("cyd", cyd);
  const three = [...two, "cyd: submitted"];
  await expectSights({
    ann: [three, 3],
    bob: [three, 3],
    cyd: [three, 3],
    ravi: [three, 3],
    ada: [three, 3],
    nora: [[], 3],
    eve: [null, undefined],
  });

  await expectExplainedScore();

  expect(await journalled()).toEqual([
    "organization.created",
    "skill.created",
    "skill.created",
    "skill.created",
    "role_profile.created",
    "rubric.created",
    "rubric.review_requested",
    "rubric.published",
    "question_bank.created",
    "question.created",
    "question.created",
    "import.done",
    "import.done",
    "question.created",
    ...Array(3).fill(["question.review_requested", "question.published"]).flat(),
    "interview_kit.created",
    "job.created",
    "candidate.created",
    "application.created",
    "interview_session.planned",
    "interview_session.moved",
    "scorecard.submitted",
    "scorecard.submitted",
    "scorecard.submitted",
    "interview_session.completed",
  ]);
}, 20_000);
