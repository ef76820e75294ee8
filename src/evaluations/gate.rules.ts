/** Minimums that no strength elsewhere makes up for. @see docs/scoring.md, step 7 */
import { isBelow, mean } from "./arithmetic.rules";
import type { CriterionReading, ScoredCriterion } from "./criterion-score.rules";
import type { SkillReading } from "./skill-score.rules";

export interface GateResult {
  kind: "CRITERION" | "SKILL";
  /** Of the criterion or the skill. */
  id: string;
  /** On the criterion's own scale, or 0..100 for a skill. */
  min: number;
  /** What is held against min: the raw mean, the lowest single rating, or the skill's score. Null if there is none. */
  actual: number | null;
  status: "PASSED" | "FAILED" | "UNRESOLVED" | "NOT_APPLICABLE";
}

type GateRule = NonNullable<ScoredCriterion["gate"]>["rule"];

/** ANY looks at single ratings, so that two cards of one rater do not soften each other. */
const heldAgainst: Record<GateRule, (reading: CriterionReading) => number | null> = {
  MEAN: ({ valueByRater }) => mean([...valueByRater.values()]),
  ANY: ({ ratings }) => (ratings.length === 0 ? null : Math.min(...ratings.map(({ value }) => value))),
};

/** Whatever it weighs, a gated criterion of the profile must pass. Readings and skills come sorted by id. */
export function gateResults(readings: readonly CriterionReading[], skills: readonly SkillReading[]): GateResult[] {
  const profile = new Set(skills.map(({ skill }) => skill.id));
  const ofProfile = readings.filter(({ criterion }) => profile.has(criterion.skillId));
  return [...ofProfile.flatMap(criterionGate), ...skills.flatMap(skillGate)];
}

function criterionGate(reading: CriterionReading): GateResult[] {
  const { gate } = reading.criterion;
  if (gate === null) return [];
  const actual = heldAgainst[gate.rule](reading);
  const status = gateStatus(actual, gate.min, reading.notApplicable);
  return [{ kind: "CRITERION", id: reading.id, min: gate.min, actual, status }];
}

/** A skill without any criteria is UNRESOLVED: the profile asks for it, and nothing was looked at. */
function skillGate({ skill, readings, result }: SkillReading): GateResult[] {
  if (skill.gateMin === null) return [];
  const isInapplicable = readings.length > 0 && readings.every(({ notApplicable }) => notApplicable);
  const status = gateStatus(result.score, skill.gateMin, isInapplicable);
  return [{ kind: "SKILL", id: skill.id, min: skill.gateMin, actual: result.score, status }];
}

function gateStatus(actual: number | null, min: number, notApplicable: boolean): GateResult["status"] {
  if (actual === null) return notApplicable ? "NOT_APPLICABLE" : "UNRESOLVED";
  return isBelow(actual, min) ? "FAILED" : "PASSED";
}
