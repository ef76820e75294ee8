/** What the signs of the picture mean. */
import { type Markup, together } from "./score-chart-markup.rules";
import type { ScorePicture } from "./score-chart-picture.rules";
import { LEFT, RIGHT } from "./score-chart-row.rules";
import { box, FILL, gateMark, gateSymbol, hatched, INK, LINE, whisker } from "./score-chart-shape.rules";
import { textAt } from "./score-chart-text.rules";
import { percent } from "./score-chart-words.rules";

const LEGEND_STEP = 20;
const USUAL_LEVEL = 0.95;

/** Two lines and what is below them. */
export const HEIGHT_OF_LEGEND = 2 * LEGEND_STEP + 16;

type Sign = (x: number, y: number) => Markup;

const scoreSign: Sign = (x, y) =>
  together([
    box({ x, y: y - 6, width: 26, height: 12 }, FILL),
    box({ x: x + 24, y: y - 8, width: 3, height: 16 }, INK),
  ]);

function unseenSign(x: number, y: number): Markup {
  const bar = { x, y: y - 3, width: 28, height: 6 };
  return together([hatched(bar), box(bar, "none", LINE)]);
}

/** Eight signs, for two lines. */
const signsFor = (level: number): [meaning: string, sign: Sign][] => [
  ["score", scoreSign],
  [`${percent(level)} interval`, (x, y) => whisker(x, x + 28, y, 10)],
  ["observed", (x, y) => box({ x, y: y - 3, width: 28, height: 6 }, FILL, LINE)],
  ["not observed", unseenSign],
  ["least score of a skill", (x, y) => gateMark(x + 14, y - 5, y + 8)],
  ["gate passed", (x, y) => gateSymbol("PASSED", x + 14, y)],
  ["gate failed", (x, y) => gateSymbol("FAILED", x + 14, y)],
  ["gate unresolved", (x, y) => gateSymbol("UNRESOLVED", x + 14, y)],
];

export function legend({ overall, skills }: ScorePicture, top: number): Markup {
  const level = overall.interval?.level ?? skills.find(({ interval }) => interval)?.interval?.level ?? USUAL_LEVEL;
  const step = (RIGHT - LEFT) / 4;
  return together(
    signsFor(level).map(([meaning, sign], index) => {
      const [x, y] = [LEFT + (index % 4) * step, top + Math.floor(index / 4) * LEGEND_STEP];
      return together([sign(x, y), textAt(x + 36, y + 4, meaning, { size: 11 })]);
    }),
  );
}
