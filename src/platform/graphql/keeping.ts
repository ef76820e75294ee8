import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isObjectType, isUnionType } from "graphql";
import { Extensions, Field } from "type-graphql";
import type { Keeping } from "../idempotency";

const kept = (keeping: Keeping, description: string): PropertyDecorator => {
  const decorators = [Field(() => String, { description }), Extensions({ keeping })] as PropertyDecorator[];
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
};

/** A secret in a mutation's answer: a repeat under the same idempotency key is not told it again. */
export const ToldOnce = (description: string): PropertyDecorator => kept("TOLD_ONCE", description);

/** A copy of what is stored elsewhere, in a mutation's answer: it is written out anew for a repeat, and not kept. */
export const ReadAnew = (description: string): PropertyDecorator => kept("READ_ANEW", description);

/** The strictest first. */
const STRICTEST: readonly Keeping[] = ["TOLD_ONCE", "READ_ANEW", "ANSWER"];

/** What is kept of the answer of a mutation, as the fields of its payload say. */
export function keepingOf(schema: GraphQLSchema, mutation: string): Keeping {
  const field = schema.getMutationType()!.getFields()[mutation]!;
  const found = new Set(keepings(getNamedType(field.type), new Set()));
  return STRICTEST.find((each) => found.has(each)) ?? "ANSWER";
}

function keepings(type: GraphQLNamedType, seen: Set<GraphQLNamedType>): unknown[] {
  if (seen.has(type)) return [];
  seen.add(type);
  if (isUnionType(type)) return type.getTypes().flatMap((each) => keepings(each, seen));
  // What a noun publishes, anybody who sees it can read again.
  if (!isObjectType(type) || type.getInterfaces().some(({ name }) => name === "Node")) return [];
  return Object.values(type.getFields()).flatMap(({ extensions, type: of }) => [
    extensions.keeping,
    ...keepings(getNamedType(of), seen),
  ]);
}
