import type { Client } from "pg";
import { createApiKey } from "../../src/identity/api-key.actions";
import type { Scope } from "../../src/identity/viewer.rules";
import type { Company } from "./company";

/** Scopes of a key that may read scores, and of one that may not. */
export const SCORE_SCOPES = {
  with: ["candidates:read", "scorecards:read"],
  without: ["candidates:read", "interviews:read"],
} as const satisfies Record<string, readonly Scope[]>;

export interface CastKey {
  id: string;
  /** What its holder sends. */
  secret: string;
}

/** A key that works, with these scopes; also with none, which the API does not make. */
export async function keyWith(company: Company, scopes: readonly Scope[]): Promise<CastKey> {
  const name = scopes.join(" ") || "nothing";
  const { secret, apiKey } = await createApiKey(company.as("admin"), {
    name,
    environment: "LIVE",
    scopes: [...scopes],
  });
  return { id: apiKey.id, secret };
}

/** As if the key had entered the scorecard that an input is about: nobody but itself goes on with it. */
export async function asEnteredBy(superuser: Client, keyId: string, input: Record<string, unknown>): Promise<void> {
  const { id, sessionId, interviewerId } = input;
  const text = `update scorecards set entered_by_key_id = $1
    where id = $2 or (session_id = $3 and interviewer_id = $4)`;
  await superuser.query(text, [keyId, id, sessionId, interviewerId]);
}
