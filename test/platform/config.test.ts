import { isAbsolute, resolve } from "node:path";
import { readConfig } from "../../src/platform/config";

const DATABASE_URL = "postgresql://assay_server:secret@db.example:5432/assay";
const ASSAY_TOKEN_SECRET = "0123456789abcdef0123456789abcdef";
const ASSAY_OIDC_ISSUER = "https://login.example/realms/acme";
const ASSAY_OIDC_AUDIENCE = "assay";
const WORKER_DATABASE_URL = "postgresql://assay_worker@db.example/assay";
const OWN = { DATABASE_URL, WORKER_DATABASE_URL };
const MAIL = {
  ASSAY_SMTP_URL: "smtps://assay:secret@mail.acme.example",
  ASSAY_MAIL_FROM: "Assay at Acme <assay@acme.example>",
  ASSAY_PUBLIC_URL: "https://assay.acme.example/",
};
const SIGN_IN = { ASSAY_OIDC_ISSUER, ASSAY_OIDC_AUDIENCE };

test("an empty environment means the embedded database on 127.0.0.1, port 4000", () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    migrationDatabaseUrl: undefined,
    workerDatabaseUrl: undefined,
    replicaUrl: undefined,
    worksOffJobs: true,
    jobsAtATime: 8,
    outboundAllowed: [],
    host: "127.0.0.1",
    port: 4000,
    tokenSecret: undefined,
    oidc: undefined,
    trustedProxies: [],
    directory: resolve(".assay"),
    publicUrl: undefined,
    smtpUrl: undefined,
    mailFrom: { name: "Assay", email: "assay@localhost" },
    jit: true,
    statementNames: true,
    poolSize: 10,
    metrics: undefined,
    slowMilliseconds: 1_000,
    logLevel: "info",
    limits: { most: 10_000, capacity: 20_000, restoredPerSecond: 1_000 },
  });
});

test("every setting is read", () => {
  const config = readConfig({
    ...OWN,
    ASSAY_WORKER: "off",
    ASSAY_WORKER_JOBS: "3",
    ASSAY_OUTBOUND_ALLOWED: "Localhost, 127.0.0.1:8080",
    MIGRATION_DATABASE_URL: "postgres://assay_owner@db.example/assay",
    HOST: "10.0.0.1",
    PORT: "0",
    ASSAY_TOKEN_SECRET,
    ...SIGN_IN,
    ASSAY_TRUSTED_PROXIES: "10.0.0.0/8, ::1,192.0.2.7",
    ASSAY_DIRECTORY: "elsewhere",
    ...MAIL,
    ASSAY_JIT: "off",
    ASSAY_STATEMENT_NAMES: "off",
    ASSAY_POOL_SIZE: "3",
    DATABASE_REPLICA_URL: "postgres://assay_server@replica.example/assay",
    ASSAY_METRICS_PORT: "9464",
    ASSAY_METRICS_HOST: "10.0.0.1",
    ASSAY_SLOW_MILLISECONDS: "250",
    ASSAY_LOG_LEVEL: "warn",
    ASSAY_COST_LIMIT: "5000",
    ASSAY_RATE_CAPACITY: "30000",
    ASSAY_RATE_RESTORE: "500",
  });
  expect(config).toEqual({
    databaseUrl: DATABASE_URL,
    migrationDatabaseUrl: "postgres://assay_owner@db.example/assay",
    workerDatabaseUrl: WORKER_DATABASE_URL,
    replicaUrl: "postgres://assay_server@replica.example/assay",
    worksOffJobs: false,
    jobsAtATime: 3,
    outboundAllowed: ["localhost", "127.0.0.1:8080"],
    host: "10.0.0.1",
    port: 0,
    tokenSecret: undefined,
    oidc: { issuer: ASSAY_OIDC_ISSUER, audience: ASSAY_OIDC_AUDIENCE },
    trustedProxies: ["10.0.0.0/8", "::1", "192.0.2.7"],
    directory: resolve("elsewhere"),
    publicUrl: "https://assay.acme.example",
    smtpUrl: MAIL.ASSAY_SMTP_URL,
    mailFrom: { name: "Assay at Acme", email: "assay@acme.example" },
    jit: false,
    statementNames: false,
    poolSize: 3,
    metrics: { host: "10.0.0.1", port: 9464 },
    slowMilliseconds: 250,
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
  expect(readConfig({ ...OWN, ...SIGN_IN }).host).toBe("0.0.0.0");
  expect(readConfig({ ...OWN, ...SIGN_IN, HOST: "127.0.0.1" }).host).toBe("127.0.0.1");
});

test("the owner's login is the server's where no other is named", () => {
  expect(readConfig({ ...OWN, ...SIGN_IN }).migrationDatabaseUrl).toBe(DATABASE_URL);
});

test("jobs have a login of their own where the server has one; commands that end do without", () => {
  for (const purpose of ["SERVE", "WORK"] as const)
    expect(() => readConfig({ DATABASE_URL, ...SIGN_IN }, purpose)).toThrow(
      /1 fault.*\n {2}WORKER_DATABASE_URL: must be set/,
    );
  expect(readConfig({ DATABASE_URL }, "COMMAND").workerDatabaseUrl).toBeUndefined();
  expect(readConfig(OWN, "WORK")).toMatchObject({ workerDatabaseUrl: WORKER_DATABASE_URL, oidc: undefined });
});

test("a replica is one of a database of one's own", () => {
  expect(() => readConfig({ DATABASE_REPLICA_URL: "postgres://assay_server@replica.example/assay" })).toThrow(
    /1 fault.*\n {2}DATABASE_URL: must be set too where DATABASE_REPLICA_URL is/,
  );
});

test("metrics are told nowhere unless a port is named, and then to this machine alone", () => {
  expect(readConfig({ ASSAY_METRICS_HOST: "0.0.0.0" }).metrics).toBeUndefined();
  expect(readConfig({ ASSAY_METRICS_PORT: "9464" }).metrics).toEqual({ host: "127.0.0.1", port: 9464 });
});

test("0 tells the log of no operation", () => {
  expect(readConfig({ ASSAY_SLOW_MILLISECONDS: "0" }).slowMilliseconds).toBe(0);
});

describe("who signs members in", () => {
  test("with a database of its own, a provider must, and the message says so", () => {
    for (const given of [{ ...OWN }, { ...OWN, ASSAY_TOKEN_SECRET }, { ...OWN, ASSAY_OIDC_ISSUER: "" }])
      expect(() => readConfig(given)).toThrow(/ASSAY_OIDC_ISSUER: must be set too .*ASSAY_OIDC_AUDIENCE/);
  });

  test("only a server asks for it: other commands do without", () => {
    expect(readConfig({ ...OWN }, "COMMAND")).toMatchObject({
      databaseUrl: DATABASE_URL,
      oidc: undefined,
    });
    expect(() => readConfig({ ...OWN, ASSAY_OIDC_ISSUER }, "COMMAND")).toThrow("ASSAY_OIDC_AUDIENCE");
  });

  test("issuer and audience come together", () => {
    for (const others of [{}, { ...OWN }]) {
      expect(() => readConfig({ ...others, ASSAY_OIDC_ISSUER })).toThrow(
        /1 fault.*\n {2}ASSAY_OIDC_AUDIENCE: must be set/,
      );
      expect(() => readConfig({ ...others, ASSAY_OIDC_AUDIENCE })).toThrow(
        /1 fault.*\n {2}ASSAY_OIDC_ISSUER: must be set/,
      );
    }
  });

  test("with a database of its own, this server signs nothing, whatever secret is there", () => {
    expect(readConfig({ ...OWN, ...SIGN_IN, ASSAY_TOKEN_SECRET }).tokenSecret).toBeUndefined();
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

describe("what sends mails", () => {
  const { ASSAY_SMTP_URL } = MAIL;

  test("needs to know whom they come from and where their links lead", () => {
    for (const name of ["ASSAY_MAIL_FROM", "ASSAY_PUBLIC_URL"] as const) {
      expect(() => readConfig({ ...MAIL, [name]: undefined })).toThrow(`1 fault(s):\n  ${name}: must be set too`);
    }
    expect(() => readConfig({ ASSAY_SMTP_URL })).toThrow("2 fault(s)");
  });

  test("need not be there: then mails are written to files", () => {
    expect(readConfig({ ASSAY_PUBLIC_URL: "http://assay.test:8080/base/" })).toMatchObject({
      smtpUrl: undefined,
      publicUrl: "http://assay.test:8080/base",
    });
  });

  test.each([
    ["ASSAY_SMTP_URL", "mail.acme.example"],
    ["ASSAY_SMTP_URL", "smtp://mail.acme.example?tls=no"],
    ["ASSAY_MAIL_FROM", "the postmaster"],
    ["ASSAY_MAIL_FROM", "a@acme.example, b@acme.example"],
    ["ASSAY_PUBLIC_URL", "assay.other.example"],
    ["ASSAY_PUBLIC_URL", "javascript:alert(1)"],
    ["ASSAY_PUBLIC_URL", "https://user:word@acme.example"],
    ["ASSAY_PUBLIC_URL", "https://acme.example?a=1"],
  ])("%s=%j is refused by name, and not repeated", (name, value) => {
    expect(() => readConfig({ ...MAIL, [name]: value })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`1 fault(s):\n  ${name}: `) }),
    );
    expect(() => readConfig({ ...MAIL, [name]: value })).not.toThrow(value);
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
    ...Object.keys(MAIL),
  ];
  expect(readConfig(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(readConfig({}));
});

test("all faults are listed together", () => {
  const faulty = {
    DATABASE_URL: "mysql://db.example/assay",
    MIGRATION_DATABASE_URL: "assay",
    WORKER_DATABASE_URL: undefined,
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
  expect(heading).toBe("The environment has 12 fault(s):");
  expect(faults.map((fault) => fault.trim().split(":")[0]).sort()).toEqual(Object.keys(faulty).sort());
});

test("the missing provider is listed together with the other faults", () => {
  for (const name of ["PORT", "ASSAY_OIDC_ISSUER"]) {
    expect(() => readConfig({ ...OWN, PORT: "http" })).toThrow(name);
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
