/** Contributions and weights, rounded so that what is shown adds up to what is shown. */
import type { PictureCriterion, ScorePicture } from "./score-chart-picture.rules";
import { shown } from "./score-chart-words.rules";

export const NOTHING = "–";
export const POINTS_DIGITS = 2;
const HUNDREDTHS = 10 ** POINTS_DIGITS;
/** In tenths of a per cent. */
const HUNDRED_PERCENT = 1000;

/**
 * Whole numbers that add up to the total, each as near to its value as that allows: what has the largest remainder is
 * rounded up first.
 */
export function addingUp(values: readonly number[], total: number): number[] {
  const floors = values.map(Math.floor);
  const missing = total - floors.reduce((sum, each) => sum + each, 0);
  const order = values.map((value, index) => ({ index, rest: value - floors[index]! })).sort((a, b) => b.rest - a.rest);
  const raised = new Set(order.slice(0, Math.max(0, missing)).map(({ index }) => index));
  return floors.map((floor, index) => floor + (raised.has(index) ? 1 : 0));
}

/** Contributions in hundredths of a point and weights in tenths of a per cent, for every criterion that counts. */
export interface Rounded {
  contribution: ReadonlyMap<PictureCriterion, number>;
  weight: ReadonlyMap<PictureCriterion, number>;
}

export function rounded({ overall, skills }: ScorePicture): Rounded {
  const counted = skills.flatMap(({ criteria }) => criteria).filter(({ contribution }) => contribution !== null);
  const [points, whole] =
    overall.score === null
      ? [0, 0]
      : [Math.round(Number(shown(overall.score, POINTS_DIGITS)) * HUNDREDTHS), HUNDRED_PERCENT];
  const contributions = addingUp(
    counted.map(({ contribution }) => contribution! * HUNDREDTHS),
    points,
  );
  const weights = addingUp(
    counted.map(({ effectiveWeight }) => effectiveWeight! * HUNDRED_PERCENT),
    whole,
  );
  return {
    contribution: new Map(counted.map((criterion, index) => [criterion, contributions[index]!])),
    weight: new Map(counted.map((criterion, index) => [criterion, weights[index]!])),
  };
}

/** The sum of what is shown of the criteria; a dash where none counts. */
export function totalled(
  criteria: readonly PictureCriterion[],
  parts: Rounded["weight"],
  text: (sum: number) => string,
): string {
  const own = criteria.flatMap((criterion) => parts.get(criterion) ?? []);
  return own.length === 0 ? NOTHING : text(own.reduce((sum, each) => sum + each, 0));
}

export const inPoints = (hundredths: number): string => (hundredths / HUNDREDTHS).toFixed(POINTS_DIGITS);
export const inPercent = (tenths: number): string => `${(tenths / 10).toFixed(1)} %`;
