import { createSecretKey, type KeyObject } from "node:crypto";
import { decodeJwt, jwtVerify, SignJWT } from "jose";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { RecentlyUsed } from "../platform/recently-used";
import { epochMilliseconds } from "../platform/time";

const ALGORITHM = "HS256";
const ISSUER = "assay";
/** Clocks may differ by this many seconds. */
export const TOLERANCE_SECONDS = 30;
/** Tokens that a server remembers to have verified. */
const MOST_REMEMBERED = 10_000;

/** What a good token says. */
export interface Claims {
  /** Who signs in, as the issuer has verified; the organisation knows them by it. */
  email: string;
  /** Organisation id; needed only by those who belong to several. */
  org?: string;
  /** When the token ends, in seconds since the epoch. */
  exp: number;
}

/** Whoever signs tokens: its name as in `iss`, and how its tokens are verified. */
export interface Issuer {
  readonly name: string;
  /** The payload of a token that is signed, in time, and meant for us; null for any other. */
  readonly verify: (token: string) => Promise<Readonly<Record<string, unknown>> | null>;
}

/** The claims of a token: the same object for the same token. @throws Refusal UNAUTHENTICATED, without saying which check failed */
export type VerifyToken = (token: string) => Promise<Claims>;

const keyOf = (secret: string): KeyObject => createSecretKey(secret, "utf8");

/** A token for a member, as the local issuer signs it. `lifetime` in jose's words, such as `12h`. */
export function signToken(secret: string, { email, org }: Omit<Claims, "exp">, lifetime: string): Promise<string> {
  return new SignJWT(org ? { email, org } : { email })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(keyOf(secret));
}

/** This server itself: signs for demo data, and is trusted in embedded mode alone. */
export function localIssuer(secret: string): Issuer {
  const key = keyOf(secret);
  const options = { algorithms: [ALGORITHM], issuer: ISSUER, clockTolerance: TOLERANCE_SECONDS };
  return {
    name: ISSUER,
    verify: async (token) => (await jwtVerify(token, key, options).catch(() => null))?.payload ?? null,
  };
}

/** Verifies the tokens of some issuers, and remembers those that were good until they expire. */
export function tokenVerifier(issuers: readonly Issuer[]): VerifyToken {
  const remembered = new RecentlyUsed<string, Claims>({ most: MOST_REMEMBERED, weightOf: () => 1 });
  return async (token) => {
    const known = remembered.get(token);
    if (known && (known.exp + TOLERANCE_SECONDS) * 1000 > epochMilliseconds()) return known;
    remembered.delete(token);
    const issuer = issuers.find(({ name }) => name === issuerOf(token));
    const claims = claimsOf(await issuer?.verify(token));
    if (!claims) return refuse("UNAUTHENTICATED", "The token is not valid, or it has expired: get a new one.");
    remembered.set(token, claims);
    return claims;
  };
}

/** Who a token says it is of, before it is believed. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function claimsOf(payload: Readonly<Record<string, unknown>> | null | undefined): Claims | null {
  const { email, org, exp } = payload ?? {};
  if (typeof email !== "string" || typeof exp !== "number") return null;
  if (org === undefined || org === null) return { email, exp };
  return typeof org === "string" && typeOfId(org) === "Organization" ? { email, org, exp } : null;
}
