import { jwtVerify, SignJWT } from "jose";
import type { Database } from "../platform/db/database";
import { allRows } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { Member } from "./member.entity";
import type { MemberViewer } from "./viewer.rules";

const ALGORITHM = "HS256";
const ISSUER = "assay";
/** Clocks may differ by this many seconds. */
const TOLERANCE_SECONDS = 30;

const key = (secret: string): Uint8Array => new TextEncoder().encode(secret);

interface Claims {
  /** Who signs in; the organisation knows them by it. */
  email: string;
  /** Organisation id; needed only by those who belong to several. */
  org?: string;
}

/** A signed token for a member. `lifetime` in jose's words, such as `12h`. */
export function signToken(secret: string, { email, org }: Claims, lifetime: string): Promise<string> {
  return new SignJWT(org ? { email, org } : { email })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(key(secret));
}

/** The member whom the token names. @throws Refusal UNAUTHENTICATED, without saying which check failed to strangers */
export async function memberOfToken(database: Database, secret: string, token: string): Promise<MemberViewer> {
  const { email, org } = await claimsOf(secret, token);
  const organizationId = org ?? (await onlyOrganization(database, email));
  const reader = { model: database.model, all: database.read.bind(database, organizationId) as never };
  const [member] = await allRows(reader, Member, (bind) => `t.email = ${bind(email.toLowerCase())} and t.active`);
  if (!member) return refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
  return { kind: "MEMBER", organizationId, id: member.id, role: member.role };
}

async function claimsOf(secret: string, token: string): Promise<Claims> {
  const options = { algorithms: [ALGORITHM], issuer: ISSUER, clockTolerance: TOLERANCE_SECONDS };
  const verified = await jwtVerify(token, key(secret), options).catch(() => null);
  const { email, org } = verified?.payload ?? {};
  const known = typeof email === "string" && (org === undefined || typeOfId(String(org)) === "Organization");
  if (!known) return refuse("UNAUTHENTICATED", "The token is not valid, or it has expired: get a new one.");
  return { email, org: org as string | undefined };
}

async function onlyOrganization(database: Database, email: string): Promise<string> {
  const rows = await database.ask<{ id: string }>("select id from organizations_of_email($1) as id", [email]);
  if (rows.length > 1) {
    refuse("UNAUTHENTICATED", "You belong to several organisations: the token's `org` claim must name one.");
  }
  return rows[0]?.id ?? refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
}
