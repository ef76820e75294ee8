import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type JWTPayload, SignJWT } from "jose";

export const AUDIENCE = "assay-of-the-tests";

type Path = "discovery" | "keys";
type Answer = (response: ServerResponse) => void;

const makers = {
  RSA: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "P-256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "P-384": () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  "P-521": () => generateKeyPairSync("ec", { namedCurve: "P-521" }),
  Ed25519: () => generateKeyPairSync("ed25519"),
};
export type KeyKind = keyof typeof makers;

export interface Signing {
  kid?: string;
  alg?: string;
  /** Undefined leaves it out. */
  typ?: string | undefined;
  header?: object;
  key?: KeyObject | Uint8Array;
}

/** An OpenID Connect provider on a loopback port: discovery, keys, and whatever goes wrong with them. */
export interface OidcProvider {
  issuer: string;
  asked: Record<Path, number>;
  /** Answers in another way than it should, until it is told `null`. */
  misbehave(path: Path, answer: Answer | null): void;
  /** Makes a key and publishes it. */
  addKey(kind: KeyKind, kid: string): { publicKey: KeyObject; privateKey: KeyObject };
  /** Takes it out of the set; tokens are signed with `first` all the same. */
  removeKey(kid: string): void;
  /** A token that is good but for what is said; a claim that is undefined is left out. */
  token(claims: JWTPayload, signing?: Signing): Promise<string>;
  /** Goes away, and comes back under the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const json =
  (document: object): Answer =>
  (response) =>
    void response.setHeader("content-type", "application/json").end(JSON.stringify(document));

/** Listening, with one key `first` for ES256. */
export async function oidcProvider(): Promise<OidcProvider> {
  const keys = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>();
  const misbehaving: Partial<Record<Path, Answer | null>> = {};
  const asked = { discovery: 0, keys: 0 };
  let port = 0;
  const issuer = () => `http://127.0.0.1:${port}/realms/tests`;

  const answers: Record<Path, Answer> = {
    discovery: (response) => json({ issuer: issuer(), jwks_uri: `${issuer()}/keys` })(response),
    keys: (response) =>
      json({
        keys: [...keys].map(([kid, { publicKey }]) => ({ ...publicKey.export({ format: "jwk" }), kid, use: "sig" })),
      })(response),
  };
  const server = createServer(({ url }, response) => {
    const path: Path = url === "/realms/tests/.well-known/openid-configuration" ? "discovery" : "keys";
    asked[path] += 1;
    (misbehaving[path] ?? answers[path])(response);
  });
  const start = async () => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  };
  const addKey = (kind: KeyKind, kid: string) => {
    const pair = makers[kind]();
    keys.set(kid, pair);
    return pair;
  };

  await start();
  const { privateKey: first } = addKey("P-256", "first");
  return {
    issuer: issuer(),
    asked,
    misbehave: (path, answer) => {
      misbehaving[path] = answer;
    },
    addKey,
    removeKey: (kid) => void keys.delete(kid),
    token: (claims, { kid = "first", alg = "ES256", header = {}, key, ...rest } = {}) => {
      const seconds = Math.floor(Date.now() / 1000);
      const whole = { iss: issuer(), aud: AUDIENCE, sub: "somebody", iat: seconds, exp: seconds + 3600, ...claims };
      const typ = "typ" in rest ? rest.typ : "JWT";
      return new SignJWT(whole)
        .setProtectedHeader({ alg, kid, ...(typ ? { typ } : {}), ...header })
        .sign(key ?? keys.get(kid)?.privateKey ?? first, { crit: { exotic: true } });
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
    start,
  };
}
