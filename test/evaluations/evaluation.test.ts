import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { callOff } from "./calling-off";

const EVALUATIONS = `
query {
  applications(first: 100) {
    nodes {
      id
      evaluation {
        methodVersion
        recommendation
        borderline
        probabilityAbovePass
        opposed
        overall {
          score reason coverage band raterCount effectiveRaterCount raterStandardDeviation degreesOfFreedom standardError uncertaintyReason
          interval { lower upper level method }
        }
        skills { skill { slug } score coverage raterCount reason }
        criteria {
          criterion { key }
          raterCount score rawMean rawStandardDeviation range averageDeviation rwg disagreement notApplicable effectiveWeight contribution
        }
        gates { kind criterion { key } skill { slug } min actual status }
      }
    }
  }
}`;

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

let api: Api;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

/** The evaluation as an administrator sees it, who sits on no panel. */
async function evaluationSeen({ people }: Company, applicationId: string): Promise<Anything> {
  const { applications } = await api.ask(people.admin, EVALUATIONS);
  return applications.nodes.find(({ id }: Anything) => id === applicationId).evaluation;
}

describe("several sessions of one application", () => {
  const rubric = {
    skills: { sql: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "schema", skill: "sql", weight: 1 },
    ],
  };

  async function twoSessions(firm: Company, second: Person[]) {
    const { id: applicationId } = await firm.applicant();
    return {
      applicationId,
      first: await interview(firm, { applicationId, panel: ["ann", "bob"] }),
      second: await interview(firm, { applicationId, panel: second }),
    };
  }

  const criterionOf = (evaluation: Anything, key: string) =>
    evaluation.criteria.find(({ criterion }: Anything) => criterion.key === key);

  test("their ratings of a criterion are pooled, and somebody who rated in both is one rater with one value", async () => {
    const firm = await company(api.database, rubric);
    const { applicationId, first, second } = await twoSessions(firm, ["ann", "cyd"]);
    await submit(firm, "ann", first, { query: 5, schema: 5 });
    await submit(firm, "bob", first, { query: 2, schema: 3 });
    await submit(firm, "ann", second, { query: 3 });
    await submit(firm, "cyd", second, { query: 3 });
    const evaluation = await evaluationSeen(firm, applicationId);
    // query: ann (5 + 3) / 2 = 4, bob 2, cyd 3: mean 3. schema: ann 5, bob 3: mean 4.
    expect(criterionOf(evaluation, "query")).toMatchObject({
      raterCount: 3,
      rawMean: 3,
      score: 50,
      rawStandardDeviation: 1,
      range: 2,
    });
    expect(criterionOf(evaluation, "schema")).toMatchObject({ raterCount: 2, rawMean: 4, score: 75 });
    expect(evaluation.overall).toMatchObject({ score: 62.5, raterCount: 3, coverage: 1, degreesOfFreedom: 2 });
    expect(evaluation.criteria).toHaveLength(2);
    expect(evaluation.skills).toHaveLength(1);
  });

  test("an interviewer of another application changes nothing", async () => {
    const firm = await company(api.database, rubric);
    const { applicationId, first } = await twoSessions(firm, ["cyd"]);
    const stranger = await interview(firm, { panel: ["ann"] });
    await submit(firm, "ann", first, { query: 5, schema: 5 });
    await submit(firm, "ann", stranger, { query: 1, schema: 1 });
    expect((await evaluationSeen(firm, applicationId)).overall).toMatchObject({ score: 100, raterCount: 1 });
    expect((await evaluationSeen(firm, stranger.applicationId)).overall).toMatchObject({ score: 0, raterCount: 1 });
  });

  test("a session that is CANCELLED does not count", async () => {
    const firm = await company(api.database, rubric);
    const { applicationId, first, second } = await twoSessions(firm, ["bob", "cyd"]);
    await submit(firm, "ann", first, { query: 5, schema: 4 });
    await submit(firm, "cyd", second, { query: 1, schema: 1 });
    const before = await evaluationSeen(firm, applicationId);
    expect(before.overall).toMatchObject({ score: 43.75, raterCount: 2 });

    await callOff(firm, second.id);
    const after = await evaluationSeen(firm, applicationId);
    expect(after.overall).toMatchObject({ score: 87.5, raterCount: 1 });
    expect(after.criteria.map(({ raterCount }: Anything) => raterCount)).toEqual([1, 1]);
  });

  test("a scorecard that was withdrawn counts no more, and its next revision does", async () => {
    const firm = await company(api.database, rubric);
    const { applicationId, first } = await twoSessions(firm, ["cyd"]);
    const { id, version } = await submit(firm, "ann", first, { query: 1, schema: 1 });
    await withdrawScorecard(firm.as("ann"), { id, version });
    expect((await evaluationSeen(firm, applicationId)).overall).toMatchObject({ score: null, raterCount: 0 });
    await submit(firm, "ann", first, { query: 4, schema: 4 });
    expect((await evaluationSeen(firm, applicationId)).overall).toMatchObject({ score: 75, raterCount: 1 });
  });

  test("what does not matter for the candidate leaves score and coverage", async () => {
    const firm = await company(api.database, rubric);
    const { applicationId, first } = await twoSessions(firm, ["cyd"]);
    await submit(firm, "ann", first, { query: 3, schema: "NOT_APPLICABLE" });
    const evaluation = await evaluationSeen(firm, applicationId);
    expect(evaluation.overall).toMatchObject({ score: 50, coverage: 1 });
    expect(criterionOf(evaluation, "schema")).toMatchObject({ notApplicable: true, raterCount: 0, score: null });
  });
});
