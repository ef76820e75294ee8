import * as fc from "fast-check";
import {
  chiSquareSurvival,
  fQuantile,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from "../../src/evaluations/distributions.rules";
import vectors from "./vectors/distributions_open.json";

const { expected, tolerance } = vectors;

function expectClose(actual: number, value: number, relative = tolerance.relative) {
  expect(Math.abs(actual - value)).toBeLessThanOrEqual(relative * Math.abs(value));
}

test.each(expected.tQuantile)("the $p quantile of t with $df degrees of freedom is $value", ({ p, df, value }) => {
  expectClose(tQuantile(p, df), value);
});

test.each(expected.tCdf)("t with $df degrees of freedom lies below $x with probability $value", ({ x, df, value }) => {
  expectClose(tCdf(x, df), value);
});

test.each(expected.fQuantile)("the $p quantile of F($df1, $df2) is $value", ({ p, df1, df2, value }) => {
  expectClose(fQuantile(p, df1, df2), value);
});

test.each(expected.normalCdf)("a normal value lies below $z with probability $value", ({ z, value }) => {
  expectClose(normalCdf(z), value);
});

test.each(expected.normalQuantile)("the normal $p quantile is $value", ({ p, value }) => {
  expectClose(normalQuantile(p), value);
});

test.each(expected.chi2Sf)("chi-square($df) exceeds $x with probability $value", ({ x, df, value }) => {
  expectClose(chiSquareSurvival(x, df), value);
});

test("chi-square with two degrees of freedom has an exponential tail", () => {
  for (const x of [0, 1e-6, 0.5, 3.9, 4.1, 50, 700]) expectClose(chiSquareSurvival(x, 2), Math.exp(-x / 2), 1e-12);
});

/** Closed forms: df 1 is Cauchy, df 2 is algebraic. */
test("t agrees with its closed forms far out in the tail", () => {
  for (const t of [0.001, 0.7, 3, 40, 1e4, 1e8]) {
    expectClose(tCdf(-t, 1), Math.atan(1 / t) / Math.PI, 1e-12);
    const root = Math.sqrt(2 + t * t);
    expectClose(tCdf(-t, 2), 1 / (root * (root + t)), 1e-12);
  }
});

test("t passes into the normal without a step", () => {
  for (const t of [-8, -1.96, -0.01]) {
    expectClose(tCdf(t, 1e7), tCdf(t, 1e7 + 1e-3));
    expectClose(tCdf(t, 1e15), normalCdf(t));
  }
});

test("the square of a t quantile is an F quantile", () => {
  for (const df of [0.5, 1, 3.3, 20, 1000]) expectClose(tQuantile(0.975, df) ** 2, fQuantile(0.95, 1, df), 1e-10);
});

test("a lower F quantile is the reciprocal of the upper one with the degrees of freedom exchanged", () => {
  for (const p of [0.125, 0.25, 0.375]) expectClose(fQuantile(p, 3, 7.5), 1 / fQuantile(1 - p, 7.5, 3), 1e-12);
});

test("quantiles undo their distribution function", () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const df = fc.double({ min: 0.1, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(probability, df, (p, freedom) => {
      expectClose(tCdf(tQuantile(p, freedom), freedom), p);
      expectClose(normalCdf(normalQuantile(p)), p);
    }),
    { numRuns: 200 },
  );
});

test("certain and impossible probabilities lie at the ends of the range", () => {
  expect([tQuantile(0, 3), tQuantile(1, 3), normalQuantile(0), normalQuantile(1)]).toEqual([
    -Infinity,
    Infinity,
    -Infinity,
    Infinity,
  ]);
  expect([fQuantile(0, 3, 4), fQuantile(1, 3, 4)]).toEqual([0, Infinity]);
  expect([tCdf(-Infinity, 3), tCdf(Infinity, 3), normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1, 0, 1]);
});
