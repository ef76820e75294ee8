import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from "yaml";
import type { z } from "zod";
import type { FileItem, ItemFault, Section } from "./section";

/** The version of the format that is read and written. */
export const FORMAT_VERSION = 1;

/** Faults that one item is reported with: more help nobody. */
const MOST_FAULTS = 10;

export interface FileFault {
  line: number;
  message: string;
}

/** A file as a whole: its items, in order, or why it cannot be read. */
export type FileReading = { items: { section: Section; item: FileItem }[] } | { faults: FileFault[] };

/** Reads the public format. Never throws: what cannot be read is told with its line. */
export function readYaml(text: string, sections: readonly Section[]): FileReading {
  const lines = new LineCounter();
  const lineOf = (node: unknown): number => (isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1);
  const document = parsed(text, lines);
  if ("faults" in document) return document;
  const aliased = firstAlias(document.contents);
  if (aliased)
    return fault(lineOf(aliased), "anchors and aliases are not read: write the value out where it is wanted");
  const root = document.contents;
  if (!isMap(root)) return fault(lineOf(root), "the file is no map of sections: begin it with `assay: 1`");
  const faults = rootFaults(root, sections, lineOf);
  if (faults.length > 0) return { faults };
  const items = sections.flatMap((section) => {
    const list = root.get(section.name, true);
    if (!isSeq(list)) return [];
    return list.items.map((node, index) => ({ section, item: itemOf(section, node as Node, index, lineOf) }));
  });
  return { items };
}

const fault = (line: number, message: string): FileReading & { faults: FileFault[] } => ({
  faults: [{ line, message }],
});

type Document = { contents: ParsedNode | null } | { faults: FileFault[] };

function parsed(text: string, lineCounter: LineCounter): Document {
  try {
    const { contents, errors, warnings } = parseDocument(text, { lineCounter, prettyErrors: false });
    const faults = [...errors, ...warnings].slice(0, MOST_FAULTS);
    if (faults.length === 0) return { contents };
    return {
      faults: faults.map(({ pos, message }) => ({ line: lineCounter.linePos(pos[0]).line, message: plain(message) })),
    };
  } catch (error) {
    if (error instanceof RangeError) return fault(1, TOO_DEEP);
    throw error;
  }
}

const TOO_DEEP = "the file is nested too deeply";

/** The parser reports the end of its stack as if it were a fault of spelling. */
const plain = (message: string): string => (message.includes("call stack") ? TOO_DEEP : message);

/** An alias may stand for itself a billion times over; nothing in the format needs one. */
function firstAlias(contents: ParsedNode | null): Node | null {
  let found: Node | null = null;
  visit(contents, {
    Node(_, node) {
      if (!isAlias(node) && !node.anchor) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  return found;
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
    if (!names.includes(name)) return [{ line, message: `\`${name}\` is no section; there are ${names.join(", ")}` }];
    const isEmpty = isScalar(value) && value.value === null;
    return isSeq(value) || isEmpty ? [] : [{ line, message: `\`${name}\` is no list: begin each item with \`- \`` }];
  });
  if (!root.has("assay"))
    faults.unshift({ line: 1, message: "the file does not say its version: begin it with `assay: 1`" });
  return faults;
}

function itemOf(section: Section, node: Node, index: number, lineOf: Lines): FileItem {
  const lineAt = (path: string): number => lineOf(nodeAt(node, path));
  const raw: unknown = node.toJSON();
  const result = section.shape.safeParse(raw);
  const told = (name: string): string | null => {
    const value = raw !== null && typeof raw === "object" ? (raw as Record<string, unknown>)[name] : null;
    return typeof value === "string" ? value.slice(0, 255) : null;
  };
  return {
    line: lineOf(node),
    path: `${section.name}.${index}`,
    key: told("key"),
    title: told("title") ?? told("name"),
    value: result.success ? result.data : null,
    faults: result.success ? [] : faultsOf(result.error, lineAt),
    lineAt,
  };
}

/** The node at a path, or the nearest above it. */
function nodeAt(node: Node, path: string): unknown {
  let found: unknown = node;
  for (const step of path === "" ? [] : path.split(".")) {
    const inner: unknown = isMap(found) ? found.get(step, true) : isSeq(found) ? found.get(Number(step), true) : null;
    if (!isNode(inner)) break;
    found = inner;
  }
  return found;
}

function faultsOf({ issues }: z.ZodError, lineAt: (path: string) => number): ItemFault[] {
  const flat = issues.flatMap((issue) => flattened(issue));
  const faults = flat.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const place = path.join(".");
    return { line: lineAt(place), path: place, message };
  });
  const more = flat.length - faults.length;
  return more > 0 ? [...faults, { line: lineAt(""), path: "", message: `${more} more faults` }] : faults;
}

type Issue = z.core.$ZodIssue;

/** What keeps a value from being the one of several forms that it comes nearest to. */
function flattened(issue: Issue): Pick<Issue, "path" | "message">[] {
  const forms = issue.code === "invalid_union" && issue.message === "Invalid input" ? issue.errors : [];
  const [nearest] = [...forms].sort((one, other) => one.length - other.length);
  if (!nearest?.length) return [issue];
  return nearest.flatMap(flattened).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}
