import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getNamedType,
  getVariableValues,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";
import { DEFAULT_PAGE, LONGEST_PAGE } from "../db/span";
import { type Amount, chosen, product, sum, type Variables } from "./cost-amount";
import { assumedRows, INTROSPECTION_COST, isOpenList, isPaged, isRows, isSizedByIds, weightOf } from "./cost-weight";

type Field = GraphQLField<unknown, unknown>;

/** What a selection costs. */
interface Price {
  once: Amount;
  /** On a connection: for each row of its page. */
  perRow: Amount;
}

const FREE: Price = { once: 0, perRow: 0 };
const once = (amount: Amount): Price => ({ once: amount, perRow: 0 });

/** What an operation costs, in cost units; 0 where its variables will be refused. */
export type CostOf = (operation: OperationDefinitionNode, variables: Variables) => number;

/** Of the operations of a document. Compiled once, to a function of the few variables that matter. */
export function compiledCosts(schema: GraphQLSchema): (document: DocumentNode) => CostOf {
  const compiled = new WeakMap<OperationDefinitionNode, (variables: Variables) => number>();
  return (document) => (operation, variables) => {
    const known = compiled.get(operation);
    if (known) return known(variables);
    const made = compile(schema, document, operation);
    compiled.set(operation, made);
    return made(variables);
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => number {
  const pricing = new Pricing(schema, document);
  const { once: amount } = pricing.ofSelections(schema.getRootType(operation.operation)!, operation.selectionSet);
  if (typeof amount === "number") return () => amount;
  const wanted = (operation.variableDefinitions ?? []).filter(({ variable }) => pricing.names.has(variable.name.value));
  return (variables) => {
    const { coerced } = getVariableValues(schema, wanted, variables, { maxErrors: 1 });
    return coerced ? amount(coerced) : 0;
  };
}

/** The prices of one operation. What fragments cost is found once, however often they are spread. */
class Pricing {
  /** Variables that the price depends on. */
  readonly names = new Set<string>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #found = new Map<string, Price>();

  constructor(
    readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    const found = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(found.map((each) => [each.name.value, each]));
  }

  ofSelections(type: GraphQLNamedType, { selections }: SelectionSetNode): Price {
    const prices = selections.map((each) => this.#ofSelection(type, each));
    return { once: sum(prices.map(({ once }) => once)), perRow: sum(prices.map(({ perRow }) => perRow)) };
  }

  #ofSelection(type: GraphQLNamedType, selection: SelectionNode): Price {
    const price = this.#unconditional(type, selection);
    return (selection.directives ?? []).reduce((each, directive) => this.#under(directive, each), price);
  }

  #unconditional(type: GraphQLNamedType, selection: SelectionNode): Price {
    if (selection.kind === Kind.FIELD) return this.#ofField(type, selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value);
    return this.ofSelections(this.#typeOn(selection.typeCondition?.name.value) ?? type, selection.selectionSet);
  }

  #ofFragment(name: string): Price {
    const known = this.#found.get(name);
    if (known) return known;
    const { typeCondition, selectionSet } = this.#fragments.get(name)!;
    const price = this.ofSelections(this.#typeOn(typeCondition.name.value)!, selectionSet);
    this.#found.set(name, price);
    return price;
  }

  #typeOn(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }

  #ofField(parent: GraphQLNamedType, node: FieldNode): Price {
    const name = node.name.value;
    if (name === "__schema" || name === "__type") return once(INTROSPECTION_COST);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return FREE;
    const below = node.selectionSet ? this.ofSelections(getNamedType(field.type), node.selectionSet) : FREE;
    const weight = weightOf(field, parent === this.schema.getMutationType());
    if (isRows(parent, field)) return { once: 0, perRow: sum([weight, below.once]) };
    return once(this.#sized(field, node, weight, below));
  }

  #sized(field: Field, node: FieldNode, weight: number, below: Price): Amount {
    if (isPaged(field)) return sum([weight, below.once, product(this.#pageSize(node), below.perRow)]);
    if (isSizedByIds(field)) {
      const ids = this.#listLength(argument(node, "ids"));
      return isOpenList(field) ? product(ids, sum([weight, below.once])) : sum([product(ids, weight), below.once]);
    }
    return sum([weight, isOpenList(field) ? product(assumedRows(field), below.once) : below.once]);
  }

  /** Of a page as it is asked for. One that is longer than allowed is refused when it is read, and reads nothing. */
  #pageSize(node: FieldNode): Amount {
    const sizes = ["last", "first"].map((name) => this.#valueOf(argument(node, name)));
    return chosen(sizes, (values) => {
      const size = values.find((each) => typeof each === "number") ?? DEFAULT_PAGE;
      return Math.min(Math.max(size as number, 0), LONGEST_PAGE);
    });
  }

  #listLength(value: ValueNode | undefined): Amount {
    if (value?.kind === Kind.LIST) return value.values.length;
    return chosen([this.#valueOf(value)], ([list]) => (Array.isArray(list) ? list.length : 1));
  }

  #under({ name, arguments: args }: DirectiveNode, price: Price): Price {
    const wanted = { [GraphQLSkipDirective.name]: false, [GraphQLIncludeDirective.name]: true }[name.value];
    const condition = args?.find((each) => each.name.value === "if")?.value;
    if (wanted === undefined || !condition) return price;
    const factor = chosen([this.#valueOf(condition)], ([value]) => (value === wanted ? 1 : 0));
    return { once: product(factor, price.once), perRow: product(factor, price.perRow) };
  }

  /** The value, or how the variables tell it. */
  #valueOf(value: ValueNode | undefined): unknown {
    if (!value) return null;
    if (value.kind !== Kind.VARIABLE) return valueFromASTUntyped(value);
    const name = value.name.value;
    this.names.add(name);
    return (variables: Variables) => variables[name];
  }
}

const argument = ({ arguments: args }: FieldNode, name: string): ValueNode | undefined =>
  args?.find((each) => each.name.value === name)?.value;
