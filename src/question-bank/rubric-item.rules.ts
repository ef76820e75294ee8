import type { GateRule } from "./rubric.rules";

/** A criterion as the public file says it. */
export interface CriterionItem {
  key: string;
  name: string;
  /** By key. */
  skill: string;
  weight: number;
  /** Lowest and highest value. */
  scale: [number, number];
  gate?: { min: number; rule: GateRule } | undefined;
  anchors: { value: number; label: string; behaviour: string }[];
  /** The criterion of another rubric of which this is a copy, so that ratings under both are pooled. */
  use?: string | undefined;
}

/** A criterion of another rubric, `rubric key/criterion key`, used here with the same anchors. */
export interface UsedCriterion {
  use: string;
  weight?: number | undefined;
  gate?: CriterionItem["gate"];
}

export interface RubricItem {
  key: string;
  name: string;
  skills: string[];
  criteria: (CriterionItem | UsedCriterion)[];
}

export const isWhole = (criterion: CriterionItem | UsedCriterion): criterion is CriterionItem => "anchors" in criterion;

/** Criteria by `rubric key/criterion key`. */
export const libraryOf = (rubrics: readonly RubricItem[]): Map<string, CriterionItem> =>
  new Map(
    rubrics.flatMap(({ key, criteria }) =>
      criteria.filter(isWhole).map((criterion) => [`${key}/${criterion.key}`, criterion] as const),
    ),
  );

/** The rubric with the criteria that it uses written out; those that are not in the library stay as they are. */
export function writtenOut(rubric: RubricItem, library: ReadonlyMap<string, CriterionItem>): RubricItem {
  const criteria = rubric.criteria.map((criterion) => {
    if (isWhole(criterion)) return criterion;
    const used = library.get(criterion.use);
    if (!used) return criterion;
    const { weight = used.weight, gate = used.gate, use } = criterion;
    return { ...used, weight, gate, use };
  });
  return { ...rubric, criteria };
}

/** With anchors in the order of the scale, and without what does not count. */
export function normalRubric(rubric: RubricItem): RubricItem {
  const criteria = rubric.criteria.map((criterion) => {
    if (!isWhole(criterion)) return criterion;
    const anchors = [...criterion.anchors].sort((one, other) => one.value - other.value);
    return { ...criterion, anchors, use: undefined };
  });
  return { ...rubric, criteria };
}
