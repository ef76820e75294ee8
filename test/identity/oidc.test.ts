import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { exportSPKI, type JWTPayload } from "jose";
import pino from "pino";
import { oidcIssuer } from "../../src/identity/oidc.actions";
import { PATIENCE, type Patience } from "../../src/identity/oidc-provider.actions";
import { createOrganization } from "../../src/identity/organization.actions";
import { type Issuer, localIssuer, signToken } from "../../src/identity/token.actions";
import type { Database } from "../../src/platform/db/database";
import { newId } from "../../src/platform/ids";
import { createServer } from "../../src/server";
import { openTestDatabase, superuserUrl, withClient } from "../support/database";
import { AUDIENCE, type KeyKind, type OidcProvider, oidcProvider, type Signing } from "./oidc-provider";

const SECRET = "a secret of the tests, thirty-two long";
const NOT_VALID = "The token is not valid, or it has expired: get a new one.";

let database: Database;
let provider: OidcProvider;
/** Believes the provider, and is as patient as in earnest. */
let server: Server;
let one: string;
let two: string;
const log: string[] = [];
const opened: { app: FastifyInstance }[] = [];
const providers: OidcProvider[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  provider = await newProvider();
  server = await serverOf([issuerOf(provider)]);
  const founded = async (name: string, emails: string[]) => {
    const members = emails.map((email) => ({ email, name: email, role: "INTERVIEWER" as const }));
    return (await createOrganization(database, { empty: true, name, members })).organization.id;
  };
  one = await founded("One", ["ada@oidc.example", "both@oidc.example", "leaver@oidc.example", "riser@oidc.example"]);
  two = await founded("Two", ["both@oidc.example"]);
});

afterAll(async () => {
  await Promise.all(opened.map(({ app }) => app.close()));
  await Promise.all(providers.map((each) => each.stop().catch(() => undefined)));
  await database.close();
});

async function newProvider(): Promise<OidcProvider> {
  const made = await oidcProvider();
  providers.push(made);
  return made;
}

interface Told {
  status: number;
  email?: string;
  role?: string;
  organization?: string;
  code?: string;
  message?: string;
}

type Server = Awaited<ReturnType<typeof serverOf>>;

/** A server of its own, and what it says to a token. */
async function serverOf(issuers: Issuer[]) {
  const app = await createServer({ database, issuers, jit: true, logger: pino({ level: "silent" }) });
  opened.push({ app });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return async (token: string, headers: Record<string, string> = {}): Promise<Told> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query: "{ viewer { member { email role } organization { id } } }" }),
    });
    const { status } = response;
    const { data, errors } = (await response.json()) as {
      data?: { viewer: { member: { email: string; role: string }; organization: { id: string } } } | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    if (errors) return { status, code: errors[0]!.extensions.code, message: errors[0]!.message };
    const { member, organization } = data!.viewer;
    return { status, ...member, organization: organization.id };
  };
}

const issuerOf = ({ issuer }: OidcProvider, patience: Partial<Patience> = {}, clock?: () => number): Issuer =>
  oidcIssuer({
    issuer,
    audience: AUDIENCE,
    log: {
      error: (facts, words) => void log.push(`${words} ${String((facts as { err: Error }).err.message)}`),
      debug: (facts, words) => void log.push(`${words} ${JSON.stringify(facts)}`),
    },
    patience: { ...PATIENCE, ...patience },
    clock,
  });

const ada = { email: "ada@oidc.example", email_verified: true };
const both = { email: "both@oidc.example", email_verified: true };
const inSeconds = (span: number): number => Math.floor(Date.now() / 1000) + span;
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const welcome = () => ({ status: 200, email: "ada@oidc.example", role: "INTERVIEWER", organization: one });
const notValid = { status: 200, code: "UNAUTHENTICATED", message: NOT_VALID };
const outOfOrder = {
  status: 200,
  code: "SIGN_IN_UNAVAILABLE",
  message: expect.stringMatching(/out of order.*try again/),
};

describe("a good token", () => {
  test.each<[string, KeyKind]>([
    ["RS256", "RSA"],
    ["RS384", "RSA"],
    ["RS512", "RSA"],
    ["PS256", "RSA"],
    ["PS384", "RSA"],
    ["PS512", "RSA"],
    ["ES256", "P-256"],
    ["ES384", "P-384"],
    ["ES512", "P-521"],
    ["EdDSA", "Ed25519"],
    ["Ed25519", "Ed25519"],
  ])("of the algorithm %s signs a member in", async (alg, kind) => {
    const own = await newProvider();
    own.addKey(kind, "other");
    expect(await (await serverOf([issuerOf(own)]))(await own.token(ada, { kid: "other", alg }))).toEqual(welcome());
  });

  test.each<[string, JWTPayload, Signing]>([
    ["of the type at+jwt", {}, { typ: "at+jwt" }],
    ["without a type", {}, { typ: undefined }],
    ["for several audiences", { aud: ["somebody-else", AUDIENCE] }, {}],
    ["whose e-mail is in capitals", { email: "Ada@OIDC.Example" }, {}],
    ["whose verified e-mail is said so in text", { email_verified: "true" }, {}],
    ["that expired a moment ago, by a clock that is a little ahead", { exp: inSeconds(-10) }, {}],
    ["that is valid in a moment, by a clock that is a little behind", { nbf: inSeconds(10) }, {}],
    ["that lives for a year", { exp: inSeconds(365 * 86_400) }, {}],
  ])("%s signs a member in", async (_, claims, signing) => {
    expect(await server(await provider.token({ ...ada, ...claims }, signing))).toEqual(welcome());
  });
});

describe("a token that cannot be trusted", () => {
  test.each<[string, JWTPayload, Signing]>([
    ["for another audience", { aud: "somebody-else" }, {}],
    ["for no audience", { aud: undefined }, {}],
    ["of another issuer", { iss: "https://elsewhere.example" }, {}],
    ["of an issuer that differs by a slash", {}, {}],
    ["without an issuer", { iss: undefined }, {}],
    ["that has expired", { exp: inSeconds(-60) }, {}],
    ["that never expires", { exp: undefined }, {}],
    ["that is not valid yet", { nbf: inSeconds(60) }, {}],
    ["that ends a session", {}, { typ: "logout+jwt" }],
    ["of an extension that we do not know", {}, { header: { crit: ["exotic"], exotic: true } }],
  ])("%s is refused in the same words", async (name, claims, signing) => {
    const given = name.includes("slash") ? { ...claims, iss: `${provider.issuer}/` } : claims;
    expect(await server(await provider.token({ ...ada, ...given }, signing))).toEqual(notValid);
  });

  test("signed with HS256 and the provider's public key as the secret", async () => {
    const { publicKey } = provider.addKey("RSA", "public");
    const pem = await exportSPKI(publicKey);
    for (const text of [pem, pem.trim(), JSON.stringify(publicKey.export({ format: "jwk" }))]) {
      const token = await provider.token(ada, { alg: "HS256", kid: "public", key: Buffer.from(text) });
      expect(await server(token)).toEqual(notValid);
    }
  });

  test("signed with the secret of the local issuer, in the provider's name", async () => {
    const token = await provider.token(ada, { alg: "HS256", key: Buffer.from(SECRET) });
    const listed = await serverOf([localIssuer(SECRET), issuerOf(provider)]);
    for (const ask of [server, listed]) expect(await ask(token)).toEqual(notValid);
  });

  test("signed with a key that it brings along", async () => {
    const stranger = await newProvider();
    const { publicKey, privateKey: key } = stranger.addKey("P-256", "first");
    const jwk = publicKey.export({ format: "jwk" });
    for (const header of [{ jwk }, { jku: `${stranger.issuer}/keys` }]) {
      expect(await server(await provider.token(ada, { key, header }))).toEqual(notValid);
    }
    expect(stranger.asked).toEqual({ discovery: 0, keys: 0 });
  });

  test.each(["none", "None", "NONE"])("with the algorithm %s", async (alg) => {
    const [, payload] = (await provider.token(ada)).split(".");
    for (const kid of [undefined, "first"])
      expect(await server(`${encoded({ alg, kid, typ: "JWT" })}.${payload}.`)).toEqual(notValid);
  });

  test("whose claims were changed", async () => {
    const [header, , signature] = (await provider.token(ada)).split(".");
    const claims = { ...both, iss: provider.issuer, aud: AUDIENCE, exp: inSeconds(3600) };
    expect(await server(`${header}.${encoded(claims)}.${signature}`)).toEqual(notValid);
  });

  test("signed by this server, where the local issuer is not listed", async () => {
    const token = await signToken(SECRET, { email: ada.email, org: one }, "1h");
    expect(await server(token)).toEqual(notValid);
    expect(await (await serverOf([localIssuer(SECRET), issuerOf(provider)]))(token)).toEqual(welcome());
  });
});

describe("a token that says too little is refused in words that help", () => {
  test.each<[string, JWTPayload, string]>([
    ["no e-mail", { email: undefined }, "scope `email`"],
    ["an e-mail that is not verified", { email_verified: false }, "`email_verified`"],
    ["an e-mail of which that is not said", { email_verified: undefined }, "`email_verified`"],
    ["an organisation that is none of ours", { org: "acme" }, "`org`"],
    ["an organisation that is a member", { org: newId("Member") }, "`org`"],
  ])("%s", async (_, claims, words) => {
    const { code, message } = await server(await provider.token({ ...ada, ...claims }));
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain(words);
  });

  test("unless it is not to be trusted anyhow", async () => {
    const { message } = await server(await provider.token({ aud: "somebody-else", email_verified: false }));
    expect(message).toBe(NOT_VALID);
  });
});

describe("somebody who belongs to two organisations", () => {
  const HEADER = "x-assay-organization";

  test("is let in where the claim says, or else the header", async () => {
    for (const organization of [one, two]) {
      const claimed = await provider.token({ ...both, org: organization });
      const bare = await provider.token(both);
      expect(await server(claimed)).toMatchObject({ email: both.email, organization });
      expect(await server(bare, { [HEADER]: organization })).toMatchObject({ email: both.email, organization });
      expect(await server(claimed, { [HEADER]: organization })).toMatchObject({ organization });
    }
  });

  test("is told to name one", async () => {
    const { code, message } = await server(await provider.token(both));
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain(HEADER);
  });

  test("is refused where claim and header disagree", async () => {
    const { code, message } = await server(await provider.token({ ...both, org: one }), { [HEADER]: two });
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain(HEADER);
  });

  test("opens nothing by naming an organisation of others", async () => {
    const message = "The token names nobody who may sign in here.";
    expect(await server(await provider.token({ ...ada, org: two }))).toMatchObject({ message });
    expect(await server(await provider.token(ada), { [HEADER]: two })).toMatchObject({ message });
  });
});

describe("what becomes of a member while the token lives", () => {
  const change = (text: string, email: string) =>
    withClient(superuserUrl, (client) => client.query(`update members set ${text} where email = $1`, [email]));

  test("a deactivation is effective at the next request, and so is coming back", async () => {
    const token = await provider.token({ ...ada, email: "leaver@oidc.example" });
    expect(await server(token)).toMatchObject({ email: "leaver@oidc.example" });
    await change("active = false", "leaver@oidc.example");
    const message = "The token names nobody who may sign in here.";
    expect(await server(token)).toEqual({ status: 200, code: "UNAUTHENTICATED", message });
    await change("active = true", "leaver@oidc.example");
    expect(await server(token)).toMatchObject({ email: "leaver@oidc.example" });
  });

  test("another role is effective at the next request", async () => {
    const token = await provider.token({ ...ada, email: "riser@oidc.example" });
    expect(await server(token)).toMatchObject({ role: "INTERVIEWER" });
    await change("role = 'RECRUITER'", "riser@oidc.example");
    expect(await server(token)).toMatchObject({ role: "RECRUITER" });
  });
});

describe("the provider's keys", () => {
  /** Another token each time, so that none is remembered. */
  const fresh = (own: OidcProvider, signing: Signing = {}) => own.token({ ...ada, jti: newId("Member") }, signing);

  const { now } = Date;
  let ahead = 0;

  beforeEach(() => {
    ahead = 0;
    jest.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  });
  afterEach(() => jest.restoreAllMocks());

  /** The wall clock, by which keys age. */
  const putForward = (milliseconds: number) => {
    ahead += milliseconds;
  };

  test("are asked for by the first token, and then kept", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own)]);
    expect(own.asked).toEqual({ discovery: 0, keys: 0 });
    await Promise.all(Array.from({ length: 10 }, async () => ask(await fresh(own))));
    expect(await ask(await fresh(own))).toEqual(welcome());
    expect(own.asked).toEqual({ discovery: 1, keys: 1 });
  });

  test("are asked for once in a cooldown, however many tokens name one that is not there", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own)]);
    await ask(await fresh(own));
    for (const expected of [2, 3]) {
      putForward(PATIENCE.cooldown + 1_000);
      const flood = Array.from({ length: 30 }, async (_, index) => ask(await fresh(own, { kid: `unknown-${index}` })));
      for (const told of await Promise.all(flood)) expect(told).toEqual(notValid);
      expect(own.asked).toEqual({ discovery: 1, keys: expected });
    }
  });

  test("are read again for a new one, without a restart", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own)]);
    expect(await ask(await fresh(own))).toEqual(welcome());
    own.addKey("P-256", "second");
    const token = await fresh(own, { kid: "second" });
    expect(await ask(token)).toEqual(notValid);
    putForward(PATIENCE.cooldown + 1_000);
    expect(await ask(token)).toEqual(welcome());
    expect(own.asked).toEqual({ discovery: 1, keys: 2 });
  });

  test("are believed no longer, once they have left the set and the set has aged", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own)]);
    const withOld = await fresh(own);
    const another = await fresh(own);
    expect(await ask(withOld)).toEqual(welcome());
    own.addKey("P-256", "second");
    own.removeKey("first");
    expect(await ask(another)).toEqual(welcome());
    putForward(PATIENCE.keysKept + 1_000);
    const late = await fresh(own);
    expect(await ask(late)).toEqual(notValid);
    expect(await ask(await fresh(own, { kid: "second" }))).toEqual(welcome());
  });

  test("are asked again about a token that was good an hour ago", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own)]);
    const token = await own.token({ ...ada, exp: inSeconds(7 * 86_400) });
    expect(await ask(token)).toEqual(welcome());
    own.removeKey("first");
    putForward(3_590_000);
    expect(await ask(token)).toEqual(welcome());
    putForward(100_000);
    expect(await ask(token)).toEqual(notValid);
  });
});

describe("a provider that is down", () => {
  test("keeps nobody out for longer than it is, and is asked once in a while", async () => {
    const own = await newProvider();
    let now = 0;
    const ask = await serverOf([issuerOf(own, {}, () => now)]);
    await own.stop();
    const refused = log.length;
    const token = await own.token(ada);
    for (const told of await Promise.all(Array.from({ length: 10 }, () => ask(token))))
      expect(told).toEqual(outOfOrder);
    expect(log.slice(refused)).toEqual([
      expect.stringContaining("the identity provider does not answer as it should: nobody new can sign in"),
    ]);

    await own.start();
    now = PATIENCE.pause - 1;
    expect(await ask(token)).toEqual(outOfOrder);
    expect(own.asked).toEqual({ discovery: 0, keys: 0 });
    now = PATIENCE.pause;
    expect(await ask(token)).toEqual(welcome());
  });

  test("does not trouble who was let in before, nor who has a key that is known", async () => {
    const own = await newProvider();
    const ask = await serverOf([issuerOf(own, { cooldown: 0 })]);
    const known = await own.token(ada);
    expect(await ask(known)).toEqual(welcome());
    await own.stop();
    expect(await ask(await own.token(ada, { kid: "unknown" }))).toEqual(outOfOrder);
    expect(await ask(known)).toEqual(welcome());
    expect(await ask(await own.token({ ...ada, jti: "another" }))).toEqual(welcome());
  });

  test("does not trouble who signs in by another issuer", async () => {
    const own = await newProvider();
    await own.stop();
    const ask = await serverOf([issuerOf(own), localIssuer(SECRET)]);
    expect(await ask(await own.token(ada))).toEqual(outOfOrder);
    expect(await ask(await signToken(SECRET, { email: ada.email, org: one }, "1h"))).toEqual(welcome());
  });

  test("may come back with its keys in another place", async () => {
    const own = await newProvider();
    let now = 0;
    const ask = await serverOf([issuerOf(own, { keysKept: 0 }, () => now)]);
    expect(await ask(await own.token(ada))).toEqual(welcome());
    const moved = (response: ServerResponse) => void response.writeHead(301, { location: "/elsewhere" }).end();
    own.misbehave("keys", moved);
    expect(await ask(await own.token({ ...ada, jti: "2" }))).toEqual(outOfOrder);
    own.misbehave("keys", null);
    now = PATIENCE.pause;
    expect(await ask(await own.token({ ...ada, jti: "3" }))).toEqual(welcome());
    expect(own.asked.discovery).toBe(2);
  });
});

describe("an answer of the provider that is of no use", () => {
  const json = (document: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(document));
  const document = (issuer: string, change: object) => json({ issuer, jwks_uri: `${issuer}/keys`, ...change });

  /** The whole of a document that never ends would not fit into the memory of the server. */
  const endless = (response: ServerResponse) => {
    const more = (): unknown => !response.destroyed && response.write(" ".repeat(65_536), more);
    response.write("{", more);
  };

  test.each<[string, "discovery" | "keys", (issuer: string) => (response: ServerResponse) => void, string]>([
    ["silence", "discovery", () => () => undefined, "timeout"],
    ["half an answer", "discovery", () => (response) => void response.write('{"issuer":'), "timeout"],
    ["a document without an end", "discovery", () => endless, "larger than"],
    ["an error", "discovery", () => (response) => void response.writeHead(500).end("{}"), "status 500"],
    ["a way elsewhere", "discovery", () => (response) => void response.writeHead(302, { location: "/" }).end(), "302"],
    ["a page", "discovery", () => (response) => void response.end("<html></html>"), "JSON"],
    ["a list", "discovery", () => json([]), "of the issuer undefined"],
    ["null", "discovery", () => json(null), "no JSON object"],
    ["another issuer", "discovery", (own) => document(own, { issuer: `${own}/` }), "of the issuer"],
    ["no keys", "discovery", (own) => document(own, { jwks_uri: undefined }), "jwks_uri"],
    ["keys over http", "discovery", (own) => document(own, { jwks_uri: "http://keys.example/" }), "jwks_uri"],
    ["keys in a file", "discovery", (own) => document(own, { jwks_uri: "file:///etc/keys" }), "jwks_uri"],
    ["silence about keys", "keys", () => () => undefined, "timeout"],
    ["keys without an end", "keys", () => endless, "larger than"],
    ["keys that are none", "keys", () => json({ keys: [1] }), "no set of keys"],
    ["keys that are no list", "keys", () => json({ keys: "all" }), "no set of keys"],
  ])("%s puts sign-in out of order until it is mended", async (_, path, answer, why) => {
    const own = await newProvider();
    let now = 0;
    const ask = await serverOf([issuerOf(own, { timeout: 1_000 }, () => now)]);
    own.misbehave(path, answer(own.issuer));
    expect(await ask(await own.token(ada))).toEqual(outOfOrder);
    expect(log.at(-1)).toContain(why);
    own.misbehave(path, null);
    now = PATIENCE.pause;
    expect(await ask(await own.token(ada))).toEqual(welcome());
  });

  test("keys of which one is broken keep the others", async () => {
    const own = await newProvider();
    const { publicKey } = own.addKey("P-256", "first");
    const good = { ...publicKey.export({ format: "jwk" }), kid: "first" };
    const broken = { kty: "EC", crv: "P-256", x: "AA", y: "AA", kid: "broken" };
    own.misbehave("keys", json({ keys: [broken, { kty: "oct", k: "AA", kid: "secret" }, good] }));
    const ask = await serverOf([issuerOf(own)]);
    expect(await ask(await own.token(ada))).toEqual(welcome());
    expect(await ask(await own.token(ada, { kid: "broken" }))).toEqual(notValid);
    expect(await ask(await own.token(ada, { kid: "secret" }))).toEqual(notValid);
  });
});

test("the issuer, asked directly, knows its own tokens alone, and writes e-mails small", async () => {
  const { verify } = issuerOf(provider);
  expect(await verify(await provider.token({ ...ada, email: "Ada@OIDC.Example" }))).toMatchObject({ email: ada.email });
  expect(await verify(await provider.token({ ...ada, iss: "https://elsewhere.example" }))).toBeNull();
});

test("the operator is told why a token was refused, and nothing of whom it names", async () => {
  log.length = 0;
  await server(await provider.token({ ...ada, aud: "somebody-else" }));
  expect(log).toEqual([expect.stringContaining("aud")]);
  expect(log.join()).not.toContain("ada@");
});
