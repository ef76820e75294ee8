import type { Fault } from "../platform/errors";
import type { Level } from "../skills/level.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore } from "./score.rules";
import type { SkillScore } from "./skill-score.rules";

/** One alone is no comparison, and more do not fit beside each other. */
const [FEWEST, MOST] = [2, 10];

/** What is wrong with the ids to compare. */
export function comparisonFaults(ids: readonly string[]): Fault[] {
  const fault = (message: string): Fault => ({ code: "BAD_INPUT", message, field: ["ids"] });
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return [
    ...(ids.length < FEWEST || ids.length > MOST
      ? [fault(`${ids.length} applications: name ${FEWEST} to ${MOST} to compare.`)]
      : []),
    ...(twice === undefined ? [] : [fault(`The application ${JSON.stringify(twice.slice(0, 64))} is named twice.`)]),
  ];
}

/** What a job's profile expects of one skill. */
export interface ComparedExpectation {
  skillId: string;
  level: Level;
  weight: number;
}

/** One application of a comparison. */
export interface ComparisonColumn {
  applicationId: string;
  /** Of the job's profile, in its order. */
  expectations: readonly ComparedExpectation[];
  /** Whether the score is kept from the viewer. */
  withheld: boolean;
  /** Null where withheld. */
  evaluation: ExplainedScore | null;
}

/** Where a skill and an application meet. */
export interface ComparisonCell {
  applicationId: string;
  /** Null where the job's profile does not name the skill, as is the weight. */
  level: Level | null;
  weight: number | null;
  /** Null as the level, and where withheld. */
  score: SkillScore | null;
  /** On the skill; null as the score, and where the profile has none. */
  gate: GateResult | null;
}

export interface ComparisonRow {
  skillId: string;
  /** One for each column, in their order. */
  cells: ComparisonCell[];
}

/** Skill by skill, in the order of the first profile; what only later ones name comes after. */
export function sideBySide(columns: readonly ComparisonColumn[]): ComparisonRow[] {
  const skillIds = new Set(columns.flatMap(({ expectations }) => expectations.map(({ skillId }) => skillId)));
  return [...skillIds].map((skillId) => ({ skillId, cells: columns.map((column) => cellOf(column, skillId)) }));
}

function cellOf({ applicationId, expectations, evaluation }: ComparisonColumn, skillId: string): ComparisonCell {
  const expected = expectations.find((each) => each.skillId === skillId);
  return {
    applicationId,
    level: expected?.level ?? null,
    weight: expected?.weight ?? null,
    score: evaluation?.skills.find(({ id }) => id === skillId) ?? null,
    gate: evaluation?.gates.find(({ kind, id }) => kind === "SKILL" && id === skillId) ?? null,
  };
}
