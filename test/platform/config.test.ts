import { isAbsolute, resolve } from "node:path";
import { readConfig } from "../../src/platform/config";

const DATABASE_URL = "postgresql://assay_server:secret@db.example:5432/assay";
const ASSAY_TOKEN_SECRET = "0123456789abcdef0123456789abcdef";

test("an empty environment means the embedded database on 127.0.0.1, port 4000", () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    migrationDatabaseUrl: undefined,
    host: "127.0.0.1",
    port: 4000,
    tokenSecret: undefined,
    directory: resolve(".assay"),
    jit: true,
    statementNames: true,
    poolSize: 10,
    logLevel: "info",
  });
});

test("every setting is read", () => {
  const config = readConfig({
    DATABASE_URL,
    MIGRATION_DATABASE_URL: "postgres://assay_owner@db.example/assay",
    HOST: "10.0.0.1",
    PORT: "0",
    ASSAY_TOKEN_SECRET,
    ASSAY_DIRECTORY: "elsewhere",
    ASSAY_JIT: "off",
    ASSAY_STATEMENT_NAMES: "off",
    ASSAY_POOL_SIZE: "3",
    ASSAY_LOG_LEVEL: "warn",
  });
  expect(config).toEqual({
    databaseUrl: DATABASE_URL,
    migrationDatabaseUrl: "postgres://assay_owner@db.example/assay",
    host: "10.0.0.1",
    port: 0,
    tokenSecret: ASSAY_TOKEN_SECRET,
    directory: resolve("elsewhere"),
    jit: false,
    statementNames: false,
    poolSize: 3,
    logLevel: "warn",
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
  expect(readConfig({ DATABASE_URL, ASSAY_TOKEN_SECRET }).host).toBe("0.0.0.0");
  expect(readConfig({ DATABASE_URL, ASSAY_TOKEN_SECRET, HOST: "127.0.0.1" }).host).toBe("127.0.0.1");
});

test("the owner's login is the server's where no other is named", () => {
  expect(readConfig({ DATABASE_URL, ASSAY_TOKEN_SECRET }).migrationDatabaseUrl).toBe(DATABASE_URL);
});

test("a database of its own needs a secret of its own, and the message says so", () => {
  expect(() => readConfig({ DATABASE_URL })).toThrow(/ASSAY_TOKEN_SECRET.*must be set too/);
  expect(() => readConfig({ DATABASE_URL, ASSAY_TOKEN_SECRET: "" })).toThrow(/ASSAY_TOKEN_SECRET.*must be set too/);
});

test("a setting that is blank counts as not set", () => {
  const names = ["DATABASE_URL", "HOST", "PORT", "ASSAY_TOKEN_SECRET", "ASSAY_DIRECTORY", "ASSAY_JIT"];
  expect(readConfig(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(readConfig({}));
});

test("all faults are listed together", () => {
  const faulty = {
    DATABASE_URL: "mysql://db.example/assay",
    MIGRATION_DATABASE_URL: "assay",
    PORT: "http",
    ASSAY_TOKEN_SECRET: "short",
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
  expect(heading).toBe("The environment has 8 fault(s):");
  expect(faults.map((fault) => fault.trim().split(":")[0]).sort()).toEqual(Object.keys(faulty).sort());
});

test("the missing secret is listed together with the other faults", () => {
  for (const name of ["PORT", "ASSAY_TOKEN_SECRET"]) {
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
  ["ASSAY_JIT", "ON"],
  ["ASSAY_TOKEN_SECRET", "0123456789abcdef0123456789abcde"],
  ["DATABASE_URL", "db.example"],
  ["DATABASE_URL", "https://db.example/assay"],
  ["ASSAY_LOG_LEVEL", "trace"],
])("%s=%p is refused by name", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`\n  ${name}: `);
});

test("the configuration is frozen, and what surrounds it is left alone", () => {
  const environment = Object.freeze({ PORT: "4001", HOME: "/srv/assay" });
  const config = readConfig(environment);
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.keys(config)).not.toContain("HOME");
});
