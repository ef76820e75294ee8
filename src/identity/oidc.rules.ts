/** What the token of a provider must be and say before anybody is let in with it. */
import { MILLISECONDS } from "../platform/time";

/** With a public key each; under HS256 and its kin, the provider's public key would do as the secret. */
export const ASYMMETRIC: readonly string[] = [
  ...["RS256", "RS384", "RS512"],
  ...["PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
];

/** @see RFC 7519, section 5.1; RFC 9068, section 2.1 */
const TYPES: ReadonlySet<string> = new Set(["jwt", "at+jwt"]);

/** Whether a token of the header's `typ` may sign somebody in. Some providers leave it out; no other kind does. */
export const signsIn = (typ: unknown): boolean =>
  typ === undefined || (typeof typ === "string" && TYPES.has(typ.toLowerCase().replace(/^application\//, "")));

/**
 * Claim -> how providers say in it that the e-mail is the person's own. The first claim that is there decides. As text,
 * because Cognito and Apple write it so, and a provider signs its text too. `xms_edov` is what Entra ID has instead.
 */
const VOUCHING: readonly (readonly [claim: string, values: readonly unknown[]])[] = [
  ["email_verified", [true, "true"]],
  ["xms_edov", [true, "true", 1, "1"]],
];

/** For form only; control characters could not be looked up. */
const ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

type Payload = Readonly<Record<string, unknown>>;

function isVouchedFor(payload: Payload): boolean {
  const [claim, values] = VOUCHING.find(([name]) => payload[name] !== undefined) ?? [];
  return claim !== undefined && values!.includes(payload[claim]);
}

/** Why somebody cannot be known by the token, and how to mend it; null where they can. */
export function whyUnknown(payload: Payload): string | null {
  const { email } = payload;
  if (typeof email !== "string" || !ADDRESS.test(email)) {
    return "The token names no e-mail address: ask the provider for the scope `email`, or send its ID token.";
  }
  return isVouchedFor(payload)
    ? null
    : "The provider does not say that it has verified the e-mail address: the token wants the claim `email_verified` with the value true.";
}

/**
 * Until when a token is believed without another look at the provider's keys, in seconds since the epoch: an hour at
 * most, so that a token of a stolen key does not outlive the key by more.
 */
export const believedUntil = (exp: number, nowMilliseconds: number): number =>
  Math.min(exp, Math.floor((nowMilliseconds + MILLISECONDS.hour) / 1000));
