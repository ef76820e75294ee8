import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import { isSecureUrl } from "../platform/http/secure-url";

/** How long a provider is waited for, and how often it is asked; milliseconds. */
export interface Patience {
  /** For one answer, to its last byte. */
  readonly timeout: number;
  /** After an answer that failed, until it is asked again. */
  readonly pause: number;
  /** Between two readings of the keys, however many tokens name a key that is not known. */
  readonly cooldown: number;
  /** Until the keys are read anew, though all that is asked for are known. */
  readonly keysKept: number;
}

export const PATIENCE: Patience = { timeout: 5_000, pause: 10_000, cooldown: 30_000, keysKept: 600_000 };

/** The documents of large providers have about 20,000 bytes. */
const LARGEST_BYTES = 262_144;

/** The provider cannot be asked, or what it answers is of no use. */
export class ProviderFailure extends Error {}

/** Of pino; what is told never holds a token. */
export interface ProviderLog {
  error(facts: object, words: string): void;
  debug(facts: object, words: string): void;
}

export interface Asking {
  /** As in the provider's own document and in `iss`, letter by letter. */
  issuer: string;
  log: ProviderLog;
  patience: Patience;
  /** Milliseconds of a clock that never goes back. */
  clock: () => number;
}

type Document = Readonly<Record<string, unknown>>;
/** Reads a document; what is wrong with it is told by an error. */
type Ask = (url: string, signal: AbortSignal, check: (document: Document) => void) => Promise<Document>;
type Keys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The provider's public keys, found when a token first asks for one and kept up to date from then on.
 * Throws `ProviderFailure`, and jose's errors where the provider has answered and there is no such key.
 */
export function providerKeys(asking: Asking): JWTVerifyGetKey {
  const ask = withPauses(asking);
  let found: Promise<Keys> | undefined;
  const forget = () => {
    found = undefined;
  };
  const discover = (): Promise<Keys> =>
    discoveredKeys(asking, ask).catch((error: unknown) => {
      forget();
      throw error;
    });
  return async (header, token) => {
    found ??= discover();
    const keys = await found;
    return keys(header, token).catch((error: unknown) => {
      // Aged keys are of no use, and the provider may have moved its keys: it is asked where they are.
      if (error instanceof ProviderFailure && !keys.fresh) forget();
      throw error;
    });
  };
}

async function discoveredKeys({ issuer, patience }: Asking, ask: Ask): Promise<Keys> {
  const { timeout, cooldown, keysKept } = patience;
  const signal = AbortSignal.timeout(timeout);
  const { jwks_uri: url } = await ask(discoveryUrl(issuer), signal, (document) => checkDiscovery(issuer, document));
  return createRemoteJWKSet(new URL(url as string), {
    timeoutDuration: timeout,
    cooldownDuration: cooldown,
    cacheMaxAge: keysKept,
    [customFetch]: async (keysUrl, { signal }) => Response.json(await ask(keysUrl, signal, checkKeys)),
  });
}

/** @see OpenID Connect Discovery 1.0, section 4 */
const discoveryUrl = (issuer: string): string => `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

function checkDiscovery(issuer: string, { issuer: named, jwks_uri: url }: Document): void {
  if (named !== issuer) throw new Error(`it is of the issuer ${JSON.stringify(named)}; ASSAY_OIDC_ISSUER is ${issuer}`);
  const isSafe =
    typeof url === "string" && isSecureUrl(url) && (url.startsWith("https:") || issuer.startsWith("http:"));
  if (!isSafe) throw new Error("its `jwks_uri` is no https address");
}

function checkKeys({ keys }: Document): void {
  const isSet = Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null);
  if (!isSet) throw new Error("it is no set of keys");
}

/** Asks for documents; after a failure it asks nothing for a while, and fails at once. */
function withPauses({ log, patience, clock }: Asking): Ask {
  let silentUntil = Number.NEGATIVE_INFINITY;
  return async (url, signal, check) => {
    if (clock() < silentUntil) throw new ProviderFailure(`${url} is not asked: it failed a moment ago`);
    try {
      const document = await documentAt(url, signal);
      check(document);
      return document;
    } catch (cause) {
      const failure = new ProviderFailure(`${url}: ${(cause as Error).message}`, { cause });
      silentUntil = clock() + patience.pause;
      log.error({ err: failure }, "the identity provider does not answer as it should: nobody new can sign in");
      throw failure;
    }
  };
}

async function documentAt(url: string, signal: AbortSignal): Promise<Document> {
  const response = await fetch(url, { signal, redirect: "manual", headers: { accept: "application/json" } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`it answers with the status ${response.status}`);
  }
  const document: unknown = JSON.parse(await boundedText(response));
  if (typeof document !== "object" || document === null) throw new Error("it is no JSON object");
  return document as Document;
}

/** Leaving the loop ends the answer. */
async function boundedText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > LARGEST_BYTES) throw new Error(`it is larger than ${LARGEST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
