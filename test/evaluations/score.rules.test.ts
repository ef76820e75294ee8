import type { CountedCard } from "../../src/evaluations/criterion-score.rules";
import { METHOD_VERSION } from "../../src/evaluations/score.rules";
import { card, criterion, type Rating, score, skill } from "./panel";

const sql = skill("sql");
const query = criterion("query", "sql");
const schema = criterion("schema", "sql");

/** The worked example of docs/scoring.md. */
const example = {
  criteria: [
    criterion("sql_query", "SQL", { weight: 2 }),
    criterion("sql_schema", "SQL"),
    criterion("rest_design", "REST"),
    criterion("rest_errors", "REST"),
    criterion("ds_complexity", "DS", { weight: 3 }),
  ],
  skills: [skill("SQL", 2), skill("REST"), skill("DS")],
};

function exampleCard(rater: string, ...ratings: [number, number, number, number, number]): CountedCard {
  return card(rater, Object.fromEntries(example.criteria.map(({ id }, index) => [id, ratings[index]!])));
}

const ann = exampleCard("ann", 4, 3, 4, 3, 4);
const bob = exampleCard("bob", 5, 4, 3, 3, 4);
const cyd = exampleCard("cyd", 3, 3, 4, 2, 5);

describe("the worked example", () => {
  const result = score(example.criteria, example.skills, [ann, bob, cyd]);

  test("goes from criteria to skills to the whole", () => {
    const scores = Object.fromEntries([...result.criteria, ...result.skills].map(({ id, score }) => [id, score]));
    expect(scores.sql_query).toBeCloseTo(75, 9);
    expect(scores.sql_schema).toBeCloseTo(175 / 3, 9);
    expect(scores.rest_design).toBeCloseTo(200 / 3, 9);
    expect(scores.rest_errors).toBeCloseTo(125 / 3, 9);
    expect(scores.ds_complexity).toBeCloseTo(250 / 3, 9);
    expect(scores.SQL).toBeCloseTo(625 / 9, 9);
    expect(scores.REST).toBeCloseTo(325 / 6, 9);
    expect(scores.DS).toBeCloseTo(250 / 3, 9);
    expect(result.overall.score).toBeCloseTo(69.0972, 4);
    expect(result.overall.band).toBe("L3");
    expect(result.methodVersion).toBe(METHOD_VERSION);
  });

  test("says what each criterion weighs and brings", () => {
    const [ds, restDesign, restErrors, sqlQuery, sqlSchema] = result.criteria;
    expect(ds!.effectiveWeight).toBeCloseTo(1 / 4, 12);
    expect(restDesign!.effectiveWeight).toBeCloseTo(1 / 8, 12);
    expect(restErrors!.effectiveWeight).toBeCloseTo(1 / 8, 12);
    expect(sqlQuery!.effectiveWeight).toBeCloseTo(1 / 3, 12);
    expect(sqlSchema!.effectiveWeight).toBeCloseTo(1 / 6, 12);
    expect(sqlQuery!.contribution).toBeCloseTo(25, 9);
    expect(ds!.contribution).toBeCloseTo(20.8333, 4);
  });

  test("carries the uncertainty of three raters", () => {
    const { overall, probabilityAbovePass, borderline, recommendation } = result;
    expect(overall.raterStandardDeviation).toBeCloseTo(7.3902, 4);
    expect(overall.standardError).toBeCloseTo(4.26674, 5);
    expect(overall.interval!.lower).toBeCloseTo(50.739, 3);
    expect(overall.interval!.upper).toBeCloseTo(87.456, 3);
    expect(overall.interval!.level).toBe(0.95);
    expect(probabilityAbovePass).toBeCloseTo(0.9167, 4);
    expect([borderline, recommendation]).toEqual([true, "RECOMMENDED"]);
  });

  test("is far less sure with two of them", () => {
    const { overall } = score(example.criteria, example.skills, [ann, bob]);
    expect(overall.score).toBeCloseTo(72.3958, 4);
    expect(overall.standardError).toBeCloseTo(4.6875, 10);
    expect(overall.interval!.lower).toBeCloseTo(12.84, 2);
    expect(overall.interval!.upper).toBe(100);
  });
});

describe("gates", () => {
  const gated = (rule: "MEAN" | "ANY") => [criterion("query", "sql", { gate: { min: 3, rule } }), schema];
  const panel = (...ratings: Rating[]) => ratings.map((query, index) => card(`r${index}`, { query, schema: 5 }));

  test.each<["MEAN" | "ANY", Rating[], number | null, string, string]>([
    ["MEAN", [2, 4], 3, "PASSED", "RECOMMENDED"],
    ["ANY", [2, 4], 2, "FAILED", "NOT_RECOMMENDED"],
    ["MEAN", [2, 3], 2.5, "FAILED", "NOT_RECOMMENDED"],
    ["ANY", [3, 4], 3, "PASSED", "RECOMMENDED"],
    ["MEAN", ["NOT_OBSERVED", "NOT_OBSERVED"], null, "UNRESOLVED", "INSUFFICIENT_EVIDENCE"],
    ["ANY", ["NOT_APPLICABLE", "NOT_OBSERVED"], null, "NOT_APPLICABLE", "RECOMMENDED"],
    ["MEAN", ["NOT_APPLICABLE", 5], 5, "PASSED", "RECOMMENDED"],
  ])("%s 3 against %j: %d, %s, so %s", (rule, ratings, actual, status, recommendation) => {
    const result = score(gated(rule), [sql], panel(...ratings), { minCoverage: 0.5 });
    expect(result.gates).toEqual([{ kind: "CRITERION", id: "query", min: 3, actual, status }]);
    expect(result.recommendation).toBe(recommendation);
  });

  test("of a skill look at its score", () => {
    const skills = [skill("rest"), skill("sql", 1, 50)];
    const criteria = [query, criterion("design", "rest")];
    const gateOf = (value: number) => score(criteria, skills, [card("ann", { query: value, design: 5 })]).gates;
    expect(gateOf(2)).toEqual([{ kind: "SKILL", id: "sql", min: 50, actual: 25, status: "FAILED" }]);
    expect(gateOf(3)).toEqual([{ kind: "SKILL", id: "sql", min: 50, actual: 50, status: "PASSED" }]);
  });

  test("of a skill that nobody may judge do not apply; of one that nobody asked about they stay open", () => {
    const skills = [skill("rest"), skill("sql", 1, 50)];
    const design = criterion("design", "rest");
    const inapplicable = score([query, design], skills, [card("ann", { query: "NOT_APPLICABLE", design: 5 })]);
    const unasked = score([design], skills, [card("ann", { design: 5 })]);
    expect([inapplicable.gates[0]!.status, inapplicable.recommendation]).toEqual(["NOT_APPLICABLE", "RECOMMENDED"]);
    expect([unasked.gates[0]!.status, unasked.recommendation]).toEqual(["UNRESOLVED", "INSUFFICIENT_EVIDENCE"]);
  });

  test("hold for a criterion that weighs nothing", () => {
    const weightless = criterion("query", "sql", { weight: 0, gate: { min: 3, rule: "MEAN" } });
    const result = score([weightless, schema], [sql], [card("ann", { query: 1, schema: 5 })]);
    expect([result.overall.score, result.recommendation]).toEqual([100, "NOT_RECOMMENDED"]);
  });

  test("look at each card of a rater who wrote two", () => {
    const cards = [card("ann", { query: 2 }), card("ann", { query: 4 }, { id: "ann again" })];
    expect(score(gated("ANY"), [sql], cards).gates[0]).toMatchObject({ actual: 2, status: "FAILED" });
    expect(score(gated("MEAN"), [sql], cards).gates[0]).toMatchObject({ actual: 3, status: "PASSED" });
  });
});

test("thresholds are met by values that miss them only by rounding", () => {
  const tenths = criterion("tenths", "sql", { min: 0, max: 1.1 });
  const exact = score([tenths], [sql], [card("ann", { tenths: 0.66 })], { passMin: 60 });
  expect(exact.overall.score).toBeLessThan(60);
  expect([exact.overall.band, exact.recommendation]).toEqual(["L3", "RECOMMENDED"]);
  const thirds = [criterion("a", "sql"), criterion("b", "sql"), criterion("c", "sql")];
  const covered = score(thirds, [sql], [card("ann", { a: 5, b: 5 })], { minCoverage: 0.66666666667 });
  expect(covered.recommendation).toBe("RECOMMENDED");
});

test.each([
  [1, "low"],
  [2.99, "low"],
  [3, "middle"],
  [5, "high"],
])("a rating of %d reaches the band %s, whatever the order of the bands", (value, band) => {
  const bands = [
    { id: "high", min: 100 },
    { id: "low", min: 0 },
    { id: "middle", min: 50 },
  ];
  expect(score([query], [sql], [card("ann", { query: value })], { bands }).overall.band).toBe(band);
});

test("a score below every band has none", () => {
  expect(score([query], [sql], [card("ann", { query: 1 })], { bands: [{ id: "L", min: 1 }] }).overall.band).toBeNull();
});

describe("what is left out", () => {
  test("a criterion that does not apply leaves score and coverage; one not observed leaves only the score", () => {
    const skills = (other: Rating) =>
      score([query, schema], [sql], [card("ann", { query: 4, schema: other })]).skills[0];
    expect(skills("NOT_APPLICABLE")).toEqual({
      id: "sql",
      score: 75,
      coverage: 1,
      raterCount: 1,
      interval: null,
      reason: null,
    });
    expect(skills("NOT_OBSERVED")).toEqual({
      id: "sql",
      score: 75,
      coverage: 0.5,
      raterCount: 1,
      interval: null,
      reason: null,
    });
  });

  test("a rating outweighs another card's NOT_APPLICABLE", () => {
    const cards = [card("ann", { query: 4 }), card("bob", { query: "NOT_APPLICABLE" })];
    expect(score([query], [sql], cards).criteria[0]).toMatchObject({ raterCount: 1, score: 75, notApplicable: false });
  });

  test("a criterion outside the profile is reported and counts nowhere", () => {
    const stray = criterion("stray", "cooking", { gate: { min: 5, rule: "ANY" } });
    const cards = [card("ann", { query: 4, stray: 1 }), card("bob", { stray: 5 })];
    const result = score([query, stray], [sql], cards);
    expect(result.criteria[1]).toMatchObject({
      id: "stray",
      raterCount: 2,
      score: 50,
      effectiveWeight: 0,
      contribution: 0,
    });
    expect(result.overall).toMatchObject({ score: 75, coverage: 1, raterCount: 1 });
    expect([result.gates, result.recommendation]).toEqual([[], "RECOMMENDED"]);
  });

  test("a skill without weight is scored for itself and leaves the whole alone", () => {
    const cards = [card("ann", { query: 4, design: 1 })];
    const result = score([query, criterion("design", "rest")], [sql, skill("rest", 0)], cards);
    expect(result.skills.map(({ score }) => score)).toEqual([0, 75]);
    expect(result.overall.score).toBe(75);
  });

  test("a value off its scale, or on a scale without width, counts as not observed", () => {
    const flat = criterion("flat", "sql", { min: 3, max: 3 });
    const result = score(
      [query, flat],
      [sql],
      [card("ann", { query: 6, flat: 3 }), card("bob", { query: Number.NaN })],
    );
    expect(result.criteria.map(({ raterCount }) => raterCount)).toEqual([0, 0]);
    expect(result.overall).toMatchObject({ score: null, coverage: 0, reason: "NO_DATA" });
  });

  test("only submitted cards count, and the others are named", () => {
    const statuses = ["WITHDRAWN", "SUBMITTED", "DRAFT", "AMENDED"] as const;
    const cards = statuses.map((status, index) => card(`r${index}`, { query: index + 1 }, { status }));
    const result = score([query], [sql], cards);
    expect(result.criteria[0]).toMatchObject({ raterCount: 1, rawMean: 2 });
    expect(result.excludedCardIds).toEqual(["r0", "r2", "r3"]);
  });
});

describe("why a score is null", () => {
  const rated = [card("ann", { query: 4 })];

  test("nobody rated anything that weighs", () => {
    const result = score([query, criterion("extra", "sql", { weight: 0 })], [sql], [card("ann", { extra: 5 })]);
    expect(result.skills[0]).toMatchObject({ score: null, coverage: 0, raterCount: 1, reason: "NO_DATA" });
    expect(result.overall).toMatchObject({ score: null, coverage: 0, reason: "NO_DATA", uncertaintyReason: "NO_DATA" });
  });

  test("no criterion of the skill weighs anything", () => {
    const result = score([criterion("query", "sql", { weight: 0 })], [sql], rated);
    expect(result.skills[0]).toMatchObject({ score: null, coverage: null, reason: "ZERO_WEIGHT" });
    expect(result.overall).toMatchObject({ score: null, coverage: null, band: null, reason: "ZERO_WEIGHT" });
    expect(result.criteria[0]).toMatchObject({ score: 75, effectiveWeight: null, contribution: null });
    expect(result.recommendation).toBe("INSUFFICIENT_EVIDENCE");
  });

  test("no skill weighs anything", () => {
    const result = score([query], [skill("sql", 0)], rated);
    expect(result.skills[0]).toMatchObject({ score: 75, reason: null });
    expect(result.overall).toMatchObject({ score: null, reason: "ZERO_WEIGHT" });
  });

  test("there is nothing to look at: no skill, no criterion, none that applies", () => {
    expect(score([query], [], rated).overall).toMatchObject({ score: null, coverage: null, reason: "NO_DATA" });
    expect(score([], [sql], rated).overall).toMatchObject({ score: null, coverage: null, reason: "NO_DATA" });
    const inapplicable = score([query], [sql], [card("ann", { query: "NOT_APPLICABLE" })]);
    expect(inapplicable.overall).toMatchObject({ score: null, coverage: null, reason: "NO_DATA" });
    expect(inapplicable.criteria[0]).toMatchObject({ notApplicable: true, score: null });
  });
});

test("one rater with two cards is one rater with the mean of their values", () => {
  const twice = [
    card("ann", { query: 2, schema: 4 }),
    card("ann", { query: 4 }, { id: "later" }),
    card("bob", { query: 5 }),
  ];
  const once = [card("ann", { query: 3, schema: 4 }), card("bob", { query: 5 })];
  expect(score([query, schema], [sql], twice)).toEqual(score([query, schema], [sql], once));
});

test("disagreement begins where the average deviation passes a sixth of the options", () => {
  const disagreement = (...ratings: number[]) =>
    score(
      [query],
      [sql],
      ratings.map((value, index) => card(`r${index}`, { query: value })),
    ).criteria[0]!.disagreement;
  expect([disagreement(3), disagreement(3, 4), disagreement(2, 4), disagreement(3, 3, 5)]).toEqual([
    null,
    false,
    true,
    true,
  ]);
  const sixth = criterion("sixth", "sql", { min: 1, max: 6 });
  expect(score([sixth], [sql], [card("a", { sixth: 3 }), card("b", { sixth: 5 })]).criteria[0]!.disagreement).toBe(
    false,
  );
});

test.each<[CountedCard["recommendation"][], boolean | null]>([
  [[], null],
  [["YES"], null],
  [["YES", "NO_DECISION", null, undefined], null],
  [["YES", "STRONG_YES"], false],
  [["NO", "STRONG_NO"], false],
  [["STRONG_YES", "NO"], true],
  [["YES", "YES", "STRONG_NO"], true],
])("cards that recommend %j are opposed: %s", (recommendations, opposed) => {
  const cards = recommendations.map((recommendation, index) => card(`r${index}`, {}, { recommendation }));
  const draft = card("draft", {}, { status: "DRAFT", recommendation: "NO" });
  expect(score([query], [sql], [...cards, draft]).opposed).toBe(opposed);
});
