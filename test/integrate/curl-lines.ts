import { STATUS_CODES } from "node:http";

/*
 * The few forms of the shell that the page uses, without a shell: `NAME=value`, `NAME=$(npm run --silent token -- role)`, and
 * `curl` with -s, -i, -H and -d. Whatever else stands there fails, so that no line of the page goes untried.
 */

/** Of the shell. */
export type Names = Map<string, string>;

/** What `$( … )` comes to. */
export type Substitute = (command: string) => Promise<string>;

const SUBSTITUTION = /^([A-Z_]+)=\$\(([^()]+)\)$/;
const ASSIGNMENT = /^[A-Z_]+=/;

/** Commands of a block: a backslash at the end, and an open quote, carry a line on. */
function commandsIn(text: string): string[] {
  const commands: string[] = [];
  let open = "";
  for (const line of text.split("\n")) {
    open += line;
    if ((open.match(/'/g)?.length ?? 0) % 2 === 1) open += "\n";
    else if (open.endsWith("\\")) open = open.slice(0, -1);
    else if (open.trim() !== "") {
      commands.push(open.trim());
      open = "";
    }
  }
  if (open.trim() !== "") throw new Error(`A quote or a line is left open:\n${open}`);
  return commands;
}

/** One piece of a word: in single quotes, in double quotes, or bare; a backslash, a backquote or a pipe is not known. */
const PIECE = /'([^']*)'|"([^"`\\]*)"|([^\s'"`\\|&;<>()]+)/y;

/** Words as the shell splits them, variables put in. @throws Error for a form that is not known */
function wordsOf(command: string, names: Names): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < command.length; at = PIECE.lastIndex) {
    const space = /\s+/y;
    space.lastIndex = at;
    if (space.test(command)) {
      if (word !== null) words.push(word);
      word = null;
      PIECE.lastIndex = space.lastIndex;
      continue;
    }
    PIECE.lastIndex = at;
    const piece = PIECE.exec(command);
    if (!piece) throw new Error(`This form is not known: ${command.slice(at, at + 40)}`);
    const [, single, double, bare] = piece;
    word = (word ?? "") + (single ?? valued(double ?? bare!, names));
  }
  return word === null ? words : [...words, word];
}

const valued = (text: string, names: Names): string =>
  text.replace(/\$([A-Z_0-9]*)/g, (_, name: string) => {
    const value = names.get(name);
    if (value === undefined) throw new Error(`$${name} is not set`);
    return value;
  });

interface Call {
  url: string;
  headers: [string, string][];
  body: string | undefined;
  showsHead: boolean;
}

function callOf(words: readonly string[]): Call {
  const call: Call = { url: "", headers: [], body: undefined, showsHead: false };
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (/^-[si]+$/.test(word)) call.showsHead ||= word.includes("i");
    else if (word === "-H") call.headers.push(headerOf(words[++index]!));
    else if (word === "-d") call.body = words[++index]!;
    else if (/^http:/.test(word) && call.url === "") call.url = word;
    else throw new Error(`curl is given what is not known here: ${word}`);
  }
  return call;
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(": ");
  if (colon < 1) throw new Error(`This is no header: ${text}`);
  return [text.slice(0, colon), text.slice(colon + 2)];
}

async function answered({ url, headers, body, showsHead }: Call): Promise<string> {
  // As curl does: lines of what follows -d are joined.
  const sent = body?.replaceAll("\n", "");
  const response = await fetch(url, { method: sent === undefined ? "GET" : "POST", headers, body: sent });
  const text = await response.text();
  if (!showsHead) return text;
  const named = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`, ...named, "", text].join("\n");
}

/** Runs a block; answers with what its `curl` does, or with nothing. */
export async function run(text: string, names: Names, substitute: Substitute): Promise<string> {
  let said = "";
  for (const command of commandsIn(text)) {
    const [, name, inner] = SUBSTITUTION.exec(command) ?? [];
    if (name) {
      names.set(name, await substitute(inner!));
      continue;
    }
    const [first, ...rest] = wordsOf(command, names);
    if (first === "curl") said += await answered(callOf(rest));
    else if (ASSIGNMENT.test(first!) && rest.length === 0) assign(first!, names);
    else throw new Error(`This command is not known here: ${command}`);
  }
  return said;
}

function assign(word: string, names: Names): void {
  const equals = word.indexOf("=");
  names.set(word.slice(0, equals), word.slice(equals + 1));
}
