import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { newId } from "../../src/platform/ids";

/*
 * Operations that follow from the schema, for guards that must not forget a field.
 */

type Field = GraphQLField<unknown, unknown>;

const SCALARS: Readonly<Record<string, () => unknown>> = {
  Int: () => 1,
  Float: () => 1.5,
  String: () => "dummy",
  Boolean: () => true,
  ID: () => newId("Skill"),
  DateTime: () => "2030-01-01T00:00:00.000Z",
  SlotTime: () => "2030-01-01T00:00:00.000Z",
};

/** A value that the type accepts: every input field given, every list of two. */
export function dummyOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return dummyOf(type.ofType);
  if (isListType(type)) return [dummyOf(type.ofType), dummyOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, dummyOf(field.type)]));
  }
  const make = SCALARS[type.name];
  if (!make) throw new Error(`Say in test/support/operations.ts what a ${type.name} looks like`);
  return make();
}

export interface Operation {
  /** Root field, or the path that is walked. */
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Declarations, uses and values of a field's arguments, each as a variable of its own name. */
function argumentsOf(args: readonly GraphQLArgument[]) {
  const wrapped = (text: string) => (text ? `(${text})` : "");
  return {
    declared: wrapped(args.map(({ name, type }) => `$${name}: ${type}`).join(", ")),
    used: wrapped(args.map(({ name }) => `${name}: $${name}`).join(", ")),
    variables: Object.fromEntries(args.map(({ name, type }) => [name, dummyOf(type)])),
  };
}

/** Every field of Query and Mutation with arguments that pass validation, asking for nothing but `__typename`. */
export function rootOperations(schema: GraphQLSchema): Operation[] {
  const roots = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map(({ name, args, type }) => {
      const { declared, used, variables } = argumentsOf(args);
      const inside = isLeafType(getNamedType(type)) ? "" : " { __typename }";
      return {
        name,
        query: `${kind} Root${declared} { ${name}${used}${inside} }`,
        variables,
      };
    }),
  );
}

const isConnection = (type: GraphQLNamedType): type is GraphQLObjectType =>
  isObjectType(type) && type.name.endsWith("Connection");

/** What a field leads to: the node of a connection, or its own type. */
const beyond = (field: Field): GraphQLNamedType => {
  const type = getNamedType(field.type);
  return isConnection(type) ? getNamedType(type.getFields().nodes!.type) : type;
};

const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** Whether a field can be asked for by its name alone. */
export const isPlain = ({ args }: Field): boolean => args.every((arg) => !isRequiredArgument(arg));

/**
 * Leaves that lead on themselves to be written or drawn. Their statements fall between those of what is asked beside
 * them, in no order: they are measured alone.
 */
export const WRITTEN_OUT: ReadonlySet<string> = new Set(["InterviewSession.calendarFile", "Evaluation.chart"]);

const leavesOf = (type: GraphQLNamedType): string[] =>
  fieldsOf(type)
    .filter((field) => isLeafType(getNamedType(field.type)) && isPlain(field))
    .filter(({ name }) => !WRITTEN_OUT.has(`${type.name}.${name}`))
    .map(({ name }) => name);

/** Fields that lead from a type to objects. */
export const stepsFrom = (type: GraphQLNamedType): Field[] =>
  fieldsOf(type).filter((field) => !isLeafType(getNamedType(field.type)) && isPlain(field));

export const isPaged = (field: Field): boolean => isConnection(getNamedType(field.type));

/** A path from a field of the root, as a rule a list: the type that each step leaves, and the step. */
export interface Path {
  root: Field;
  steps: { from: string; field: Field }[];
}

/** Lists of the root. */
export const rootLists = (schema: GraphQLSchema): Field[] =>
  Object.values(schema.getQueryType()!.getFields()).filter(isPaged);

/** Every path of `depth` steps from a field of the root, and the shorter ones that end before. */
export function pathsFrom(root: Field, depth: number): Path[] {
  const walk = (type: GraphQLNamedType, left: number): Path["steps"][] => {
    const fields = left === 0 ? [] : stepsFrom(type);
    if (fields.length === 0) return [[]];
    return fields.flatMap((field) =>
      walk(beyond(field), left - 1).map((rest) => [{ from: type.name, field }, ...rest]),
    );
  };
  return walk(beyond(root), depth).map((steps) => ({ root, steps }));
}

export const nameOf = ({ root, steps }: Path): string =>
  [root, ...steps.map(({ field }) => field)].map(({ name }) => name).join(".");

/** The same path, cut after its step `length`; 0 leaves the root list alone. */
export const cut = ({ root, steps }: Path, length: number): Path => ({
  root,
  steps: steps.slice(0, length),
});

/**
 * The operation that walks a path with `$first` in every connection, and reads every plain field on its way.
 * `last`: what to ask of the connection at its end, instead of all plain fields of its nodes.
 */
export function walking(path: Path, last?: string): string {
  const [first, ...rest] = [path.root, ...path.steps.map(({ field }) => field)];
  const select = (field: Field, inner: readonly Field[]): string => {
    const [next, ...others] = inner;
    const plain = plainSelection(beyond(field));
    if (!isPaged(field)) return `${field.name} { ${next ? `${plain} ${select(next, others)}` : plain} }`;
    const page = next ? `nodes { ${plain} ${select(next, others)} }` : (last ?? `nodes { ${plain} }`);
    return `${field.name}(first: $first) { ${page} }`;
  };
  const selection = select(first!, rest);
  return `query Walk${selection.includes("$first") ? "($first: Int)" : ""} { ${selection} }`;
}

/** Every field of a type that is no object and wants no argument. */
export const plainSelection = (type: GraphQLNamedType): string => [...leavesOf(type), "__typename"].join(" ");
