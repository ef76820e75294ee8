import { ApolloServer, type BaseContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import { jitGateway } from "./executor";
import { formatError } from "./format-error";

interface Options {
  /** graphql-jit or plain graphql-js. */
  jit: boolean;
  log: (error: unknown) => void;
}

/** The server of a schema. Cache control stays off: it would wrap every field. */
export function apolloServer<C extends BaseContext>(schema: GraphQLSchema, { jit, log }: Options): ApolloServer<C> {
  return new ApolloServer<C>({
    ...(jit ? { gateway: jitGateway(schema) } : { schema }),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: formatError(log),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
    stopOnTerminationSignals: false,
  } as never);
}
