import { createHash } from "node:crypto";
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { keyInvalid } from "../idempotency-refusal";

/** Without spaces: a header that is sent twice arrives as one, with a space in it. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** @throws Refusal IDEMPOTENCY_KEY_INVALID */
export function assertKey(key: string): void {
  if (!KEY.test(key)) throw keyInvalid();
}

/** What makes a request the same as another. */
export interface Sent {
  /** Text of the document. */
  readonly source: string | undefined;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** SHA-256, base64url, of the document as it was written, the operation's name and its variables. The order of keys is no difference. */
export function requestHash({ source, operationName, variables }: Sent): string {
  const text = JSON.stringify([source, operationName ?? null, variables ?? {}], inOrder);
  return createHash("sha256").update(text).digest("base64url");
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Names of the root fields of an operation, once for each name in its answer; also those that a directive may skip. */
export function rootFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): string[] {
  const found = new Map<string, string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) found.set((each.alias ?? each.name).value, each.name.value);
      else if (each.kind === Kind.INLINE_FRAGMENT) collect(each.selectionSet);
      else for (const fragment of fragmentsNamed(document, each.name.value)) collect(fragment.selectionSet);
    }
  };
  collect(selectionSet);
  return [...found.values()].filter((name) => name !== "__typename");
}

const fragmentsNamed = ({ definitions }: DocumentNode, name: string) =>
  definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).filter((each) => each.name.value === name);
