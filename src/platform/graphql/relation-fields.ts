import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { Arg, Args, FieldResolver, Resolver } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { related } from "../db/loaders";
import type { Orders, Relation } from "../db/nouns";
import type { OrganizationRow } from "../db/row";
import { readAlong } from "../db/tree";
import { connectionOf, PageArguments, relatedPage } from "./connection";
import { enumOf } from "./enum";
import { type OrderedPageArgs, type Planner, relatedSpan } from "./planner";
import { objectTypesOf, publishedType } from "./published";

type Resolve = (parent: OrganizationRow, args: OrderedPageArgs, ctx: Ctx, info: GraphQLResolveInfo) => unknown;

const kinds: Record<Relation["kind"], (relation: Relation) => Class | Class[]> = {
  one: ({ target }) => publishedType(target),
  first: ({ target }) => publishedType(target),
  many: ({ target }) => [publishedType(target)],
  through: ({ target }) => [publishedType(target)],
  pages: ({ target }) => connectionOf(target),
};

/** What was read along with the parent; otherwise it is read now, with what will be asked of it. */
const rowsOf =
  (relation: Relation, planner: Planner): Resolve =>
  (parent, _, { db }, info) => {
    const along = readAlong(parent, relation);
    if (along !== undefined) return along;
    const wanted = planner.ofRows(info, relation.target, db);
    return heard(related(db, { relation, span: null, wanted }, parent));
  };

const pageOf =
  (relation: Relation, planner: Planner): Resolve =>
  (parent, args, ctx, info) =>
    heard(pageFor(relation, planner, [parent, args, ctx, info]));

async function pageFor(relation: Relation, planner: Planner, [parent, args, { db }, info]: Parameters<Resolve>) {
  const wanted = () => planner.ofList(info, relation.target, db);
  return relatedPage(db, relation, parent, { span: relatedSpan(db.model, relation, args), wanted });
}

/**
 * A promise whose rejection is heard, whoever else listens: of a list in which an item throws at once, graphql-js forgets
 * the promises of those before, and one of them that rejects unheard would end the process.
 */
function heard<T>(made: Promise<T> | null): Promise<T> | null {
  made?.catch(() => undefined);
  return made;
}

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
  FieldResolver(() => kinds[kind](relation) as Class, options)(RelationField.prototype, field, {});
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
export function resolveRelations(schema: GraphQLSchema, relations: readonly Relation[], planner: Planner): void {
  for (const relation of relations) {
    const resolve = (relation.kind === "pages" ? pageOf : rowsOf)(relation, planner);
    for (const parent of objectTypesOf(schema, relation.parent.name))
      parent.getFields()[relation.field]!.resolve = resolve;
  }
}
