import { defaultFieldResolver, type GraphQLInterfaceType, type GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { type Refusal, refuse } from "../errors";
import { nounsOf, relationsOf, type Slice } from "../slice";
import { AboutResolver } from "./about";
import { connectionOf } from "./connection";
import { DateTime } from "./date-time";
import { NodeResolver, nounsOfKinds, typeNameOf } from "./node";
import { relationField, resolveRelations } from "./relation-fields";
import { registerRefusals } from "./user-errors";

/** Root fields that answer to anybody. Every other one wants a signed-in viewer. */
export const OPEN_ROOT_FIELDS: ReadonlySet<string> = new Set(["about"]);

/** The published schema: what the slices' types, resolvers and relations come to. */
export function publishedSchema(slices: readonly Slice[]): GraphQLSchema {
  registerRefusals(slices);
  for (const { entity } of nounsOf(slices)) connectionOf(entity);
  const resolvers: Class[] = [
    AboutResolver,
    NodeResolver,
    ...slices.flatMap((slice) => slice.resolvers),
    ...relationsOf(slices).map(relationField),
  ];
  const schema = buildSchemaSync({
    resolvers: resolvers as [Class, ...Class[]],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
  });
  resolveRelations(schema, relationsOf(slices));
  closeToStrangers(schema);
  nameTypesOfRows(schema);
  return schema;
}

/** Set here, because type-graphql would make it asynchronous, which graphql-jit does not wait for. */
function nameTypesOfRows(schema: GraphQLSchema): void {
  for (const name of ["Node", ...nounsOfKinds()]) {
    (schema.getType(name) as GraphQLInterfaceType).resolveType = typeNameOf;
  }
}

function closeToStrangers(schema: GraphQLSchema): void {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (OPEN_ROOT_FIELDS.has(field.name)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, ctx: Partial<Ctx> & { refusal?: Refusal | null }, info) => {
        if (ctx.refusal) throw ctx.refusal;
        if (!ctx.viewer) refuse("UNAUTHENTICATED", "Sign in: send `Authorization: Bearer <token>`.");
        return resolve(source, args, ctx, info);
      };
    }
  }
}
