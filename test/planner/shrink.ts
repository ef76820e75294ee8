import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  validate,
  visit,
} from "graphql";
import { schema } from "../../src/server";
import type { Operation } from "./servers";

/** What can be left out of a document. */
const isLoose = ({ kind }: ASTNode): boolean =>
  [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.DIRECTIVE, Kind.ARGUMENT].includes(kind as Kind.FIELD);

/** The document without its loose node of that number; null where there is none. */
function without(document: DocumentNode, number: number): DocumentNode | null {
  let count = -1;
  const made = visit(document, {
    enter: (node) => {
      if (!isLoose(node)) return undefined;
      count++;
      return count === number ? null : undefined;
    },
  });
  return count < number ? null : made;
}

/** What selects nothing any more goes, and what nobody names any more. */
function tidied(document: DocumentNode): DocumentNode {
  const isEmpty = ({ selectionSet }: { selectionSet?: SelectionSetNode }) => selectionSet?.selections.length === 0;
  const kept = visit(document, {
    Field: { leave: (node) => (isEmpty(node) ? null : undefined) },
    InlineFragment: { leave: (node) => (isEmpty(node) ? null : undefined) },
  });
  const names = new Set(print(kept).match(/(\.\.\.\w+|\$\w+(?!\w*:))/g));
  const isNamed = ({ name }: FragmentDefinitionNode) => names.has(`...${name.value}`);
  return visit(kept, {
    FragmentDefinition: { enter: (node) => (isNamed(node) ? undefined : null) },
    VariableDefinition: {
      enter: ({ variable }) => (names.has(`$${variable.name.value}`) ? undefined : null),
    },
  });
}

/** The least that fails as the operation does: nothing can be left out of it. */
export async function shrunk(
  operation: Operation,
  fails: (smaller: Operation) => Promise<boolean>,
): Promise<Operation> {
  let { query } = operation;
  const { variables } = operation;
  for (let number = 0; ; ) {
    const smaller = without(parse(query), number);
    if (!smaller) return { query, variables: named(query, variables) };
    const text = print(tidied(smaller));
    const isValid = text.includes("{") && validate(schema, parse(text)).length === 0;
    if (isValid && text !== query && (await fails({ query: text, variables: named(text, variables) }))) query = text;
    else number++;
  }
}

const named = (query: string, variables: Operation["variables"]): Operation["variables"] =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}`)));
