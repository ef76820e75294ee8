import { isDeepStrictEqual } from "node:util";
import type { Answers, Heard } from "./servers";

/** Whole minutes go by between two answers. */
const timeless = (text: string): string => text.replace(/("minutesLate\w*":)\d+/g, "$1 0");

const partsOf = ({ text }: Heard) => JSON.parse(timeless(text));

const isSame = (one: Heard, other: Heard): boolean =>
  one.status === other.status && timeless(one.text) === timeless(other.text);

/** With errors or without, whichever they are. */
function isSameData(one: Heard, other: Heard): boolean {
  const [some, others] = [one, other].map((heard) => ({ ...partsOf(heard), errors: "errors" in partsOf(heard) }));
  return one.status === other.status && isDeepStrictEqual(some, others);
}

/** Whether one tells of each error of which the other tells. */
function tellsOf(one: Heard, other: Heard): boolean {
  const told: unknown[] = partsOf(one).errors ?? [];
  const wanted: unknown[] = partsOf(other).errors ?? [];
  return wanted.every((error) => told.some((each) => isDeepStrictEqual(each, error)));
}

/**
 * Where two ways do not agree; null where all do. Planned and not they agree letter by letter, before they are compiled and
 * after, but for errors where several fields fail: what is read sooner fails sooner, and graphql-js tells of the first
 * alone where all becomes null. Compiled and not they agree but for the order of keys, which graphql-jit writes where the
 * document first names them, also where they are left out there; and it tells of all errors.
 */
export function disagreement(answers: Answers): string | null {
  const [js, jit] = [answers["by loaders, interpreted"][0]!, answers["by loaders, compiled"].at(-1)!];
  const compiled = answers["planned, compiled"].at(-1)!;
  const interpreted = [
    ...answers["planned, interpreted"],
    ...answers["planned, compiled"].slice(0, -1),
    ...answers["by loaders, compiled"].slice(0, -1),
  ];
  const stray = interpreted.find((each) => !isSame(js, each) && !(isSameData(js, each) && tellsOf(jit, each)));
  if (stray) return difference("interpreted", js, stray);
  const isAlike =
    isSame(jit, compiled) || (isSameData(jit, compiled) && tellsOf(jit, compiled) && tellsOf(compiled, jit));
  if (!isAlike) return difference("compiled", jit, compiled);
  return isSameData(js, jit) && tellsOf(jit, js) ? null : difference("compiled and not", js, jit);
}

/** The first letters in which they differ, with those around them. */
function difference(what: string, wanted: Heard, got: Heard): string {
  let at = 0;
  while (at < wanted.text.length && wanted.text[at] === got.text[at]) at++;
  const around = ({ status, text }: Heard) => `${status} …${text.slice(Math.max(0, at - 120), at + 200)}`;
  return `${what}\nwanted ${around(wanted)}\ngot    ${around(got)}`;
}
