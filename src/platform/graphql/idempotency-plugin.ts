import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Ctx } from "../context";
import { KEY_HEADER, KeyedRequest } from "../idempotency";
import { oneMutation } from "../idempotency-refusal";
import type { LogDefect } from "./format-error";
import { assertKey, requestHash, rootFields } from "./idempotency-request";
import { keepingOf } from "./keeping";

const REPLAYED_HEADER = "idempotency-replayed";

/** Strangers have no viewer: their header is as good as none. */
type Asking = Partial<Ctx> & { requestId: string };

/**
 * A mutation that comes under a key is done once, and a repeat gets the answer of the first. The action's transaction
 * does its part, see `KeyedRequest`; what came of it commits with it, and the answer is kept afterwards.
 */
export function idempotencyPlugin(schema: GraphQLSchema, log: LogDefect): ApolloServerPlugin<Asking> {
  return {
    requestDidStart: async ({ contextValue: { viewer, db, rehearses, requestId } }) => {
      let keyed: KeyedRequest | null = null;
      let kept: string | null = null;
      return {
        didResolveOperation: async ({ document, operation, source, request: { http, operationName, variables } }) => {
          const key = http?.headers.get(KEY_HEADER);
          if (key === undefined || !viewer || !db || operation?.operation !== "mutation") return;
          assertKey(key);
          const [field, ...others] = rootFields(document, operation);
          if (others.length > 0) throw oneMutation(others.length + 1);
          if (!field || rehearses) return;
          const hash = requestHash({ source, operationName, variables });
          keyed = new KeyedRequest(db, { key, requestHash: hash, keeping: keepingOf(schema, field) });
          kept = await keyed.keptAnswer();
          db.once = keyed;
        },
        responseForOperation: async () => (kept === null ? null : replayed(kept)),
        willSendResponse: async ({ response: { body } }) => {
          if (body.kind !== "single") return;
          // As it was, with what it cost then.
          if (kept !== null) body.singleResult = JSON.parse(kept);
          else if (!body.singleResult.errors?.length) {
            await keyed?.keepAnswer(JSON.stringify(body.singleResult)).catch((error) => log(requestId, error));
          }
        },
      };
    },
  };
}

const replayed = (answer: string): GraphQLResponse => ({
  http: { status: undefined, headers: new HeaderMap([[REPLAYED_HEADER, "true"]]) },
  body: { kind: "single", singleResult: JSON.parse(answer) },
});
