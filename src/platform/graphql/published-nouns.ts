import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isAbstractType } from "graphql";
import type { Class } from "../class";
import type { Relation } from "../db/nouns";
import { objectTypesOf } from "./published";

/** How nouns stand in the published schema. */
export interface Published {
  relationOf(noun: Class, field: string): Relation | undefined;
  /** Whether the field is read from the row as it is, under its own name. */
  isPlain(noun: Class, field: string): boolean;
  fieldOf(noun: Class, field: string): GraphQLField<unknown, unknown>;
  /** The type of all rows of the noun; undefined where there are several. */
  typeOf(noun: Class): string | undefined;
  /** Whether a row of the noun may be of the type. */
  mayBe(noun: Class, type: string): boolean;
  /** Whether every row of the noun is of the type. */
  isAlways(noun: Class, type: string): boolean;
}

export function publishedNouns(schema: GraphQLSchema, relations: readonly Relation[]): Published {
  const byName = new Map(relations.map((each) => [`${each.parent.name}.${each.field}`, each]));
  const types = ({ name }: Class): readonly GraphQLObjectType[] => objectTypesOf(schema, name);
  const fieldsOf = (noun: Class, field: string) =>
    types(noun).flatMap((type) => (type.getFields()[field] ? [type.getFields()[field]!] : []));
  const among = (name: string): readonly GraphQLObjectType[] => {
    const type = schema.getType(name);
    return isAbstractType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType];
  };
  return {
    relationOf: ({ name }, field) => byName.get(`${name}.${field}`),
    isPlain: (noun, field) => fieldsOf(noun, field).every(({ resolve }) => resolve === undefined),
    fieldOf: (noun, field) => fieldsOf(noun, field)[0]!,
    typeOf: (noun) => (types(noun).length === 1 ? types(noun)[0]!.name : undefined),
    mayBe: (noun, name) => types(noun).some((each) => among(name).includes(each)),
    isAlways: (noun, name) => types(noun).every((each) => among(name).includes(each)),
  };
}
