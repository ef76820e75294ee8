import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import { deprecationsIn } from "./deprecations";

/** Tells with each answer what its operation used that will go. */
export function deprecationPlugin(schema: GraphQLSchema): ApolloServerPlugin {
  const deprecationsOf = deprecationsIn(schema);
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ document, operation, request: { variables }, response: { body } }) => {
        if (!document || !operation || body.kind !== "single") return;
        const deprecations = deprecationsOf(document, operation, variables ?? {});
        if (deprecations.length === 0) return;
        body.singleResult.extensions = { ...body.singleResult.extensions, deprecations };
      },
    }),
  };
}
