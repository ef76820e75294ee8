/** A score in numbers that people read, and in sentences. */
import { quoted } from "./score-chart-markup.rules";
import type { PictureGate, PictureSkill, ScorePicture } from "./score-chart-picture.rules";
import type { Interval, NotEstimable } from "./uncertainty.rules";

const ROUNDING = 1e-9;

/** Never rounded up to a whole number: thresholds are whole, and 59.96 does not reach 60. */
export function shown(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits));
  const isRaised = Number.isInteger(rounded) && value < rounded - ROUNDING;
  return (isRaised ? rounded - 10 ** -digits : rounded).toFixed(digits);
}

/** A rating or a threshold: whole numbers stay whole. */
export const plain = (value: number): string => (Number.isInteger(value) ? `${value}` : shown(value, 2));

/** 0..1 in whole per cent; 0 and 100 only where they are meant. */
export function percent(part: number): string {
  const rounded = Math.round(part * 100);
  if (rounded === 0 && part > ROUNDING) return "<1 %";
  if (rounded === 100 && part < 1 - ROUNDING) return ">99 %";
  return `${rounded} %`;
}

const RECOMMENDED: Readonly<Record<ScorePicture["recommendation"], string>> = {
  RECOMMENDED: "recommended",
  NOT_RECOMMENDED: "not recommended",
  INSUFFICIENT_EVIDENCE: "not enough evidence",
};

const NO_SCORE: Readonly<Record<NotEstimable, string>> = {
  NO_DATA: "nobody rated it",
  ZERO_WEIGHT: "what was rated weighs nothing",
  SINGLE_RATER: "too few ratings",
  NO_VARIATION: "too few ratings",
};

const NO_INTERVAL: Readonly<Record<NotEstimable, string>> = {
  NO_DATA: "nothing was rated",
  ZERO_WEIGHT: "what was rated weighs nothing",
  SINGLE_RATER: "no two interviewers rated the same criterion",
  NO_VARIATION: "the interviewers do not differ at all",
};

export const STATUS: Readonly<Record<PictureGate["status"], string>> = {
  PASSED: "passed",
  FAILED: "failed",
  UNRESOLVED: "unresolved",
  NOT_APPLICABLE: "not applicable",
};

const HELD: Readonly<Record<PictureGate["rule"], string>> = {
  MEAN: "mean rating",
  ANY: "lowest rating",
  SCORE: "score",
};

export const withoutScore = (reason: NotEstimable | null): string => `no score: ${NO_SCORE[reason ?? "NO_DATA"]}`;

export const range = ({ lower, upper }: Interval): string => `${shown(lower)} to ${shown(upper)}`;

/** "69.1 of 100: recommended, borderline" */
export function headline({ overall: { score }, recommendation, borderline }: ScorePicture): string {
  const verdict = `${RECOMMENDED[recommendation]}${borderline ? ", borderline" : ""}`;
  return `${score === null ? "No score" : `${shown(score)} of 100`}: ${verdict}`;
}

/** How sure the score is, in parts that can stand alone. */
export function certainty({ overall, probabilityAbovePass, passMark }: ScorePicture): string[] {
  const { interval, uncertaintyReason, band } = overall;
  return [
    interval
      ? `${percent(interval.level)} interval ${range(interval)}`
      : `no interval: ${NO_INTERVAL[uncertaintyReason ?? "NO_DATA"]}`,
    ...(probabilityAbovePass === null
      ? []
      : [`${percent(probabilityAbovePass)} probable to be above the pass mark of ${passMark}`]),
    ...(band === null ? [] : [`band ${quoted(band)}`]),
  ];
}

/** "at least 3 (scale 1 to 5)" */
export function wanted({ kind, min, scale }: PictureGate): string {
  return `at least ${min}${kind === "SKILL" ? "" : ` (scale ${scale.min} to ${scale.max})`}`;
}

/** "mean rating 2.50" */
export function found({ rule, actual, status }: PictureGate): string {
  if (actual === null) return status === "NOT_APPLICABLE" ? "it does not apply" : "nobody rated it";
  return `${HELD[rule]} ${rule === "SCORE" ? shown(actual) : plain(actual)}`;
}

/** "Gate failed: “Query”, mean rating 2.50, needs at least 3 (scale 1 to 5)" */
export function gateSentence(gate: PictureGate, name = gate.name): string {
  const subject = gate.kind === "SKILL" ? "the skill" : quoted(name);
  return `Gate ${STATUS[gate.status]}: ${subject}, ${found(gate)}, needs ${wanted(gate)}`;
}

export const coverageOf = (coverage: number | null): string =>
  coverage === null ? "coverage –" : `coverage ${percent(coverage)}`;

function skillSentence({ name, score, reason, interval, coverage, gates }: PictureSkill): string {
  const measured = score === null ? withoutScore(reason) : `${shown(score)} of 100`;
  const sure = interval ? `, ${percent(interval.level)} interval ${range(interval)}` : "";
  const own = `${quoted(name)}: ${measured}${sure}, ${coverageOf(coverage)}.`;
  return [own, ...gates.map((gate) => `${gateSentence(gate)}.`)].join(" ");
}

/** Everything that the picture shows. */
export function description(picture: ScorePicture): string {
  const { overall, skills, passMark, bands } = picture;
  const why = overall.score === null ? ` (${withoutScore(overall.reason)})` : "";
  const starts = bands.map(({ label, min }) => `${quoted(label)} from ${min}`).join(", ");
  return [
    `Overall ${headline(picture)}${why}.`,
    `${sentence(certainty(picture))}.`,
    `Overall ${coverageOf(overall.coverage)}.`,
    `The pass mark is ${passMark}.`,
    ...(starts ? [`Bands: ${starts}.`] : []),
    ...skills.map(skillSentence),
  ].join(" ");
}

export const sentence = (parts: readonly string[]): string => {
  const text = parts.join("; ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};
