import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Refusal } from "../errors";

type Log = (error: unknown) => void;

/** What a caller may read of an error: a refusal in full, GraphQL's own complaints, and nothing else. */
export function formatError(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const { path, locations } = formatted;
    if (cause instanceof Refusal) {
      const [{ code, message, field }] = cause.faults;
      return { message, path, locations, extensions: field ? { code, field } : { code } };
    }
    const code = formatted.extensions?.code;
    if (error instanceof GraphQLError && !error.originalError && code !== "INTERNAL_SERVER_ERROR") {
      return { message: formatted.message, path, locations, extensions: { code } };
    }
    log(cause);
    const message = "Something went wrong on our side. Quote the request id from the `x-request-id` header.";
    return { message, path, locations, extensions: { code: "INTERNAL_SERVER_ERROR" } };
  };
}
