/** What a selection asks of rows, where PostgreSQL can write it as it would be answered. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from "graphql";
import type { Class } from "../class";
import type { Model } from "../db/model";
import type { Writing, WrittenKey } from "../db/writing";
import { formOf } from "../db/written-forms";
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

/** Null: it asks for something that must be made by hand. */
export function writingOf(selecting: Selecting, noun: Class, selections: Selections): Writing | null {
  const fields = fieldsByKey(selecting, noun, selections);
  const keys = [...(fields ?? [])].map(([key, nodes]) => writtenKey(selecting, noun, key, nodes));
  return fields && keys.every((key) => key !== null) ? { keys } : null;
}

function writtenKey(selecting: Selecting, noun: Class, name: string, nodes: readonly FieldNode[]): WrittenKey | null {
  const { published, model } = selecting;
  const field = nodes[0]!.name.value;
  const key = JSON.stringify(name);
  if (field === "__typename") {
    const type = published.typeOf(noun);
    return type ? { kind: "constant", key, json: JSON.stringify(type) } : null;
  }
  const relation = published.relationOf(noun, field);
  if (relation) {
    if (relation.kind === "pages") return null;
    const writing = writingOf(
      selecting,
      relation.target,
      nodes.map(({ selectionSet }) => selectionSet),
    );
    return writing && { kind: "relation", key, relation, writing };
  }
  const { type } = published.fieldOf(noun, field);
  const isSaid = model.noun(noun as never).said?.[field] !== undefined;
  const form = formOf(
    leafNameOf(type),
    isSaid ? "text" : (model.table(noun).types.get(field) ?? ""),
    !isNonNullType(type),
  );
  if (!form) return null;
  if (isSaid) return { kind: "said", key, field, form };
  return published.isPlain(noun, field) ? { kind: "column", key, property: field, form } : null;
}

/** As `formOf` names it. */
function leafNameOf(type: GraphQLOutputType): string {
  const [given, named] = [getNullableType(type), getNamedType(type)];
  if (isListType(given)) return String(given);
  if (!isLeafType(named)) return "";
  return isEnumType(named) ? "Enum" : named.name;
}
