import type { Fault } from "../platform/errors";

/** MEAN: the mean of the ratings must reach the gate. ANY: so must every single rating. */
export type GateRule = "MEAN" | "ANY";

interface CriterionDraft {
  key: string;
  weight: number;
  scaleMin: number;
  scaleMax: number;
  gate?: { min: number } | null;
  anchors: readonly { value: number }[];
}

type At = (message: string, ...field: string[]) => Fault;

/** What keeps a rubric from being used. Paths are those of the input. */
export function rubricFaults(criteria: readonly CriterionDraft[]): Fault[] {
  const faults = criteria.flatMap((criterion, index) => {
    const at: At = (message, ...field) => ({
      code: "RUBRIC_UNUSABLE",
      message: `Criterion "${criterion.key}": ${message}`,
      field: ["criteria", `${index}`, ...field],
    });
    const twice = criteria.findIndex(({ key }) => key === criterion.key) < index;
    return [
      ...(twice ? [at("the key is there twice.", "key")] : []),
      ...scaleFaults(criterion, at),
      ...anchorFaults(criterion, at),
    ];
  });
  if (criteria.every(({ weight }) => weight === 0)) {
    faults.push({
      code: "RUBRIC_UNUSABLE",
      message: "At least one criterion weighs more than 0.",
      field: ["criteria"],
    });
  }
  return faults;
}

function scaleFaults({ scaleMin, scaleMax, gate }: CriterionDraft, at: At): Fault[] {
  if (scaleMax <= scaleMin)
    return [at(`the scale ends at ${scaleMax}, not above ${scaleMin}, where it starts.`, "scaleMax")];
  if (gate && (gate.min < scaleMin || gate.min > scaleMax)) {
    return [at(`the gate is at ${gate.min}, outside the scale ${scaleMin} to ${scaleMax}.`, "gate", "min")];
  }
  return [];
}

function anchorFaults({ scaleMin, scaleMax, anchors }: CriterionDraft, at: At): Fault[] {
  return anchors.flatMap(({ value }, index) => {
    const field = ["anchors", `${index}`, "value"];
    if (value < scaleMin || value > scaleMax) {
      return [at(`the anchor of ${value} lies outside the scale ${scaleMin} to ${scaleMax}.`, ...field)];
    }
    return anchors.findIndex((each) => each.value === value) < index ? [at(`${value} has two anchors.`, ...field)] : [];
  });
}
