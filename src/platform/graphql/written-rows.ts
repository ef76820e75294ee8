/** What a selection asks of rows, where PostgreSQL can write it as it would be answered. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from "graphql";
import type { Class } from "../class";
import type { Model } from "../db/model";
import type { Relation } from "../db/nouns";
import type { OrganizationRow } from "../db/row";
import { MOST_LEVELS } from "../db/tree";
import { columnOfRow, saidOfRow, type Writing, type WrittenKey } from "../db/writing";
import { formOf, type PublishedValue } from "../db/written-forms";
import type { Published } from "./published-nouns";

export interface Selecting {
  readonly published: Published;
  readonly model: Model;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

type Selections = readonly (SelectionSetNode | undefined)[];

export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Fields by their key in the answer, in the order in which it has them. Null: some are there for some rows alone. */
export function fieldsByKey(
  { published, fragments }: Selecting,
  noun: Class | null,
  selections: Selections,
): Map<string, FieldNode[]> | null {
  const found = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).every((selection) => {
      if (selection.kind === "Field") {
        const key = keyOf(selection);
        found.set(key, [...(found.get(key) ?? []), selection]);
        return true;
      }
      const fragment = selection.kind === "FragmentSpread" ? fragments[selection.name.value]! : selection;
      const type = fragment.typeCondition?.name.value;
      if (noun && type && !published.isAlways(noun, type)) return !published.mayBe(noun, type);
      return collect(fragment.selectionSet);
    });
  return selections.every(collect) ? found : null;
}

/** Null: it asks for something that must be made by hand, or for too much. */
export function rootWritingOf(selecting: Selecting, noun: Class, selections: Selections): Writing | null {
  const writing = writingOf(selecting, noun, selections);
  return writing && levelsIn(writing) <= MOST_LEVELS ? writing : null;
}

const levelsIn = ({ keys }: Writing): number =>
  keys.reduce((sum, { value }) => sum + (typeof value === "string" ? 0 : levelsIn(value.writing)), 1);

function writingOf(selecting: Selecting, noun: Class, selections: Selections): Writing | null {
  const fields = fieldsByKey(selecting, noun, selections);
  if (!fields) return null;
  const parts = [...fields].map(([key, nodes]) => partOf(selecting, noun, key, nodes));
  if (!parts.every((part) => part !== null)) return null;
  return {
    keys: parts.map(({ key, value }) => ({ key, value })),
    columns: unique(parts.map(({ column }) => column)),
    said: unique(parts.map(({ said }) => said)),
    relations: parts.flatMap(({ value }) => (typeof value === "string" ? [] : [value.relation])),
  };
}

const unique = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter((name) => name !== undefined)),
];

interface Part extends WrittenKey {
  readonly column?: string;
  readonly said?: string;
}

function partOf(selecting: Selecting, noun: Class, key: string, nodes: readonly FieldNode[]): Part | null {
  const { published, model } = selecting;
  const field = nodes[0]!.name.value;
  if (field === "__typename") {
    const type = published.typeOf(noun);
    return type ? { key, value: `'"${type}"'` } : null;
  }
  const relation = published.relationOf(noun, field);
  if (relation) return hanging(selecting, relation, key, nodes);
  const { type } = published.fieldOf(noun, field);
  const form = (sqlType = "") => formOf(publishedValue(type), sqlType, !isNonNullType(type));
  const said = model.noun(noun as Class<OrganizationRow>).said?.[field] && form("text");
  if (said) return { key, said: field, value: said(saidOfRow(field)) };
  const written = published.isPlain(noun, field) && form(model.table(noun).types.get(field));
  return written ? { key, column: field, value: written(columnOfRow(field)) } : null;
}

function hanging(selecting: Selecting, relation: Relation, key: string, nodes: readonly FieldNode[]): Part | null {
  if (relation.kind === "pages") return null;
  const selections = nodes.map(({ selectionSet }) => selectionSet);
  const writing = writingOf(selecting, relation.target, selections);
  return writing && { key, value: { relation, writing } };
}

function publishedValue(type: GraphQLOutputType): PublishedValue {
  const [given, named] = [getNullableType(type), getNamedType(type)];
  if (isListType(given)) return String(given);
  return isEnumType(named) ? named.getValues().map(({ name }) => name) : named.name;
}
