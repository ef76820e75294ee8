import { errors, type JWTVerifyOptions, type JWTVerifyResult, jwtVerify } from "jose";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { epochMilliseconds, monotonicMilliseconds } from "../platform/time";
import { knownEmail } from "./member.rules";
import { ASYMMETRIC, believedUntil, signsIn, whyUnknown } from "./oidc.rules";
import { type Asking, PATIENCE, ProviderFailure, type ProviderLog, providerKeys } from "./oidc-provider.actions";
import { type Issuer, TOLERANCE_SECONDS } from "./token.actions";

interface Provider extends Pick<Asking, "issuer" | "log">, Partial<Pick<Asking, "patience" | "clock">> {
  /** What the provider calls us: one of the names in `aud`. */
  audience: string;
}

/** An OpenID Connect provider. It is asked when the first token comes, so that the server starts without it. */
export function oidcIssuer({
  issuer,
  audience,
  log,
  patience = PATIENCE,
  clock = monotonicMilliseconds,
}: Provider): Issuer {
  const keys = providerKeys({ issuer, log, patience, clock });
  const options: JWTVerifyOptions = {
    issuer,
    audience,
    algorithms: [...ASYMMETRIC],
    requiredClaims: ["exp"],
    clockTolerance: TOLERANCE_SECONDS,
  };
  return {
    name: issuer,
    verify: async (token) => {
      const verified = await jwtVerify(token, keys, options).catch((error: unknown) => noneBecause(error, log));
      return verified && signsIn(verified.protectedHeader.typ) ? signInClaims(verified.payload) : null;
    },
  };
}

/** Null for a bad token: why, is told to the operator alone. @throws Refusal SIGN_IN_UNAVAILABLE */
function noneBecause(error: unknown, log: ProviderLog): null {
  if (error instanceof ProviderFailure) {
    return refuse(
      "SIGN_IN_UNAVAILABLE",
      "Sign-in is out of order at the moment, because the identity provider does not answer: try again in a minute. " +
        "API keys, and tokens that were accepted a moment ago, go on working.",
    );
  }
  // Not the error itself, which holds the claims of a person.
  const why = error instanceof errors.JOSEError ? `${error.code}: ${error.message}` : String(error);
  log.debug({ why }, "a token of the identity provider was refused");
  return null;
}

/** What a good token says, as `tokenVerifier` reads it. @throws Refusal UNAUTHENTICATED where it says too little */
function signInClaims(payload: JWTVerifyResult["payload"]): Readonly<Record<string, unknown>> {
  const why = whyUnknown(payload) ?? whyNowhere(payload);
  if (why) refuse("UNAUTHENTICATED", why);
  const { email, org, exp } = payload;
  return { email: knownEmail(email as string), org, exp: believedUntil(exp!, epochMilliseconds()) };
}

const whyNowhere = ({ org }: Readonly<Record<string, unknown>>): string | null =>
  org === undefined || org === null || (typeof org === "string" && typeOfId(org) === "Organization")
    ? null
    : "The token's `org` claim is not the id of an organisation: leave it out, or put the id there.";
