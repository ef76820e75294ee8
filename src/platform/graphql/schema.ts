import {
  defaultFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import type { Relation } from "../db/nouns";
import { Refusal, refuse } from "../errors";
import { recordRefusal } from "../journal/access-log";
import { nounsOf, type Permissions, permissionsOf, type RootField, relationsOf, type Slice } from "../slice";
import { AboutResolver } from "./about";
import { connectionOf, isConnection, Page } from "./connection";
import { DateTime } from "./date-time";
import { NodeResolver, nounsOfKinds, resolveNodes, typeNameOf } from "./node";
import { type Planner, plannerOf } from "./planner";
import { objectTypesOf } from "./published";
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
  const planner = plannerOf(schema, relationsOf(slices));
  resolveRelations(schema, relationsOf(slices), planner);
  resolveNodes(schema, planner);
  planLists(schema, relationsOf(slices), planner);
  keepToThePermitted(schema, permissionsOf(slices));
  nameTypesOfRows(schema);
  return schema;
}

/** Set here, because type-graphql would make it asynchronous, which graphql-jit does not wait for. */
function nameTypesOfRows(schema: GraphQLSchema): void {
  for (const name of ["Node", ...nounsOfKinds()]) {
    (schema.getType(name) as GraphQLInterfaceType).resolveType = typeNameOf;
  }
}

/** Every list hears from its field what will be asked of its rows. */
function planLists(schema: GraphQLSchema, relations: readonly Relation[], planner: Planner): void {
  const related = new Set(
    relations.flatMap(({ parent, field }) => objectTypesOf(schema, parent.name).map((type) => type.getFields()[field])),
  );
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()));
  for (const field of fields.filter((each) => isConnection(getNamedType(each.type)) && !related.has(each))) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, ctx: Ctx, info) => {
      const tell = (page: unknown) => {
        if (page instanceof Page) page.wanted = () => planner.ofList(info, page.parts.entity, ctx.db);
        return page;
      };
      const page: unknown = resolve(source, args, ctx, info);
      return page instanceof Promise ? page.then(tell) : tell(page);
    };
  }
}

type Asking = Partial<Ctx> & { refusal?: Refusal | null };

/** Root fields answer to those who are signed in, and whom the table of permissions names. */
function keepToThePermitted(schema: GraphQLSchema, { whyNot }: Permissions): void {
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  for (const [kind, root] of Object.entries(roots) as [RootField["kind"], GraphQLObjectType][]) {
    for (const field of Object.values(root.getFields())) {
      const { name } = field;
      if (OPEN_ROOT_FIELDS.has(name)) continue;
      // A list is for everybody, who find in it what they see.
      const isList = isConnection(getNamedType(field.type));
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, asking: Asking, info) => {
        const ctx = signedIn(asking);
        const reason = isList ? null : whyNot(ctx.viewer as never, { kind, name });
        return reason ? refuseOnRecord(ctx, reason) : resolve(source, args, ctx, info);
      };
    }
  }
}

/** @throws Refusal UNAUTHENTICATED */
function signedIn(asking: Asking): Ctx {
  if (asking.refusal) throw asking.refusal;
  if (!asking.viewer) refuse("UNAUTHENTICATED", "Sign in: send `Authorization: Bearer <token>`.");
  return asking as Ctx;
}

/** @throws Refusal FORBIDDEN always */
async function refuseOnRecord(ctx: Ctx, reason: string): Promise<never> {
  const refusal = new Refusal([{ code: "FORBIDDEN", message: reason, field: null }]);
  await recordRefusal(ctx, refusal);
  throw refusal;
}
