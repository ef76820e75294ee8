import type { WeighedCriterion } from "../../src/evaluations/panel-spread.rules";
import { scoreUncertainty } from "../../src/evaluations/uncertainty.rules";

/** A criterion of this weight with the raters' scores, 0..100. */
function weighed(effectiveWeight: number, scores: Record<string, number>): WeighedCriterion {
  const values = Object.values(scores);
  const score = values.reduce((total, value) => total + value, 0) / values.length;
  return { effectiveWeight, score, scoreByRater: new Map(Object.entries(scores)) };
}

function uncertaintyOf(criteria: WeighedCriterion[], prior: { sd: number; df: number } | null = null, passMin = 60) {
  const score = criteria.reduce((total, { effectiveWeight, score }) => total + effectiveWeight * score, 0);
  return scoreUncertainty(score, criteria, { passMin, prior });
}

test("a rater alone has no standard error without history, and the history's with it", () => {
  const alone = [weighed(1, { ann: 70 })];
  expect(uncertaintyOf(alone)).toMatchObject({
    raterCount: 1,
    degreesOfFreedom: 0,
    standardError: null,
    uncertaintyReason: "SINGLE_RATER",
  });
  expect(uncertaintyOf(alone, { sd: 12, df: 20 })).toMatchObject({
    raterStandardDeviation: 12,
    degreesOfFreedom: 20,
    standardError: 12,
  });
});

test("each shared criterion that ties raters together is a degree of freedom", () => {
  const chain = [weighed(0.25, { ann: 60, bob: 70 }), weighed(0.25, { bob: 50, cyd: 80 }), weighed(0.5, { dan: 90 })];
  expect(uncertaintyOf(chain)).toMatchObject({ raterCount: 4, degreesOfFreedom: 2 });
  const pairs = [weighed(0.5, { ann: 60, bob: 70 }), weighed(0.5, { cyd: 50, dan: 80 })];
  expect(uncertaintyOf(pairs)).toMatchObject({ raterCount: 4, degreesOfFreedom: 2 });
  const joined = [...pairs, weighed(0.0001, { ann: 60, dan: 70 })];
  expect(uncertaintyOf(joined).degreesOfFreedom).toBe(3);
});

/** By hand: a = ±1/4 for one shared criterion of weight 1/2, so Q = 4/16; d = ±5; s² = 50/0.25. v = 3/4, 1/4. */
test("a panel that shares one of two criteria", () => {
  const result = uncertaintyOf([weighed(0.5, { ann: 60, bob: 80 }), weighed(0.5, { ann: 50 })]);
  expect(result.effectiveRaterCount).toBeCloseTo(1.6, 12);
  expect(result.raterStandardDeviation).toBeCloseTo(Math.sqrt(200), 12);
  expect(result.standardError).toBeCloseTo(Math.sqrt(200 * 0.625), 12);
});

test("history and panel are pooled by their degrees of freedom", () => {
  const result = uncertaintyOf([weighed(1, { ann: 60, bob: 80 })], { sd: 10, df: 3 });
  expect(result.degreesOfFreedom).toBe(4);
  expect(result.raterStandardDeviation).toBeCloseTo(Math.sqrt((3 * 100 + 1 * 200) / 4), 12);
});

test("raters who agree fully measure a spread of 0, which is no certainty", () => {
  const agreed = [
    weighed(0.3, { ann: 70, bob: 70, cyd: 70 }),
    weighed(0.7, { ann: 100 / 3, bob: 100 / 3, cyd: 100 / 3 }),
  ];
  expect(uncertaintyOf(agreed)).toEqual({
    raterCount: 3,
    effectiveRaterCount: expect.closeTo(3, 12),
    raterStandardDeviation: 0,
    degreesOfFreedom: 2,
    standardError: 0,
    interval: null,
    probabilityAbovePass: null,
    borderline: null,
    uncertaintyReason: "NO_VARIATION",
  });
  expect(uncertaintyOf(agreed, { sd: 12, df: 20 }).interval).not.toBeNull();
});

test("raters whose composites agree although their ratings differ do so too", () => {
  const crossed = [weighed(0.5, { ann: 10, bob: 40 }), weighed(0.5, { ann: 40, bob: 10 })];
  expect(uncertaintyOf(crossed)).toMatchObject({ raterStandardDeviation: 0, uncertaintyReason: "NO_VARIATION" });
});

test.each([
  [52, 53, false],
  [47, 48, false],
  [49, 50.5, true],
  [50.5, 51, true],
])("two raters at %d and %d are borderline for a pass mark of 50: %s", (first, second, borderline) => {
  expect(uncertaintyOf([weighed(1, { ann: first, bob: second })], { sd: 1, df: 1000 }, 50).borderline).toBe(borderline);
});

test("a pass mark of 0 leaves nothing to fail, one of 100 can still be reached", () => {
  const wide = [weighed(1, { ann: 30, bob: 90 })];
  expect([uncertaintyOf(wide, null, 0).borderline, uncertaintyOf(wide, null, 100).borderline]).toEqual([false, true]);
});

test("at the pass mark the chance of being above it is even", () => {
  expect(uncertaintyOf([weighed(1, { ann: 50, bob: 70 })]).probabilityAbovePass).toBe(0.5);
});

test("a narrower level gives a narrower interval", () => {
  const criteria = [weighed(1, { ann: 50, bob: 52 })];
  const at = (level: number) => scoreUncertainty(51, criteria, { passMin: 60, prior: null, level }).interval!;
  expect(at(0.5).upper).toBeCloseTo(52, 9);
  expect(at(0.5)).toMatchObject({ level: 0.5 });
  expect(at(7)).toEqual(at(0.95));
});

test.each([
  { sd: Number.NaN, df: 20 },
  { sd: 12, df: 0 },
  { sd: -1, df: 20 },
  { sd: 12, df: Number.POSITIVE_INFINITY },
  { sd: 101, df: 20 },
])("a history of %j is no history", (prior) => {
  expect(uncertaintyOf([weighed(1, { ann: 70 })], prior)).toEqual(uncertaintyOf([weighed(1, { ann: 70 })]));
});

test("a shared criterion too light to be measured ties nobody", () => {
  const result = uncertaintyOf([weighed(1, { ann: 70 }), weighed(1e-200, { ann: 0, bob: 100 })]);
  expect(result).toMatchObject({ degreesOfFreedom: 0, uncertaintyReason: "SINGLE_RATER" });
});
