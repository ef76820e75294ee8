/**
 * Distribution functions on log-gamma and two continued fractions, relative error below 1e-8.
 * Degrees of freedom are positive and need not be whole. A quantile of 0 or 1 is the end of the range.
 */

/** Below this argument log-gamma climbs by recurrence; above it five Stirling terms leave less than 2e-14. */
const STIRLING_FROM = 10;
/** From here on t is a corrected normal: exact to 1e-8, where the continued fraction would need ever more steps. */
const NORMAL_FROM_DF = 1e7;
const ITERATION_LIMIT = 100_000;
/** Four roundings of a double: asking for fewer need not end. */
const CONVERGED = 1e-15;
/** Stands in for 0 in a denominator of Lentz's method. */
const TINY = 1e-300;

/** P(T <= t) for Student's t. */
export function tCdf(t: number, df: number): number {
  const tail = tUpperTail(Math.abs(t), df);
  return t < 0 ? tail : 1 - tail;
}

/** Each is found by a bisection of about a hundred steps; panels ask for the same few again and again. */
const knownQuantiles = new Map<string, number>();
const MOST_KNOWN = 1000;

export function tQuantile(probability: number, df: number): number {
  const key = `${probability} ${df}`;
  const known = knownQuantiles.get(key);
  if (known !== undefined) return known;
  const quantile = symmetricQuantile(probability, (t) => tUpperTail(t, df));
  if (knownQuantiles.size >= MOST_KNOWN) knownQuantiles.clear();
  knownQuantiles.set(key, quantile);
  return quantile;
}

/** Quantile of the F distribution; the lower half comes from the upper by F(p; a, b) = 1 / F(1 - p; b, a). */
export function fQuantile(probability: number, df1: number, df2: number): number {
  return probability < 0.5
    ? 1 / pointOfTail((f) => fUpperTail(f, df2, df1), probability)
    : pointOfTail((f) => fUpperTail(f, df1, df2), 1 - probability);
}

/** P(Z <= z) for the standard normal. */
export function normalCdf(z: number): number {
  const tail = normalUpperTail(Math.abs(z));
  return z < 0 ? tail : 1 - tail;
}

export function normalQuantile(probability: number): number {
  return symmetricQuantile(probability, normalUpperTail);
}

/** P(X > x) for chi-square, x >= 0. */
export function chiSquareSurvival(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

function tUpperTail(t: number, df: number): number {
  if (df > NORMAL_FROM_DF) return normalUpperTail(correctedForNormal(t, df));
  const x = 1 / (1 + t * (t / df));
  const y = t === 0 ? 0 : 1 / (1 + df / t / t);
  return regularizedBeta(x, y, df / 2, 0.5) / 2;
}

/** @see Abramowitz and Stegun 26.7.8 */
function correctedForNormal(t: number, df: number): number {
  return (t * (1 - 0.25 / df)) / Math.sqrt(1 + (t / df) * (t / 2));
}

function fUpperTail(f: number, df1: number, df2: number): number {
  const ratio = (df1 / df2) * f;
  return regularizedBeta(1 / (1 + ratio), ratio / (1 + ratio), df2 / 2, df1 / 2);
}

function normalUpperTail(z: number): number {
  return upperGamma(0.5, (z * z) / 2) / 2;
}

function symmetricQuantile(probability: number, upperTail: (point: number) => number): number {
  return probability < 0.5 ? -pointOfTail(upperTail, probability) : pointOfTail(upperTail, 1 - probability);
}

/** The point >= 0 whose upper tail has this probability: doubling brackets it, bisection goes down to adjacent doubles. */
function pointOfTail(upperTail: (point: number) => number, probability: number): number {
  if (probability <= 0) return Number.POSITIVE_INFINITY;
  let high = 1;
  while (upperTail(high) > probability) {
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return high;
  }
  let low = high === 1 ? 0 : high / 2;
  for (let step = 0; step < ITERATION_LIMIT; step++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle) > probability) low = middle;
    else high = middle;
  }
  return high;
}

/** I_x(a, b). Takes y = 1 - x as well: it cannot be had from x near 1 without losing its digits. */
function regularizedBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(y, x, b, a);
  return Math.exp(a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b)) / (a * betaFraction(x, a, b));
}

/** ln x, where x + y = 1. */
function logOf(x: number, y: number): number {
  return x > 0.5 ? Math.log1p(-y) : Math.log(x);
}

/** @see NIST DLMF 8.17.22 */
function betaFraction(x: number, a: number, b: number): number {
  return lentz(1, (step) => {
    const m = Math.floor(step / 2);
    const numerator = step % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    return { numerator: (numerator * x) / ((a + step - 1) * (a + step)), denominator: 1 };
  });
}

/** Q(a, x), the regularised upper incomplete gamma function: a series near 0, a continued fraction beyond. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerGammaSeries(a, x) : scale / gammaFraction(a, x);
}

/** @see NIST DLMF 8.11.4 */
function lowerGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let step = 1; step < ITERATION_LIMIT && term > total * CONVERGED; step++) {
    term *= x / (a + step);
    total += term;
  }
  return total;
}

/** @see NIST DLMF 8.9.2 */
function gammaFraction(a: number, x: number): number {
  return lentz(x + 1 - a, (step) => ({ numerator: step * (a - step), denominator: x + 2 * step + 1 - a }));
}

/** A continued fraction from its first term on, by the modified Lentz method. @see NIST DLMF 3.10(iii) */
function lentz(first: number, partial: (step: number) => { numerator: number; denominator: number }): number {
  let value = first || TINY;
  let c = value;
  let d = 0;
  for (let step = 1; step < ITERATION_LIMIT; step++) {
    const { numerator, denominator } = partial(step);
    d = 1 / (denominator + numerator * d || TINY);
    c = denominator + numerator / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) <= CONVERGED) break;
  }
  return value;
}

/** ln B(a, b). For a large argument the leading terms are cancelled on paper, because subtraction would lose them. */
function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  const sum = small + large;
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(sum);
  const largeLessSum = stirlingRest(large) - stirlingRest(sum) + (large - 0.5) * Math.log1p(-small / sum);
  return logGamma(small) + largeLessSum + small - small * Math.log(sum);
}

/** ln Γ(x), x > 0. */
function logGamma(x: number): number {
  if (x < STIRLING_FROM) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + stirlingRest(x);
}

/** What Stirling's formula leaves out of ln Γ(x), x >= 10. @see NIST DLMF 5.11.1 */
function stirlingRest(x: number): number {
  const square = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / x;
}
