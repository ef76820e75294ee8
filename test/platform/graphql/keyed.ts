import type { Api, Signer } from "../../support/api";
import { superuserUrl, withClient } from "../../support/database";

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

export interface Reply {
  status: number;
  /** The body, letter by letter. */
  text: string;
  body: Anything;
  /** Of the first error; undefined where there is none. */
  code: string | undefined;
  replayed: boolean;
}

export interface Sent {
  query: string;
  variables?: object;
  operationName?: string;
}

/** Sends a request under a key; null: without one. */
export async function post(api: Api, who: Signer | string | null, key: string | null, sent: Sent): Promise<Reply> {
  const token = who === null || typeof who === "string" ? who : await api.tokenOf(who);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (key !== null) headers["idempotency-key"] = key;
  const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify(sent) });
  const text = await response.text();
  const body = JSON.parse(text);
  return {
    status: response.status,
    text,
    body,
    code: body.errors?.[0].extensions.code,
    replayed: response.headers.get("idempotency-replayed") === "true",
  };
}

/** As the superuser, whom no wall keeps out. */
export const asSuperuser = (text: string, values: unknown[] = []): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

interface Kept {
  id: string;
  result: unknown;
  answer: string | null;
}

/** What is remembered under a key, of all organisations. */
export const keptUnder = (key: string): Promise<Kept[]> =>
  asSuperuser("select id, result, answer from idempotent_requests where key = $1 order by id", [key]);

/** As after a crash between the commit and the storing of the answer. */
export async function loseAnswer(key: string): Promise<void> {
  await asSuperuser("update idempotent_requests set answer = null where key = $1", [key]);
}
