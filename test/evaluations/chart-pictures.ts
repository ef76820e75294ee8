import type {
  PictureCriterion,
  PictureGate,
  PictureSkill,
  ScorePicture,
} from "../../src/evaluations/score-chart-picture.rules";
import type { Interval } from "../../src/evaluations/uncertainty.rules";

export const interval = (lower: number, upper: number): Interval => ({ lower, upper, level: 0.95, method: "t" });

export function pictureSkill(name: string, more: Partial<PictureSkill> = {}): PictureSkill {
  return {
    name,
    score: 70,
    reason: null,
    coverage: 1,
    interval: null,
    raterCount: 2,
    gates: [],
    criteria: [],
    ...more,
  };
}

export function pictureGate(more: Partial<PictureGate> = {}): PictureGate {
  const scale = { min: 1, max: 5 };
  return { kind: "CRITERION", name: "Query", rule: "MEAN", min: 3, actual: 4, scale, status: "PASSED", ...more };
}

export function pictureCriterion(name: string, more: Partial<PictureCriterion> = {}): PictureCriterion {
  const scale = { min: 1, max: 5 };
  return {
    name,
    scale,
    raterCount: 3,
    rawMean: 4,
    score: 75,
    effectiveWeight: 0.25,
    contribution: 18.75,
    notApplicable: false,
    ...more,
  };
}

/** The worked example of docs/scoring.md, unless said otherwise. */
export function picture({
  overall,
  ...more
}: Partial<Omit<ScorePicture, "overall">> & { overall?: Partial<ScorePicture["overall"]> } = {}): ScorePicture {
  return {
    methodVersion: "assay-score/1",
    recommendation: "RECOMMENDED",
    borderline: true,
    probabilityAbovePass: 0.917,
    overall: {
      score: 69.0972,
      reason: null,
      coverage: 1,
      interval: interval(50.74, 87.46),
      raterCount: 3,
      band: "L3",
      uncertaintyReason: null,
      ...overall,
    },
    passMark: 60,
    bands: [0, 40, 60, 75, 90].map((min, index) => ({ label: `L${index + 1}`, min })),
    skills: [
      pictureSkill("SQL", {
        score: 69.44,
        interval: interval(44.93, 93.96),
        criteria: [
          pictureCriterion("Query", { score: 75, effectiveWeight: 1 / 3, contribution: 25 }),
          pictureCriterion("Schema", {
            rawMean: 10 / 3,
            score: 175 / 3,
            effectiveWeight: 1 / 6,
            contribution: 175 / 18,
          }),
        ],
      }),
      pictureSkill("REST", {
        score: 54.17,
        interval: interval(36.23, 72.09),
        criteria: [
          pictureCriterion("Design", {
            rawMean: 11 / 3,
            score: 200 / 3,
            effectiveWeight: 1 / 8,
            contribution: 200 / 24,
          }),
          pictureCriterion("Errors", {
            rawMean: 8 / 3,
            score: 125 / 3,
            effectiveWeight: 1 / 8,
            contribution: 125 / 24,
          }),
        ],
      }),
      pictureSkill("Data structures", {
        score: 83.33,
        interval: interval(47.48, 100),
        criteria: [
          pictureCriterion("Complexity", {
            rawMean: 13 / 3,
            score: 250 / 3,
            effectiveWeight: 1 / 4,
            contribution: 250 / 12,
          }),
        ],
      }),
    ],
    others: [],
    ...more,
  };
}
