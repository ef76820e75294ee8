import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import type { Operation } from "./servers";

/** What is asked under one response key of objects of a type. */
export interface Selected {
  name: string;
  nodes: readonly FieldNode[];
}

/** An operation with its variables, which says what is asked of which type. By the GraphQL specification, section 6.3.2. */
export class Asked {
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    readonly schema: GraphQLSchema,
    { query, variables }: Operation,
  ) {
    const { definitions } = parse(query);
    for (const each of definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(each.name.value, each);
    this.operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
    const defaults = (this.operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    );
    this.variables = { ...Object.fromEntries(defaults), ...variables };
  }

  /** By response key, what these selections ask of objects of the type. */
  of(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, Selected> {
    const found = new Map<string, { name: string; nodes: FieldNode[] }>();
    const look = (selections: readonly SelectionNode[]): void => {
      for (const each of selections.filter((one) => this.#isThere(one))) {
        if (each.kind === Kind.FIELD) {
          const key = (each.alias ?? each.name).value;
          const known = found.get(key);
          if (known) known.nodes.push(each);
          else found.set(key, { name: each.name.value, nodes: [each] });
          continue;
        }
        const fragment = each.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(each.name.value)! : each;
        if (this.#holds(fragment.typeCondition?.name.value, type)) look(fragment.selectionSet.selections);
      }
    };
    for (const { selections } of sets) look(selections);
    return found;
  }

  #isThere(selection: SelectionNode): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.variables);
    return skip?.if !== true && include?.if !== false;
  }

  #holds(condition: string | undefined, type: GraphQLObjectType): boolean {
    const wanted = condition === undefined ? type : this.schema.getType(condition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }
}
