/** A line of the file, counted from 1. */
export type GiftLine = { number: number; text: string };

/** What lies between two separators: at least one line that is neither blank nor a comment. */
export type GiftBlock = {
  /** Without comments and without the blank lines inside braces. */
  lines: [GiftLine, ...GiftLine[]];
  /** Since the block before: they may carry `[id:…]` and `[tag:…]`. */
  comments: string[];
};

/**
 * Cuts a GIFT file into blocks. Blank lines separate, except inside braces; a `$CATEGORY:` line stands alone; lines that
 * begin with `//` are comments wherever they stand, as in Moodle. A brace that is never closed costs its own question only:
 * once a new question begins behind a blank line, the open one is taken to have ended at its first blank line.
 */
export function splitGift(text: string): GiftBlock[] {
  const lines = normalised(text).split("\n");
  const blocks: GiftBlock[] = [];
  let comments: string[] = [];
  for (let start = 0; start < lines.length; ) {
    const line = lines[start] as string;
    if (isBlank(line) || isComment(line)) {
      if (isComment(line)) comments.push(line);
      start += 1;
      continue;
    }
    const end = endOfBlock(lines, start);
    blocks.push(blockOf(lines, start, end, comments));
    comments = [];
    start = end;
  }
  return blocks;
}

export function isCategory(line: string): boolean {
  return /^\s*\$CATEGORY:/.test(line);
}

/** Without byte order mark; CRLF and lone CR as LF. */
function normalised(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

function blockOf(lines: string[], start: number, end: number, before: string[]): GiftBlock {
  const [first, ...rest] = lines.slice(start, end).map((text, index) => ({ number: start + index + 1, text }));
  const kept = rest.filter(({ text }) => !isBlank(text) && !isComment(text));
  const comments = rest.map(({ text }) => text).filter(isComment);
  return { lines: [first as GiftLine, ...kept], comments: [...before, ...comments] };
}

/** The index of the first line that no longer belongs to the block begun at `start`. */
function endOfBlock(lines: string[], start: number): number {
  if (isCategory(lines[start] as string)) return start + 1;
  let open = false;
  let blankSinceOpen: number | null = null;
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] as string;
    if (isBlank(line)) {
      if (!open) return at;
      blankSinceOpen ??= at;
      continue;
    }
    if (isComment(line)) continue;
    if (!open && at > start && isCategory(line)) return at;
    if (blankSinceOpen !== null && beginsQuestion(line)) return blankSinceOpen;
    for (const brace of unescapedBraces(line)) {
      if (brace === "{" && blankSinceOpen !== null) return blankSinceOpen;
      open = brace === "{";
      if (!open) blankSinceOpen = null;
    }
  }
  return blankSinceOpen ?? lines.length;
}

/** Neither can stand inside braces: a title's colons would have to be escaped there. */
function beginsQuestion(line: string): boolean {
  return isCategory(line) || /^\s*::/.test(line);
}

function unescapedBraces(line: string): string[] {
  return (line.match(/\\.|[{}]/g) ?? []).filter((token) => token.length === 1);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith("//");
}
