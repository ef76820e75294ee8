import { getMetadataStorage } from "type-graphql";
import type { Class } from "../class";

/** The published type of an entity: the one that carries its name. @throws Error (a defect) when none does */
export function publishedType(entity: Class): Class {
  const { objectTypes, interfaceTypes } = getMetadataStorage();
  const found = [...objectTypes, ...interfaceTypes].find((type) => type.name === entity.name);
  if (!found) throw new Error(`${entity.name} has no published type`);
  return found.target as Class;
}
