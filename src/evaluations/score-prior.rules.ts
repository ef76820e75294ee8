/** What past panels say about how far single raters are apart. @see docs/scoring.md, step 13 */
import { byId, sum } from "./arithmetic.rules";
import type { HistoryPrior } from "./uncertainty.rules";

/** How far the raters of one session were apart. */
export interface PanelHistory {
  sessionId: string;
  /** s_w², in squared points of the score. */
  variance: number;
  /** df_w, above 0. */
  degreesOfFreedom: number;
}

/** Fewer panels than this would be told of by the difference of two estimates. */
export const LEAST_NEWS = 5;

/** How many panels are in one of the lists and not, or not the same, in the other. */
export function newsBetween(some: readonly PanelHistory[], others: readonly PanelHistory[]): number {
  const known = new Map(others.map((panel) => [panel.sessionId, panel]));
  const kept = some.filter(({ sessionId }) => known.has(sessionId));
  const changed = kept.filter((panel) => !isSame(panel, known.get(panel.sessionId)!));
  return some.length + others.length - 2 * kept.length + changed.length;
}

const isSame = (one: PanelHistory, other: PanelHistory): boolean =>
  one.variance === other.variance && one.degreesOfFreedom === other.degreesOfFreedom;

/** An estimate that a score leans on. */
export interface PriorEvidence {
  id: string;
  /** s0, 0..100. */
  standardDeviation: number;
  /** ν0 */
  degreesOfFreedom: number;
}

/** With less history there is no estimate. */
export const LEAST_DEGREES_OF_FREEDOM = 20;

/** More history than this weighs no more: a panel of today outvotes any number of those of the past, in the end. */
const MOST_DEGREES_OF_FREEDOM = 20;

export const degreesOfFreedomOf = (spreads: readonly { degreesOfFreedom: number }[]): number =>
  sum(spreads.map(({ degreesOfFreedom }) => degreesOfFreedom));

/** s0 and ν0 of past panels, in their order. Of no panel nothing can be said: the caller asks for enough of them. */
export function estimateOf(
  panels: readonly PanelHistory[],
): Pick<PriorEvidence, "standardDeviation" | "degreesOfFreedom"> {
  const total = degreesOfFreedomOf(panels);
  const variance = sum(panels.map((panel) => panel.degreesOfFreedom * panel.variance)) / total;
  return { standardDeviation: Math.sqrt(variance), degreesOfFreedom: Math.min(MOST_DEGREES_OF_FREEDOM, total) };
}

/** One estimate from those of several rubric versions, each weighed by its degrees of freedom; null without any. */
export function pooledPrior(priors: readonly PriorEvidence[]): HistoryPrior | null {
  const total = degreesOfFreedomOf(priors);
  if (total === 0) return null;
  const squares = byId(priors).map((prior) => (prior.degreesOfFreedom / total) * prior.standardDeviation ** 2);
  return { sd: Math.sqrt(sum(squares)), df: Math.min(MOST_DEGREES_OF_FREEDOM, total) };
}
