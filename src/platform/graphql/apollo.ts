import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import { jitGateway } from "./executor";
import { defectLog, formatError, type LogDefect } from "./format-error";

interface Options {
  /** graphql-jit or plain graphql-js. */
  jit: boolean;
  log: LogDefect;
}

/** The server of a schema. Cache control stays off: it would wrap every field. */
export function apolloServer<C extends { requestId: string }>(
  schema: GraphQLSchema,
  { jit, log }: Options,
): ApolloServer<C> {
  return new ApolloServer<C>({
    ...(jit ? { gateway: jitGateway(schema) } : { schema }),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError,
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), defectLog(log)],
    stopOnTerminationSignals: false,
  } as never);
}
