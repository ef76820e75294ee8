import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import type { Actor } from "../actor";
import type { ViewerDb } from "../db/viewer-db";
import { Unwritten } from "../db/writing";
import { type ChosenDocument, ChosenDocuments } from "./chosen-documents";
import { CompiledQueries } from "./compiled-queries";
import { MOST_ERRORS } from "./limits";
import type { Published } from "./published-nouns";
import { WrittenQueries, writtenSchema } from "./written-queries";

type Gateway = ApolloServerOptionsWithGateway<{ viewer?: unknown }>["gateway"];
type Request = Parameters<NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>>[0];

/**
 * Executes queries with graphql-jit behind Apollo's gateway hook, which is typed for federation but is the one place where
 * an executor can be put. Nothing is compiled for strangers, whom resolvers send away.
 */
export function jitGateway(schema: GraphQLSchema, published?: Published): Gateway {
  const queries = new CompiledQueries(schema);
  const written = published && writtenQueries(schema, published);
  const chosenDocuments = new ChosenDocuments();

  const compiled = (chosen: ChosenDocument, context: object, variables: Variables) =>
    queries.of(chosen.document, chosen.operation)?.query({}, context, variables);

  const executor = async ({ document, request, context }: Request): Promise<ExecutionResult> => {
    const { operationName, variables: variableValues = {} } = request;
    const plainly = () =>
      execute({
        schema,
        document,
        contextValue: context,
        variableValues,
        operationName,
        options: { maxCoercionErrors: MOST_ERRORS },
      });
    const operation = getOperationAST(document, operationName);
    if (!operation || !isSignedIn(context)) return plainly();
    // graphql-jit would quote a wrong value once for each mistake in it, and knows no end.
    const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues, {
      maxErrors: 0,
    });
    if (errors) return plainly();
    const chosen = chosenDocuments.of(document, operation, coerced);
    if (!chosen) return plainly();
    const variables = withDefaults(operation, variableValues);
    const result =
      (await written?.(chosen, context as Asking, variables)) ?? (await compiled(chosen, context, variables));
    if (!result) return plainly();
    // Without a `data` key the variables were refused before any resolver ran: nothing runs twice.
    if (!("data" in result)) return plainly();
    return result.errors ? { ...result, errors: result.errors.map(asGraphQL) } : result;
  };

  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (heard) => {
      heard({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

type Variables = Record<string, unknown>;
type Asking = { db: ViewerDb<Actor> };
type Attempt = (chosen: ChosenDocument, context: Asking, variables: Variables) => Promise<ExecutionResult | null>;

/** Answers with rows that PostgreSQL has written; null where it cannot, or is not to. */
function writtenQueries(schema: GraphQLSchema, published: Published): Attempt {
  const written = new WrittenQueries(schema, published);
  const queries = new CompiledQueries(writtenSchema(schema));
  return async (chosen, context, variables) => {
    const asked = context.db.plans ? written.of(chosen, context.db.model) : null;
    const query = asked && queries.of(asked.document, asked.operation);
    const result = (await query?.query({}, context, variables)) ?? null;
    const isUnwritten = result?.errors?.some(({ originalError }) => originalError instanceof Unwritten);
    return isUnwritten ? null : result;
  };
}

/** The variables as they would come from somebody who writes the defaults out: graphql-jit does not read those of scalars. */
function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Record<string, unknown>) {
  const left = variableDefinitions.filter(
    ({ variable, defaultValue }) => defaultValue && !(variable.name.value in given),
  );
  if (left.length === 0) return given;
  const defaults = left.map(({ variable, defaultValue }) => [variable.name.value, valueFromASTUntyped(defaultValue!)]);
  return { ...given, ...Object.fromEntries(defaults) };
}

const isSignedIn = (context: object): boolean => Boolean((context as { viewer?: unknown }).viewer);

/** graphql-jit's errors lack `extensions` and keep their locations in a form that Apollo's formatter does not read. */
function asGraphQL(error: GraphQLError): GraphQLError {
  const made = new GraphQLError(error.message, {
    path: error.path,
    originalError: error.originalError,
    extensions: error.extensions,
  });
  Object.defineProperty(made, "locations", { value: error.locations, enumerable: true });
  return made;
}
