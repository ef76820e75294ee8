/** How a key looks, how long it opens, and what a rotation leaves behind. */
import { MILLISECONDS } from "../platform/time";
import { SCOPES, type Scope } from "./viewer.rules";

export const KEY_ENVIRONMENTS = ["LIVE", "TEST"] as const;
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

const PREFIXES: Readonly<Record<KeyEnvironment, string>> = { LIVE: "assay_live_", TEST: "assay_test_" };

/** A key as its holder sends it, of 97 characters: Greenhouse takes no longer ones than 170. */
export const keyText = (environment: KeyEnvironment, link: string): string => `${PREFIXES[environment]}${link}`;

/** What follows the prefix, and what the prefix says; null where it is no key of ours. */
export function readKeyText(text: string): { environment: KeyEnvironment; link: string } | null {
  const environment = KEY_ENVIRONMENTS.find((each) => text.startsWith(PREFIXES[each]));
  return environment ? { environment, link: text.slice(PREFIXES[environment].length) } : null;
}

interface Locks {
  environment: KeyEnvironment;
  secretHash: string;
  formerSecretHash: string | null;
  formerUntil: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** Hashes of the secrets that open it at an instant; none once it was revoked or has expired. */
export function openHashes(key: Locks, now: Date): string[] {
  const { secretHash, formerSecretHash, formerUntil, expiresAt, revokedAt } = key;
  if (revokedAt || (expiresAt && expiresAt <= now)) return [];
  return formerSecretHash && formerUntil && formerUntil > now ? [secretHash, formerSecretHash] : [secretHash];
}

/** The key with a new secret, beside which the one that it had opens for some hours more. */
export const rotated = ({ secretHash: former }: Pick<Locks, "secretHash">, secretHash: string, until: Date) => ({
  secretHash,
  formerSecretHash: former,
  formerUntil: until,
});

export const hoursAfter = (now: Date, hours: number): Date => new Date(now.getTime() + hours * MILLISECONDS.hour);

export const daysAfter = (now: Date, days: number): Date => hoursAfter(now, 24 * days);

/** Each scope once, in the order in which they are published. */
export const distinctScopes = (scopes: readonly Scope[]): Scope[] => SCOPES.filter((each) => scopes.includes(each));
