import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { Class } from "../class";

/** The published type of an entity: the one that carries its name. @throws Error (a defect) when none does */
export function publishedType(entity: Class): Class {
  const { objectTypes, interfaceTypes } = getMetadataStorage();
  const found = [...objectTypes, ...interfaceTypes].find((type) => type.name === entity.name);
  if (!found) throw new Error(`${entity.name} has no published type`);
  return found.target as Class;
}

/** The object types under which rows of a noun are published: one, or one for each kind. */
export function objectTypesOf(schema: GraphQLSchema, noun: string): readonly GraphQLObjectType[] {
  const type = schema.getType(noun);
  return isInterfaceType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType];
}
