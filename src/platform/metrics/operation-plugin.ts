import type { ApolloServerPlugin } from "@apollo/server";
import type { Actor } from "../actor";
import type { Visit } from "../db/visit";
import { monotonicMilliseconds } from "../time";
import type { Metrics } from "./metrics";
import { slowOperation, statementHash } from "./slow-operation";

/** What a request's context knows. */
export interface Visiting {
  readonly requestId: string;
  readonly viewer?: Actor | null;
  readonly visit: Visit;
}

/** Instead of the names that those who have not signed in give: they would fill the room for names. */
const STRANGER = "stranger";

interface Watch {
  metrics: Metrics | null;
  /** From how many milliseconds on an operation is told to the log; 0: never. */
  slowMilliseconds: number;
  log: { warn(line: object, message: string): void; debug(line: object, message: string): void };
}

/** Measures each operation from its arrival to its answer, and tells the log of those that took long. */
export function watchOperations({ metrics, slowMilliseconds, log }: Watch): ApolloServerPlugin<Visiting> {
  const isSlow = (milliseconds: number) => slowMilliseconds > 0 && milliseconds >= slowMilliseconds;
  return {
    contextCreationDidFail: async ({ error }) => metrics?.errorAnswered(codeOf(error)),
    invalidRequestWasReceived: async ({ error }) => metrics?.errorAnswered(codeOf(error)),
    requestDidStart: async () => ({
      willSendResponse: async ({ operationName, operation, queryHash, contextValue, response: { body } }) => {
        const { visit, requestId, viewer } = contextValue;
        const milliseconds = monotonicMilliseconds() - visit.began;
        const name = viewer ? operationName : STRANGER;
        metrics?.operationEnded({ name, type: operation?.operation, milliseconds });
        for (const error of (body.kind === "single" && body.singleResult.errors) || [])
          metrics?.errorAnswered(codeOf(error));
        if (!isSlow(milliseconds)) return;
        const ended = {
          name: operationName,
          document: queryHash,
          requestId,
          organizationId: viewer?.organizationId,
          milliseconds,
        };
        log.warn(slowOperation(ended, visit), "a slow operation");
        for (const { text } of visit.statements)
          log.debug({ requestId, statement: statementHash(text), text }, "a statement of it");
      },
    }),
  };
}

function codeOf(error: unknown): string {
  const { code } = (error as { extensions?: { code?: unknown } }).extensions ?? {};
  return typeof code === "string" ? code : "INTERNAL_SERVER_ERROR";
}
