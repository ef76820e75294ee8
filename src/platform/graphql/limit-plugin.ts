import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Payment } from "../throttle";
import { compiledCosts } from "./cost";
import { rateHeaders, throttled, tooCostly } from "./limits";
import { LEAST, type Payer, type Toll } from "./toll";
import { assertSmallVariables } from "./variable-limits";

/** Refuses what costs too much, lets everybody pay, and tells with each answer what it cost and what is left. */
export function limitPlugin(schema: GraphQLSchema, toll: Toll): ApolloServerPlugin<Payer> {
  const costsOf = compiledCosts(schema);
  return {
    requestDidStart: async ({ contextValue: payer }) => {
      const limits = toll.limitsOf(payer);
      let requested = LEAST;
      let payment: Payment | undefined;
      return {
        // Runs for a document from the store as well, which skips validation.
        didResolveOperation: async ({ document, operation, request: { variables = {} } }) => {
          // Which of several is meant, the executor will ask.
          if (!operation) return;
          assertSmallVariables(variables);
          requested = Math.max(LEAST, costsOf(document)(operation, variables));
          if (requested > limits.most) throw tooCostly(requested, limits.most);
          payment = toll.pay(payer, requested);
          if (!payment.granted) throw throttled(requested, payment, limits);
        },
        willSendResponse: async ({ response: { http, body } }) => {
          // What was refused before it had a price pays too.
          const { remaining, ...left } = payment ?? toll.pay(payer, LEAST);
          for (const [name, value] of rateHeaders({ remaining, ...left }, limits)) http.headers.set(name, value);
          if (body.kind !== "single") return;
          const cost = { requested, limit: limits.most, remaining };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}
