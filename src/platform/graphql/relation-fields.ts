import type { GraphQLSchema } from "graphql";
import { Arg, Args, FieldResolver, Resolver } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { children, linked, target } from "../db/loaders";
import type { Orders, Relation } from "../db/nouns";
import type { PageArgs } from "../db/pages";
import type { OrganizationRow } from "../db/row";
import { connectionOf, PageArguments, relatedPage } from "./connection";
import { enumOf } from "./enum";
import { objectTypesOf, publishedType } from "./published";

type Resolve = (parent: OrganizationRow, args: PageArgs, ctx: Ctx) => unknown;

interface FieldKind {
  type(relation: Relation): Class | Class[];
  resolve(relation: Relation): Resolve;
}

const kinds: Record<Relation["kind"], FieldKind> = {
  one: {
    type: (relation) => publishedType(relation.target),
    resolve: (relation) => (parent, _, ctx) => target(ctx.db, relation, parent),
  },
  many: {
    type: (relation) => [publishedType(relation.target)],
    resolve: (relation) => (parent, _, ctx) => children(ctx.db, relation, parent),
  },
  through: {
    type: (relation) => [publishedType(relation.target)],
    resolve: (relation) => (parent, _, ctx) => linked(ctx.db, relation, parent),
  },
  pages: {
    type: (relation) => connectionOf(relation.target),
    // A promise that rejects: of a list in which an item throws at once, graphql-js forgets the promises of those before,
    // and one of them that rejects unheard would end the process.
    resolve: (relation) => async (parent, args, ctx) => relatedPage(ctx, relation, parent, args),
  },
};

const orderEnum = ({ name, description, choices }: Orders): object =>
  enumOf(
    name,
    description,
    Object.fromEntries(Object.entries(choices).map(([choice, about]) => [choice, about.description])),
  );

/** The resolver class of a declared relation, which publishes its field: nothing is written by hand. */
export function relationField(relation: Relation): Class {
  const { kind, field, always, orders, description } = relation;
  class RelationField {
    [field](): never {
      throw new Error(`${field} is resolved by its relation`);
    }
  }
  const options = { nullable: kind === "one" && !always, description };
  FieldResolver(() => kinds[kind].type(relation) as Class, options)(RelationField.prototype, field, {});
  if (kind === "pages") Args(() => PageArguments)(RelationField.prototype, field, 0);
  if (orders) {
    const about = { nullable: true, description: `In which order; ${orders.byDefault} where none is named.` };
    const type = orderEnum(orders);
    Arg("orderBy", () => type, about)(RelationField.prototype, field, 1);
  }
  Resolver(() => publishedType(relation.parent))(RelationField);
  return RelationField;
}

/** Resolves the relations by a plain function each: type-graphql's way to a method costs more than a batched read. */
export function resolveRelations(schema: GraphQLSchema, relations: readonly Relation[]): void {
  for (const relation of relations) {
    const resolve = kinds[relation.kind].resolve(relation);
    for (const parent of objectTypesOf(schema, relation.parent.name))
      parent.getFields()[relation.field]!.resolve = resolve;
  }
}
