import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from "graphql";
import { CompiledQueries } from "./compiled-queries";
import { MOST_ERRORS } from "./limits";

type Gateway = ApolloServerOptionsWithGateway<{ viewer?: unknown }>["gateway"];
type Request = Parameters<NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>>[0];

/**
 * Executes queries with graphql-jit behind Apollo's gateway hook, which is typed for federation but is the one place where
 * an executor can be put. Nothing is compiled for strangers, whom resolvers send away.
 */
export function jitGateway(schema: GraphQLSchema, queries = new CompiledQueries(schema)): Gateway {
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
    const query = operation && isSignedIn(context) ? queries.of(document, operation) : null;
    if (!query) return plainly();
    // graphql-jit would quote a wrong value once for each mistake in it, and knows no end.
    const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], variableValues, {
      maxErrors: 0,
    });
    if (errors) return plainly();
    const result = await query.query({}, context, variableValues);
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
