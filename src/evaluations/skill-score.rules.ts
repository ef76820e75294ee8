/** From criteria to skills, and what each criterion weighs in the whole. @see docs/scoring.md, steps 4 and 6 */
import { byId, shares, weightedMean } from "./arithmetic.rules";
import { type CriterionReading, isRated } from "./criterion-score.rules";
import type { WeighedCriterion } from "./panel-spread.rules";
import { type Interval, type NotEstimable, scoreUncertainty } from "./uncertainty.rules";

export interface ScoredSkill {
  id: string;
  /** From 0, relative to the other skills. */
  weight: number;
  /** 0..100, held against the skill's score. */
  gateMin: number | null;
}

export interface SkillScore {
  id: string;
  /** 0..100 */
  score: number | null;
  /** 0..1: the part of the applicable weight that was rated. Null if nothing that weighs is applicable. */
  coverage: number | null;
  /** Raters with at least one rating on its criteria, weightless ones included. */
  raterCount: number;
  /** Null where no two of its raters share a criterion, or where they agree fully. */
  interval: Interval | null;
  /** Why the score is null. */
  reason: NotEstimable | null;
}

/** A skill with its criteria and what follows from them. */
export interface SkillReading {
  skill: ScoredSkill;
  readings: readonly CriterionReading[];
  result: SkillScore;
}

type ScoredReading = SkillReading & { result: { score: number } };

/** Every skill of the profile, by id. */
export function skillReadings(
  skills: readonly ScoredSkill[],
  readings: readonly CriterionReading[],
  level?: number,
): SkillReading[] {
  return byId(skills).map((skill) => {
    const own = readings.filter(({ criterion }) => criterion.skillId === skill.id);
    return { skill, readings: own, result: skillScore(skill, own, level) };
  });
}

function isScored(reading: SkillReading): reading is ScoredReading {
  return reading.result.score !== null;
}

/** Step 6. ω by criterion id: the criterion's share of its skill times the skill's share of all scored skills. */
export function effectiveWeights(skills: readonly SkillReading[]): Map<string, number> {
  const scored = skills.filter(isScored);
  const skillShares = shares(scored.map(({ skill }) => skill.weight));
  return new Map(
    scored.flatMap(({ readings }, index) => {
      const rated = readings.filter(isRated);
      const criterionShares = shares(rated.map(({ criterion }) => criterion.weight));
      return rated.map(({ id }, at): [string, number] => [id, (skillShares[index] ?? 0) * (criterionShares[at] ?? 0)]);
    }),
  );
}

/** The rated criteria that carry weight. */
export function weighedCriteria(
  readings: readonly CriterionReading[],
  weights: ReadonlyMap<string, number>,
): WeighedCriterion[] {
  return readings
    .filter(isRated)
    .map(({ id, score, scoreByRater }) => ({ effectiveWeight: weights.get(id) ?? 0, score, scoreByRater }))
    .filter(({ effectiveWeight }) => effectiveWeight > 0);
}

/** Step 4. NOT_OBSERVED leaves the score, but stays in what should have been covered. */
function skillScore({ id }: ScoredSkill, readings: readonly CriterionReading[], level?: number): SkillScore {
  const applicable = readings.filter(({ notApplicable }) => !notApplicable);
  const rated = readings.filter(isRated);
  const score = weightedMean(rated.map((reading) => ({ value: reading.score, weight: reading.criterion.weight })));
  const coverage = weightedMean(
    applicable.map((reading) => ({ value: isRated(reading) ? 1 : 0, weight: reading.criterion.weight })),
  );
  const whyNull = applicable.length > 0 && coverage === null ? "ZERO_WEIGHT" : "NO_DATA";
  return {
    id,
    score,
    coverage,
    raterCount: new Set(rated.flatMap(({ valueByRater }) => [...valueByRater.keys()])).size,
    interval: score === null ? null : skillInterval(score, rated, level),
    reason: score === null ? whyNull : null,
  };
}

/** Steps 11, 12 and 14 on the skill alone. The history tells how whole panels spread, not how they do on one skill. */
function skillInterval(score: number, readings: readonly CriterionReading[], level?: number): Interval | null {
  const parts = shares(readings.map(({ criterion }) => criterion.weight));
  const weights = new Map(readings.map(({ id }, at) => [id, parts[at] ?? 0]));
  return scoreUncertainty(score, weighedCriteria(readings, weights), { passMin: 0, prior: null, level }).interval;
}
