import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
import { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { allRows } from "../../src/platform/db/reader";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit, type Values } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { overallAsVector } from "./as-vector";
import file from "./vectors/rubric_aggregation_vectors.json";

/** As the reference file names things: absent cell = not observed, `se` = standard error, `ad` = average deviation. */
interface ReferenceCase {
  id: string;
  criteria: {
    id: string;
    skill: string;
    weight: number;
    min: number;
    max: number;
    gate: { min: number; rule: "MEAN" | "ANY" } | null;
  }[];
  skills: { id: string; weight: number }[];
  scorecards: { interviewer: string; status: "SUBMITTED" | "WITHDRAWN" | "DRAFT"; ratings: Values }[];
  options: { passMin: number; levels: { id: string; min: number }[]; priorSd?: number };
}

const { cases } = file.input as unknown as { cases: ReferenceCase[] };
const expected = file.expected as Record<string, unknown>;

/** Those that need no history. */
const withoutPrior = cases.filter(({ options }) => options.priorSd === undefined);

const SEATS: Record<string, Person> = { ann: "ann", bob: "bob", cyd: "cyd", dan: "hiringManager" };

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

/** A company with the reference's rubric and profile. */
function companyOf({ criteria, skills, options }: ReferenceCase): Promise<Company> {
  return company(api.database, {
    skills: Object.fromEntries(skills.map(({ id, weight }) => [id, weight])),
    criteria: criteria.map(({ id, ...criterion }) => ({ key: id, ...criterion })),
    passMark: options.passMin,
    bands: options.levels.map(({ id, min }) => ({ label: id, min })),
  });
}

/** An application, interviewed as the reference says. Somebody absent from the reference keeps the session open. */
async function interviewed(firm: Company, { scorecards }: ReferenceCase): Promise<string> {
  const { id: applicationId } = await firm.applicant();
  const panel = [...scorecards.map(({ interviewer }) => SEATS[interviewer]!), "recruiter" as const];
  const session = await interview(firm, { applicationId, panel });
  for (const { interviewer, status, ratings } of scorecards) {
    const who = SEATS[interviewer]!;
    if (status === "DRAFT") await draft(firm, who, session, ratings);
    else {
      const { id, version } = await submit(firm, who, session, ratings);
      if (status === "WITHDRAWN") await withdrawScorecard(firm.as(who), { id, version });
    }
  }
  return applicationId;
}

/** The answer in the words of the reference file, in the order of its criteria and skills. */
function inReferenceWords(reference: ReferenceCase, evaluation: Anything) {
  const { overall, criteria, skills, gates, recommendation, borderline, probabilityAbovePass } = evaluation;
  expect(criteria).toHaveLength(reference.criteria.length);
  expect(skills).toHaveLength(reference.skills.length);
  return {
    criteria: reference.criteria.map(({ id }) => {
      const found = criteria.find(({ criterion }: Anything) => criterion.key === id);
      const {
        raterCount: n,
        score,
        rawMean,
        rawStandardDeviation: rawSd,
        range,
        averageDeviation: ad,
        rwg,
        disagreement,
        notApplicable,
      } = found;
      return { id, n, score, rawMean, rawSd, range, ad, rwg, disagreement, notApplicable };
    }),
    skills: reference.skills.map(({ id }) => {
      const { score, coverage, raterCount } = skills.find(({ skill }: Anything) => skill.slug === id);
      return { id, score, coverage, raters: raterCount };
    }),
    overall: overallAsVector(overall),
    gates: gates.map(({ criterion, status }: Anything) => ({ target: criterion.key, status })),
    recommendation,
    borderline,
    pAbovePass: probabilityAbovePass,
  };
}

/** Every number within the file's relative tolerance, the rest exactly. */
function withinTolerance(value: unknown): unknown {
  if (typeof value === "number") {
    return {
      asymmetricMatch: (actual: unknown) =>
        typeof actual === "number" && Math.abs(actual - value) <= file.tolerance * (Math.abs(value) || 1),
      toString: () => `${value}`,
    };
  }
  if (Array.isArray(value)) return value.map(withinTolerance);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withinTolerance(inner)]));
}

const sum = (values: (number | null)[]): number => values.reduce<number>((total, each) => total + (each ?? 0), 0);

describe("the reference cases, from scorecards that were handed in", () => {
  test("twelve of the fourteen need no history", () => {
    expect(withoutPrior).toHaveLength(12);
    expect(cases).toHaveLength(14);
  });

  test.each(withoutPrior)("$id: every number is the reference's", async (reference) => {
    const firm = await companyOf(reference);
    const evaluation = await evaluationSeen(firm, await interviewed(firm, reference));
    expect(inReferenceWords(reference, evaluation)).toEqual(withinTolerance(expected[reference.id]));
    expect(evaluation.methodVersion).toBe("assay-score/1");

    const { score } = evaluation.overall;
    const contributions = evaluation.criteria.map(({ contribution }: Anything) => contribution);
    const weights = evaluation.criteria.map(({ effectiveWeight }: Anything) => effectiveWeight);
    if (score === null) expect(new Set([...contributions, ...weights])).toEqual(new Set([null]));
    else {
      expect(sum(contributions)).toBeCloseTo(score, 9);
      expect(sum(weights)).toBeCloseTo(1, 12);
    }
  });

  test.each([
    ["no_scorecards", "NO_DATA", "NO_DATA"],
    ["one_rater_no_prior", null, "SINGLE_RATER"],
    ["specialist_panel_disjoint_no_prior", null, "SINGLE_RATER"],
    ["full_three_raters", null, null],
  ])("%s: what is null says why", async (id, reason, uncertaintyReason) => {
    const reference = cases.find((each) => each.id === id)!;
    const firm = await companyOf(reference);
    const { overall } = await evaluationSeen(firm, await interviewed(firm, reference));
    expect(overall).toMatchObject({ reason, uncertaintyReason });
  });
});

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

  test.each<SessionState>(["CANCELLED", "NO_SHOW"])("a session that is %s does not count", async (to) => {
    const firm = await company(api.database, rubric);
    const { applicationId, first, second } = await twoSessions(firm, ["bob", "cyd"]);
    await submit(firm, "ann", first, { query: 5, schema: 4 });
    await submit(firm, "cyd", second, { query: 1, schema: 1 });
    const before = await evaluationSeen(firm, applicationId);
    expect(before.overall).toMatchObject({ score: 43.75, raterCount: 2 });

    const recruiter = firm.as("recruiter");
    const [row] = await allRows(recruiter.db, InterviewSession, (bind) => `t.id = ${bind(second.id)}`);
    await moveInterviewSession(recruiter, { id: second.id, version: row!.version, to });
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
