import { createSecretKey, type KeyObject } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { epochMilliseconds } from "../platform/time";
import { Member } from "./member.entity";
import type { MemberViewer } from "./viewer.rules";

const ALGORITHM = "HS256";
const ISSUER = "assay";
/** Clocks may differ by this many seconds. */
const TOLERANCE_SECONDS = 30;
/** Tokens that a server remembers to have verified. */
const MOST_REMEMBERED = 10_000;

interface Claims {
  /** Who signs in; the organisation knows them by it. */
  email: string;
  /** Organisation id; needed only by those who belong to several. */
  org?: string;
}

/** The claims of a token. @throws Refusal UNAUTHENTICATED, without saying which check failed */
export type VerifyToken = (token: string) => Promise<Claims>;

const keyOf = (secret: string): KeyObject => createSecretKey(secret, "utf8");

/** A signed token for a member. `lifetime` in jose's words, such as `12h`. */
export function signToken(secret: string, { email, org }: Claims, lifetime: string): Promise<string> {
  return new SignJWT(org ? { email, org } : { email })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(keyOf(secret));
}

/** Verifies the tokens of one secret, and remembers those that were good until they expire. */
export function tokenVerifier(secret: string): VerifyToken {
  const key = keyOf(secret);
  const remembered = new Map<string, { claims: Claims; expiresAt: number }>();
  return async (token) => {
    const known = remembered.get(token);
    if (known && known.expiresAt > epochMilliseconds()) return known.claims;
    remembered.delete(token);
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, clockTolerance: TOLERANCE_SECONDS };
    const verified = await jwtVerify(token, key, options).catch(() => null);
    const { email, org, exp } = verified?.payload ?? {};
    const good = typeof email === "string" && (org === undefined || typeOfId(String(org)) === "Organization");
    if (!good || !exp) return refuse("UNAUTHENTICATED", "The token is not valid, or it has expired: get a new one.");
    const claims = { email, org: org as string | undefined };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(token, { claims, expiresAt: (exp + TOLERANCE_SECONDS) * 1000 });
    return claims;
  };
}

/** The member whom the token names, as they are now. @throws Refusal UNAUTHENTICATED */
export async function memberOfToken(database: Database, verify: VerifyToken, token: string): Promise<MemberViewer> {
  const { email, org } = await verify(token);
  const organizationId = org ?? (await onlyOrganization(database, email));
  const reader = organizationReader(database, organizationId);
  const [member] = await allRows(reader, Member, (bind) => `t.email = ${bind(email.toLowerCase())} and t.active`);
  if (!member) return refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
  return { kind: "MEMBER", organizationId, id: member.id, role: member.role };
}

async function onlyOrganization(database: Database, email: string): Promise<string> {
  const rows = await database.ask<{ id: string }>("select id from organizations_of_email($1) as id", [email]);
  if (rows.length > 1) {
    refuse("UNAUTHENTICATED", "You belong to several organisations: the token's `org` claim must name one.");
  }
  return rows[0]?.id ?? refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
}
