/** The arithmetic of the scoring method. Sums run in the order given, so callers sort by id first. */

const EPSILON = 1e-9;

/** Compares unrounded values: 59.9999999999 is not below 60. */
export function isBelow(value: number, threshold: number): boolean {
  return value < threshold - EPSILON;
}

/** By code unit, not by locale: the same order on every machine. */
export function byId<T extends { id: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Null if nothing weighs. */
export function weightedMean(terms: readonly { value: number; weight: number }[]): number | null {
  const weights = scaled(terms.map(({ weight }) => weight));
  const total = sum(weights);
  return total === 0 ? null : sum(terms.map(({ value }, index) => value * (weights[index] ?? 0))) / total;
}

/** Each weight's part of their total; all 0 if nothing weighs. */
export function shares(weights: readonly number[]): number[] {
  const parts = scaled(weights);
  const total = sum(parts);
  return total === 0 ? parts : parts.map((part) => part / total);
}

/** What is not a positive number weighs 0. */
export function usableWeight(weight: number): number {
  return weight > 0 && Number.isFinite(weight) ? weight : 0;
}

/** Relative to the largest, so that no total overflows. */
function scaled(weights: readonly number[]): number[] {
  const usable = weights.map(usableWeight);
  const largest = Math.max(0, ...usable);
  return largest === 0 ? usable : usable.map((weight) => weight / largest);
}
