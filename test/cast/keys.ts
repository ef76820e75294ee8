import { createApiKey } from "../../src/identity/api-key.actions";
import type { Scope } from "../../src/identity/viewer.rules";
import type { Company } from "./company";

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
