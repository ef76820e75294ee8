/** The tables of a score's page. */
import { element, type Markup, words } from "./score-chart-markup.rules";
import type { PictureCriterion, PictureGate, ScorePicture } from "./score-chart-picture.rules";
import { found, percent, plain, range, STATUS, shown, wanted } from "./score-chart-words.rules";
import { inPercent, inPoints, NOTHING, POINTS_DIGITS, type Rounded, rounded, totalled } from "./score-page-sum.rules";

type Row = readonly Markup[];

/** A column's heading; numbers stand to the end of their column. */
interface Column {
  heading: string;
  isNumber?: boolean;
}

interface Table {
  caption: string;
  columns: readonly Column[];
  bodies: readonly (readonly Row[])[];
  foot?: Row;
}

const row = (cells: Row): Markup => element("tr", {}, ...cells);
const named = (name: Markup): Markup => element("th", { scope: "row" }, name);
const cell = (text: string): Markup => element("td", {}, words(text));
const number = (text: string): Markup => element("td", { class: "number" }, words(text));
const name = (text: string): Markup => element("bdi", {}, words(text));

function table({ caption, columns, bodies, foot }: Table): Markup {
  const headings = columns.map(({ heading, isNumber }) =>
    element("th", { scope: "col", ...(isNumber ? { class: "number" } : {}) }, words(heading)),
  );
  return element(
    "table",
    {},
    element("caption", {}, words(caption)),
    element("thead", {}, row(headings)),
    ...bodies.filter((rows) => rows.length > 0).map((rows) => element("tbody", {}, ...rows.map(row))),
    ...(foot ? [element("tfoot", {}, row(foot))] : []),
  );
}

const figures = (...headings: string[]): Column[] => headings.map((heading) => ({ heading, isNumber: true }));

/** What a skill or the whole measures, and brings. */
const measures = (
  { score, interval, coverage, raterCount }: ScorePicture["overall"] | ScorePicture["skills"][number],
  criteria: readonly PictureCriterion[],
  { weight, contribution }: Rounded,
): Markup[] => [
  number(totalled(criteria, weight, inPercent)),
  number(score === null ? NOTHING : shown(score, POINTS_DIGITS)),
  number(interval ? range(interval) : NOTHING),
  number(coverage === null ? NOTHING : percent(coverage)),
  number(`${raterCount}`),
  number(totalled(criteria, contribution, inPoints)),
];

export function skillTable(picture: ScorePicture): Markup {
  const parts = rounded(picture);
  const all = picture.skills.flatMap(({ criteria }) => criteria);
  return table({
    caption: "Each skill out of 100, and the points that it brings to the overall score.",
    columns: [{ heading: "Skill" }, ...figures("Weight", "Score", "Interval", "Coverage", "Raters", "Points")],
    bodies: [picture.skills.map((skill) => [named(name(skill.name)), ...measures(skill, skill.criteria, parts)])],
    foot: [element("th", { scope: "row" }, words("Overall")), ...measures(picture.overall, all, parts)],
  });
}

export function criterionTable(picture: ScorePicture): Markup {
  const parts = rounded(picture);
  const groups = [...picture.skills, { name: "Not in the profile: counts nowhere", criteria: picture.others }];
  const columns = [{ heading: "Criterion" }, ...figures("Mean rating", "Scale", "Raters", "Score", "Weight", "Points")];
  const all = picture.skills.flatMap(({ criteria }) => criteria);
  const rows = ({ name: heading, criteria }: (typeof groups)[number]): Row[] => [
    [element("th", { scope: "rowgroup", colspan: columns.length }, name(heading))],
    ...criteria.map((criterion) => [named(name(criterion.name)), ...criterionFigures(criterion, parts)]),
  ];
  return table({
    caption: "Weight times score gives the points; they add up to the overall score, and are rounded so that they do.",
    columns,
    bodies: groups.filter(({ criteria }) => criteria.length > 0).map(rows),
    foot: [
      element("th", { scope: "row", colspan: 5 }, words("Overall")),
      number(totalled(all, parts.weight, inPercent)),
      number(totalled(all, parts.contribution, inPoints)),
    ],
  });
}

const criterionFigures = (criterion: PictureCriterion, { weight, contribution }: Rounded): Markup[] => {
  const { rawMean, scale, raterCount, score, notApplicable } = criterion;
  const unrated = notApplicable ? "does not apply" : "not observed";
  return [
    number(rawMean === null ? unrated : plain(rawMean)),
    number(`${scale.min} to ${scale.max}`),
    number(`${raterCount}`),
    number(score === null ? NOTHING : shown(score, POINTS_DIGITS)),
    number(totalled([criterion], weight, inPercent)),
    number(totalled([criterion], contribution, inPoints)),
  ];
};

/** Null where the profile and its rubrics have no gates. */
export function gateTable({ skills }: ScorePicture): Markup | null {
  const gates = skills.flatMap(({ name: skill, gates }) => gates.map((gate) => ({ skill, gate })));
  if (gates.length === 0) return null;
  return table({
    caption: "Strength elsewhere never makes up for a failed gate.",
    columns: ["Gate", "Skill", "Result", "Wanted", "Found"].map((heading) => ({ heading })),
    bodies: [gates.map(({ skill, gate }) => gateCells(skill, gate))],
  });
}

const gateCells = (skill: string, gate: PictureGate): Row => [
  named(gate.kind === "SKILL" ? words("The skill as a whole") : name(gate.name)),
  element("td", {}, name(skill)),
  cell(STATUS[gate.status]),
  cell(wanted(gate)),
  cell(found(gate)),
];
