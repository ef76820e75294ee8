import { Arg, Ctx as Context, Field, ID, InterfaceType, ObjectType, Query, Resolver } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { byId } from "../db/loaders";
import { notFound, refuse } from "../errors";
import { typeOfId } from "../ids";

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
    ObjectType(name, { description, simpleResolvers: true, implements: implemented })(target);
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

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "The object with this id. NOT_FOUND where you may not see it.",
  })
  async node(@Context() ctx: Ctx, @Arg("id", () => ID, { description: "Id of any object." }) id: string) {
    return (await rowOf(ctx, id, "id")) ?? notFound(typeOfId(id) ?? "object", id, "id");
  }

  @Query(() => [NodeType], {
    nullable: "items",
    description: "The objects with these ids, in their order; null for each that you may not see. At most 100.",
  })
  nodes(@Context() ctx: Ctx, @Arg("ids", () => [ID], { description: "Ids of any objects." }) ids: string[]) {
    if (ids.length > MOST_IDS) refuse("BAD_PAGE", `${ids.length} ids; at most ${MOST_IDS} at once.`, "ids");
    return Promise.all(ids.map((id) => rowOf(ctx, id, "ids")));
  }
}

/** The row of any noun with the id, or null when there is none that the viewer sees. */
export function nodeOf(ctx: Ctx, id: string) {
  const noun = ctx.db.model.nounNamed(typeOfId(id) ?? "");
  return noun ? byId(ctx.db, noun.entity, id) : null;
}

/** @throws Refusal BAD_ID when it is no id of ours at all */
async function rowOf(ctx: Ctx, id: string, field: string) {
  if (!typeOfId(id)) refuse("BAD_ID", `${JSON.stringify(id.slice(0, 64))} is no id of ours.`, field);
  return nodeOf(ctx, id);
}
