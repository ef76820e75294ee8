import type { Fate } from "../story/fate";

/** Fields are asked for so often under a name of their own: more is refused. */
const MOST_ALIASES = 45;

/**
 * Response keys of one operation. What has one key is one field with the same arguments wherever it stands, so that all
 * selections merge.
 */
export class ResponseKeys {
  /** Key -> the field, its arguments and its type. */
  readonly #held = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  #aliases = 0;

  constructor(readonly fate: Fate) {}

  /** The field with its key, as it is to be written; null where there may be no more of other names. */
  of(name: string, args: string, type: string): string | null {
    const asked = `${name}${args} ${type}`;
    const wanted = this.fate.percent(12) ? this.#ownName(name, asked) : name;
    const key = this.#isFree(wanted, asked) ? wanted : this.#ownName(name, asked);
    if (key === name) {
      this.#held.set(key, asked);
      return `${name}${args}`;
    }
    if (this.#aliases === MOST_ALIASES) return null;
    this.#aliases++;
    return `${key}: ${name}${args}`;
  }

  #isFree(key: string, asked: string): boolean {
    return (this.#held.get(key) ?? asked) === asked;
  }

  /** The same for the same, and now and then another one. */
  #ownName(name: string, asked: string): string {
    const numbered = this.#numbers.get(asked) ?? this.#numbers.size;
    this.#numbers.set(asked, numbered);
    return `${name}_${numbered}${this.fate.percent(25) ? "b" : ""}`;
  }
}
