import {
  Composer,
  type CST,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type ParsedNode,
  visit,
  type YAMLMap,
} from "yaml";
import { Overload, TOO_DEEP, tokensOf } from "./yaml-tokens";

/** Faults of one kind that are told together: more help nobody. */
export const MOST_FAULTS = 10;

/** Letters of a name that somebody chose, within a sentence. */
const MOST_LETTERS = 60;

export interface FileFault {
  line: number;
  message: string;
}

/** A file that is one plain YAML document. */
export interface YamlDocument {
  /** Null where it holds nothing but blank lines and comments. */
  contents: ParsedNode | null;
  lineOf(node: unknown): number;
}

/** Reads a file without what the format does not have: anchors, aliases, tags, second documents. Never rejects. */
export async function readDocument(text: string): Promise<YamlDocument | { faults: FileFault[] }> {
  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const lineOf = (node: unknown): number => (isNode(node) && node.range ? lineAt(node.range[0]) : 1);
  try {
    const tokens = await tokensOf(text, lineCounter, MOST_FAULTS);
    const { documents, misreadings } = composed(tokens, text.length);
    const [document, second] = documents;
    if (second) return { faults: [{ line: lineAt(second.range[0]), message: SECOND }] };
    const contents = document?.contents ?? null;
    const misread = misreadingFaults(misreadings, lineAt);
    const faults = misread.length > 0 ? misread : strangers(contents, lineOf);
    return faults.length > 0 ? { faults } : { contents, lineOf };
  } catch (error) {
    if (error instanceof RangeError) return { faults: [{ line: 1, message: TOO_DEEP }] };
    if (error instanceof Overload) {
      return { faults: [{ line: error.line ?? lineCounter.lineStarts.length, message: error.message }] };
    }
    throw error;
  }
}

interface Misreading {
  offset: number;
  code: ErrorCode;
  message: string;
}

/** Where the composer sees an error. */
type Source = number | readonly number[] | { offset: number };

const offsetOf = (source: Source): number =>
  typeof source === "number" ? source : "offset" in source ? source.offset : (source[0] ?? 0);

/** What the composer is stopped by. */
class Enough extends Error {}

/** The documents of the tokens; without them where there is enough to complain of. */
function composed(
  tokens: readonly CST.Token[],
  end: number,
): { documents: Document.Parsed[]; misreadings: Misreading[] } {
  // The composer would compare each key of a map with every other one: a file of nothing else would take hours.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  const misreadings: Misreading[] = [];
  const onError = (source: Source, code: ErrorCode, message: string): void => {
    misreadings.push({ offset: offsetOf(source), code, message });
    if (misreadings.length === MOST_FAULTS) throw new Enough();
  };
  // It has no option for it: by itself, it would go on to the end and make an Error with its stack of each.
  Object.assign(composer, { onError });
  try {
    const documents = [...composer.compose(tokens, true, end)] as Document.Parsed[];
    const lexical = documents.flatMap(({ errors }) => errors);
    misreadings.unshift(...lexical.map(({ pos, code, message }) => ({ offset: pos[0], code, message })));
    return { documents, misreadings };
  } catch (error) {
    if (error instanceof Enough) return { documents: [], misreadings };
    throw error;
  }
}

/** A name as it is told, of any length. */
export const told = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name);

const SECOND = "a second document begins here: one file is one document, so leave `---` out";
const NO_TAGS = "tags such as `!!binary` are not read: leave it out";

/** Where the parser speaks to programmers. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  TAG_RESOLVE_FAILED: NO_TAGS,
};

function misreadingFaults(misreadings: readonly Misreading[], lineAt: (offset: number) => number): FileFault[] {
  const faults = misreadings.slice(0, MOST_FAULTS).map(({ offset, code, message }) => ({
    line: lineAt(offset),
    // The parser reports the end of its stack as if it were a fault of spelling.
    message: message.includes("call stack") ? TOO_DEEP : (WORDS[code] ?? message),
  }));
  const deep = faults.find(({ message }) => message === TOO_DEEP);
  return deep ? [deep] : faults;
}

/** What YAML has and the format has not. */
function strangers(contents: ParsedNode | null, lineOf: (node: unknown) => number): FileFault[] {
  const faults: FileFault[] = [];
  const tell = (node: unknown, message: string) => {
    faults.push({ line: lineOf(node), message });
    return faults.length < MOST_FAULTS ? undefined : visit.BREAK;
  };
  visit(contents, {
    Node(_, node: Node) {
      // An alias may stand for itself a billion times over.
      if (isAlias(node) || node.anchor) {
        faults.length = 0;
        tell(node, "anchors and aliases are not read: write the value out where it is wanted");
        return visit.BREAK;
      }
      if (node.tag) return tell(node, NO_TAGS);
      const twice = isMap(node) ? repeatedKey(node) : null;
      return twice ? tell(twice.key, `\`${told(twice.name)}\` stands here twice in one map: leave one out`) : undefined;
    },
  });
  return faults;
}

function repeatedKey({ items }: YAMLMap): { key: unknown; name: string } | null {
  const names = new Set<string>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (names.has(name)) return { key, name };
    names.add(name);
  }
  return null;
}
