import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import { type DocumentNode, type ExecutionResult, execute, GraphQLError, type GraphQLSchema } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";

type Gateway = ApolloServerOptionsWithGateway<object>["gateway"];
type Request = Parameters<NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>>[0];
type Compiled = CompiledQuery | ExecutionResult;

/**
 * Executes with graphql-jit behind Apollo's gateway hook, which is typed for federation but is the one place where an
 * executor can be put. The document store keeps parsed documents, so compiled ones hang on them and go with them.
 */
export function jitGateway(schema: GraphQLSchema): Gateway {
  const compiled = new WeakMap<DocumentNode, Map<string, Compiled>>();
  const compile = (document: DocumentNode, operationName: string | undefined): Compiled => {
    const operations = compiled.get(document) ?? new Map<string, Compiled>();
    compiled.set(document, operations);
    const known = operations.get(operationName ?? "");
    if (known) return known;
    const made = compileQuery(schema, document, operationName) as Compiled;
    operations.set(operationName ?? "", made);
    return made;
  };

  const executor = async ({ document, request, context }: Request): Promise<ExecutionResult> => {
    const operation = compile(document, request.operationName);
    const variableValues = request.variables ?? {};
    const plainly = () =>
      execute({ schema, document, contextValue: context, variableValues, operationName: request.operationName });
    if (!isCompiledQuery(operation)) return plainly();
    const result = await operation.query({}, context, variableValues);
    // Without a `data` key the variables were refused before any resolver ran: nothing runs twice.
    if (!("data" in result)) return plainly();
    return result.errors ? { ...result, errors: result.errors.map(asGraphQL) } : result;
  };

  return {
    load: async () => ({ executor: executor as never }),
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
