import { type CST, Lexer, type LineCounter, Parser } from "yaml";
import { Turn } from "./turn";

/*
 * Words and signs of a file, put together to the tree that its values are made from. This is the larger part of reading a
 * file, and takes turns with other requests; making the values of the tree cannot, and so has these limits.
 */

/** 10,000 choices of four short options have 150,000; 1,500 rich questions, which fill the 4 MB of a file, have 68,000. */
export const MOST_LINES = 200_000;

/** The same 10,000 have 1,390,000, and the rich ones 310,000. A file of 4 MB could have four million. */
const MOST_LEXEMES = 1_500_000;

/** Brackets within brackets. */
const DEEPEST = 100;

/** Why reading ends early, at a line, or else at the one that the counter has come to. */
export class Overload extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
  ) {
    super(message);
  }
}

export const TOO_DEEP = "the file is nested too deeply: nothing in the format needs more than ten levels";
const NO_DIRECTIVES = "directives such as `%YAML 1.1` are not read: leave the line out";
const TOO_MANY_LINES = `the file goes on behind line ${MOST_LINES.toLocaleString("en-US")}, which is the last that is read: split it`;
const TOO_MANY_LEXEMES = "up to here the file has more words and signs than are read: split it";

/**
 * The tokens of the first document, and of the one after it where there is one.
 * @param mostErrors after so many, the rest is not read
 * @throws Overload before it costs seconds
 */
export async function tokensOf(text: string, lineCounter: LineCounter, mostErrors: number): Promise<CST.Token[]> {
  if (hasMoreLines(text, MOST_LINES)) throw new Overload(TOO_MANY_LINES, MOST_LINES);
  const parser = new Parser(lineCounter.addNewLine);
  const tokens: CST.Token[] = [];
  const turn = new Turn();
  let [documents, errors] = [0, 0];
  const take = (token: CST.Token) => {
    tokens.push(token);
    if (token.type === "document") documents += 1;
    if (token.type === "error") errors += 1;
  };
  lineCounter.addNewLine(0);
  for (const lexeme of bounded(new Lexer().lex(text))) {
    for (const token of parser.next(lexeme)) take(token);
    if (documents > 1 || errors >= mostErrors) break;
    if (turn.isOver) await turn.pass();
  }
  for (const token of parser.end()) take(token);
  return tokens;
}

/** @throws Overload */
function* bounded(lexemes: Iterable<string>): Generator<string> {
  let count = 0;
  let depth = 0;
  for (const lexeme of lexemes) {
    if (lexeme === "[" || lexeme === "{") depth += 1;
    if (lexeme === "]" || lexeme === "}") depth -= 1;
    if (lexeme.startsWith("%")) throw new Overload(NO_DIRECTIVES);
    if (depth > DEEPEST) throw new Overload(TOO_DEEP);
    if (++count > MOST_LEXEMES) throw new Overload(TOO_MANY_LEXEMES);
    yield lexeme;
  }
}

function hasMoreLines(text: string, most: number): boolean {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (at + 1 < text.length && ++lines > most) return true;
  }
  return false;
}
