/** Every reference case through the API. */
import { type Api, startApi } from "../support/api";
import { cases, expected, withinTolerance } from "./as-vector";
import { type Anything, evaluationOf, inReferenceWords, PLANS } from "./played-reference";

let api: Api;

/** Two cores may be shared with other test files. */
jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

const sum = (values: (number | null)[]): number => values.reduce<number>((total, each) => total + (each ?? 0), 0);

/** Why something is null, which the reference does not say. */
const REASONS: Record<string, [reason: string | null, uncertaintyReason: string | null]> = {
  no_scorecards: ["NO_DATA", "NO_DATA"],
  all_not_observed: ["NO_DATA", "NO_DATA"],
  one_rater_no_prior: [null, "SINGLE_RATER"],
  gate_unresolved: [null, "SINGLE_RATER"],
  specialist_panel_disjoint_no_prior: [null, "SINGLE_RATER"],
};

test("every one of the fourteen cases can be said through the API", () => {
  expect(cases.map(({ id }) => id)).toEqual(Object.keys(expected));
  expect(cases).toHaveLength(14);
});

describe.each(Object.keys(PLANS))("scorecards handed in %s", (plan) => {
  test.each(cases)("$id: every number is the reference's", async (reference) => {
    const evaluation = await evaluationOf(api, reference, plan);
    const { overall, criteria, priors, methodVersion } = evaluation;
    expect(inReferenceWords(reference, evaluation)).toEqual(withinTolerance(expected[reference.id]));
    expect(methodVersion).toBe("assay-score/1");

    const [reason, uncertaintyReason] = REASONS[reference.id] ?? [null, null];
    expect(overall).toMatchObject({ reason, uncertaintyReason });
    const { priorSd, priorDf } = reference.options;
    expect(priors).toEqual(priorSd ? [{ standardDeviation: priorSd, degreesOfFreedom: priorDf }] : []);

    const contributions = criteria.map(({ contribution }: Anything) => contribution);
    const weights = criteria.map(({ effectiveWeight }: Anything) => effectiveWeight);
    if (overall.score === null) expect(new Set([...contributions, ...weights])).toEqual(new Set([null]));
    else {
      expect(sum(contributions)).toBeCloseTo(overall.score, 9);
      expect(sum(weights)).toBeCloseTo(1, 12);
    }
  });
});
