import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isLeafType,
} from "graphql";
import { schema } from "../../src/server";

export type Field = GraphQLField<unknown, unknown>;

/** What is known of a type, looked up once: graphql-js takes long to tell one kind of type from another. */
const kept = <T>(look: (type: GraphQLCompositeType) => T): ((type: GraphQLCompositeType) => T) => {
  const known = new Map<GraphQLCompositeType, T>();
  return (type) => {
    const found = known.get(type) ?? look(type);
    known.set(type, found);
    return found;
  };
};

export const possible = kept((type): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : [type],
);

/** Those that hold a value, and those that lead on to objects. */
export const fieldsOf = kept((type) => {
  const all: Field[] = "getFields" in type ? Object.values(type.getFields()) : [];
  const leaves = all.filter((each) => isLeafType(getNamedType(each.type)));
  return { leaves, leading: all.filter((each) => !leaves.includes(each)) };
});

/** Whether rows are of the type; the others are parts of a row, or of a page. */
export const isNoun = (type: GraphQLCompositeType): boolean => "getFields" in type && "id" in type.getFields();
