import { createHmac } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { SignJWT } from "jose";
import pino from "pino";
import { localIssuer, signToken } from "../../src/identity/token.actions";
import type { Database } from "../../src/platform/db/database";
import { OPEN_ROOT_FIELDS } from "../../src/platform/graphql/schema";
import { createServer, schema } from "../../src/server";
import { type Company, company } from "../cast/company";
import { ROOMY } from "../support/api";
import { openTestDatabase, superuserUrl, withClient } from "../support/database";
import { rootOperations } from "../support/operations";

jest.setTimeout(60_000);

const OPERATIONS = rootOperations(schema);
const CLOSED = OPERATIONS.filter(({ name }) => !OPEN_ROOT_FIELDS.has(name));

const SECRET = "a secret of these tests alone, long enough";

let database: Database;
let app: FastifyInstance;
let url: string;
let here: Company;
let there: Company;
/** A token that opens everything to an administrator. */
let good: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const logger = pino({ level: "silent" });
  app = await createServer({ database, issuers: [localIssuer(SECRET)], jit: true, limits: ROOMY, logger });
  url = await app.listen({ host: "127.0.0.1", port: 0 });
  here = await company(database);
  there = await company(database);
  good = await signToken(SECRET, claims(), "1h");
  await withClient(superuserUrl, (client) =>
    client.query("update members set active = false where id = $1", [here.people.bob.id]),
  );
});

afterAll(async () => {
  await app.close();
  await database.close();
});

async function send(authorization: string | null, operation: { query: string; variables: object }) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization === null ? {} : { authorization }) },
    body: JSON.stringify({ query: operation.query, variables: operation.variables }),
  });
  return (await response.json()) as {
    data: Record<string, unknown> | null;
    errors?: { message: string; path?: string[]; extensions: { code: string } }[];
  };
}

/** Rows of every table, in all organisations, but of the access log: it tells of attempts that were refused. */
function everyRow(): Promise<Record<string, string>> {
  return withClient(superuserUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'access_log'",
    );
    const counts = tables.map(({ name }) => `select '${name}' as name, count(*) as n from ${name}`);
    const { rows } = await client.query<{ name: string; n: string }>(counts.join(" union all "));
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  });
}

const DAY = 86_400;
const inSeconds = (span: number): number => Math.floor(Date.now() / 1000) + span;

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const partsOf = (token: string): [string, string, string] => token.split(".") as [string, string, string];
const claims = () => ({ email: here.people.admin.email, org: here.organizationId });

/** As the server signs, but for what is given. */
const signed = ({ secret = SECRET, alg = "HS256", issuer = "assay" }) =>
  new SignJWT(claims())
    .setProtectedHeader({ alg })
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(keyOf(secret));

/** A token with other claims under the signature of a good one. */
function tampered(change: object): string {
  const [header, payload, signature] = partsOf(good);
  const read = JSON.parse(Buffer.from(payload, "base64url").toString());
  return [header, encoded({ ...read, ...change }), signature].join(".");
}

const unsigned = (alg: string): string =>
  `${encoded({ alg, typ: "JWT" })}.${encoded({ ...claims(), iss: "assay", iat: inSeconds(0), exp: inSeconds(DAY) })}.`;

function signedWithNothing(): string {
  const [header, payload] = partsOf(unsigned("HS256"));
  const signature = createHmac("sha256", "").update(`${header}.${payload}`).digest("base64url");
  return `${header}.${payload}.${signature}`;
}

/** Everybody who may not come in, by what they send as a token; null: no header at all. */
const STRANGERS: Record<string, () => Promise<string> | string | null> = {
  "nobody at all": () => null,
  "a token of nothing": () => "",
  "text that is no token": () => "let-me-in",
  "a token whose claims were changed": () => tampered({ email: here.people.recruiter.email }),
  "a token whose end was put off": () => tampered({ exp: inSeconds(365 * DAY) }),
  "a token without its signature": () => `${partsOf(good).slice(0, 2).join(".")}.`,
  "a token of another secret": () => signed({ secret: "another secret, which is as long as the first" }),
  "a token of another issuer": () => signed({ issuer: "somebody" }),
  "a token of another algorithm": () => signed({ alg: "HS512", secret: SECRET.repeat(2) }),
  "a token of another algorithm and the right secret": () => hashedWith("HS384"),
  "alg none": () => unsigned("none"),
  "alg None": () => unsigned("None"),
  "a token signed with an empty key": signedWithNothing,
  "a token that has expired": () => signToken(SECRET, claims(), "-1m"),
  "somebody who was deactivated": () => signToken(SECRET, { ...claims(), email: here.people.bob.email }, "1h"),
  "somebody who was deactivated and names no organisation": () =>
    signToken(SECRET, { email: here.people.bob.email }, "1h"),
  "somebody whom no organisation knows": () => signToken(SECRET, { email: "nobody@nowhere.example" }, "1h"),
  "a member of another organisation": () => signToken(SECRET, { ...claims(), org: there.organizationId }, "1h"),
  "a member who names no organisation's id": () => signToken(SECRET, { ...claims(), org: here.people.admin.id }, "1h"),
};

/** HS384 wants 48 bytes of key, which the secret has not: jose refuses to sign, an attacker does not. */
function hashedWith(alg: "HS384"): string {
  const [, payload] = partsOf(good);
  const header = encoded({ alg });
  const signature = createHmac("sha384", SECRET).update(`${header}.${payload}`).digest("base64url");
  return `${header}.${payload}.${signature}`;
}

test("few root fields answer to anybody", () => {
  expect(OPEN_ROOT_FIELDS.size).toBeLessThanOrEqual(3);
  expect(OPERATIONS.map(({ name }) => name)).toEqual(expect.arrayContaining([...OPEN_ROOT_FIELDS]));
  expect(CLOSED.length).toBe(OPERATIONS.length - OPEN_ROOT_FIELDS.size);
});

test("the generated operations are valid, and open to who may come in", async () => {
  for (const operation of OPERATIONS) {
    const { errors = [] } = await send(`Bearer ${good}`, operation);
    const codes = errors.map(({ extensions }) => extensions.code);
    expect([
      operation.name,
      codes.filter((code) => !["NOT_FOUND", "BAD_CURSOR", "BAD_PAGE", "WRONG_ID_TYPE"].includes(code)),
    ]).toEqual([operation.name, []]);
  }
});

describe.each(Object.keys(STRANGERS))("%s", (stranger) => {
  test("is refused by every root field, and nothing is written", async () => {
    const token = await STRANGERS[stranger]!();
    const before = await everyRow();
    for (const operation of CLOSED) {
      const { data, errors } = await send(token === null ? null : `Bearer ${token}`, operation);
      const codes = errors?.map(({ extensions }) => extensions.code);
      expect({ name: operation.name, codes, data: Object.values(data ?? {}) }).toEqual({
        name: operation.name,
        codes: ["UNAUTHENTICATED"],
        data: data ? [null] : [],
      });
    }
    expect(await everyRow()).toEqual(before);
  });

  test("is told about the server", async () => {
    const token = await STRANGERS[stranger]!();
    const { data } = await send(token === null ? null : `Bearer ${token}`, {
      query: "{ about { name } }",
      variables: {},
    });
    expect(data).toEqual({ about: { name: "Assay" } });
  });
});

test("one operation with every closed field is refused as a whole", async () => {
  const fields = CLOSED.filter(({ query }) => query.startsWith("query Root {"));
  const query = `{ ${fields.map(({ query: each }) => each.slice("query Root {".length, -1)).join(" ")} }`;
  const { data, errors } = await send(null, { query, variables: {} });
  expect(fields.length).toBeGreaterThan(0);
  expect([
    Object.values(data ?? {}).filter(Boolean),
    new Set(errors?.map(({ extensions }) => extensions.code)),
  ]).toEqual([[], new Set(["UNAUTHENTICATED"])]);
});

test("another scheme is no way in", async () => {
  const { errors } = await send(`Basic ${good}`, { query: "{ viewer { organization { id } } }", variables: {} });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
});
