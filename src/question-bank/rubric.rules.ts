import type { Fault } from "../platform/errors";

/** MEAN: the mean of the ratings must reach the gate. ANY: so must every single rating. */
export type GateRule = "MEAN" | "ANY";

export interface CriterionDraft {
  key: string;
  name: string;
  skillId: string;
  weight: number;
  scaleMin: number;
  scaleMax: number;
  gate?: { min: number; rule: GateRule } | null;
  anchors: readonly { value: number; label: string; behaviour: string }[];
  /** Of the criterion of another rubric with which ratings are pooled; null or none: its own. */
  stableId?: string | null;
}

/** Everything that a rubric says. */
export interface RubricDraft {
  name: string;
  /** The skills that it claims to rate. */
  skillIds: readonly string[];
  criteria: readonly CriterionDraft[];
}

/** A rubric that does not say what it claims claims what it rates. */
export const claimedSkills = (criteria: RubricDraft["criteria"]): string[] => [
  ...new Set(criteria.map(({ skillId }) => skillId)),
];

type At = (message: string, ...field: string[]) => Fault;

/** What makes no rubric at all, finished or not. Paths are those of the input. */
export function rubricFaults({ skillIds, criteria }: Pick<RubricDraft, "skillIds" | "criteria">): Fault[] {
  const ofCriteria = criteria.flatMap((criterion, index) => {
    const at: At = (message, ...field) => ({
      code: "RUBRIC_UNUSABLE",
      message: `Criterion "${criterion.key}": ${message}`,
      field: ["criteria", `${index}`, ...field],
    });
    const twice = criteria.findIndex(({ key }) => key === criterion.key) < index;
    return [
      ...(twice ? [at("the key is there twice.", "key")] : []),
      ...scaleFaults(criterion, at),
      ...weightFaults(criterion, at),
      ...anchorFaults(criterion, at),
    ];
  });
  const ofSkills = skillIds.flatMap((id, index) => {
    const field = ["skillIds", `${index}`];
    return skillIds.indexOf(id) < index
      ? [{ code: "RUBRIC_UNUSABLE", message: "The skill is claimed twice.", field }]
      : [];
  });
  return [...ofCriteria, ...ofSkills];
}

function scaleFaults({ scaleMin, scaleMax, gate }: CriterionDraft, at: At): Fault[] {
  if (scaleMax <= scaleMin)
    return [at(`the scale ends at ${scaleMax}, not above ${scaleMin}, where it starts.`, "scaleMax")];
  if (gate && (gate.min < scaleMin || gate.min > scaleMax)) {
    return [at(`the gate is at ${gate.min}, outside the scale ${scaleMin} to ${scaleMax}.`, "gate", "min")];
  }
  return [];
}

const weightFaults = ({ weight }: CriterionDraft, at: At): Fault[] =>
  weight < 0 ? [at(`the weight is ${weight}, below 0.`, "weight")] : [];

function anchorFaults({ scaleMin, scaleMax, anchors }: CriterionDraft, at: At): Fault[] {
  return anchors.flatMap(({ value }, index) => {
    const field = ["anchors", `${index}`, "value"];
    if (value < scaleMin || value > scaleMax) {
      return [at(`the anchor of ${value} lies outside the scale ${scaleMin} to ${scaleMax}.`, ...field)];
    }
    return anchors.findIndex((each) => each.value === value) < index ? [at(`${value} has two anchors.`, ...field)] : [];
  });
}

interface Finishable {
  /** Those that the rubric claims, in order. */
  skills: readonly { id: string; name: string }[];
  /** In order. */
  criteria: readonly (Pick<CriterionDraft, "key" | "name" | "skillId" | "weight" | "scaleMin" | "scaleMax"> & {
    anchors: readonly { value: number; behaviour: string }[];
  })[];
}

/** What keeps a rubric from being READY. Paths lead to the place in the input of an edit. */
export function unfinished({ skills, criteria }: Finishable): Fault[] {
  const fault = (message: string, ...field: string[]): Fault => ({ code: "RUBRIC_UNFINISHED", message, field });
  const unanchored = criteria.flatMap((criterion, index) => {
    const missing = unsaid(criterion);
    const what = `Criterion "${criterion.name}" (${criterion.key}) does not say what an interviewer can observe at`;
    const mend = "give each value of its scale an anchor with a behaviour";
    return missing.length > 0 ? [fault(`${what} ${spans(missing)}: ${mend}.`, "criteria", `${index}`, "anchors")] : [];
  });
  const weightless = criteria.every(({ weight }) => weight === 0);
  const unrated = skills.flatMap(({ id, name }, index) =>
    criteria.some(({ skillId }) => skillId === id)
      ? []
      : [fault(`No criterion rates "${name}": add one, or do not claim the skill.`, "skillIds", `${index}`)],
  );
  return [
    ...unanchored,
    ...(weightless ? [fault("Every criterion weighs 0: at least one must weigh more.", "criteria")] : []),
    ...unrated,
  ];
}

/** The values of the scale of which no anchor says anything. */
function unsaid({ scaleMin, scaleMax, anchors }: Finishable["criteria"][number]): number[] {
  const said = new Set(anchors.filter(({ behaviour }) => behaviour.trim() !== "").map(({ value }) => value));
  const scale = Array.from({ length: scaleMax - scaleMin + 1 }, (_, index) => scaleMin + index);
  return scale.filter((value) => !said.has(value));
}

/** Ascending values, as `1, 3 to 5`, so that a long scale makes a short sentence. */
function spans(values: readonly number[]): string {
  const firsts = values.filter((value, index) => values[index - 1] !== value - 1);
  const lasts = values.filter((value, index) => values[index + 1] !== value + 1);
  return firsts.map((first, index) => (first === lasts[index] ? `${first}` : `${first} to ${lasts[index]}`)).join(", ");
}

type Scaled = Pick<CriterionDraft, "key" | "skillId" | "scaleMin" | "scaleMax">;

export interface KnownCriterion extends Scaled {
  stableId: string;
}

/**
 * The stable id that a criterion inherits: of the one with the same key, skill and scale in the newest earlier version
 * that has such a one; null where none has. `earlier` is ordered by version, newest first.
 */
export function inheritedId(criterion: Scaled, earlier: readonly KnownCriterion[]): string | null {
  const same = (other: Scaled): boolean =>
    other.key === criterion.key &&
    other.skillId === criterion.skillId &&
    other.scaleMin === criterion.scaleMin &&
    other.scaleMax === criterion.scaleMax;
  return earlier.find(same)?.stableId ?? null;
}
