import { ScorePrior } from "../../src/evaluations/score-prior.entity";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import type { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { allRows } from "../../src/platform/db/reader";
import { newId } from "../../src/platform/ids";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { RubricVersion } from "../../src/question-bank/rubric.entity";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { slices } from "../../src/slices";
import { type Company, company, type Person, publish } from "../cast/company";
import { amend, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { passOverThePast } from "../support/past";
import { callOff } from "./calling-off";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

const RENEW = `
mutation ($input: RenewScorePriorInput!) { renewScorePrior(input: $input) {
  scorePrior { id number standardDeviation degreesOfFreedom methodVersion rubricVersion { id } renewedBy { name } }
  userErrors { code message field }
} }`;

/** Six raters of one session bring five degrees of freedom, so that four sessions bring enough of them. */
const RATERS: Person[] = ["ann", "bob", "cyd", "hiringManager", "recruiter", "admin"];
/** So many panels an estimate wants that are new. */
const ENOUGH = 5;

let api: Api;
let dispatcher: Dispatcher;
const failures: unknown[] = [];

/** Two cores may be shared with other test files. */
jest.setTimeout(90_000);

beforeAll(async () => {
  api = await startApi();
  await passOverThePast(api.database);
  dispatcher = startDispatcher({ database: api.database, slices, log: (_, error) => failures.push(error) });
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
  expect(failures).toEqual([]);
});

const office = (): Promise<Company> =>
  company(api.database, {
    skills: { sql: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "schema", skill: "sql", weight: 1 },
    ],
  });

/** COMPLETE sessions of six raters each, whose composites differ more from session to session. */
async function past(firm: Company, count: number): Promise<{ cards: Scorecard[][]; composites: number[][] }> {
  const cards: Scorecard[][] = [];
  const composites: number[][] = [];
  for (let nth = 0; nth < count; nth++) {
    const session = await interview(firm, { panel: RATERS });
    const values = RATERS.map((_, index) => ({ query: 2 + ((index + nth) % 3), schema: 2 + ((index * nth) % 2) }));
    const own: Scorecard[] = [];
    for (const [index, who] of RATERS.entries()) own.push(await submit(firm, who, session, values[index]!));
    cards.push(own);
    composites.push(values.map(({ query, schema }) => (25 * (query - 1) + 25 * (schema - 1)) / 2));
  }
  return { cards, composites };
}

const estimates = (firm: Company): Promise<ScorePrior[]> =>
  allRows(firm.as("admin").db, ScorePrior, () => "true", "order by t.number");

async function renew(firm: Company, person: Person, rubricVersionId = firm.rubricVersionId): Promise<Anything> {
  return (await api.send(firm.people[person], RENEW, { input: { rubricVersionId } })).data?.renewScorePrior;
}

/** Mean of the sessions' variances, which weigh alike here. */
const pooledDeviation = (composites: number[][]): number => {
  const variances = composites.map((values) => {
    const mean = values.reduce((total, each) => total + each, 0) / values.length;
    return values.reduce((total, each) => total + (each - mean) ** 2, 0) / (values.length - 1);
  });
  return Math.sqrt(variances.reduce((total, each) => total + each, 0) / variances.length);
};

const SCORES = `
query ($id: ID!) { node(id: $id) { ... on Application {
  evaluation { overall { score degreesOfFreedom raterStandardDeviation interval { lower } } priors { id number } }
  standing { intervalLower priors { id number } }
} } }`;

const scoresOf = async (firm: Company, id: string): Promise<Anything> =>
  (await api.ask(firm.people.admin, SCORES, { id })).node;

describe("renewing the history of a rubric version", () => {
  test("wants twenty degrees of freedom, and says how many there are", async () => {
    const firm = await office();
    await past(firm, ENOUGH - 2);
    const { scorePrior, userErrors } = await renew(firm, "recruiter");
    expect(scorePrior).toBeNull();
    expect(userErrors).toEqual([
      {
        code: "INSUFFICIENT_HISTORY",
        field: ["rubricVersionId"],
        message:
          "The COMPLETE sessions of this rubric version have 15 degrees of freedom; 20 are wanted. Each rater beyond the " +
          "first of a session brings one: come back after more interviews by two or more.",
      },
    ]);
    expect(await estimates(firm)).toEqual([]);
  });

  test("pools what the panels were apart; where nothing is new it answers the same estimate", async () => {
    const firm = await office();
    const { composites } = await past(firm, ENOUGH);
    const { scorePrior } = await renew(firm, "recruiter");
    expect(scorePrior).toMatchObject({
      number: 1,
      degreesOfFreedom: 20,
      methodVersion: "assay-score/1",
      rubricVersion: { id: firm.rubricVersionId },
      renewedBy: { name: "recruiter" },
    });
    expect(scorePrior.standardDeviation).toBeCloseTo(pooledDeviation(composites), 9);
    expect((await renew(firm, "hiringManager")).scorePrior).toEqual(scorePrior);
    expect((await estimates(firm)).map(({ panels }) => panels.length)).toEqual([ENOUGH]);
    const told = await api.database.read(
      firm.organizationId,
      "select from journal_entries where type = 'score_prior.renewed'",
      [],
    );
    expect(told).toHaveLength(1);
  });

  test("wants five panels that are new or changed, so that no two estimates tell of one", async () => {
    const firm = await office();
    const told: string[] = [];
    const cards: Scorecard[][] = [];
    for (let panels = 1; panels <= 2 * ENOUGH; panels++) {
      cards.push(...(await past(firm, 1)).cards);
      const { scorePrior, userErrors } = await renew(firm, "admin");
      told.push(
        scorePrior ? `number ${scorePrior.number}` : /\d+ (?=degrees)|estimate: \d/.exec(userErrors[0].message)![0],
      );
    }
    const few = [1, 2, 3, 4].map((count) => `estimate: ${count}`);
    expect(told).toEqual(["5 ", "10 ", "15 ", "estimate: 4", "number 1", ...few, "number 2"]);

    const [ann, bob] = cards[0] as [Scorecard, Scorecard];
    await amend(firm, "ann", ann, { query: 5 });
    const { userErrors } = await renew(firm, "admin");
    expect(userErrors).toEqual([
      {
        code: "INSUFFICIENT_HISTORY",
        field: ["rubricVersionId"],
        message:
          "Panels of this rubric version that are new or changed since an estimate: 1; 5 are wanted, so that no two estimates " +
          "tell of one panel. Come back after more interviews.",
      },
    ]);
    await withdrawScorecard(firm.as("bob"), bob);
    expect((await renew(firm, "admin")).userErrors[0].message).toContain("since an estimate: 1;");
  });

  test("compares with every estimate there was, not with the newest alone", async () => {
    const firm = await office();
    await past(firm, ENOUGH);
    await renew(firm, "admin");
    const [first] = await estimates(firm);
    const gone = first!.panels.map((panel) => ({ ...panel, sessionId: newId("InterviewSession") }));
    const { id: _, ...told } = { ...first!, number: 2, panels: [...first!.panels, ...gone] };
    await firm.as("admin").db.transaction((tx) => tx.insert(ScorePrior, told));
    await past(firm, 1);
    expect((await renew(firm, "admin")).userErrors[0].message).toContain("since an estimate: 1;");
  });

  test("counts COMPLETE sessions alone: a scorecard taken back takes its session out", async () => {
    const firm = await office();
    const { cards } = await past(firm, ENOUGH);
    const [{ id, version }] = cards[0] as [Scorecard];
    await withdrawScorecard(firm.as("ann"), { id, version });
    expect((await renew(firm, "admin")).userErrors[0].message).toContain("since an estimate: 4;");
    await submit(firm, "ann", { id: cards[0]![0]!.sessionId }, { query: 3 });
    expect((await renew(firm, "admin")).scorePrior.degreesOfFreedom).toBe(20);
  });

  test("at the same moment gives one estimate, the same for all", async () => {
    const firm = await office();
    await past(firm, ENOUGH);
    const renewed = await Promise.all(Array.from({ length: 5 }, () => renew(firm, "admin")));
    expect(new Set(renewed.map(({ scorePrior }) => scorePrior.id)).size).toBe(1);
    expect(await estimates(firm)).toHaveLength(1);
  });

  test.each<Person>(["ann", "auditor"])("is not for %s", async (person) => {
    const firm = await office();
    const { data, errors } = await api.send(firm.people[person], RENEW, {
      input: { rubricVersionId: firm.rubricVersionId },
    });
    expect([data, errors!.map(({ extensions }) => extensions.code)]).toEqual([null, ["FORBIDDEN"]]);
  });

  test("refuses a version that is not there, and the id of something else", async () => {
    const firm = await office();
    const other = await office();
    for (const rubricVersionId of [newId("RubricVersion"), other.rubricVersionId]) {
      const { errors } = await api.send(firm.people.admin, RENEW, { input: { rubricVersionId } });
      expect(errors![0]!.extensions).toMatchObject({ code: "NOT_FOUND", field: ["rubricVersionId"] });
    }
    expect((await renew(firm, "admin", firm.kit.id)).userErrors[0]).toMatchObject({ code: "WRONG_ID_TYPE" });
  });
});

describe("scores lean on history", () => {
  /** A second rubric with a kit of its own. */
  async function secondKit(firm: Company): Promise<InterviewKit> {
    const admin = firm.as("admin");
    const anchors = [1, 2, 3].map((value) => ({ value, label: `${value}`, behaviour: "As said." }));
    const rubric = await createRubric(admin, {
      name: "Second",
      criteria: [
        { key: "tuning", name: "Tuning", skillId: firm.skillIds.sql!, weight: 1, scaleMin: 1, scaleMax: 3, anchors },
      ],
    });
    await publish(rubric, admin, firm.as("recruiter"));
    const [version] = await allRows(admin.db, RubricVersion, (bind) => `t.rubric_id = ${bind(rubric.id)}`);
    const { profileVersionId } = firm;
    const rubricVersionId = version!.id;
    return createInterviewKit(admin, { name: "Second", profileVersionId, rubricVersionId, minutes: 30, questions: [] });
  }

  const lend = (
    firm: Company,
    rubricVersionId: string,
    number: number,
    standardDeviation: number,
  ): Promise<ScorePrior> =>
    firm.as("admin").db.transaction((tx) =>
      tx.insert(ScorePrior, {
        rubricVersionId,
        number,
        standardDeviation,
        degreesOfFreedom: 20,
        panels: [],
        methodVersion: "assay-score/1",
        renewedById: null,
      }),
    );

  test("that a rater alone could not give: evaluation and standing name the newest estimate", async () => {
    const firm = await office();
    const { sessionId, applicationId } = await alone(firm);
    await dispatcher.drained();
    const before = await scoresOf(firm, applicationId);
    expect(before).toMatchObject({ evaluation: { priors: [], overall: { interval: null } }, standing: { priors: [] } });

    await past(firm, ENOUGH);
    const { scorePrior } = await renew(firm, "recruiter");
    await dispatcher.drained();
    const { evaluation, standing } = await scoresOf(firm, applicationId);
    expect(evaluation.priors).toEqual([{ id: scorePrior.id, number: 1 }]);
    expect(evaluation.overall.raterStandardDeviation).toBeCloseTo(scorePrior.standardDeviation, 12);
    expect(evaluation.overall.score).toBe(before.evaluation.overall.score);
    expect(standing).toEqual({ priors: evaluation.priors, intervalLower: evaluation.overall.interval.lower });

    await callOff(firm, sessionId);
    await dispatcher.drained();
    const after = await scoresOf(firm, applicationId);
    expect([after.evaluation.priors, after.standing.priors]).toEqual([[], []]);
  });

  test("of every rubric version that was used, pooled", async () => {
    const firm = await office();
    const kit = await secondKit(firm);
    const { applicationId } = await alone(firm);
    await interview({ ...firm, kit }, { applicationId, panel: ["bob"] });
    const older = await lend(firm, firm.rubricVersionId, 1, 30);
    const first = await lend(firm, firm.rubricVersionId, 2, 6);
    const second = await lend(firm, kit.rubricVersionId, 1, 8);
    const { evaluation } = await scoresOf(firm, applicationId);
    expect(evaluation.priors.map(({ id }: Anything) => id)).toEqual([first.id, second.id].sort());
    expect(evaluation.priors).not.toContainEqual(expect.objectContaining({ id: older.id }));
    expect(evaluation.overall.degreesOfFreedom).toBe(20);
    expect(evaluation.overall.raterStandardDeviation).toBeCloseTo(Math.sqrt(50), 12);
  });

  async function alone(firm: Company): Promise<{ sessionId: string; applicationId: string }> {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 4, schema: 3 });
    return { sessionId: session.id, applicationId: session.applicationId };
  }
});
