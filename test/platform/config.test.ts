import { isAbsolute, resolve } from "node:path";
import { readConfig } from "../../src/platform/config";

const DATABASE_URL = "postgresql://assay_server:secret@db.example:5432/assay";
const ASSAY_TOKEN_SECRET = "0123456789abcdef0123456789abcdef";
const ASSAY_OIDC_ISSUER = "https://login.example/realms/acme";
const ASSAY_OIDC_AUDIENCE = "assay";
const SIGN_IN = { ASSAY_OIDC_ISSUER, ASSAY_OIDC_AUDIENCE };

test("an empty environment means the embedded database on 127.0.0.1, port 4000", () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    migrationDatabaseUrl: undefined,
    host: "127.0.0.1",
    port: 4000,
    tokenSecret: undefined,
    oidc: undefined,
    trustedProxies: [],
    directory: resolve(".assay"),
    jit: true,
    statementNames: true,
    poolSize: 10,
    logLevel: "info",
    limits: { most: 10_000, capacity: 20_000, restoredPerSecond: 1_000 },
  });
});

test("every setting is read", () => {
  const config = readConfig({
    DATABASE_URL,
    MIGRATION_DATABASE_URL: "postgres://assay_owner@db.example/assay",
    HOST: "10.0.0.1",
    PORT: "0",
    ASSAY_TOKEN_SECRET,
    ...SIGN_IN,
    ASSAY_TRUSTED_PROXIES: "10.0.0.0/8, ::1,192.0.2.7",
    ASSAY_DIRECTORY: "elsewhere",
    ASSAY_JIT: "off",
    ASSAY_STATEMENT_NAMES: "off",
    ASSAY_POOL_SIZE: "3",
    ASSAY_LOG_LEVEL: "warn",
    ASSAY_COST_LIMIT: "5000",
    ASSAY_RATE_CAPACITY: "30000",
    ASSAY_RATE_RESTORE: "500",
  });
  expect(config).toEqual({
    databaseUrl: DATABASE_URL,
    migrationDatabaseUrl: "postgres://assay_owner@db.example/assay",
    host: "10.0.0.1",
    port: 0,
    tokenSecret: undefined,
    oidc: { issuer: ASSAY_OIDC_ISSUER, audience: ASSAY_OIDC_AUDIENCE },
    trustedProxies: ["10.0.0.0/8", "::1", "192.0.2.7"],
    directory: resolve("elsewhere"),
    jit: false,
    statementNames: false,
    poolSize: 3,
    logLevel: "warn",
    limits: { most: 5_000, capacity: 30_000, restoredPerSecond: 500 },
  });
  expect(isAbsolute(config.directory)).toBe(true);
});

test.each(["0.0.0.0", "::", "10.0.0.1", "assay.example"])(
  "the embedded mode listens on 127.0.0.1 only, with HOST %s too",
  (HOST) => {
    expect(readConfig({ HOST }).host).toBe("127.0.0.1");
  },
);

test("with a database of its own the server listens everywhere, or where HOST says", () => {
  expect(readConfig({ DATABASE_URL, ...SIGN_IN }).host).toBe("0.0.0.0");
  expect(readConfig({ DATABASE_URL, ...SIGN_IN, HOST: "127.0.0.1" }).host).toBe("127.0.0.1");
});

test("the owner's login is the server's where no other is named", () => {
  expect(readConfig({ DATABASE_URL, ...SIGN_IN }).migrationDatabaseUrl).toBe(DATABASE_URL);
});

describe("who signs members in", () => {
  test("with a database of its own, a provider must, and the message says so", () => {
    for (const given of [
      { DATABASE_URL },
      { DATABASE_URL, ASSAY_TOKEN_SECRET },
      { DATABASE_URL, ASSAY_OIDC_ISSUER: "" },
    ])
      expect(() => readConfig(given)).toThrow(/ASSAY_OIDC_ISSUER: must be set too .*ASSAY_OIDC_AUDIENCE/);
  });

  test("only a server asks for it: other commands do without", () => {
    expect(readConfig({ DATABASE_URL }, { serves: false })).toMatchObject({
      databaseUrl: DATABASE_URL,
      oidc: undefined,
    });
    expect(() => readConfig({ DATABASE_URL, ASSAY_OIDC_ISSUER }, { serves: false })).toThrow("ASSAY_OIDC_AUDIENCE");
  });

  test("issuer and audience come together", () => {
    for (const others of [{}, { DATABASE_URL }]) {
      expect(() => readConfig({ ...others, ASSAY_OIDC_ISSUER })).toThrow(
        /1 fault.*\n {2}ASSAY_OIDC_AUDIENCE: must be set/,
      );
      expect(() => readConfig({ ...others, ASSAY_OIDC_AUDIENCE })).toThrow(
        /1 fault.*\n {2}ASSAY_OIDC_ISSUER: must be set/,
      );
    }
  });

  test("with a database of its own, this server signs nothing, whatever secret is there", () => {
    expect(readConfig({ DATABASE_URL, ...SIGN_IN, ASSAY_TOKEN_SECRET }).tokenSecret).toBeUndefined();
  });

  test("in the embedded mode this server does, and a provider may beside it", () => {
    const { tokenSecret, oidc } = readConfig({ ASSAY_TOKEN_SECRET, ...SIGN_IN });
    expect([tokenSecret, oidc?.issuer]).toEqual([ASSAY_TOKEN_SECRET, ASSAY_OIDC_ISSUER]);
  });

  test.each([
    "https://accounts.google.com",
    "https://acme.auth0.example/",
    "http://localhost:8080/realms/acme",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
  ])("%s is an issuer, kept letter by letter", (issuer) => {
    expect(readConfig({ ...SIGN_IN, ASSAY_OIDC_ISSUER: issuer }).oidc?.issuer).toBe(issuer);
  });

  test.each([
    "login.example",
    "http://login.example",
    "http://localhost.example",
    "ftp://login.example",
    "https://user:password@login.example",
    "https://login.example?tenant=acme",
    "https://login.example#acme",
    " https://login.example",
  ])("%j is none", (issuer) => {
    expect(() => readConfig({ ...SIGN_IN, ASSAY_OIDC_ISSUER: issuer })).toThrow("\n  ASSAY_OIDC_ISSUER: ");
  });
});

describe("whom the server believes about the addresses of others", () => {
  test.each<[string, string[]]>([
    ["10.1.2.3", ["10.1.2.3"]],
    ["10.0.0.0/8", ["10.0.0.0/8"]],
    ["10.0.0.0/8,::1 , fd00::/8", ["10.0.0.0/8", "::1", "fd00::/8"]],
  ])("%s", (given, expected) => {
    expect(readConfig({ ASSAY_TRUSTED_PROXIES: given }).trustedProxies).toEqual(expected);
  });

  test.each([
    "true",
    "1",
    "loopback",
    "proxy.example",
    "10.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "::1/129",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "10.0.0.0/255.0.0.0",
    "10.0.0",
    "fe80::1%eth0",
    "10.0.0.1,",
    "10.0.0.1 10.0.0.2",
  ])("not %j", (given) => {
    expect(() => readConfig({ ASSAY_TRUSTED_PROXIES: given })).toThrow("\n  ASSAY_TRUSTED_PROXIES: ");
  });
});

test("a setting that is blank counts as not set", () => {
  const names = [
    "DATABASE_URL",
    "HOST",
    "PORT",
    "ASSAY_TOKEN_SECRET",
    "ASSAY_DIRECTORY",
    "ASSAY_JIT",
    "ASSAY_OIDC_ISSUER",
    "ASSAY_OIDC_AUDIENCE",
    "ASSAY_TRUSTED_PROXIES",
  ];
  expect(readConfig(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(readConfig({}));
});

test("all faults are listed together", () => {
  const faulty = {
    DATABASE_URL: "mysql://db.example/assay",
    MIGRATION_DATABASE_URL: "assay",
    PORT: "http",
    ASSAY_TOKEN_SECRET: "short",
    ASSAY_OIDC_ISSUER: "login.example",
    ASSAY_OIDC_AUDIENCE: undefined,
    ASSAY_TRUSTED_PROXIES: "everybody",
    ASSAY_JIT: "yes",
    ASSAY_STATEMENT_NAMES: "true",
    ASSAY_POOL_SIZE: "0",
    ASSAY_LOG_LEVEL: "loud",
  };
  let message = "";
  try {
    readConfig(faulty);
  } catch (error) {
    message = (error as Error).message;
  }
  const [heading, ...faults] = message.split("\n");
  expect(heading).toBe("The environment has 11 fault(s):");
  expect(faults.map((fault) => fault.trim().split(":")[0]).sort()).toEqual(Object.keys(faulty).sort());
});

test("the missing provider is listed together with the other faults", () => {
  for (const name of ["PORT", "ASSAY_OIDC_ISSUER"]) {
    expect(() => readConfig({ DATABASE_URL, PORT: "http" })).toThrow(name);
  }
});

test("a fault never repeats the value, which may be a password or a secret", () => {
  const secret = "hunter2";
  expect(() => readConfig({ DATABASE_URL: `mysql://assay:${secret}@db/assay`, ASSAY_TOKEN_SECRET: secret })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(secret) }),
  );
});

test.each<[string, string]>([
  ["PORT", "-1"],
  ["PORT", "65536"],
  ["PORT", "80.5"],
  ["PORT", " "],
  ["ASSAY_POOL_SIZE", "201"],
  ["ASSAY_POOL_SIZE", "ten"],
  ["ASSAY_RATE_CAPACITY", "many"],
  ["ASSAY_JIT", "ON"],
  ["ASSAY_TOKEN_SECRET", "0123456789abcdef0123456789abcde"],
  ["DATABASE_URL", "db.example"],
  ["DATABASE_URL", "https://db.example/assay"],
  ["ASSAY_LOG_LEVEL", "trace"],
  ["ASSAY_COST_LIMIT", "99"],
  ["ASSAY_RATE_CAPACITY", "9999"],
  ["ASSAY_RATE_RESTORE", "9"],
])("%s=%p is refused by name", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`\n  ${name}: `);
});

test("the configuration is frozen, and what surrounds it is left alone", () => {
  const environment = Object.freeze({ PORT: "4001", HOME: "/srv/assay" });
  const config = readConfig(environment);
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.keys(config)).not.toContain("HOME");
});
