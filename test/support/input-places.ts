import {
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { schema } from "../../src/server";

/*
 * Every field of the inputs of all mutations, found in the schema: none is listed by hand, so a new one is tested when it
 * is published.
 */

export type Input = Record<string, unknown>;

export interface Place {
  mutation: string;
  /** From `input`; lists by their first item. */
  path: string[];
  field: GraphQLInputField;
}

export const mutations = Object.values(schema.getMutationType()!.getFields());

/** Fields of an input, inputs within it included. `mutation` may be another root field that takes one. */
export function placesOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${mutation} takes an input that is no object`);
  return Object.values(named.getFields()).flatMap((field) => {
    const item = isListType(getNullableType(field.type)) && isInputObjectType(getNamedType(field.type));
    const path = [...above, field.name, ...(item ? ["0"] : [])];
    if (isInputObjectType(getNamedType(field.type))) return placesOf(mutation, field.type, path);
    return [{ mutation, path, field }];
  });
}

/** Fields that may be null, inputs within inputs included. */
export function optionalOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const path = [...above, field.name];
    const within = isListType(getNullableType(field.type)) ? [...path, "0"] : path;
    const own = isNonNullType(field.type) ? [] : [{ mutation, path, field }];
    return [...own, ...optionalOf(mutation, field.type, within)];
  });
}

export const places = mutations.flatMap(({ name, args }) => placesOf(name, args[0]!.type));
/** Places of a type, each with its name. */
export const ofType = (name: string) =>
  places
    .filter(({ field }) => getNamedType(field.type).name === name)
    .map((place) => [`${place.mutation}.${place.path.join(".")}`, place] as const);

/** Something is there: a list of nothing leaves its items untested. */
export const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : (value ?? null) !== null;

/** What stands at the path. */
export function at(input: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? input : at((input as Record<string, unknown> | null | undefined)?.[key], rest);
}

export const isList = ({ field }: Place): boolean => isListType(getNullableType(field.type));

/** The value as the field takes it: in a list where it takes several. */
export const valueAt = (place: Place, value: unknown): unknown => (isList(place) ? [value] : value);

/** The value at the place; of several the first. */
export function leafAt(input: unknown, place: Place): unknown {
  const value = at(input, place.path);
  return isList(place) ? (value as unknown[])[0] : value;
}

/** The input with another value at the path. */
export function changed(input: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = changed((input as Record<string, unknown>)[key], rest, value);
  if (Array.isArray(input)) return input.map((item, index) => (`${index}` === key ? inner : item));
  return { ...(input as object), [key]: inner };
}
