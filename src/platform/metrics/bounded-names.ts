/** Longer ones are no names that somebody gave an operation to find it again. */
const LONGEST = 64;

/**
 * Names that clients make up, for labels: each is remembered for ever, so that there is only so much room. They are kept
 * as they come; what is over counts as `other`, and what has none as `anonymous`.
 */
export class BoundedNames {
  readonly #known = new Set<string>();

  constructor(readonly most: number) {}

  labelOf(name: string | null | undefined): string {
    if (!name) return "anonymous";
    if (this.#known.has(name)) return name;
    if (this.#known.size >= this.most || name.length > LONGEST) return "other";
    this.#known.add(name);
    return name;
  }
}
