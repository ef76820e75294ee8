/** Markup that is well formed as XML and as HTML. Text gets into it through `words` and attributes alone, escaped. */
declare const made: unique symbol;
export type Markup = string & { readonly [made]: true };

type Attributes = Readonly<Record<string, string | number>>;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls, what turns the direction of the text around it, and what XML does not know; isolates are ours. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066\u2067\ufffe\uffff]+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** First-strong isolate and its end: what is between them does not turn the words around it. @see UAX #9 */
const [ISOLATE, END] = ["\u2068", "\u2069"];
const ISOLATES = /[\u2068\u2069]/g;

/** A name within a sentence, whichever way it is written. */
export const quoted = (name: string): string => `“${ISOLATE}${name.replace(ISOLATES, "")}${END}”`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Text that can be shown: whatever stood in it, nothing of it acts. */
export const words = (text: string): Markup =>
  escaped(text.replace(UNSHOWABLE, " ").replace(LONE_SURROGATE, "\ufffd")) as Markup;

/** An element; without children it closes itself. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(written(value))}"`);
  const start = `<${name}${given.join("")}`;
  return (children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`) as Markup;
}

export const together = (parts: readonly Markup[]): Markup => parts.join("") as Markup;

/** Hundredths are finer than anything that is drawn. */
const written = (value: string | number): string => (typeof value === "number" ? `${+value.toFixed(2)}` : value);
