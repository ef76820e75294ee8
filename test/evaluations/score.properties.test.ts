import * as fc from "fast-check";
import type { Cell, CountedCard, ScoredCriterion } from "../../src/evaluations/criterion-score.rules";
import { type ExplainedScore, explainedScore, type Standard } from "../../src/evaluations/score.rules";
import type { ScoredSkill } from "../../src/evaluations/skill-score.rules";
import { card, criterion, score, skill } from "./panel";

const CRITERIA = ["c1", "c2", "c3", "c4", "c5"];
const SKILLS = ["s1", "s2", "s3"];
/** A fixed seed: a red build is red again on the next machine. */
const SEED = 20;
const RUNS = 200;
const RATERS = ["ann", "bob", "cyd", "dan"];

interface Evidence {
  criteria: ScoredCriterion[];
  skills: ScoredSkill[];
  cards: CountedCard[];
  standard: Standard;
}

const weight = fc.integer({ min: 0, max: 4 });
const cell: fc.Arbitrary<Cell> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ outcome: fc.constant("RATED" as const), value: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ outcome: "NOT_OBSERVED" as const }) },
  { weight: 1, arbitrary: fc.constant({ outcome: "NOT_APPLICABLE" as const }) },
);

/** Mostly all of them, so that most evidence leads to a score. */
function someOf<T>(ids: string[], item: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  const chosen = fc.oneof({ weight: 2, arbitrary: fc.constant(ids) }, { weight: 1, arbitrary: fc.subarray(ids) });
  return chosen.chain((some) => fc.tuple(...some.map(item)));
}

function cards(status: fc.Arbitrary<CountedCard["status"]>, cells: fc.Arbitrary<Cell>): fc.Arbitrary<CountedCard[]> {
  return someOf(["k1", "k2", "k3", "k4", "k5", "k6"], (id) =>
    fc.record({
      id: fc.constant(id),
      raterId: fc.constantFrom(...RATERS),
      status,
      cells: someOf(CRITERIA, (on) => fc.tuple(fc.constant(on), cells)).map((entries) => new Map(entries)),
      recommendation: fc.constantFrom("STRONG_NO", "NO", "YES", "STRONG_YES", "NO_DECISION", null),
    }),
  );
}

const standard: fc.Arbitrary<Standard> = fc.record({
  minCoverage: fc.constantFrom(0, 0.6, 1),
  passMin: fc.constantFrom(0, 50, 60, 100),
  bands: fc.constant([
    { id: "low", min: 0 },
    { id: "high", min: 60 },
  ]),
  prior: fc.constantFrom(null, { sd: 12, df: 20 }),
});

/** What the application would let through: whole points on a scale, skills that may be missing, raters with several cards. */
const evidence: fc.Arbitrary<Evidence> = fc.record({
  criteria: someOf(CRITERIA, (id) =>
    fc.record({
      id: fc.constant(id),
      skillId: fc.constantFrom(...SKILLS, "elsewhere"),
      min: fc.constant(1),
      max: fc.constant(5),
      weight,
      gate: fc.constantFrom(null, null, { min: 2, rule: "MEAN" as const }, { min: 2, rule: "ANY" as const }),
    }),
  ),
  skills: someOf(SKILLS, (id) => fc.record({ id: fc.constant(id), weight, gateMin: fc.constantFrom(null, null, 40) })),
  cards: cards(fc.constantFrom("SUBMITTED", "SUBMITTED", "SUBMITTED", "DRAFT", "AMENDED", "WITHDRAWN"), cell),
  standard,
});

const anyNumber = fc.double();

/** What nobody should ever send. */
const nonsense: fc.Arbitrary<Evidence> = fc.record({
  criteria: someOf(CRITERIA, (id) =>
    fc.record({
      id: fc.constant(id),
      skillId: fc.constantFrom(...SKILLS, "elsewhere"),
      min: fc.oneof(fc.constantFrom(0, 1, -1e308), anyNumber),
      max: fc.oneof(fc.constantFrom(1, 5, 1e308), anyNumber),
      weight: fc.oneof(fc.constantFrom(1, 1e308, 5e-324), anyNumber),
      gate: fc.constantFrom(null, { min: 0, rule: "MEAN" as const }, { min: 1e300, rule: "ANY" as const }),
    }),
  ),
  skills: someOf(SKILLS, (id) =>
    fc.record({
      id: fc.constant(id),
      weight: fc.oneof(fc.constantFrom(1, 1e308, 5e-324), anyNumber),
      gateMin: fc.constantFrom(null, -1, 101),
    }),
  ),
  cards: cards(
    fc.constant("SUBMITTED"),
    fc.record({ outcome: fc.constant("RATED"), value: fc.oneof(fc.constantFrom(1, 1, 0.5, 1e300), anyNumber) }),
  ),
  standard: fc.record({
    minCoverage: fc.double({ noNaN: true, noDefaultInfinity: true }),
    passMin: fc.double({ noNaN: true, noDefaultInfinity: true }),
    bands: fc.array(fc.record({ id: fc.string(), min: fc.double({ noNaN: true }) })),
    prior: fc.option(
      fc.record({ sd: fc.oneof(fc.constant(12), anyNumber), df: fc.oneof(fc.constant(1e-4), anyNumber) }),
    ),
    level: fc.option(anyNumber, { nil: undefined }),
  }),
});

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersIn) : [];
}

function holdsFor(arbitrary: fc.Arbitrary<Evidence>, check: (given: Evidence, result: ExplainedScore) => void) {
  fc.assert(
    fc.property(arbitrary, (given) => check(given, explainedScore(given))),
    { numRuns: RUNS, seed: SEED },
  );
}

test("no evidence, however absurd, gives a number that is not finite", () => {
  holdsFor(nonsense, (_, result) => expect(numbersIn(result).filter((value) => !Number.isFinite(value))).toEqual([]));
  holdsFor(evidence, (_, result) => expect(numbersIn(result).filter((value) => !Number.isFinite(value))).toEqual([]));
});

test("contributions add up to the score, and their weights to 1", () => {
  let scored = 0;
  for (const arbitrary of [evidence, nonsense]) {
    holdsFor(arbitrary, (_, { criteria, overall }) => {
      const total = (of: "contribution" | "effectiveWeight") =>
        criteria.reduce((sum, criterion) => sum + (criterion[of] ?? 0), 0);
      if (overall.score === null) {
        expect(criteria.every(({ contribution }) => contribution === null)).toBe(true);
        return;
      }
      scored += 1;
      expect(total("contribution")).toBeCloseTo(overall.score, 9);
      expect(total("effectiveWeight")).toBeCloseTo(1, 9);
    });
  }
  expect(scored).toBeGreaterThan(RUNS / 2);
});

test("the evidence drawn here reaches every recommendation, gate status and kind of uncertainty", () => {
  const seen = new Set<unknown>();
  holdsFor(evidence, (_, { recommendation, gates, overall, opposed }) => {
    for (const each of [recommendation, overall.uncertaintyReason, opposed]) seen.add(each);
    for (const { status } of gates) seen.add(status);
  });
  const reasons = ["NO_DATA", "SINGLE_RATER", "NO_VARIATION", "ZERO_WEIGHT", null];
  const statuses = ["PASSED", "FAILED", "UNRESOLVED", "NOT_APPLICABLE"];
  const recommendations = ["RECOMMENDED", "NOT_RECOMMENDED", "INSUFFICIENT_EVIDENCE"];
  expect(seen).toEqual(new Set([...reasons, ...statuses, ...recommendations, true, false]));
});

test("scores stay within 0 to 100, coverage within 0 to 1, intervals around the score", () => {
  const within = (value: number | null, low: number, high: number) =>
    expect(value === null || (value >= low - 1e-9 && value <= high + 1e-9)).toBe(true);
  holdsFor(evidence, (_, { overall, criteria, skills, probabilityAbovePass }) => {
    for (const { score } of [overall, ...criteria, ...skills]) within(score, 0, 100);
    for (const { coverage } of [overall, ...skills]) within(coverage, 0, 1);
    for (const { rwg } of criteria) within(rwg, 0, 1);
    within(probabilityAbovePass, 0, 1);
    within(overall.effectiveRaterCount, 1, overall.raterCount);
    if (overall.interval) within(overall.score, overall.interval.lower, overall.interval.upper);
  });
});

test("whatever is null says why", () => {
  holdsFor(evidence, (_, { overall, skills, probabilityAbovePass, borderline }) => {
    for (const { score, reason } of [overall, ...skills]) expect(reason === null).toBe(score !== null);
    expect(overall.uncertaintyReason === null).toBe(overall.interval !== null);
    expect(probabilityAbovePass === null).toBe(overall.interval === null);
    expect(borderline === null).toBe(overall.interval === null);
  });
});

test("a better rating never lowers the score", () => {
  let raised = 0;
  const some = fc.record({ given: evidence, at: fc.nat(), on: fc.constantFrom(...CRITERIA) });
  fc.assert(
    fc.property(some, ({ given, at, on }) => {
      const one = given.cards[at % given.cards.length];
      const held = one?.cells.get(on);
      fc.pre(one !== undefined && held?.outcome === "RATED" && held.value < 5);
      const better = { ...one, cells: new Map(one.cells).set(on, { outcome: "RATED", value: held.value + 1 }) };
      const before = explainedScore(given).overall.score ?? 0;
      const cards = given.cards.map((other) => (other === one ? better : other));
      const after = explainedScore({ ...given, cards }).overall.score ?? 0;
      expect(after).toBeGreaterThanOrEqual(before - 1e-9);
      if (after > before) raised += 1;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(raised).toBeGreaterThan(RUNS / 10);
});

test.each(["DRAFT", "WITHDRAWN", "AMENDED"] as const)(
  "a card that is %s changes nothing but the list of excluded cards",
  (status) => {
    holdsFor(evidence, (given, before) => {
      const cells = new Map(CRITERIA.map((id): [string, Cell] => [id, { outcome: "RATED", value: 1 }]));
      const uncounted: CountedCard = { id: "k0", raterId: "eve", status, cells, recommendation: "STRONG_NO" };
      const { excludedCardIds, ...after } = explainedScore({ ...given, cards: [...given.cards, uncounted] });
      const { excludedCardIds: excludedBefore, ...unchanged } = before;
      expect(after).toEqual(unchanged);
      expect(excludedCardIds).toEqual(["k0", ...excludedBefore]);
    });
  },
);

test("a criterion on another scale, its ratings and gate moved along, leaves every score, share and verdict", () => {
  const rescale = (value: number) => 10 * value - 7;
  holdsFor(evidence, (given, before) => {
    const criteria = given.criteria.map((one) => ({
      ...one,
      min: rescale(one.min),
      max: rescale(one.max),
      gate: one.gate && { ...one.gate, min: rescale(one.gate.min) },
    }));
    const moved = (held: Cell): Cell => (held.outcome === "RATED" ? { ...held, value: rescale(held.value) } : held);
    const rescaledCards = given.cards.map((one) => ({
      ...one,
      cells: new Map([...one.cells].map(([id, held]): [string, Cell] => [id, moved(held)])),
    }));
    const after = explainedScore({ ...given, criteria, cards: rescaledCards });
    const scores = (result: ExplainedScore) =>
      numbersIn([
        result.overall,
        result.skills,
        result.criteria.map(({ score, contribution }) => [score, contribution]),
      ]);
    const [was, is] = [scores(before), scores(after)];
    expect(is).toHaveLength(was.length);
    for (const [index, value] of is.entries()) expect(value).toBeCloseTo(was[index]!, 6);
    expect(after.recommendation).toBe(before.recommendation);
    expect(after.gates.map(({ status }) => status)).toEqual(before.gates.map(({ status }) => status));
  });
});

test("the order of cards, cells, criteria, skills and bands does not change a byte", () => {
  const permuted = evidence.chain((given) =>
    fc.record({
      given: fc.constant(given),
      criteria: shuffled(given.criteria),
      skills: shuffled(given.skills),
      bands: shuffled(given.standard.bands),
      cards: shuffled(given.cards.map((one) => ({ ...one, cells: new Map([...one.cells].reverse()) }))),
    }),
  );
  fc.assert(
    fc.property(permuted, ({ given, bands, ...parts }) => {
      const other = explainedScore({ ...parts, standard: { ...given.standard, bands } });
      expect(JSON.stringify(other)).toBe(JSON.stringify(explainedScore(given)));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}

test("where every rater rates everything, the standard error is that of their composites", () => {
  const rating = fc.integer({ min: 1, max: 5 });
  const panel = fc.array(fc.tuple(rating, rating, rating), { minLength: 2, maxLength: 6 });
  const criteria = [criterion("a", "sql", { weight: 2 }), criterion("b", "sql"), criterion("c", "rest")];
  fc.assert(
    fc.property(panel, (ratings) => {
      const whole = score(
        criteria,
        [skill("sql", 3), skill("rest")],
        ratings.map(([a, b, c], index) => card(`r${index}`, { a, b, c })),
      );
      const composites = ratings.map(([a, b, c]) => 25 * ((3 * (2 * (a - 1) + (b - 1))) / 3 + (c - 1)) * 0.25);
      const centre = composites.reduce((total, value) => total + value, 0) / composites.length;
      const squares = composites.reduce((total, value) => total + (value - centre) ** 2, 0);
      const sd = Math.sqrt(squares / (composites.length - 1));
      expect(whole.overall.score).toBeCloseTo(centre, 9);
      expect(whole.overall.degreesOfFreedom).toBe(composites.length - 1);
      expect(whole.overall.standardError).toBeCloseTo(sd / Math.sqrt(composites.length), 7);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
