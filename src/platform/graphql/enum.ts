import { registerEnumType } from "type-graphql";

/** Publishes a union of strings as an enum, every value explained. */
export function enumOf<T extends string>(name: string, description: string, values: Record<T, string>): Record<T, T> {
  const entries = Object.entries<string>(values);
  const made = Object.fromEntries(entries.map(([value]) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(entries.map(([value, meaning]) => [value, { description: meaning }]));
  registerEnumType<Record<string, string>>(made, { name, description, valuesConfig });
  return made;
}
