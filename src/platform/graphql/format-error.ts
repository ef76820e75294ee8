import type { ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Refusal } from "../errors";

const DEFECT = "INTERNAL_SERVER_ERROR";

/** What a caller may read of an error: a refusal in full, GraphQL's own complaints, and nothing else. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const { path, locations } = formatted;
  if (cause instanceof Refusal) {
    const [{ code, message, field }] = cause.faults;
    return { message, path, locations, extensions: field ? { code, field } : { code } };
  }
  const code = formatted.extensions?.code;
  if (isComplaint(error) && code !== DEFECT) {
    return { message: formatted.message, path, locations, extensions: { code } };
  }
  const message = "Something went wrong on our side. Quote the request id from the `x-request-id` header.";
  return { message, path, locations, extensions: { code: DEFECT } };
}

/** GraphQL's own words on the request, which quote nothing but the request. */
const isComplaint = (error: unknown): boolean =>
  error instanceof GraphQLError && (!error.originalError || error.originalError instanceof GraphQLError);

export type LogDefect = (requestId: string, error: unknown) => void;

/** Logs what was masked, with the id that the caller will quote. */
export function defectLog(log: LogDefect): ApolloServerPlugin<{ requestId: string }> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ errors, response: { body }, contextValue }) => {
        if (body.kind !== "single") return;
        body.singleResult.errors?.forEach(({ extensions }, index) => {
          if (extensions?.code === DEFECT) log(contextValue.requestId, unwrapResolverError(errors?.[index]));
        });
      },
    }),
  };
}
