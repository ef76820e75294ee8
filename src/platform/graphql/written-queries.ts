/**
 * Queries whose rows PostgreSQL can write as they are answered: plain columns and relations, all the way down. They run
 * as others do, as far as their root fields; from there on the answer is text.
 * @see docs/performance.md
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  isNonNullType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Class } from "../class";
import type { Model } from "../db/model";
import type { Wanted } from "../db/wanted";
import { Unwritten, type Writing, type WrittenRow } from "../db/writing";
import type { ChosenDocument } from "./chosen-documents";
import { Page } from "./connection";
import type { Published } from "./published-nouns";
import { type ListWriting, listWritingOf, writtenPage } from "./written-lists";
import { keyOf, rootWritingOf, type Selecting } from "./written-rows";
import { Written, WrittenText } from "./written-text";
import { type WantedOf, writtenWanted } from "./written-wanted";

/** How a root field is answered. */
interface RootWriting {
  /** What is asked of rows of the noun. */
  readonly wantedOf: WantedOf;
  /** Null where it answers with one row. */
  readonly list: ListWriting | null;
}

/** By the node that stands in the rewritten document for a root field. */
const lists = new WeakMap<FieldNode, ListWriting>();

const wantedFor = (writing: Writing | undefined, list?: ListWriting): Wanted => ({
  columns: [],
  branches: [],
  writing,
  counted: list?.isCounted,
  together: list?.isTogether,
});

/** The root fields of a schema that answer with rows, answered with text. */
export function writtenSchema(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType()!.toConfig();
  const fields = Object.entries(query.fields).filter(([name, { type }]) => nounOfList(String(type)) || name === "node");
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      ...query,
      fields: Object.fromEntries(fields.map(([name, field]) => [name, asText(field)])),
    }),
  });
}

type Field = ReturnType<GraphQLObjectType["toConfig"]>["fields"][string];

const asText = (field: Field): Field => ({
  ...field,
  type: isNonNullType(field.type) ? new GraphQLNonNull(Written) : Written,
  resolve: async (source, args, ctx, info) => {
    const found: unknown = await field.resolve!(source, args, ctx, info);
    if (found instanceof Page) return new WrittenText(await writtenPage(found, lists.get(info.fieldNodes[0]!)!));
    return found && new WrittenText((found as WrittenRow).written ?? unwritten());
  },
});

/** @throws Unwritten */
function unwritten(): never {
  throw new Unwritten("a noun of which fields are made by hand");
}

/** The noun of a connection's type, by the type's name. */
const nounOfList = (type: string): string | undefined => /^(\w+)Connection!?$/.exec(type)?.[1];

/** Queries as they are asked of the written schema. */
export class WrittenQueries {
  /** They are held by whoever holds the operation. */
  readonly #known = new WeakMap<OperationDefinitionNode, ChosenDocument | null>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly published: Published,
  ) {}

  /** Null where rows are to be read. The document has no conditions left. */
  of({ document, operation }: ChosenDocument, model: Model): ChosenDocument | null {
    const known = this.#known.get(operation);
    if (known !== undefined) return known;
    const fragments = Object.fromEntries(
      document.definitions.flatMap((each) => (each.kind === "FragmentDefinition" ? [[each.name.value, each]] : [])),
    );
    const rewritten = this.#rewritten({ published: this.published, model, fragments }, operation);
    const made = rewritten && { document: { ...document, definitions: [rewritten] }, operation: rewritten };
    this.#known.set(operation, made);
    return made;
  }

  #rewritten(selecting: Selecting, operation: OperationDefinitionNode): OperationDefinitionNode | null {
    const fields = operation.selectionSet.selections.map((node) =>
      node.kind === "Field" && node.name.value !== "__typename" ? node : null,
    );
    if (operation.operation !== "query" || !fields.every((node) => node !== null)) return null;
    if (new Set(fields.map(keyOf)).size < fields.length) return null;
    const selections = fields.map((node) => this.#leafOf(selecting, node));
    if (!selections.every((node) => node !== null)) return null;
    return { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  }

  #leafOf(selecting: Selecting, node: FieldNode): FieldNode | null {
    const writing = this.#writingOf(selecting, node);
    if (!writing) return null;
    const leaf = { ...node, selectionSet: undefined };
    writtenWanted.set(leaf, writing.wantedOf);
    if (writing.list) lists.set(leaf, writing.list);
    return leaf;
  }

  #writingOf(selecting: Selecting, node: FieldNode): RootWriting | null {
    const field = this.schema.getQueryType()!.getFields()[node.name.value];
    const noun = selecting.model.nounNamed(nounOfList(String(field?.type)) ?? "")?.entity;
    if (noun) {
      const list = listWritingOf(selecting, noun, node);
      const wanted = list && wantedFor(list.writing, list);
      return list && { list, wantedOf: () => wanted! };
    }
    return node.name.value === "node" ? nodeWritingOf(selecting, node) : null;
  }
}

/** Null where it names no nouns, or rows of one that it names must be made by hand. */
function nodeWritingOf(selecting: Selecting, { selectionSet }: FieldNode): RootWriting | null {
  const named = nounsNamed(selecting, selectionSet!);
  const wanted = new Map<Class, Wanted>();
  const wantedOf = (noun: Class): Wanted | null => {
    const writing = rootWritingOf(selecting, noun, [selectionSet]);
    if (writing) wanted.set(noun, wantedFor(writing));
    return wanted.get(noun) ?? null;
  };
  if (named.length === 0 || !named.every(wantedOf)) return null;
  return { list: null, wantedOf: (noun) => wanted.get(noun) ?? wantedOf(noun) ?? wantedFor(undefined) };
}

/** Nouns on which a selection of any object has fragments. */
function nounsNamed({ model, fragments }: Selecting, { selections }: SelectionSetNode): Class[] {
  return selections.flatMap((selection) => {
    if (selection.kind === "Field") return [];
    const fragment: Pick<FragmentDefinitionNode, "selectionSet"> & { typeCondition?: { name: { value: string } } } =
      selection.kind === "FragmentSpread" ? fragments[selection.name.value]! : selection;
    const noun = model.nounNamed(fragment.typeCondition?.name.value ?? "")?.entity;
    return noun ? [noun] : nounsNamed({ model, fragments } as Selecting, fragment.selectionSet);
  });
}
