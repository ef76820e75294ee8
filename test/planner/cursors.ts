import { type GraphQLField, getNamedType, isEnumType, isObjectType } from "graphql";
import { schema } from "../../src/server";
import type { Api, Signer } from "../support/api";
import { isPaged, isPlain, rootLists } from "../support/operations";

type Field = GraphQLField<unknown, unknown>;

/** Rows of a list, and parents, of which cursors are taken. */
const ENOUGH = 20;

/** Choices of a list's `orderBy`; null stands for the list that has none. */
export function ordersOf({ args }: Field): (string | null)[] {
  const type = getNamedType(args.find(({ name }) => name === "orderBy")?.type);
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [null];
}

export const cursorKey = (field: Field, order: unknown): string => `${getNamedType(field.type).name} ${order}`;

/** Connection type and order -> cursors that lists of ours have answered somebody. */
export async function cursorsOf(
  api: Api,
  who: Signer,
  ids: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const look = async (field: Field, of: (inner: string) => string): Promise<void> => {
    for (const order of ordersOf(field)) {
      const key = cursorKey(field, order);
      const orderBy = order === null ? "" : `, orderBy: ${order}`;
      const { data } = await api.send(who, of(`${field.name}(first: ${ENOUGH}${orderBy}) { edges { cursor } }`));
      const cursors = [...JSON.stringify(data ?? null).matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor]) => cursor!);
      found.set(key, [...new Set([...(found.get(key) ?? []), ...cursors])]);
    }
  };
  for (const list of rootLists(schema)) await look(list, (inner) => `{ ${inner} }`);
  for (const [name, own] of ids) {
    const type = schema.getType(name);
    const lists = isObjectType(type)
      ? Object.values(type.getFields()).filter((each) => isPaged(each) && isPlain(each))
      : [];
    const some = JSON.stringify(own.slice(0, ENOUGH));
    for (const list of lists) await look(list, (inner) => `{ nodes(ids: ${some}) { ... on ${name} { ${inner} } } }`);
  }
  return found;
}
