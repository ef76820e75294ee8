import { isMap, isNode, isScalar, isSeq, type Node, type ParsedNode } from "yaml";
import type { z } from "zod";
import type { FileItem, ItemFault, Section } from "./section";
import { wordsOf } from "./shape-words";
import { inTurns } from "./turn";
import { type FileFault, MOST_FAULTS, readDocument, told } from "./yaml-document";

/** The version of the format that is read and written. */
export const FORMAT_VERSION = 1;

/** A file as a whole: its items, in order, or why it cannot be read. */
export type FileReading =
  | { items: { section: Section; item: FileItem }[] }
  | { faults: FileFault[] }
  | { tooMany: number };

/** Reads the public format. Never rejects: what cannot be read is told with its line. */
export async function readYaml(text: string, sections: readonly Section[], mostItems: number): Promise<FileReading> {
  const document = await readDocument(text);
  if ("faults" in document) return document;
  const { contents: root, lineOf } = document;
  if (root === null) return { items: [] };
  if (!isMap(root)) {
    return { faults: [{ line: lineOf(root), message: "the file is no map of sections: begin it with `assay: 1`" }] };
  }
  const faults = rootFaults(root, sections, lineOf);
  if (faults.length > 0) return { faults: faults.slice(0, MOST_FAULTS) };
  const lists = sections.flatMap((section) => {
    const list = root.get(section.name, true);
    return isSeq(list) ? [{ section, nodes: list.items as Node[] }] : [];
  });
  // Counted before they are looked into, which takes longer.
  const count = lists.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (count > mostItems) return { tooMany: count };
  return { items: await inTurns(itemsOf(lists, lineOf)) };
}

function* itemsOf(
  lists: readonly { section: Section; nodes: readonly Node[] }[],
  lineOf: Lines,
): Generator<{ section: Section; item: FileItem }> {
  for (const { section, nodes } of lists) {
    for (const [index, node] of nodes.entries()) yield { section, item: itemOf(section, node, index, lineOf) };
  }
}

type Lines = (node: unknown) => number;

function rootFaults(root: ParsedNode & { items: unknown[] }, sections: readonly Section[], lineOf: Lines): FileFault[] {
  if (!isMap(root)) return [];
  const names = sections.map(({ name }) => name);
  const faults = root.items.flatMap(({ key, value }): FileFault[] => {
    const name = isScalar(key) ? String(key.value) : "";
    const line = lineOf(key);
    if (name === "assay") {
      const version = isScalar(value) ? value.value : null;
      const message = `\`assay\` is the version of the format: ${FORMAT_VERSION} is the only one that is read`;
      return version === FORMAT_VERSION ? [] : [{ line, message }];
    }
    if (!names.includes(name)) {
      return [{ line, message: `\`${told(name)}\` is no section; there are ${names.join(", ")}` }];
    }
    const isEmpty = isScalar(value) && value.value === null;
    return isSeq(value) || isEmpty ? [] : [{ line, message: `\`${name}\` is no list: begin each item with \`- \`` }];
  });
  if (!root.has("assay"))
    faults.unshift({ line: 1, message: "the file does not say its version: begin it with `assay: 1`" });
  return faults;
}

function itemOf(section: Section, node: Node, index: number, lineOf: Lines): FileItem {
  const lineAt = (path: string): number => lineOf(placeOf(node, path === "" ? [] : path.split(".")));
  const raw: unknown = node.toJSON();
  const result = section.shape.safeParse(raw, { error: wordsOf });
  const said = (name: string): string | null => {
    const value = raw !== null && typeof raw === "object" ? (raw as Record<string, unknown>)[name] : null;
    return typeof value === "string" ? value.slice(0, 255) : null;
  };
  return {
    line: lineOf(node),
    path: `${section.name}.${index}`,
    key: said("key"),
    title: said("title") ?? said("name"),
    value: result.success ? result.data : null,
    faults: result.success ? [] : faultsOf(result.error, node, lineOf),
    lineAt,
  };
}

/** The node that names what stands at a path, or the nearest above it: a field's own name, an item of a list. */
function placeOf(node: Node, path: readonly string[]): unknown {
  let found: unknown = node;
  let place: unknown = node;
  for (const step of path) {
    const pair = isMap(found) ? found.items.find(({ key }) => isScalar(key) && String(key.value) === step) : null;
    const item = isSeq(found) ? found.items[Number(step)] : null;
    if (!pair && !isNode(item)) break;
    place = pair ? pair.key : item;
    found = pair ? pair.value : item;
  }
  return place;
}

function faultsOf({ issues }: z.ZodError, node: Node, lineOf: Lines): ItemFault[] {
  // One for each place: a list where a text belongs is no text that is too short as well.
  const places = new Map<string, Said>();
  for (const each of issues.flatMap(flattened)) {
    const place = each.path.join(".");
    if (!places.has(place)) places.set(place, each);
  }
  const flat = [...places.values()];
  const faults = flat.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const steps = path.map(String);
    return { line: lineOf(placeOf(node, steps)), path: steps.map(told).join("."), message };
  });
  const more = flat.length - faults.length;
  return more > 0 ? [...faults, { line: lineOf(node), path: "", message: `${more} more faults` }] : faults;
}

type Issue = z.core.$ZodIssue;
type Said = Pick<Issue, "path" | "message">;

/** What keeps a value from being the one of several forms that it comes nearest to. */
function flattened(issue: Issue): Said[] {
  const forms = issue.code === "invalid_union" && issue.message === "Invalid input" ? issue.errors : [];
  const [nearest] = [...forms].sort((one, other) => one.length - other.length);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }));
  }
  if (!nearest?.length) return [issue];
  return nearest.flatMap(flattened).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}
