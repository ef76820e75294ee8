import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";
import { objectTypesOf } from "../../src/platform/graphql/published";
import { typeOfId } from "../../src/platform/ids";
import { relationsOf } from "../../src/platform/slice";
import { slices } from "../../src/slices";
import { isPaged } from "../support/operations";
import { Asked, type Selected } from "./selected-fields";
import type { Operation } from "./servers";

type Field = GraphQLField<unknown, unknown>;

/** Type and field -> statements that a field takes which is written by hand, whatever is asked of it. */
export type ByHand = Readonly<Record<string, number>>;

/** Whether the rows that are asked came with all that is asked of them. */
type Along = "planned" | "bare";

/**
 * The most statements that a planned operation takes, told from its text and its variables alone: one for each list whose
 * rows are asked for, one for each count, one for each noun that is asked for by id; what fields take that are written by
 * hand; and one for each relation of what they answer with.
 */
export class StatementBound {
  /** Relations that operations have asked for, each by the type that has it. */
  readonly walked = new Set<string>();
  readonly #relations: ReadonlySet<string>;

  constructor(
    readonly schema: GraphQLSchema,
    readonly byHand: ByHand,
  ) {
    const fields = relationsOf(slices).flatMap(({ parent, field }) =>
      objectTypesOf(schema, parent.name).map(({ name }) => `${name}.${field}`),
    );
    this.#relations = new Set(fields);
  }

  /** Part of all relations of the schema, 0 to 1. */
  get walkedPart(): number {
    return this.walked.size / this.#relations.size;
  }

  of(operation: Operation): number {
    const asked = new Asked(this.schema, operation);
    return this.#ofObjects(asked, [this.schema.getQueryType()!], [asked.operation.selectionSet], "bare");
  }

  /** Objects of any of the types. What is asked alike of several is read at once. */
  #ofObjects(
    asked: Asked,
    types: readonly GraphQLObjectType[],
    sets: readonly SelectionSetNode[],
    along: Along,
  ): number {
    const found = new Map<string, { type: GraphQLObjectType; selected: Selected }>();
    for (const type of types)
      for (const [key, selected] of asked.of(type, sets))
        found.set([key, ...selected.nodes.map(({ loc }) => loc!.start)].join(), { type, selected });
    const all = [...found.values()];
    const fields = all.map(({ type, selected }) => this.#ofField(asked, type, selected, along));
    return sum(fields) + this.#counts(asked, all);
  }

  /** Two pages of a relation have one count. */
  #counts(asked: Asked, all: readonly { type: GraphQLObjectType; selected: Selected }[]): number {
    const counted = all.flatMap(({ type, selected: { name, nodes } }) => {
      const field = type.getFields()[name];
      if (!field || !isPaged(field)) return [];
      const parts = [...asked.of(getNamedType(field.type) as GraphQLObjectType, setsOf(nodes)).values()];
      if (!parts.some((part) => part.name === "totalCount")) return [];
      return [this.#relations.has(`${type.name}.${name}`) ? name : nodes[0]!.loc!.start];
    });
    return new Set(counted).size;
  }

  #ofField(asked: Asked, type: GraphQLObjectType, { name, nodes }: Selected, along: Along): number {
    const field = type.getFields()[name];
    if (this.#isRelation(type, name)) this.walked.add(`${type.name}.${name}`);
    if (!field || nodes[0]!.selectionSet === undefined) return this.byHand[`${type.name}.${name}`] ?? 0;
    if (isPaged(field)) return this.#ofPage(asked, field, nodes, this.#isRelation(type, name) ? along : "bare");
    if (this.#isRelation(type, name))
      return (along === "planned" ? 0 : 1) + this.#beneath(asked, getNamedType(field.type), nodes, "planned");
    if (type === this.schema.getQueryType() && (name === "node" || name === "nodes"))
      return this.#ofIds(asked, field, nodes);
    return (this.byHand[`${type.name}.${name}`] ?? 0) + this.#beneath(asked, getNamedType(field.type), nodes, "bare");
  }

  #isRelation(type: GraphQLObjectType, name: string): boolean {
    return this.#relations.has(`${type.name}.${name}`);
  }

  /** Without its count. */
  #ofPage(asked: Asked, field: Field, nodes: readonly FieldNode[], along: Along): number {
    const page = getNamedType(field.type) as GraphQLObjectType;
    const parts = [...asked.of(page, setsOf(nodes)).values()];
    const rows = parts.filter(({ name }) => ["nodes", "edges", "pageInfo"].includes(name));
    const beneath = rows.map((part) => this.#ofField(asked, page, part, "planned"));
    return (along === "bare" && rows.length > 0 ? 1 : 0) + sum(beneath);
  }

  #ofIds(asked: Asked, field: Field, nodes: readonly FieldNode[]): number {
    const { id, ids = [id] } = getArgumentValues(field, nodes[0]!, asked.variables) as { id?: string; ids?: string[] };
    const nouns = [...new Set(ids.flatMap((each) => typeOfId(each ?? "") ?? []))];
    const types = nouns.flatMap((noun) => objectTypesOf(this.schema, noun));
    return nouns.length + this.#ofObjects(asked, types, setsOf(nodes), "planned");
  }

  #beneath(asked: Asked, type: GraphQLNamedType, nodes: readonly FieldNode[], along: Along): number {
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    return this.#ofObjects(asked, types, setsOf(nodes), along);
  }
}

const setsOf = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet }) => selectionSet ?? []);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
