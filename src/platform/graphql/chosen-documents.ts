import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  getOperationAST,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  visit,
} from "graphql";

/** Ways in which the conditions of one operation come out that are kept: three variables. */
const MOST_WAYS = 8;

export interface ChosenDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface Known {
  /** Variables of the operation that conditions name. */
  readonly names: readonly string[];
  readonly ways: Map<string, ChosenDocument>;
}

type Variables = Readonly<Record<string, unknown>>;
type Selection = FieldNode | FragmentSpreadNode | InlineFragmentNode;

/**
 * Documents as `@skip` and `@include` leave them for one choice of their variables: without either. graphql-jit keeps
 * conditions by field, not by path, and answers otherwise than GraphQL wants where a field stands there with a condition
 * and without.
 */
export class ChosenDocuments {
  /** Of each operation. They are held by the document store, and this goes with them. */
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  /** Null: executed plainly, as it has come in too many ways, or a condition is neither true nor false. */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): ChosenDocument | null {
    const { names, ways } = this.#knownOf(document, operation);
    const values = names.map((name) => variables[name]);
    if (values.some((value) => typeof value !== "boolean")) return null;
    const known = ways.get(values.join());
    if (known || ways.size === MOST_WAYS) return known ?? null;
    const chosen = withoutConditions(document, variables);
    const made = { document: chosen, operation: getOperationAST(chosen, operation.name?.value)! };
    ways.set(values.join(), made);
    return made;
  }

  #knownOf(document: DocumentNode, operation: OperationDefinitionNode): Known {
    const known = this.#known.get(operation);
    if (known) return known;
    const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    const named = variablesOfConditions(document);
    const made = { names: declared.filter((name) => named.has(name)), ways: new Map() };
    this.#known.set(operation, made);
    return made;
  }
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === "skip" || name.value === "include";

const condition = ({ arguments: given = [] }: DirectiveNode) => given.find(({ name }) => name.value === "if")!.value;

function variablesOfConditions(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = isCondition(directive) ? condition(directive) : null;
      if (value?.kind === "Variable") names.add(value.name.value);
    },
  });
  return names;
}

function withoutConditions(document: DocumentNode, variables: Variables): DocumentNode {
  const holds = (directive: DirectiveNode): boolean => {
    const value = condition(directive);
    const is = value.kind === "Variable" ? variables[value.name.value] : (value as { value?: unknown }).value;
    return is === (directive.name.value === "include");
  };
  const chosen = (node: Selection): ASTNode | null | undefined => {
    const conditions = (node.directives ?? []).filter(isCondition);
    if (conditions.length === 0) return undefined;
    if (!conditions.every(holds)) return null;
    return { ...node, directives: node.directives!.filter((each) => !conditions.includes(each)) };
  };
  return visit(document, { Field: chosen, FragmentSpread: chosen, InlineFragment: chosen });
}
