import { type GiftAnatomy, shapeOf } from "./gift-anatomy.rules";

/**
 * The grammar wants every `: # = ~` escaped, everywhere; Moodle and its authors do not: "Which is right: a or b?". The
 * characters that have no meaning where they stand are therefore replaced by noncharacters before the parser sees them,
 * one for one so that its columns stay true, and put back afterwards.
 */
const STAND_INS: Record<string, string> = {
  ":": "\uFDD0",
  "#": "\uFDD1",
  "=": "\uFDD2",
  "~": "\uFDD3",
  "%": "\uFDD4",
  T: "\uFDD5",
  F: "\uFDD6",
  ">": "\uFDD7",
};

const ORIGINALS = new Map(Object.entries(STAND_INS).map(([original, standIn]) => [standIn, original]));

/** The block's text as the parser reads it: same length, same lines, the title blanked out. */
export function veiled(text: string, { stem, open, close }: GiftAnatomy): string {
  const title = text.slice(0, stem).replace(/[^\n]/g, " ");
  const before = standIn(text.slice(stem, open), /\\[\s\S]|[:#=~]/g);
  const after = standIn(text.slice(close + 1), /\\[\s\S]|[:#=~]/g);
  return `${title}${before}{${veiledAnswers(text.slice(open + 1, close))}}${after}`;
}

export function unveiled(text: string): string {
  return text.replace(/[\uFDD0-\uFDD7]/g, (character) => ORIGINALS.get(character) ?? character);
}

function veiledAnswers(answers: string): string {
  switch (shapeOf(answers)) {
    case "NUMERIC":
      // A colon between two numbers is a tolerance.
      return standIn(answers, /\\[\s\S]|(?<!\d):|:(?![-+\d])/g);
    case "CHOICE":
      // Only matching has arrows; the parser would take `=a -> b` for a pair and give up at the first `~`.
      return standIn(answers, /\\[\s\S]|:|(?<=-)>|%(?<=[=~]\s*%)(?=\p{L})/gu);
    case "SHORT_TEXT":
      // The parser reads {Tokyo} as true, followed by rubbish.
      return standIn(answers, /\\[\s\S]|:|[TF](?<=^\s*[TF])|%(?<=[=~]\s*%)(?=\p{L})/gu);
    case "TRUE_FALSE":
      return standIn(answers, /\\[\s\S]|[:=]/g);
    default:
      return standIn(answers, /\\[\s\S]|:/g);
  }
}

/**
 * The patterns match escape sequences too, and these stay as they are. What must stand before a character is looked for
 * behind it: looked for first, a run of blanks would be walked once for each of them.
 */
function standIn(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => STAND_INS[match] ?? match);
}
