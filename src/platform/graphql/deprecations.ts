import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  type TypeNode,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Something of the schema that will go, and what to use instead. */
export interface Deprecation {
  /** Such as `Query.jobs(first:)`. @see GraphQL specification, September 2025, section 3.14 */
  readonly coordinate: string;
  readonly reason: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** Coordinate -> reason. */
type Reasons = Map<string, string>;

/** Anything of the schema that can be deprecated. */
interface Part {
  readonly deprecationReason?: string | null;
}

function note(reasons: Reasons, coordinate: string, { deprecationReason }: Part): void {
  if (deprecationReason != null) reasons.set(coordinate, deprecationReason);
}

const listed = (reasons: Reasons): Deprecation[] =>
  [...reasons]
    .map(([coordinate, reason]) => ({ coordinate, reason }))
    .sort((one, other) => (one.coordinate < other.coordinate ? -1 : 1));

/** What operations use that is deprecated, by coordinate. The text of each is looked at once. */
export function deprecationsIn(schema: GraphQLSchema) {
  const known = new WeakMap<OperationDefinitionNode, (variables: Variables) => readonly Deprecation[]>();
  return (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): readonly Deprecation[] => {
    const found = known.get(operation) ?? compiled(schema, document, operation);
    known.set(operation, found);
    return found(variables);
  };
}

/** To a function of the few variables that can hold something deprecated. */
function compiled(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
  const reasons = reasonsInText(schema, document, operation);
  const inText = listed(reasons);
  const open = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const of = typeFromAST(schema, type as TypeNode) as GraphQLInputType | undefined;
    return of && canHold(of) ? [{ name: variable.name.value, of }] : [];
  });
  if (open.length === 0) return () => inText;
  return (variables: Variables) => {
    const all: Reasons = new Map(reasons);
    for (const { name, of } of open) noteInValue(all, of, variables[name]);
    return listed(all);
  };
}

function reasonsInText(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Reasons {
  const reasons: Reasons = new Map();
  const info = new TypeInfo(schema);
  const visitor = {
    Field() {
      const field = info.getFieldDef();
      if (field) note(reasons, `${info.getParentType()}.${field.name}`, field);
    },
    Argument() {
      const argument = info.getArgument();
      const [directive, field] = [info.getDirective(), info.getFieldDef()];
      const of = directive ? `@${directive.name}` : `${info.getParentType()}.${field?.name}`;
      if (argument) note(reasons, `${of}(${argument.name}:)`, argument);
    },
    ObjectField({ name }: { name: { value: string } }) {
      const type = getNamedType(info.getParentInputType());
      const field = isInputObjectType(type) ? type.getFields()[name.value] : undefined;
      if (field) note(reasons, `${type}.${field.name}`, field);
    },
    EnumValue() {
      const value = info.getEnumValue();
      if (value) note(reasons, `${getNamedType(info.getInputType())}.${value.name}`, value);
    },
  };
  // With the fragments that it spreads, each looked at once.
  visit(separateOperations(document)[operation.name?.value ?? ""]!, visitWithTypeInfo(info, visitor));
  return reasons;
}

function noteInValue(reasons: Reasons, type: GraphQLInputType, value: unknown): void {
  const of = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(of)) {
    for (const each of Array.isArray(value) ? value : [value]) noteInValue(reasons, of.ofType, each);
  } else if (isEnumType(of)) {
    const chosen = of.getValues().find(({ name }) => name === value);
    if (chosen) note(reasons, `${of}.${chosen.name}`, chosen);
  } else if (isInputObjectType(of) && typeof value === "object") {
    for (const field of Object.values(of.getFields())) {
      if (!Object.hasOwn(value, field.name)) continue;
      note(reasons, `${of}.${field.name}`, field);
      noteInValue(reasons, field.type, (value as Variables)[field.name]);
    }
  }
}

/** Whether a value of the type can use something deprecated. */
function canHold(type: GraphQLInputType, seen = new Set<unknown>()): boolean {
  const of = getNamedType(type);
  if (seen.has(of)) return false;
  seen.add(of);
  if (isEnumType(of)) return of.getValues().some(({ deprecationReason }) => deprecationReason != null);
  if (!isInputObjectType(of)) return false;
  return Object.values(of.getFields()).some((field) => field.deprecationReason != null || canHold(field.type, seen));
}
