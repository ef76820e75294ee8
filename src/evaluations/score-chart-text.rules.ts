/** How wide text will be, without the font at hand: on the safe side of what systems have, which is DejaVu Sans. */
import { element, type Markup, together, words } from "./score-chart-markup.rules";
import { INK } from "./score-chart-shape.rules";

interface Style {
  /** Pixels. */
  size: number;
  bold?: boolean;
  anchor?: "start" | "middle" | "end";
}

/** The first that matches tells the width, in parts of the font's size. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Mn}\p{Me}\p{Cf}]$/u, 0],
  [/^[ ijlftrI.,:;'|!()·“”-]$/u, 0.45],
  [/^[mwMW@%]$/u, 1],
  [/^[\p{Ll}\d–]$/u, 0.66],
  [/^[\p{Lu}]$/u, 0.78],
  [/^[\u0590-\u08ff]$/u, 0.75],
  [/^./su, 1.1],
];
const BOLD = 1.13;
const SHORTENED = "…";

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Whole characters as readers see them: no accent loses its letter. */
const charactersOf = (text: string): string[] => [...characters.segment(text)].map(({ segment }) => segment);

const widthOfCharacter = (character: string): number =>
  [...character].reduce((width, part) => width + WIDTHS.find(([pattern]) => pattern.test(part))![1], 0);

export function widthOf(text: string, { size, bold = false }: Style): number {
  const parts = charactersOf(text).reduce((width, character) => width + widthOfCharacter(character), 0);
  return parts * size * (bold ? BOLD : 1);
}

/** As much of the text as there is room for, in pixels; empty where there is none. */
export function shortened(text: string, room: number, style: Style): string {
  if (widthOf(text, style) <= room) return text;
  const kept = charactersOf(text);
  while (kept.length > 0 && widthOf(kept.join("") + SHORTENED, style) > room) kept.pop();
  return kept.length === 0 ? "" : kept.join("").trimEnd() + SHORTENED;
}

/** Text at a point of its base line. */
export function textAt(x: number, y: number, text: string, style: Style, whole = text): Markup {
  const { size, bold = false, anchor = "start" } = style;
  const weight: Record<string, string> = bold ? { "font-weight": "bold" } : {};
  const place: Record<string, string> = anchor === "start" ? {} : { "text-anchor": anchor };
  const title = whole === text ? [] : [element("title", {}, words(whole))];
  return element("text", { x, y, "font-size": size, fill: INK, ...weight, ...place }, ...title, words(text));
}

/** The words that there is room for in a line, and the rest; a word that is wider than the line is the rest's. */
function broken(text: string, room: number, style: Style): [string, string] {
  const parts = text.split(" ");
  const fitting = parts.findIndex((_, index) => widthOf(parts.slice(0, index + 1).join(" "), style) > room);
  return fitting < 1 ? ["", text] : [parts.slice(0, fitting).join(" "), parts.slice(fitting).join(" ")];
}

/** A name in one line or two around a height. */
export function nameAt(x: number, middle: number, name: string, room: number, style: Style): Markup {
  const [first, rest] = widthOf(name, style) <= room ? ["", name] : broken(name, room, style);
  if (!first) return fittedAt(x, middle + 5, name, room, style);
  return together([
    textAt(x, middle - 3, first, style, name),
    textAt(x, middle + 13, shortened(rest, room, style), style, name),
  ]);
}

/** The same within a width; what had to be shortened stands whole in its title. */
export const fittedAt = (x: number, y: number, text: string, room: number, style: Style): Markup =>
  textAt(x, y, shortened(text, room, style), style, text);
