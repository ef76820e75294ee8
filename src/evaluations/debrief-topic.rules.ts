import type { Interval } from "./uncertainty.rules";

/** In the order of how much hangs on them. */
export const TOPIC_KINDS = [
  "FAILED_GATE",
  "UNRESOLVED_GATE",
  "DISAGREEMENT",
  "OPPOSED_RECOMMENDATIONS",
  "LOW_COVERAGE",
  "BORDERLINE_SCORE",
] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

export interface DebriefTopic {
  kind: TopicKind;
  /** In the newest version used; null unless it is about a criterion. */
  criterionId: string | null;
  /** Null unless it is about a skill. */
  skillId: string | null;
  why: string;
  /** What is held against `bound`, in the unit of the kind; null where nothing was rated or it is not about a number. */
  found: number | null;
  bound: number | null;
  /** Points of the overall score, 0..100, by which raters who disagree move it; null for other kinds. */
  effect: number | null;
  /** Scorecards that recommend to hire, or not to; null but for opposed recommendations. */
  inFavour: number | null;
  against: number | null;
  /** Of a borderline score. */
  interval: Interval | null;
}

/** A topic that is about nothing but what `more` says. */
export function topic(kind: TopicKind, why: string, more: Partial<DebriefTopic>): DebriefTopic {
  const nothing = { criterionId: null, skillId: null, found: null, bound: null, effect: null };
  return { kind, why, ...nothing, inFavour: null, against: null, interval: null, ...more };
}

/** To two decimals, for reading; the fields hold the numbers as they are. */
export const shown = (value: number): string => `${Math.round(value * 100) / 100}`;

/** @param part 0..1 */
export const percent = (part: number): string => `${shown(part * 100)} %`;

export const counted = (value: number, one: string, many: string): string =>
  `${shown(value)} ${shown(value) === "1" ? one : many}`;
