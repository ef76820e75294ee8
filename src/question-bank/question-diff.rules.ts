import type { Wording } from "./question.rules";
import { unifiedDiff } from "./question-diff-lines.rules";
import { withKey, withoutKey } from "./question-key.rules";

/** One place in which two versions differ. */
export interface QuestionChange {
  /** From the version to the place: `options.1.text`. A list's places are counted from 0, in the later version. */
  path: string;
  /** Null where it was not there, or said nothing. */
  before: string | null;
  after: string | null;
  /** Where a text has several lines: what changed in them, as a unified diff. */
  patch: string | null;
}

/** What a version says, with its skills by slug. */
export type Told = Omit<Wording, "skillIds"> & { skills: readonly string[] };

interface Tree {
  readonly [key: string]: Value;
}
type Value = string | number | boolean | null | undefined | Tree | readonly Value[];

/** What differs between two versions, for somebody who may see the key or may not. In the order of the fields. */
export function changesBetween(before: Told, after: Told, { keys }: { keys: boolean }): QuestionChange[] {
  return changesAt("", seen(before, keys), seen(after, keys));
}

function seen(told: Told, keys: boolean): Tree {
  const { content, guidance, generalFeedback, kind, title, stem, stemFormat, skills, tags } = told;
  const { level, difficulty, minutes, licence, source } = told;
  const { prompts, answers, ...shown } = keys ? withKey(content) : withoutKey(content);
  const open = { kind, title, stem, stemFormat, skills, tags, level, difficulty, minutes, licence, source, ...shown };
  return (keys ? { ...open, generalFeedback, guidance } : { ...open, prompts, answers }) as unknown as Tree;
}

function changesAt(path: string, before: Value, after: Value): QuestionChange[] {
  if (Array.isArray(before) || Array.isArray(after)) {
    return changesInList(path, (before ?? []) as Value[], (after ?? []) as Value[]);
  }
  if (isTree(before) || isTree(after)) {
    const [left, right] = [isTree(before) ? before : {}, isTree(after) ? after : {}];
    const keys = [...new Set([...Object.keys(right), ...Object.keys(left)])];
    return keys.flatMap((key) => changesAt(path ? `${path}.${key}` : key, left[key], right[key]));
  }
  const [old, now] = [textOf(before as string), textOf(after as string)];
  return old === now ? [] : [changeOf(path, old, now)];
}

const isTree = (value: Value): value is Tree => typeof value === "object" && value !== null;

const textOf = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

const changeOf = (path: string, before: string | null, after: string | null): QuestionChange => ({
  path,
  before,
  after,
  patch: before !== null && after !== null && /\n/.test(before + after) ? unifiedDiff(before, after) : null,
});

/**
 * Entries of the same name are the same, wherever they stand, so that a new one changes no other. Those left over are
 * compared in their order: the first one gone with the first one new.
 */
function changesInList(path: string, before: readonly Value[], after: readonly Value[]): QuestionChange[] {
  const gone = [...before];
  const partners = after.map((entry) => {
    const at = gone.findIndex((each) => nameOf(each) === nameOf(entry));
    return at < 0 ? undefined : gone.splice(at, 1)[0];
  });
  const kept = partners.filter((partner) => partner !== undefined);
  const changes = after.flatMap((entry, index) =>
    changesAt(`${path}.${index}`, partners[index] ?? gone.shift(), entry),
  );
  const removals = gone.flatMap((entry) => changesAt(`${path}.${before.indexOf(entry)}`, entry, undefined));
  return [...reordering(path, before, kept), ...changes, ...removals];
}

/** Where the entries that stayed stand in another order. */
function reordering(path: string, before: readonly Value[], kept: readonly Value[]): QuestionChange[] {
  const asBefore = before.filter((entry) => kept.includes(entry));
  if (asBefore.every((entry, index) => entry === kept[index])) return [];
  const names = (entries: readonly Value[]) => entries.map(nameOf).join("\n");
  return [changeOf(path, names(asBefore), names(kept))];
}

/** What people would call an entry of a list: its text, its prompt, its interval. */
function nameOf(entry: Value): string {
  if (!isTree(entry)) return String(entry);
  const { text, prompt, answer, low, high } = entry;
  if (text !== undefined) return String(text);
  return low === undefined ? nameOf(prompt ?? answer) : `${low} to ${high}`;
}
