/** One row of the picture: a name, its bar, and what there is to say of it. */
import { element, type Markup, together } from "./score-chart-markup.rules";
import type { PictureSkill } from "./score-chart-picture.rules";
import { box, FILL, gateMark, gateSymbol, hatched, INK, LINE, passLine, whisker } from "./score-chart-shape.rules";
import { nameAt, shortened, textAt, widthOf } from "./score-chart-text.rules";
import { coverageOf, gateSentence, shown, withoutScore } from "./score-chart-words.rules";

/** Pixels: the name stands left of the bars, the figures right of them. */
export const LEFT = 16;
export const RIGHT = 704;
export const BARS_LEFT = 212;
export const BARS_WIDTH = 376;
const FIGURES_LEFT = BARS_LEFT + BARS_WIDTH + 12;
const GATES_LEFT = LEFT + 24;
const NAME_WIDTH = BARS_LEFT - LEFT - 12;

const BAR_TOP = 10;
const BAR_HEIGHT = 20;
const COVERAGE_GAP = 4;
const COVERAGE_HEIGHT = 6;
const GATE_STEP = 18;
const BELOW = 10;

export type Row = Pick<PictureSkill, "name" | "score" | "reason" | "coverage" | "interval" | "gates">;

export const heightOfRow = ({ gates }: Row): number =>
  BAR_TOP + BAR_HEIGHT + COVERAGE_GAP + COVERAGE_HEIGHT + gates.length * GATE_STEP + BELOW;

/** Where a value of 0..100 is. */
export const across = (value: number): number => BARS_LEFT + (value / 100) * BARS_WIDTH;

export function scoreRow(row: Row, top: number, { passMark, bold }: { passMark: number; bold: boolean }): Markup {
  const middle = top + BAR_TOP + BAR_HEIGHT / 2;
  const coverageTop = top + BAR_TOP + BAR_HEIGHT + COVERAGE_GAP;
  const gatesTop = coverageTop + COVERAGE_HEIGHT;
  return element(
    "g",
    {},
    nameAt(LEFT, middle, row.name, NAME_WIDTH, { size: 13, bold }),
    scoreBar(row, top + BAR_TOP),
    coverageBar(row.coverage, coverageTop),
    passLine(across(passMark), top, gatesTop + 3),
    textAt(FIGURES_LEFT, middle + 5, row.score === null ? "–" : shown(row.score), { size: 15, bold: true }),
    textAt(FIGURES_LEFT, coverageTop + 5, coverageOf(row.coverage), { size: 10 }),
    ...row.gates.map((gate, index) => gateLine(gate, gatesTop + (index + 1) * GATE_STEP - 2)),
  );
}

function scoreBar({ score, reason, interval, gates }: Row, y: number): Markup {
  const track = box({ x: BARS_LEFT, y, width: BARS_WIDTH, height: BAR_HEIGHT }, "none", LINE);
  const middle = y + BAR_HEIGHT / 2;
  const marks = gates
    .filter(({ kind }) => kind === "SKILL")
    .map(({ min }) => gateMark(across(min), y - 3, y + BAR_HEIGHT + 2));
  if (score === null) {
    return together([track, textAt(BARS_LEFT + 8, middle + 4, withoutScore(reason), { size: 11 }), ...marks]);
  }
  const end = Math.min(across(score), BARS_LEFT + BARS_WIDTH - 3);
  return together([
    track,
    box({ x: BARS_LEFT, y, width: across(score) - BARS_LEFT, height: BAR_HEIGHT }, FILL),
    box({ x: end, y: y - 2, width: 3, height: BAR_HEIGHT + 4 }, INK),
    ...(interval ? [whisker(across(interval.lower), across(interval.upper), middle, 10)] : []),
    ...marks,
  ]);
}

/** What was observed is solid, the rest hatched; neither where nothing was to be observed. */
function coverageBar(coverage: number | null, y: number): Markup {
  const seen = (coverage ?? 0) * BARS_WIDTH;
  const frame = box({ x: BARS_LEFT, y, width: BARS_WIDTH, height: COVERAGE_HEIGHT }, "none", LINE);
  if (coverage === null) return frame;
  return together([
    hatched({ x: BARS_LEFT + seen, y, width: BARS_WIDTH - seen, height: COVERAGE_HEIGHT }),
    box({ x: BARS_LEFT, y, width: seen, height: COVERAGE_HEIGHT }, FILL),
    frame,
  ]);
}

/** On paper of its own, so that no line runs through it. A long name gives way to the numbers. */
function gateLine(gate: Row["gates"][number], y: number): Markup {
  const [textLeft, style] = [GATES_LEFT + 18, { size: 11 }];
  const roomForName = RIGHT - textLeft - widthOf(gateSentence(gate, ""), style);
  const told = gateSentence(gate, shortened(gate.name, roomForName, style));
  return together([
    box({ x: GATES_LEFT, y: y - 13, width: RIGHT - GATES_LEFT, height: GATE_STEP }, "#fff"),
    gateSymbol(gate.status, GATES_LEFT + 7, y - 4),
    textAt(textLeft, y, told, style, gateSentence(gate)),
  ]);
}
