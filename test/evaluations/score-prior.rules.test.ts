import { panelHistory, scoreOf } from "../../src/evaluations/evidence.rules";
import { estimateOf, newsBetween, type PriorEvidence, pooledPrior } from "../../src/evaluations/score-prior.rules";

const panel = (sessionId: string, variance: number, degreesOfFreedom: number) => ({
  sessionId,
  variance,
  degreesOfFreedom,
});

describe("an estimate from past panels", () => {
  test.each([
    { of: "one panel", panels: [panel("a", 144, 20)], sd: 12, df: 20 },
    {
      of: "panels weighed by their degrees of freedom",
      panels: [panel("a", 100, 15), panel("b", 180, 5)],
      sd: Math.sqrt(120),
      df: 20,
    },
    { of: "panels that agreed fully", panels: [panel("a", 0, 12), panel("b", 0, 12)], sd: 0, df: 20 },
    { of: "more history than counts", panels: [panel("a", 100, 40), panel("b", 400, 20)], sd: Math.sqrt(200), df: 20 },
    { of: "less of it", panels: [panel("a", 25, 3)], sd: 5, df: 3 },
  ])("of $of", ({ panels, sd, df }) => {
    const { standardDeviation, degreesOfFreedom } = estimateOf(panels);
    expect(standardDeviation).toBeCloseTo(sd, 12);
    expect(degreesOfFreedom).toBe(df);
  });
});

describe("what is new between two lists of panels", () => {
  const [a, b, c] = [panel("a", 100, 5), panel("b", 100, 5), panel("c", 100, 5)];

  test.each([
    { of: "the same", panels: [a, b], before: [b, a], news: 0 },
    { of: "one that came", panels: [a, b], before: [a], news: 1 },
    { of: "one that went", panels: [a], before: [a, b], news: 1 },
    { of: "one that is further apart", panels: [a, { ...b, variance: 101 }], before: [a, b], news: 1 },
    { of: "one by more raters", panels: [a, { ...b, degreesOfFreedom: 6 }], before: [a, b], news: 1 },
    { of: "another in its place", panels: [a, c], before: [a, b], news: 2 },
    { of: "all of them", panels: [a, b, c], before: [], news: 3 },
  ])("is counted: $of", ({ panels, before, news }) => {
    expect(newsBetween(panels, before)).toBe(news);
    expect(newsBetween(before, panels)).toBe(news);
  });
});

describe("the estimates of several rubric versions", () => {
  const prior = (id: string, standardDeviation: number, degreesOfFreedom: number): PriorEvidence => ({
    id,
    standardDeviation,
    degreesOfFreedom,
  });

  test.each([
    { of: "one", priors: [prior("a", 12, 20)], sd: 12, df: 20 },
    { of: "two alike", priors: [prior("a", 12, 20), prior("b", 12, 20)], sd: 12, df: 20 },
    { of: "two that differ", priors: [prior("a", 6, 20), prior("b", 8, 20)], sd: Math.sqrt(50), df: 20 },
    { of: "light ones", priors: [prior("a", 6, 3), prior("b", 8, 9)], sd: Math.sqrt(57), df: 12 },
  ])("are pooled: $of", ({ priors, sd, df }) => {
    const pooled = pooledPrior(priors)!;
    expect(pooled.sd).toBeCloseTo(sd, 12);
    expect(pooled.df).toBe(df);
    expect(pooledPrior([...priors].reverse())).toEqual(pooled);
  });

  test("are none without history", () => {
    expect(pooledPrior([])).toBeNull();
  });
});

/** The worked example of docs/scoring.md, as rows. */
const RATED = { ann: [4, 3, 4, 3, 4], bob: [5, 4, 3, 3, 4], cyd: [3, 3, 4, 2, 5] };
const EXAMPLE = {
  profile: {
    passMark: 60,
    leastCoveragePercent: 60,
    bands: [{ label: "L1", min: 0 }],
    expectations: [
      { skillId: "sql", weight: 2, gate: null },
      { skillId: "rest", weight: 1, gate: null },
      { skillId: "ds", weight: 1, gate: null },
    ],
  },
  criteria: [
    { id: "c0", skillId: "sql", weight: 2 },
    { id: "c1", skillId: "sql", weight: 1 },
    { id: "c2", skillId: "rest", weight: 1 },
    { id: "c3", skillId: "rest", weight: 1 },
    { id: "c4", skillId: "ds", weight: 3 },
  ].map((each) => ({ ...each, stableId: `s ${each.id}`, scaleMin: 1, scaleMax: 5, gateMin: null, gateRule: null })),
  cards: Object.keys(RATED).map((id) => ({
    id,
    interviewerId: id,
    state: "SUBMITTED" as const,
    recommendation: "YES" as const,
  })),
  ratings: Object.entries(RATED).flatMap(([scorecardId, values]) =>
    values.map((value, index) => ({ scorecardId, criterionId: `c${index}`, outcome: "RATED" as const, value })),
  ),
};

describe("the history of a session", () => {
  test("is the variance of its raters' composites where all rate everything", () => {
    const history = panelHistory("session", EXAMPLE)!;
    expect(Math.sqrt(history.variance)).toBeCloseTo(7.3902, 4);
    expect(history).toMatchObject({ sessionId: "session", degreesOfFreedom: 2 });
  });

  test("is none of a rater alone", () => {
    expect(panelHistory("session", { ...EXAMPLE, cards: EXAMPLE.cards.slice(0, 1) })).toBeNull();
  });

  test("is a spread of 0 where they agree fully", () => {
    const alike = EXAMPLE.ratings.map((rating) => ({ ...rating, value: 3 }));
    expect(panelHistory("session", { ...EXAMPLE, ratings: alike })).toMatchObject({ variance: 0, degreesOfFreedom: 2 });
  });
});

test("evidence without estimates scores as it did, and survives being written down", () => {
  const without = scoreOf({ ...EXAMPLE, priors: [] });
  expect(without.overall.standardError).toBeCloseTo(4.26674, 5);
  const evidence = { ...EXAMPLE, priors: [{ id: "p", standardDeviation: 12, degreesOfFreedom: 20 }] };
  expect(scoreOf(JSON.parse(JSON.stringify(evidence)))).toEqual(scoreOf(evidence));
  const { overall, ...rest } = scoreOf(evidence);
  expect(overall.degreesOfFreedom).toBe(22);
  expect(overall.score).toBe(without.overall.score);
  expect(rest.recommendation).toBe(without.recommendation);
});
