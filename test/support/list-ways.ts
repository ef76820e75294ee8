import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
} from "graphql";
import { isPaged, isPlain, stepsFrom } from "./operations";

/** A paged list, and how one comes to it. */
export interface ListWay {
  name: string;
  /** Type of the objects that have it; null where the root leads to it. */
  parent: string | null;
  /** Choices of its `orderBy`; null stands for the list that has none. */
  orders: (string | null)[];
  /** What is asked of the root, or of the parent. `args` is what is given beside the order. */
  asking(order: string | null, args: string): string;
}

type Field = GraphQLField<unknown, unknown>;

function ordersOf({ args }: Field): (string | null)[] {
  const type = getNamedType(args.find(({ name }) => name === "orderBy")?.type);
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [null];
}

const wayOf = (parent: string | null, above: readonly Field[], field: Field): ListWay => ({
  name: [parent ?? "Query", ...above.map(({ name }) => name), field.name].join("."),
  parent,
  orders: ordersOf(field),
  asking: (order, args) => {
    const given = [order ? `orderBy: ${order}` : "", args].filter(Boolean).join(", ");
    const list = `${field.name}(${given}) { edges { cursor } nodes { id } }`;
    return above.reduceRight((inner, { name }) => `${name} { ${inner} }`, list);
  },
});

/** Every paged list: of the root, of what it answers that has no id, and of every noun, whose rows may have several types. */
export function listWays(schema: GraphQLSchema): ListWay[] {
  const query = schema.getQueryType()!;
  const nouns = schema.getPossibleTypes(schema.getType("Node") as never);
  const several = schema.getImplementations(schema.getType("Node") as GraphQLInterfaceType).interfaces;
  const ofKind = nouns.filter((type) => several.some((each) => schema.isSubType(each, type)));
  const isNoun = (field: Field) => {
    const type = getNamedType(field.type);
    return type.name === "Node" || nouns.includes(type as GraphQLObjectType) || !isObjectType(type);
  };
  const within = (parent: string | null, fields: readonly Field[], above: readonly Field[] = []): ListWay[] =>
    fields.filter(isPlain).flatMap((field) => {
      if (isPaged(field)) return [wayOf(parent, above, field)];
      return isNoun(field) ? [] : within(parent, stepsFrom(getNamedType(field.type)), [...above, field]);
    });
  return [
    ...within(null, Object.values(query.getFields())),
    ...[...several, ...nouns.filter((type) => !ofKind.includes(type))].flatMap((type) =>
      within(type.name, Object.values(type.getFields())),
    ),
  ];
}
