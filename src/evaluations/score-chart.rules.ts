/**
 * The picture of a score as an SVG that stands by itself: no script, no style sheet, no font or picture from elsewhere.
 * It is read in grey by its shapes, and by a screen reader in whole sentences. The same score gives the same bytes.
 */

import { HEIGHT_OF_LEGEND, legend } from "./score-chart-legend.rules";
import { element, type Markup, together, words } from "./score-chart-markup.rules";
import type { ScorePicture } from "./score-chart-picture.rules";
import { across, heightOfRow, LEFT, RIGHT, type Row, scoreRow } from "./score-chart-row.rules";
import { box, GRID, LINE, line, passLine } from "./score-chart-shape.rules";
import { fittedAt, textAt } from "./score-chart-text.rules";
import { certainty, description, headline, sentence } from "./score-chart-words.rules";

const WIDTH = 720;
const ROWS_TOP = 108;
const BANDS_TOP = 64;
const BANDS_HEIGHT = 18;
const AXIS_HEIGHT = 26;
const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
const TICKS = [0, 20, 40, 60, 80, 100];

export function scoreChart(picture: ScorePicture): Markup {
  const rows: Row[] = [{ ...picture.overall, name: "Overall", gates: [] }, ...picture.skills];
  const bottom = rows.reduce((top, row) => top + heightOfRow(row), ROWS_TOP);
  const height = bottom + AXIS_HEIGHT + HEIGHT_OF_LEGEND;
  const drawing = together([
    box({ x: 0, y: 0, width: WIDTH, height }, "#fff"),
    heading(picture),
    bands(picture),
    grid(bottom),
    rowsOf(rows, picture.passMark),
    passLabel(picture.passMark),
    legend(picture, bottom + AXIS_HEIGHT + 14),
  ]);
  return framed(picture, drawing, height);
}

function framed(picture: ScorePicture, drawing: Markup, height: number): Markup {
  const [title, told] = [words(`Score chart. ${headline(picture)}`), words(description(picture))];
  const id = fingerprint(title + told + drawing);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-labelledby": `score-${id} told-${id}`,
      "font-family": FONTS,
      direction: "ltr",
    },
    element("title", { id: `score-${id}` }, title),
    element("desc", { id: `told-${id}` }, told),
    drawing,
  );
}

function heading(picture: ScorePicture): Markup {
  const room = RIGHT - LEFT;
  return together([
    fittedAt(LEFT, 28, headline(picture), room, { size: 17, bold: true }),
    fittedAt(LEFT, 48, sentence(certainty(picture)), room, { size: 11.5 }),
  ]);
}

/** Each band from its lower end to the next; a label that has no room is told in words. */
function bands({ bands }: ScorePicture): Markup {
  if (bands.length === 0) return together([]);
  const cells = bands.map(({ label, min }, index) => {
    const [from, to] = [across(min), across(bands[index + 1]?.min ?? 100)];
    const cell = box(
      { x: from, y: BANDS_TOP, width: to - from, height: BANDS_HEIGHT },
      index % 2 ? "#e8e8e8" : "#fff",
      LINE,
    );
    return together([cell, fittedAt(from + 4, BANDS_TOP + 13, label, to - from - 6, { size: 10.5 })]);
  });
  return together([textAt(LEFT, BANDS_TOP + 13, "Bands", { size: 11 }), ...cells]);
}

function grid(bottom: number): Markup {
  return together(
    TICKS.map((tick) =>
      together([
        line(across(tick), ROWS_TOP - 4, across(tick), bottom, { stroke: GRID }),
        textAt(across(tick), bottom + 15, `${tick}`, { size: 11, anchor: "middle" }),
      ]),
    ),
  );
}

function rowsOf(rows: readonly Row[], passMark: number): Markup {
  let top = ROWS_TOP;
  const drawn = rows.map((row, index) => {
    const start = top;
    top += heightOfRow(row);
    const rule = index === 1 ? [line(LEFT, start, RIGHT, start, { stroke: LINE })] : [];
    return together([...rule, scoreRow(row, start, { passMark, bold: index === 0 })]);
  });
  return together(drawn);
}

function passLabel(mark: number): Markup {
  return together([
    passLine(across(mark), ROWS_TOP - 8, ROWS_TOP),
    textAt(across(mark), ROWS_TOP - 12, `pass mark ${mark}`, { size: 11, bold: true, anchor: "middle" }),
  ]);
}

/** FNV-1a, 32 bits: ids that differ where pictures on one page differ. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
