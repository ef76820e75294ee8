import {
  Composer,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  type ParsedNode,
  Parser,
  visit,
  type YAMLError,
  type YAMLMap,
} from "yaml";

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

/** Reads a file without what the format does not have: anchors, aliases, tags, second documents. Never throws. */
export function readDocument(text: string): YamlDocument | { faults: FileFault[] } {
  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const lineOf = (node: unknown): number => (isNode(node) && node.range ? lineAt(node.range[0]) : 1);
  try {
    const [document, second] = composed(text, lineCounter);
    if (second) return { faults: [{ line: lineAt(second.range[0]), message: SECOND }] };
    const { contents = null, errors = [], warnings = [] } = document ?? {};
    const misread = misreadings([...errors, ...warnings], lineAt);
    const faults = misread.length > 0 ? misread : strangers(contents, lineOf);
    return faults.length > 0 ? { faults } : { contents, lineOf };
  } catch (error) {
    if (error instanceof RangeError) return { faults: [{ line: 1, message: TOO_DEEP }] };
    if (error instanceof Overload) return { faults: [{ line: lineCounter.lineStarts.length, message: error.message }] };
    throw error;
  }
}

/** Words and signs of a file: 10,000 rich questions have fewer, and a hostile file of 4 MB has three times as many. */
const MOST_LEXEMES = 2_000_000;

/** Brackets within brackets. */
const DEEPEST = 100;

/** Why reading ends early, at the line that the counter has come to. */
class Overload extends Error {}

/** The first document, and the one after it where there is one. @throws Overload before it costs minutes */
function composed(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const parser = new Parser(lineCounter.addNewLine);
  function* tokens() {
    let count = 0;
    let depth = 0;
    lineCounter.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
      if (lexeme === "[" || lexeme === "{") depth += 1;
      if (lexeme === "]" || lexeme === "}") depth -= 1;
      if (lexeme.startsWith("%")) throw new Overload(NO_DIRECTIVES);
      if (depth > DEEPEST) throw new Overload(TOO_DEEP);
      if (++count > MOST_LEXEMES)
        throw new Overload("up to here the file has more words and signs than are read: split it");
      yield* parser.next(lexeme);
    }
    yield* parser.end();
  }
  // The composer would compare each key of a map with every other one: a file of nothing else would take hours.
  const composer = new Composer({ lineCounter, prettyErrors: false, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens(), true, text.length)) {
    documents.push(document as Document.Parsed);
    if (documents.length > 1) break;
  }
  return documents;
}

/** A name as it is told, of any length. */
export const told = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name);

const TOO_DEEP = "the file is nested too deeply: nothing in the format needs more than ten levels";
const SECOND = "a second document begins here: one file is one document, so leave `---` out";
const NO_DIRECTIVES = "directives such as `%YAML 1.1` are not read: leave the line out";
const NO_TAGS = "tags such as `!!binary` are not read: leave it out";

/** Where the parser speaks to programmers. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  TAG_RESOLVE_FAILED: NO_TAGS,
};

function misreadings(errors: readonly YAMLError[], lineAt: (offset: number) => number): FileFault[] {
  const faults = errors.slice(0, MOST_FAULTS).map(({ pos, code, message }) => ({
    line: lineAt(pos[0]),
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
