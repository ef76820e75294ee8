/** What a picture of a score shows: names and numbers, nothing of where they came from. */
import type { CriterionScore } from "./criterion-score.rules";
import type { ProfileEvidence } from "./evidence.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore } from "./score.rules";
import type { Interval, NotEstimable } from "./uncertainty.rules";

export interface PictureGate extends Pick<GateResult, "kind" | "min" | "actual" | "status"> {
  /** Of the criterion or the skill. */
  name: string;
  /** Of the criterion: 1 to 5, say; 0 to 100 for a skill. */
  scale: { min: number; max: number };
  /** What is held against `min`. */
  rule: "MEAN" | "ANY" | "SCORE";
}

export interface PictureCriterion
  extends Pick<
    CriterionScore,
    "raterCount" | "rawMean" | "score" | "effectiveWeight" | "contribution" | "notApplicable"
  > {
  name: string;
  scale: { min: number; max: number };
}

interface Measures {
  /** 0..100 */
  score: number | null;
  /** Why the score is null. */
  reason: NotEstimable | null;
  /** 0..1 */
  coverage: number | null;
  interval: Interval | null;
  raterCount: number;
}

export interface PictureSkill extends Measures {
  name: string;
  gates: readonly PictureGate[];
  criteria: readonly PictureCriterion[];
}

export interface ScorePicture extends Pick<ExplainedScore, "recommendation" | "borderline" | "probabilityAbovePass"> {
  methodVersion: string;
  overall: Measures & { band: string | null; uncertaintyReason: NotEstimable | null };
  /** In the profile's order. */
  skills: readonly PictureSkill[];
  /** Criteria of skills that the profile does not name: they count nowhere. */
  others: readonly PictureCriterion[];
  passMark: number;
  /** Ascending. */
  bands: readonly { label: string; min: number }[];
}

interface CriterionNames {
  name: string;
  position: number;
  scaleMin: number;
  scaleMax: number;
  gateRule: "MEAN" | "ANY" | null;
}

/** What skills and criteria are called, by the ids of the score; what has gone keeps its id for a name. */
export interface Names {
  skills: ReadonlyMap<string, { name: string }>;
  criteria: ReadonlyMap<string, CriterionNames>;
}

type Evaluated = ExplainedScore & { profile: ProfileEvidence };

export function scorePicture(evaluation: Evaluated, names: Names): ScorePicture {
  const { profile } = evaluation;
  const order = new Map(profile.expectations.map(({ skillId }, index) => [skillId, index]));
  const skills = [...evaluation.skills].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return {
    ...evaluation,
    passMark: profile.passMark,
    bands: [...profile.bands].sort((a, b) => a.min - b.min),
    skills: skills.map((skill) => ({
      ...skill,
      name: names.skills.get(skill.id)?.name ?? skill.id,
      gates: gatesOf(skill.id, evaluation, names),
      criteria: criteriaOf(({ skillId }) => skillId === skill.id, evaluation, names),
    })),
    others: criteriaOf(({ skillId }) => !order.has(skillId), evaluation, names),
  };
}

function criteriaOf(
  isWanted: (criterion: CriterionScore) => boolean,
  { criteria }: ExplainedScore,
  { criteria: names }: Names,
): PictureCriterion[] {
  const position = ({ id }: CriterionScore) => names.get(id)?.position ?? 0;
  const wanted = criteria.filter(isWanted).sort((a, b) => position(a) - position(b));
  return wanted.map((criterion) => ({ ...criterion, ...called(criterion.id, names) }));
}

/** The skill's own gate, then those of its criteria. */
function gatesOf(skillId: string, { gates, criteria }: ExplainedScore, names: Names): PictureGate[] {
  const own = new Set(criteria.filter((each) => each.skillId === skillId).map(({ id }) => id));
  const ofSkill = gates.filter(({ kind, id }) => kind === "SKILL" && id === skillId);
  const ofCriteria = gates.filter(({ kind, id }) => kind === "CRITERION" && own.has(id));
  return [
    ...ofSkill.map((gate): PictureGate => {
      const name = names.skills.get(skillId)?.name ?? skillId;
      return { ...gate, name, scale: { min: 0, max: 100 }, rule: "SCORE" };
    }),
    ...ofCriteria.map(
      (gate): PictureGate => ({
        ...gate,
        ...called(gate.id, names.criteria),
        rule: names.criteria.get(gate.id)?.gateRule ?? "MEAN",
      }),
    ),
  ];
}

function called(id: string, names: Names["criteria"]): Pick<PictureCriterion, "name" | "scale"> {
  const found = names.get(id);
  return { name: found?.name ?? id, scale: { min: found?.scaleMin ?? 0, max: found?.scaleMax ?? 0 } };
}
