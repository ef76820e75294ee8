import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";

/**
 * Fields that an operation comes to once it is compiled: graphql-jit writes out each selection for each type that it
 * may meet, so that abstract fields within each other multiply. An upper bound, since fields that merge are counted
 * apart. Takes as long as the text is long, times the types.
 */
export function codeSize(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): number {
  return new Estimate(schema, document).of(schema.getRootType(operation.operation), operation.selectionSet);
}

class Estimate {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #found = new Map<SelectionSetNode, Map<GraphQLNamedType, number>>();

  constructor(
    readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    const found = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(found.map((each) => [each.name.value, each]));
  }

  of(type: GraphQLNamedType | null | undefined, selectionSet: SelectionSetNode): number {
    if (isAbstractType(type)) {
      return capped(this.schema.getPossibleTypes(type).reduce((sum, each) => sum + this.of(each, selectionSet), 0));
    }
    return isObjectType(type) ? this.#ofObject(type, selectionSet) : 0;
  }

  #ofObject(type: GraphQLObjectType, selectionSet: SelectionSetNode): number {
    const known = this.#found.get(selectionSet)?.get(type);
    if (known !== undefined) return known;
    const size = capped(selectionSet.selections.reduce((sum, each) => sum + this.#ofSelection(type, each), 0));
    const byType = this.#found.get(selectionSet) ?? new Map<GraphQLNamedType, number>();
    this.#found.set(selectionSet, byType.set(type, size));
    return size;
  }

  #ofSelection(type: GraphQLObjectType, selection: SelectionNode): number {
    if (selection.kind === Kind.FIELD) return this.#ofField(type, selection);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
    if (!fragment || !this.#applies(fragment.typeCondition?.name.value, type)) return 0;
    return this.#ofObject(type, fragment.selectionSet);
  }

  #ofField(type: GraphQLObjectType, { name, selectionSet }: FieldNode): number {
    if (!selectionSet) return 1;
    const field = type.getFields()[name.value] ?? OF_THE_SCHEMA[name.value];
    return field ? 1 + this.of(getNamedType(field.type), selectionSet) : 1;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    const wanted = condition === undefined ? type : this.schema.getType(condition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }
}

/** Fields of every query that its type does not list. */
const OF_THE_SCHEMA: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  [SchemaMetaFieldDef.name]: SchemaMetaFieldDef,
  [TypeMetaFieldDef.name]: TypeMetaFieldDef,
};

const capped = (size: number): number => Math.min(size, Number.MAX_SAFE_INTEGER);
