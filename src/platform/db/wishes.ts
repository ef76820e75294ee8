import type { Class } from "../class";
import type { Bind } from "./nouns";
import { type Reader, sightOf } from "./reader";
import type { OrganizationRow } from "./row";

/** What each wish of a filter asks of the row `t`, as an SQL condition. */
export type Conditions<W> = { readonly [K in keyof W]-?: (wish: NonNullable<W[K]>, bind: Bind) => string };

const isNothing = (wish: unknown): boolean => wish == null || (Array.isArray(wish) && wish.length === 0);

/** The conditions of those wishes that ask for something: whatever is null, left out or empty does not. */
export function wished<W extends object>(conditions: Conditions<W>, wishes: W, bind: Bind): string[] {
  return (Object.keys(conditions) as (keyof W & string)[])
    .filter((key) => !isNothing(wishes[key]))
    .map((key) => conditions[key](wishes[key]!, bind));
}

/** One value is compared by `=`, which lets an index keep its order. */
export const anyOf = <T>(column: string, values: readonly T[], bind: Bind): string =>
  values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)})`;

/**
 * Of the rows `t` of a noun that the viewer sees and that fulfil the condition, a column: a set for the conditions of
 * another noun, so that nobody learns by a filter what they do not see.
 */
export const seen = (
  reader: Reader,
  entity: Class<OrganizationRow>,
  column: string,
  condition: string,
  bind: Bind,
): string =>
  `(select ${column} from ${reader.model.table(entity).name} t where ${condition} and (${sightOf(reader, entity, bind)}))`;
