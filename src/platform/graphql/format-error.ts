import type { ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { sqlState } from "../db/database";
import { Refusal } from "../errors";
import { exceededWhileParsing, LIMIT_CODES } from "./limits";

const DEFECT = "INTERNAL_SERVER_ERROR";

/** query_canceled, where a statement ran too long; lock_not_available, where it waited too long. */
const TIMEOUTS: ReadonlySet<string | undefined> = new Set(["57014", "55P03"]);

/** What a caller may read of an error: a refusal, GraphQL's own complaints, and nothing else. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = refusalIn(error) ?? unwrapResolverError(error);
  const { path, locations } = formatted;
  const told = shortened(formatted.message);
  if (cause instanceof Refusal) {
    const [{ code, field }] = cause.faults;
    const message = shortened(cause.message);
    return { message, path, locations, extensions: field ? { code, field } : { code } };
  }
  if (TIMEOUTS.has(sqlState(cause))) {
    const message =
      "The database took too long: ask for less, or repeat it later. After a mutation, read what became of it.";
    return { message, path, locations, extensions: { code: "TIMEOUT" } };
  }
  const limit = exceededWhileParsing(told) ?? exceededLimit(error);
  if (limit) {
    const { http: _, ...extensions } = limit.extensions;
    return { message: limit.message, extensions };
  }
  const code = ON_VALUES.test(told) ? BAD_VALUE : formatted.extensions?.code;
  if (isComplaint(error) && code !== DEFECT) {
    return { message: told, path, locations, extensions: { code } };
  }
  const message = "Something went wrong on our side. Quote the request id from the `x-request-id` header.";
  return { message, path, locations, extensions: { code: DEFECT } };
}

/** Also one that came before any resolver was asked, which Apollo does not unwrap. */
const refusalIn = (error: unknown): Refusal | null =>
  error instanceof GraphQLError && error.originalError instanceof Refusal ? error.originalError : null;

/** Characters of a message that are kept from its start and from its end, where the reason and suggestions stand. */
const KEPT = { start: 200, end: 300 };

/** GraphQL quotes the values that it complains of, whole: nothing may look at megabytes of them, nor send them back. */
function shortened(message: string): string {
  if (message.length <= KEPT.start + KEPT.end) return message;
  return `${message.slice(0, KEPT.start)} … ${message.slice(-KEPT.end)}`;
}

const BAD_VALUE = "BAD_USER_INPUT";
/** Complaints of variables to which graphql-js gives no code, and Apollo that of a defect. */
const ON_VALUES = /^(Too many errors processing variables|Argument "\w+" (of|has) )/;

/** GraphQL's own words on the request, which quote nothing but the request. */
const isComplaint = (error: unknown): boolean =>
  error instanceof GraphQLError && (!error.originalError || error.originalError instanceof GraphQLError);

/** The limit of ours that was exceeded; Apollo wraps what validation finds. */
function exceededLimit(error: unknown): GraphQLError | null {
  const found = error instanceof GraphQLError ? (error.originalError ?? error) : null;
  return found instanceof GraphQLError && LIMIT_CODES.has(found.extensions.code as string) ? found : null;
}

/** GraphQL's suggestions tell names of the schema: they are for those who have signed in. */
export const withholdSuggestions: ApolloServerPlugin<{ viewer?: unknown }> = {
  requestDidStart: async ({ contextValue: { viewer } }) => ({
    willSendResponse: async ({ response: { body } }) => {
      if (viewer || body.kind !== "single" || !body.singleResult.errors) return;
      body.singleResult.errors = body.singleResult.errors.map((error) => ({
        ...error,
        message: withoutSuggestion(error.message),
      }));
    },
  }),
};

/** As graphql-js writes it, at the end of a message. What stands before may be a stranger's, and is no matter for a pattern. */
function withoutSuggestion(message: string): string {
  const start = message.endsWith("?") ? message.lastIndexOf(" Did you mean ") : -1;
  return start < 0 ? message : message.slice(0, start);
}

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
