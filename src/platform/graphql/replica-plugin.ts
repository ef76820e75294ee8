import type { ApolloServerPlugin } from "@apollo/server";
import type { Visit } from "../db/visit";

/** Queries may read from the replica. Whoever asks was signed in from the primary before. */
export const readQueriesElsewhere: ApolloServerPlugin<{ visit: Visit }> = {
  requestDidStart: async ({ contextValue: { visit } }) => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === "query") visit.onlyReads();
    },
  }),
};
