import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import type { Fate } from "../story/fate";

/** What random operations may name: things that are there. */
export interface Known {
  ids: readonly string[];
  words: readonly string[];
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

const MOST_DEPTH = 4;
const STRANGE_TEXTS = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "﷽".repeat(50),
  "a".repeat(30_000),
  "'; drop table members; --",
  "%_\\",
  "𝒳",
  "-1",
  "null",
];
const STRANGE_NUMBERS = [0, -1, 1, 2, 25, 100, 101, 2_147_483_647, -2_147_483_648];
const TIMES = [
  "2026-11-21T10:00:00Z",
  "2026-03-29T02:30",
  "1969-12-31T23:59:59+14:00",
  "9999-12-31T23:59:59Z",
  "yesterday",
];

/** Operations that follow from the schema by chance: valid in form, and as a rule nonsense. */
export class Inventor {
  #variables: Record<string, unknown> = {};
  #declared: string[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    readonly fate: Fate,
    readonly known: Known,
  ) {}

  operation(): Operation {
    this.#variables = {};
    this.#declared = [];
    const kind = this.fate.percent(65) ? "query" : "mutation";
    const root = (kind === "query" ? this.schema.getQueryType() : this.schema.getMutationType())!;
    const fields = this.fate.some(Object.values(root.getFields()), 1 + this.fate.below(kind === "query" ? 3 : 2));
    const selection = fields.map((field) => this.#field(field, MOST_DEPTH)).join(" ");
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(", ")})` : "";
    return { query: `${kind} Fuzz${declared} { ${selection} }`, variables: this.#variables };
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter((arg) => isRequiredArgument(arg) || this.fate.percent(40));
    const used = given.map(({ name, type }) => `${name}: $${this.#variable(type)}`);
    const type = getNamedType(field.type);
    const inner = isLeafType(type) ? "" : ` { ${this.#selection(type, depth - 1)} }`;
    return `${field.name}${used.length > 0 ? `(${used.join(", ")})` : ""}${inner}`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type) && this.fate.percent(60)) {
      const member = this.fate.one(this.schema.getPossibleTypes(type))!;
      return `__typename ... on ${member.name} { ${this.#selection(member, depth)} }`;
    }
    const all = "getFields" in type && !isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const open = all.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    if (!isObjectType(type) && open.length === 0) return "__typename";
    // A response key only once: the same field with other arguments would be in conflict with itself.
    const chosen = this.fate.some(open, Math.min(open.length, 1 + this.fate.below(4)));
    return ["__typename", ...chosen.map((field) => this.#field(field, depth))].join(" ");
  }

  #variable(type: GraphQLInputType): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${type}`);
    this.#variables[name] = this.#value(type);
    return name;
  }

  #value(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType) ?? this.#text();
    if (this.fate.percent(8)) return null;
    if (isListType(type)) return Array.from({ length: this.fate.below(4) }, () => this.#value(type.ofType));
    if (isEnumType(type)) return this.fate.one(type.getValues())!.name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (each) => isRequiredInputField(each) || this.fate.percent(60),
      );
      return Object.fromEntries(fields.map((each) => [each.name, this.#value(each.type)]));
    }
    return this.#scalar(type.name);
  }

  #scalar(name: string): unknown {
    if (name === "ID") return this.fate.percent(90) ? this.fate.one(this.known.ids) : this.#text();
    if (name === "Boolean") return this.fate.percent(50);
    if (name === "Int") return this.fate.percent(70) ? this.fate.below(6) : this.fate.one(STRANGE_NUMBERS);
    if (name === "Float") return this.fate.below(10_000) / 7;
    if (name === "DateTime" || name === "SlotTime") return this.fate.one(TIMES.slice(0, this.fate.percent(80) ? 1 : 5));
    return this.#text();
  }

  #text(): string {
    return this.fate.percent(70) ? this.fate.one(this.known.words)! : this.fate.one(STRANGE_TEXTS)!;
  }
}
