import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";

type Gateway = ApolloServerOptionsWithGateway<object>["gateway"];
type Request = Parameters<NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>>[0];

/**
 * Executes queries with graphql-jit behind Apollo's gateway hook, which is typed for federation but is the one place where
 * an executor can be put. Mutations go to graphql-js: graphql-jit goes on with the next one after one has failed.
 * The document store keeps parsed documents, so compiled queries hang on them and go with them.
 */
export function jitGateway(schema: GraphQLSchema): Gateway {
  const compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery>>();

  /** The compiled query, or null where there is nothing to compile. */
  const compile = (document: DocumentNode, operationName: string | undefined): CompiledQuery | null => {
    const known = compiled.get(document)?.get(operationName ?? "");
    if (known) return known;
    if (getOperationAST(document, operationName)?.operation !== "query") return null;
    const made = compileQuery(schema, document, operationName);
    if (!isCompiledQuery(made)) return null;
    const operations = compiled.get(document) ?? new Map<string, CompiledQuery>();
    compiled.set(document, operations.set(operationName ?? "", made));
    return made;
  };

  const executor = async ({ document, request, context }: Request): Promise<ExecutionResult> => {
    const { operationName, variables: variableValues = {} } = request;
    const plainly = () => execute({ schema, document, contextValue: context, variableValues, operationName });
    const query = compile(document, operationName);
    if (!query) return plainly();
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
