import { type GraphQLInputType, isNonNullType } from "graphql";
import type { Fate } from "../story/fate";
import { literal } from "./random-values";

/** More is refused. */
const MOST_DIRECTIVES = 40;

interface Variable {
  declared: string;
  /** Left out where there is none. */
  given?: { value: unknown };
}

/** Variables of one operation: given, left to their default, given besides a default, null, or left out. */
export class RandomVariables {
  readonly #made: Variable[] = [];
  #directives = 0;

  constructor(readonly fate: Fate) {}

  /** The value as an argument takes it: as a literal, or by a variable. Null where the argument is to be left out. */
  written(value: unknown, type: GraphQLInputType): string {
    if (this.fate.percent(50)) return literal(value, type);
    return this.#variable(value, type);
  }

  #variable(value: unknown, type: GraphQLInputType): string {
    const name = `$v${this.#made.length}`;
    const lot = this.fate.below(100);
    const isDefault = lot < 20 && value !== null;
    const isOver = lot >= 20 && lot < 30 && value !== null;
    const other = isOver ? ` = ${literal(value, type)}` : "";
    const declared = `${name}: ${type}${isDefault ? ` = ${literal(value, type)}` : other}`;
    const isLeftOut = isDefault || (value === null && !isNonNullType(type) && this.fate.percent(50));
    this.#made.push({ declared, ...(isLeftOut ? {} : { given: { value } }) });
    return name;
  }

  /** None, one or both of `@skip` and `@include`, by literals and by variables. */
  conditions(chance = 10): string {
    if (!this.fate.percent(chance) || this.#directives >= MOST_DIRECTIVES) return "";
    const names = this.fate.one([["skip"], ["include"], ["include"], ["skip", "include"], ["include", "skip"]])!;
    return names.map((name) => ` @${name}(if: ${this.#condition(name === "include")})`).join("");
  }

  /** As a rule the part is there. */
  #condition(there: boolean): string {
    this.#directives++;
    const value = this.fate.percent(70) ? there : !there;
    if (this.fate.percent(30)) return `${value}`;
    const name = `$v${this.#made.length}`;
    const lot = this.fate.below(3);
    const declared = [`${name}: Boolean!`, `${name}: Boolean = ${value}`, `${name}: Boolean! = ${!value}`][lot]!;
    this.#made.push({ declared, ...(lot === 1 ? {} : { given: { value } }) });
    return name;
  }

  /** Declarations and values of those that the text names. */
  of(text: string): { declared: string; variables: Record<string, unknown> } {
    const names = new Set(text.match(/\$v\d+/g));
    const used = this.#made.filter(({ declared }) => names.has(declared.split(":")[0]!));
    return {
      declared: used.length > 0 ? `(${used.map(({ declared }) => declared).join(", ")})` : "",
      variables: Object.fromEntries(
        used.flatMap(({ declared, given }) => (given ? [[declared.split(":")[0]!.slice(1), given.value]] : [])),
      ),
    };
  }
}
