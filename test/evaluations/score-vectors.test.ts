import type { Cell, CountedCard, ScoredCriterion } from "../../src/evaluations/criterion-score.rules";
import { explainedScore } from "../../src/evaluations/score.rules";
import { overallAsVector } from "./as-vector";
import file from "./vectors/rubric_aggregation_vectors.json";

/** As the reference file names things: absent cell = not observed, `se` = standard error, `ad` = average deviation. */
interface ReferenceCase {
  id: string;
  criteria: (Omit<ScoredCriterion, "skillId"> & { skill: string })[];
  skills: { id: string; weight: number; gateMin?: number }[];
  scorecards: {
    id: string;
    interviewer: string;
    status: CountedCard["status"];
    ratings: Record<string, number | "NOT_OBSERVED" | "NOT_APPLICABLE">;
  }[];
  options: {
    minCoverage: number;
    passMin: number;
    levels: { id: string; min: number }[];
    priorSd?: number;
    priorDf?: number;
  };
}

const { cases } = file.input as unknown as { cases: ReferenceCase[] };
const expected = file.expected as Record<string, unknown>;

function cell(rating: number | "NOT_OBSERVED" | "NOT_APPLICABLE"): Cell {
  return typeof rating === "number" ? { outcome: "RATED", value: rating } : { outcome: rating };
}

function scoreOf({ criteria, skills, scorecards, options }: ReferenceCase) {
  const { minCoverage, passMin, levels, priorSd, priorDf } = options;
  return explainedScore({
    criteria: criteria.map(({ skill, ...criterion }) => ({ ...criterion, skillId: skill })),
    skills: skills.map(({ id, weight, gateMin = null }) => ({ id, weight, gateMin })),
    cards: scorecards.map(({ id, interviewer, status, ratings }) => ({
      id,
      raterId: interviewer,
      status,
      cells: new Map(Object.entries(ratings).map(([criterion, rating]) => [criterion, cell(rating)])),
    })),
    standard: {
      minCoverage,
      passMin,
      bands: levels,
      prior: priorSd === undefined || priorDf === undefined ? null : { sd: priorSd, df: priorDf },
    },
  });
}

/** The score in the words of the reference file, in the order of its criteria and skills. */
function inReferenceWords(reference: ReferenceCase) {
  const { criteria, skills, overall, gates, recommendation, borderline, probabilityAbovePass } = scoreOf(reference);
  const inOrder = <T extends { id: string }>(order: { id: string }[], items: T[]) =>
    order.map(({ id }) => items.find((item) => item.id === id)!);
  return {
    criteria: inOrder(reference.criteria, criteria).map(
      ({
        id,
        raterCount: n,
        score,
        rawMean,
        rawStandardDeviation: rawSd,
        range,
        averageDeviation,
        rwg,
        disagreement,
        notApplicable,
      }) => {
        return { id, n, score, rawMean, rawSd, range, ad: averageDeviation, rwg, disagreement, notApplicable };
      },
    ),
    skills: inOrder(reference.skills, skills).map(({ id, score, coverage, raterCount }) => {
      return { id, score, coverage, raters: raterCount };
    }),
    overall: overallAsVector(overall),
    gates: gates.map(({ id, status }) => ({ target: id, status })),
    recommendation,
    borderline,
    pAbovePass: probabilityAbovePass,
  };
}

/** Every number within the file's tolerance (relative above 1, as the file carries ten digits), the rest exactly. */
function withinTolerance(value: unknown): unknown {
  if (typeof value === "number") {
    return {
      asymmetricMatch: (actual: unknown) =>
        typeof actual === "number" && Math.abs(actual - value) <= file.tolerance * Math.max(1, Math.abs(value)),
      toString: () => `${value}`,
    };
  }
  if (Array.isArray(value)) return value.map(withinTolerance);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withinTolerance(inner)]));
}

test("the file holds fourteen cases, each with its expected result", () => {
  expect(cases.map(({ id }) => id)).toEqual(Object.keys(expected));
  expect(cases).toHaveLength(14);
});

test.each(cases)("$id: every number is the reference's", (reference) => {
  expect(inReferenceWords(reference)).toEqual(withinTolerance(expected[reference.id]));
});
