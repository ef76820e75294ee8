/** An element of markup, with its text and its children in their order. */
export interface Node {
  name: string;
  attributes: Record<string, string>;
  children: (Node | string)[];
}

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITY = /&(amp|lt|gt|quot|#39);/g;
const CHARACTERS: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** What XML 1.0 does not allow in a document. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

function decoded(text: string): string {
  if (/[<>]/.test(text) || /&/.test(text.replace(ENTITY, ""))) throw new Error(`unescaped: ${text}`);
  return text.replace(ENTITY, (_, entity: string) => CHARACTERS[entity]!);
}

/** Reads markup as strictly as an XML parser would. @throws Error where it is not well formed */
export function parsed(markup: string): Node {
  if (FORBIDDEN.test(markup)) throw new Error("a character that XML does not allow");
  const root: Node = { name: "", attributes: {}, children: [] };
  const open = [root];
  for (let at = 0; at < markup.length; ) {
    const next = markup.indexOf("<", at);
    const text = markup.slice(at, next < 0 ? undefined : next);
    if (text) open.at(-1)!.children.push(decoded(text));
    if (next < 0) break;
    TAG.lastIndex = next;
    const [tag, closing, name, attributes, empty] = TAG.exec(markup) ?? [];
    if (!tag) throw new Error(`no tag: ${markup.slice(next, next + 80)}`);
    at = next + tag.length;
    if (closing) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const node: Node = { name: name!, attributes: attributesOf(attributes!), children: [] };
    open.at(-1)!.children.push(node);
    if (!empty) open.push(node);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> stays open`);
  return root.children.find((child): child is Node => typeof child !== "string")!;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!, decoded(value!)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute comes twice: ${text}`);
  return Object.fromEntries(pairs);
}

/** Itself and everything below, in the order of the document. */
export const all = (node: Node): Node[] => [
  node,
  ...node.children.flatMap((child) => (typeof child === "string" ? [] : all(child))),
];

export const named = (node: Node, name: string): Node[] => all(node).filter((each) => each.name === name);

export const textOf = (node: Node): string =>
  node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
