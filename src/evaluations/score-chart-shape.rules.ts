/** The shapes of the picture. Each tells what it means without colour. */
import { element, type Markup, together } from "./score-chart-markup.rules";
import type { PictureGate } from "./score-chart-picture.rules";

export const INK = "#111";
export const LINE = "#6b6b6b";
export const GRID = "#d4d4d4";
export const FILL = "#5b6b7d";
const PAPER = "#fff";

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const box = ({ x, y, width, height }: Box, fill: string, stroke?: string): Markup =>
  element("rect", { x, y, width, height, fill, ...(stroke ? { stroke } : {}) });

export const line = (x1: number, y1: number, x2: number, y2: number, more: Record<string, string | number>): Markup =>
  element("line", { x1, y1, x2, y2, ...more });

/** Slanted lines, one every five pixels, cut at the box: what was not observed. */
export function hatched({ x, y, width, height }: Box): Markup {
  const lines = Array.from({ length: Math.max(0, Math.floor((width - height) / 5)) }, (_, index) => {
    const from = x + width - height - index * 5;
    return `M${+from.toFixed(2)} ${y + height}l${height} ${-height}`;
  });
  return lines.length === 0
    ? together([])
    : element("path", { d: lines.reverse().join(""), stroke: INK, "stroke-width": 1, fill: "none" });
}

/** From end to end of an interval, on a pale edge that keeps it apart from the bar. */
export function whisker(from: number, to: number, y: number, height: number): Markup {
  const d = `M${+from.toFixed(2)} ${y - height / 2}v${height}M${+to.toFixed(2)} ${y - height / 2}v${height}M${+from.toFixed(2)} ${y}H${+to.toFixed(2)}`;
  return edged(d, 2);
}

/** A line across the bar with an arrow on it: the least score of a skill. */
export const gateMark = (x: number, top: number, bottom: number): Markup =>
  together([
    edged(`M${+x.toFixed(2)} ${top}V${bottom}`, 1.5),
    element("path", { d: `M${+x.toFixed(2)} ${top + 3}l-4 -7h8z`, fill: INK, stroke: PAPER }),
  ]);

const SYMBOLS: Readonly<Record<PictureGate["status"], (x: number, y: number) => Markup>> = {
  PASSED: (x, y) =>
    together([
      element("circle", { cx: x, cy: y, r: 5.5, fill: INK }),
      stroke(`M${x - 2.8} ${y + 0.2}l2 2.2l3.6 -4.4`, PAPER),
    ]),
  FAILED: (x, y) =>
    together([
      box({ x: x - 5.5, y: y - 5.5, width: 11, height: 11 }, INK),
      stroke(`M${x - 2.8} ${y - 2.8}l5.6 5.6M${x + 2.8} ${y - 2.8}l-5.6 5.6`, PAPER),
    ]),
  UNRESOLVED: (x, y) =>
    together([
      element("path", { d: `M${x} ${y - 6}l6.5 11.5h-13z`, fill: PAPER, stroke: INK, "stroke-width": 1.4 }),
      stroke(`M${x} ${y - 2.2}v3.6M${x} ${y + 2.6}v1.2`, INK),
    ]),
  NOT_APPLICABLE: (x, y) =>
    together([
      element("circle", { cx: x, cy: y, r: 5, fill: PAPER, stroke: INK, "stroke-width": 1.2 }),
      stroke(`M${x - 2.6} ${y}h5.2`, INK),
    ]),
};

/** Disc with a tick, square with a cross, triangle with an exclamation mark, ring with a dash. */
export const gateSymbol = (status: PictureGate["status"], x: number, y: number): Markup => SYMBOLS[status](x, y);

/** Where passing begins. */
export const passLine = (x: number, from: number, to: number): Markup =>
  line(x, from, x, to, { stroke: INK, "stroke-width": 1.5, "stroke-dasharray": "5 3" });

function stroke(d: string, colour: string): Markup {
  return element("path", { d, stroke: colour, "stroke-width": 1.5, fill: "none" });
}

function edged(d: string, width: number): Markup {
  return together([
    element("path", { d, stroke: PAPER, "stroke-width": width + 3, fill: "none" }),
    element("path", { d, stroke: INK, "stroke-width": width, fill: "none" }),
  ]);
}
