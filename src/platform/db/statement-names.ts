import type { PoolClient } from "pg";

const MOST_NAMES = 500;
/** Of all texts that have names. A statement and its plan take about 100 bytes a letter: 50 MB of each connection. */
const MOST_LETTERS = 500_000;
/** Texts that came once and may come again. */
const MOST_AWAITED = 2_000;

/**
 * Names under which statements are prepared, each on every connection that runs it. A text gets one when it comes again;
 * where there is none left, that of the text which was used longest ago. So nobody's filters use up the names of all.
 */
export class StatementNames {
  /** The one that was used longest ago is the first. */
  readonly #names = new Map<string, string>();
  /** The one that came longest ago is the first. */
  readonly #awaited = new Set<string>();
  /** Names that were given up to make room. */
  readonly #spare: string[] = [];
  #letters = 0;

  constructor(
    readonly most = MOST_NAMES,
    readonly mostAwaited = MOST_AWAITED,
    readonly mostLetters = MOST_LETTERS,
  ) {}

  /** Undefined: the text is to be prepared for this one time. */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known) return this.#named(text, known);
    if (this.#awaited.delete(text) && text.length <= this.mostLetters)
      return this.#named(text, this.#free(text.length));
    this.#awaited.add(text);
    const [oldest] = this.#awaited;
    if (this.#awaited.size > this.mostAwaited) this.#awaited.delete(oldest!);
    return undefined;
  }

  #named(text: string, name: string): string {
    if (!this.#names.delete(text)) this.#letters += text.length;
    this.#names.set(text, name);
    return name;
  }

  #free(letters: number): string {
    for (const [oldest, name] of this.#names) {
      if (this.#names.size < this.most && this.#letters + letters <= this.mostLetters) break;
      this.#names.delete(oldest);
      this.#letters -= oldest.length;
      this.#spare.push(name);
    }
    return this.#spare.pop() ?? `r${this.#names.size}`;
  }
}

/** The part of pg's connection that knows what is prepared. pg does not publish it; a test pins it. */
interface Prepared {
  readonly parsedStatements: Record<string, string | undefined>;
  close(statement: { type: "S"; name: string }): void;
}

/** Before an idle client runs the text: gives up what the name stood for on its connection, in the same flush as the text. */
export function forgetStale(client: PoolClient, name: string, text: string): void {
  const { connection } = client as unknown as { connection: Prepared };
  const prepared = connection.parsedStatements[name];
  if (prepared === undefined || prepared === text) return;
  connection.close({ type: "S", name });
  delete connection.parsedStatements[name];
}
