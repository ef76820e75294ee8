/** One thing that is wrong with a request: what, where, and how to mend it. */
export interface Fault {
  /** A code that some slice lists in its manifest, or one of `platformRefusals`. */
  code: string;
  /** A sentence for the person who reads the answer: what is wrong and how to mend it. */
  message: string;
  /** Path of the argument at fault, from the mutation's `input`; null when no single field is at fault. */
  field: readonly string[] | null;
}

/** The only error that Assay throws on purpose. Everything else is a defect: masked for the caller and logged. */
export class Refusal extends Error {
  constructor(readonly faults: readonly [Fault, ...Fault[]]) {
    super(faults[0].message);
    this.name = "Refusal";
  }

  get code(): string {
    return this.faults[0].code;
  }
}

/** @throws Refusal always */
export function refuse(code: string, message: string, ...field: string[]): never {
  throw new Refusal([{ code, message, field: field.length > 0 ? field : null }]);
}

/** @throws Refusal with all faults together, when there is one */
export function refuseAll(faults: readonly Fault[]): void {
  const [first, ...rest] = faults;
  if (first) throw new Refusal([first, ...rest]);
}

/** @throws Refusal NOT_FOUND: the same words for a row of another organisation, a hidden one and one that never was */
export function notFound(what: string, id: string, ...field: string[]): never {
  return refuse("NOT_FOUND", `There is no ${what} with id ${id} that you may see.`, ...field);
}

/** @throws Refusal FORBIDDEN unless the policy allows */
export function must(allowed: boolean, deed: string): asserts allowed {
  if (!allowed) refuse("FORBIDDEN", `You may not ${deed}.`);
}

/** Refusals that end a whole field: the caller cannot mend them by changing the input. */
export const topLevelCodes: ReadonlySet<string> = new Set([
  "UNAUTHENTICATED",
  "SIGN_IN_UNAVAILABLE",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_ID",
  "BAD_CURSOR",
  "CURSOR_EXPIRED",
  "BAD_PAGE",
  "IDEMPOTENCY_KEY_INVALID",
  "IDEMPOTENCY_ONE_MUTATION",
  "IDEMPOTENCY_IN_PROGRESS",
  "IDEMPOTENCY_MISMATCH",
  "IDEMPOTENCY_ANSWER_GONE",
]);

/** Refusals of every mutation, published in `UserErrorCode` beside those of the slices. */
export const platformRefusals: Readonly<Record<string, string>> = {
  BAD_INPUT: "A field is blank, too long, out of range, or holds characters that cannot be stored.",
  WRONG_ID_TYPE: "The field wants the id of another type, or what was sent is no id at all.",
  STALE_VERSION: "Somebody changed the object since you read it: read it again and repeat with its `version`.",
  ILLEGAL_MOVE: "The object is not in a state that allows this.",
  ALREADY_EXISTS: "An object with the same key is already there.",
};
