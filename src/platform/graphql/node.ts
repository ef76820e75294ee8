import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { Arg, Field, ID, InterfaceType, ObjectType, Query, Resolver } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { byId } from "../db/loaders";
import { type Wanted, WHOLE } from "../db/wanted";
import { notFound, refuse } from "../errors";
import { typeOfId } from "../ids";
import type { Planner } from "./planner";

const MOST_IDS = 100;

@InterfaceType("Node", {
  description: "Anything with an id. Ids are opaque, the same in webhooks and logs, and never change.",
})
export abstract class NodeType {
  @Field(() => ID, { description: "Opaque id, unique over all types." })
  id!: string;
}

/** A published noun: fields are columns of its row, read as they are. */
export const Noun = (name: string, description: string): ClassDecorator =>
  ObjectType(name, { description, simpleResolvers: true, implements: NodeType }) as ClassDecorator;

/** Noun -> kind -> the type under which rows of that kind are published. */
const typesOfKinds = new Map<string, Map<string, string>>();

/** A published noun whose rows have a `kind`: an interface, with one type for each kind. */
export const NounOfKinds = (name: string, description: string): ClassDecorator =>
  InterfaceType(name, { description, implements: NodeType }) as ClassDecorator;

/** The type of one kind of a noun; its class extends the noun's. */
export function Kind(noun: string, kind: string, name: string, description: string): ClassDecorator {
  return (target) => {
    const types = typesOfKinds.get(noun) ?? new Map<string, string>();
    typesOfKinds.set(noun, types.set(kind, name));
    const implemented = Object.getPrototypeOf(target) as Class;
    // Node as well: what is inherited by way of the noun alone would be read by a resolver.
    ObjectType(name, { description, simpleResolvers: true, implements: [implemented, NodeType] })(target);
  };
}

/** The type under which a row is published. */
export function typeNameOf({ id, kind }: { id: string; kind?: string }): string | undefined {
  const noun = typeOfId(id);
  return typesOfKinds.get(noun ?? "")?.get(kind ?? "") ?? noun;
}

/** Nouns that are published as an interface. */
export const nounsOfKinds = (): Iterable<string> => typesOfKinds.keys();

/** Something published that has no id: it is what it says. */
export const Value = (name: string, description: string): ClassDecorator =>
  ObjectType(name, { description, simpleResolvers: true }) as ClassDecorator;

const byResolveNodes = (): never => {
  throw new Error("nodes are resolved by resolveNodes");
};

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "The object with this id. NOT_FOUND where you may not see it.",
  })
  node(@Arg("id", () => ID, { description: "Id of any object." }) _id: string): never {
    return byResolveNodes();
  }

  @Query(() => [NodeType], {
    nullable: "items",
    description: "The objects with these ids, in their order; null for each that you may not see. At most 100.",
  })
  nodes(@Arg("ids", () => [ID], { description: "Ids of any objects." }) _ids: string[]): never {
    return byResolveNodes();
  }
}

type Resolve<A> = (source: unknown, args: A, ctx: Ctx, info: GraphQLResolveInfo) => unknown;

/** The objects are read with what is asked of them. */
export function resolveNodes(schema: GraphQLSchema, planner: Planner): void {
  const { node, nodes } = schema.getQueryType()!.getFields();
  const one: Resolve<{ id: string }> = async (_, { id }, ctx, info) =>
    (await rowOf(ctx, id, "id", asked(planner, info))) ?? notFound(typeOfId(id) ?? "object", id, "id");
  const several: Resolve<{ ids: string[] }> = (_, { ids }, ctx, info) => {
    if (ids.length > MOST_IDS) refuse("BAD_PAGE", `${ids.length} ids; at most ${MOST_IDS} at once.`, "ids");
    return Promise.all(ids.map((id) => rowOf(ctx, id, "ids", asked(planner, info))));
  };
  node!.resolve = one as never;
  nodes!.resolve = several as never;
}

type Asked = (noun: Class, ctx: Ctx) => Wanted;

const asked =
  (planner: Planner, info: GraphQLResolveInfo): Asked =>
  (noun, { db }) =>
    planner.ofRows(info, noun, db);

/** The row of any noun with the id, or null when there is none that the viewer sees. */
export function nodeOf(ctx: Ctx, id: string, wanted: Asked = () => WHOLE) {
  const noun = ctx.db.model.nounNamed(typeOfId(id) ?? "");
  return noun ? byId(ctx.db, noun.entity, id, wanted(noun.entity, ctx)) : null;
}

/** @throws Refusal BAD_ID when it is no id of ours at all */
async function rowOf(ctx: Ctx, id: string, field: string, wanted: Asked) {
  if (!typeOfId(id)) refuse("BAD_ID", `${JSON.stringify(id.slice(0, 64))} is no id of ours.`, field);
  return nodeOf(ctx, id, wanted);
}
