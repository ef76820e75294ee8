import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import { stringified } from "./answer-length";
import { deprecationPlugin } from "./deprecation-plugin";
import { documentStore } from "./document-store";
import { jitGateway } from "./executor";
import { defectLog, formatError, type LogDefect, withholdSuggestions } from "./format-error";
import { idempotencyPlugin } from "./idempotency-plugin";
import { limitPlugin } from "./limit-plugin";
import { LIMITS, MOST_ERRORS } from "./limits";
import { OperationKindRule } from "./operation-kinds";
import type { Published } from "./published-nouns";
import { ShapeRule } from "./shape-limits";
import type { Toll } from "./toll";

interface Options {
  /** graphql-jit or plain graphql-js. */
  jit: boolean;
  log: LogDefect;
  /** Nobody pays where there is none. */
  toll?: Toll;
  /** Rows are read, and never written by PostgreSQL, where it is not known how nouns stand in the schema. */
  published?: Published;
}

/** The server of a schema. Cache control stays off: it would wrap every field. */
export function apolloServer<C extends { requestId: string }>(
  schema: GraphQLSchema,
  { jit, log, toll, published }: Options,
): ApolloServer<C> {
  return new ApolloServer<C>({
    ...(jit ? { gateway: jitGateway(schema, published) } : { schema }),
    documentStore: documentStore(),
    // They would be one more store that anybody fills.
    persistedQueries: false,
    stringifyResult: stringified,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxTokens: LIMITS.tokens.most },
    validationRules: [ShapeRule, OperationKindRule],
    validationOptions: { maxErrors: MOST_ERRORS },
    executionOptions: { maxCoercionErrors: MOST_ERRORS },
    // ShapeRule counts what this counts, and is asked first.
    maxRecursiveSelections: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      defectLog(log),
      withholdSuggestions,
      ...(toll ? [limitPlugin(schema, toll)] : []),
      deprecationPlugin(schema),
      // Last: it keeps the answer as the others have made it.
      idempotencyPlugin(schema, log),
    ],
    stopOnTerminationSignals: false,
  } as never);
}
