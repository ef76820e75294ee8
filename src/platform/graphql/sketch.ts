/**
 * What the selection of a field asks of a noun's rows, drawn once for each document. Variables fill it in.
 */
import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Class } from "../class";
import type { Relation } from "../db/nouns";
import type { Published } from "./published-nouns";

/** Under which a part of a selection is there: all of them hold. */
type Conditions = readonly Condition[];

interface Condition {
  readonly variable: string;
  readonly is: boolean;
}

export interface Sketch {
  /** Null: all of them, as a field that is written by hand may look at any. */
  readonly columns: ReadonlySet<string> | null;
  readonly branches: readonly SketchedBranch[];
}

export interface SketchedBranch {
  readonly relation: Relation;
  readonly field: GraphQLField<unknown, unknown>;
  /** One of those that ask for the branch, all with the same arguments. */
  readonly node: FieldNode;
  /** It is there where one of these is. */
  readonly when: readonly Conditions[];
  readonly beneath: Sketch;
}

/** A part of a selection, and under which conditions it is there. */
interface Part {
  readonly selections: SelectionSetNode | undefined;
  readonly conditions: Conditions;
}

interface Source {
  readonly published: Published;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

interface Asked {
  readonly node: FieldNode;
  readonly conditions: Conditions;
}

/** What fields with these selections, all under one name, ask of rows of the noun. */
export function sketchOf(source: Source, noun: Class, parts: readonly Part[]): Sketch {
  const asked = fieldsOf(source, noun, parts);
  const { isPlain, relationOf } = source.published;
  const related = asked.filter(({ node }) => relationOf(noun, node.name.value));
  const plain = asked.filter((each) => !related.includes(each)).map(({ node }) => node.name.value);
  const own = plain.filter((name) => name !== "__typename");
  return {
    columns: own.every((name) => isPlain(noun, name)) ? new Set(own) : null,
    branches: [...grouped(related).values()].flatMap((same) => branchOf(source, noun, same)),
  };
}

/** Rows that a list of the noun is asked for, by its edges and nodes. Null: none. */
export function listSketchOf(source: Source, noun: Class, parts: readonly Part[]): Sketch | null {
  const asked = within(source, parts);
  if (!asked.some(({ node }) => ["edges", "nodes", "pageInfo"].includes(node.name.value))) return null;
  const named = (name: string, among: readonly Asked[]) => among.filter(({ node }) => node.name.value === name);
  const edges = within(source, named("edges", asked).map(partOf));
  return sketchOf(source, noun, [...named("nodes", asked), ...named("node", edges)].map(partOf));
}

const partOf = ({ node, conditions }: Asked): Part => ({ selections: node.selectionSet, conditions });

function branchOf(source: Source, noun: Class, same: readonly Asked[]): SketchedBranch[] {
  const { node } = same[0]!;
  const relation = source.published.relationOf(noun, node.name.value)!;
  const sketch = relation.kind === "pages" ? listSketchOf : sketchOf;
  const beneath = sketch(source, relation.target, same.map(partOf));
  const field = source.published.fieldOf(noun, node.name.value);
  return beneath ? [{ relation, field, node, when: same.map(({ conditions }) => conditions), beneath }] : [];
}

/** Those that ask for the same. */
function grouped(asked: readonly Asked[]): Map<string, Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const each of asked) {
    const { name, arguments: given = [] } = each.node;
    const key = `${name.value} ${given.map(printed).sort().join()}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}

const printed = (argument: ArgumentNode): string => print(argument);

/** Fields of the noun, through all fragments that may hold for it. */
const fieldsOf = (source: Source, noun: Class, parts: readonly Part[]): Asked[] =>
  within(source, parts, (type) => source.published.mayBe(noun, type));

function within(source: Source, parts: readonly Part[], holds = (_: string) => true): Asked[] {
  return parts.flatMap(({ selections, conditions }) =>
    (selections?.selections ?? []).flatMap((selection) => fieldsIn(source, selection, conditions, holds)),
  );
}

function fieldsIn(
  source: Source,
  selection: SelectionNode,
  above: Conditions,
  holds: (type: string) => boolean,
): Asked[] {
  const conditions = conditionsOf(selection.directives ?? []);
  if (!conditions) return [];
  const all = [...above, ...conditions];
  if (selection.kind === "Field") return [{ node: selection, conditions: all }];
  const fragment = selection.kind === "FragmentSpread" ? source.fragments[selection.name.value]! : selection;
  const type = fragment.typeCondition?.name.value;
  if (type && !holds(type)) return [];
  return within(source, [{ selections: fragment.selectionSet, conditions: all }], holds);
}

/** Null: it is never there. */
function conditionsOf(directives: readonly DirectiveNode[]): Condition[] | null {
  const conditions: Condition[] = [];
  for (const { name, arguments: given = [] } of directives) {
    const is = name.value === "include";
    const value = given.find((each) => each.name.value === "if")?.value;
    if (!is && name.value !== "skip") continue;
    if (value?.kind === "Variable") conditions.push({ variable: value.name.value, is });
    else if (value?.kind === "BooleanValue" && value.value !== is) return null;
  }
  return conditions;
}

export const holds = (conditions: Conditions, variables: Readonly<Record<string, unknown>>): boolean =>
  conditions.every(({ variable, is }) => variables[variable] === is);
