import { Refusal } from "./errors";
import { typeOfId } from "./ids";

/** Code -> status of the answer. @see draft-ietf-httpapi-idempotency-key-header-07 section 2.7 for 400, 409 and 422 */
const STATUS = {
  IDEMPOTENCY_KEY_INVALID: 400,
  IDEMPOTENCY_ONE_MUTATION: 400,
  IDEMPOTENCY_IN_PROGRESS: 409,
  IDEMPOTENCY_ANSWER_GONE: 410,
  IDEMPOTENCY_MISMATCH: 422,
} as const;

/** Why a request under a key is neither done nor answered with what came of it. The key stays as it is. */
export class IdempotencyRefusal extends Refusal {
  /** Apollo reads the status there. */
  readonly extensions: { readonly http: { readonly status: number } };

  constructor(code: keyof typeof STATUS, message: string) {
    super([{ code, message, field: null }]);
    this.extensions = { http: { status: STATUS[code] } };
  }
}

export const keyInvalid = () =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_KEY_INVALID",
    "`Idempotency-Key` wants 1 to 255 letters of ASCII without spaces, once: a UUID for example.",
  );

export const oneMutation = (count: number) =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_ONE_MUTATION",
    `The operation has ${count} fields, and nothing was done: with \`Idempotency-Key\` send each in a request of its own.`,
  );

export const inProgress = () =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_IN_PROGRESS",
    "A request with this `Idempotency-Key` is being done at this moment: repeat it in a second.",
  );

export const mismatch = () =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_MISMATCH",
    "This `Idempotency-Key` was used for another request, with another document or other variables: nothing was done. " +
      "Take a new key for a new request.",
  );

const named = (ids: readonly string[]): string => ids.map((id) => `${typeOfId(id)} ${id}`).join(", ");

export const secretGone = (ids: readonly string[]) =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_ANSWER_GONE",
    `It was done under this key: ${named(ids)}. The secret was told once and is not kept: where it was lost, rotate it, ` +
      "or revoke this one and make another under a new key.",
  );

export const answerForgotten = () =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_ANSWER_GONE",
    "It was done under this key, and what came of it was forgotten when a candidate was erased: read what it was about.",
  );

export const rowGone = (id: string) =>
  new IdempotencyRefusal(
    "IDEMPOTENCY_ANSWER_GONE",
    `It was done under this key, and the answer cannot be told again: there is no ${named([id])} that you may see now.`,
  );
