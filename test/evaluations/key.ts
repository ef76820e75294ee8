import { execute, parse } from "graphql";
import type { KeyViewer, Scope } from "../../src/identity/viewer.rules";
import { contextOf } from "../../src/platform/context";
import type { Database } from "../../src/platform/db/database";
import { schema } from "../../src/server";
import type { Company } from "../cast/company";

/** Scopes of a key that may read scores, and of one that may not. */
export const KEYS = {
  with: ["candidates:read", "scorecards:read"],
  without: ["candidates:read", "interviews:read"],
} as const satisfies Record<string, readonly Scope[]>;

/** What a program of the company with these scopes is answered; fields that failed are null. */
export async function askAsKey(
  database: Database,
  { organizationId }: Company,
  scopes: readonly Scope[],
  query: string,
  variableValues: Record<string, unknown>,
) {
  const viewer: KeyViewer = { kind: "KEY", organizationId, id: "00000000-0000-7000-8000-000000000000", scopes };
  const contextValue = contextOf(database, { viewer, now: new Date(), requestId: "test" });
  const { data } = await execute({ schema, document: parse(query), contextValue, variableValues });
  // biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
  return data as any;
}
