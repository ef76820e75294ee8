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

/** Rubrics so that each stands after those whose criteria it uses; what uses itself in a circle stays where it is. */
export function byUse<T>(all: readonly T[], rubricOf: (each: T) => RubricItem): T[] {
  const keys = new Map(all.map((each) => [rubricOf(each).key, each]));
  const placed = new Set<T>();
  const begun = new Set<T>();
  const place = (each: T): void => {
    if (begun.has(each)) return;
    begun.add(each);
    for (const criterion of rubricOf(each).criteria) {
      const used = isWhole(criterion) ? undefined : keys.get(criterion.use.split("/")[0]!);
      if (used !== undefined) place(used);
    }
    placed.add(each);
  };
  for (const each of all) place(each);
  return [...placed];
}

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

/** With anchors in the order of the scale, with the skills that it claims, and without what does not count. */
export function normalRubric(rubric: RubricItem): RubricItem {
  const criteria = rubric.criteria.map((criterion) => {
    if (!isWhole(criterion)) return criterion;
    const anchors = [...criterion.anchors].sort((one, other) => one.value - other.value);
    return { ...criterion, anchors, use: undefined };
  });
  const claimed = [...new Set(criteria.filter(isWhole).map(({ skill }) => skill))];
  return { ...rubric, skills: rubric.skills.length > 0 ? rubric.skills : claimed, criteria };
}

/** The rubric with the criteria that it has from another one named by `use`, where they still say the same. */
export function shortened(
  rubric: RubricItem,
  uses: ReadonlyMap<string, string>,
  library: ReadonlyMap<string, CriterionItem>,
): RubricItem {
  const criteria = rubric.criteria.map((criterion) => {
    const use = isWhole(criterion) ? uses.get(criterion.key) : undefined;
    const used = use ? library.get(use) : undefined;
    if (!use || !used || !isWhole(criterion)) return criterion;
    const { weight, gate, ...said } = criterion;
    const { weight: usedWeight, gate: usedGate, ...usedSaid } = used;
    const isSame = JSON.stringify(said) === JSON.stringify(usedSaid) && (gate !== undefined || usedGate === undefined);
    if (!isSame) return criterion;
    const isSameGate = JSON.stringify(gate) === JSON.stringify(usedGate);
    return { use, ...(weight === usedWeight ? {} : { weight }), ...(isSameGate ? {} : { gate }) };
  });
  return { ...rubric, criteria };
}
