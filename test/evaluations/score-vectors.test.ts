import type { Cell } from "../../src/evaluations/criterion-score.rules";
import { explainedScore } from "../../src/evaluations/score.rules";
import {
  cases,
  expected,
  overallAsVector,
  type ReferenceCase,
  type ReferenceRating,
  withinTolerance,
} from "./as-vector";

function cell(rating: ReferenceRating): Cell {
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

test("the file holds fourteen cases, each with its expected result", () => {
  expect(cases.map(({ id }) => id)).toEqual(Object.keys(expected));
  expect(cases).toHaveLength(14);
});

test.each(cases)("$id: every number is the reference's", (reference) => {
  expect(inReferenceWords(reference)).toEqual(withinTolerance(expected[reference.id]));
});
