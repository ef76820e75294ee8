import { resolve } from "node:path";
import { z } from "zod";
import { COST_LIMITS, type CostLimits } from "./graphql/limits";
import { isAddressOrNetwork } from "./http/proxies";
import { isSecureUrl } from "./http/secure-url";

/** A URL as libpq knows it: the host may stand in the query, for a unix socket. */
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "a URL such as postgresql://user:password@host/database");

const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, "a whole number").transform(Number).pipe(z.number().min(min).max(max));

const issuerUrl = z
  .string()
  .refine(isSecureUrl, "an https URL, letter by letter as in the provider's tokens (http on this machine alone)")
  .refine((text) => !/[?#@\s]/.test(text), "an address alone: no query, no fragment, no password");

const networks = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine(
    (list) => list.every(isAddressOrNetwork),
    "addresses or networks with commas between them, such as 10.0.0.0/8, ::1",
  );

const flag = z.enum(["on", "off"]).transform((value) => value === "on");

const settings = z
  .object({
    DATABASE_URL: postgresUrl.optional(),
    MIGRATION_DATABASE_URL: postgresUrl.optional(),
    HOST: z.string().min(1).optional(),
    PORT: whole(0, 65_535).default(4000),
    ASSAY_TOKEN_SECRET: z.string().min(32, "at least 32 characters").optional(),
    ASSAY_OIDC_ISSUER: issuerUrl.optional(),
    ASSAY_OIDC_AUDIENCE: z.string().min(1).optional(),
    ASSAY_TRUSTED_PROXIES: networks.default([]),
    ASSAY_DIRECTORY: z.string().min(1).default(".assay"),
    ASSAY_JIT: flag.default(true),
    ASSAY_STATEMENT_NAMES: flag.default(true),
    ASSAY_POOL_SIZE: whole(2, 200).default(10),
    ASSAY_COST_LIMIT: whole(100, 1_000_000).default(COST_LIMITS.most),
    ASSAY_RATE_CAPACITY: whole(100, 100_000_000).default(COST_LIMITS.capacity),
    ASSAY_RATE_RESTORE: whole(10, 10_000_000).default(COST_LIMITS.restoredPerSecond),
    ASSAY_LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  })
  .refine((env) => !env.ASSAY_OIDC_AUDIENCE || env.ASSAY_OIDC_ISSUER !== undefined, {
    path: ["ASSAY_OIDC_ISSUER"],
    message: "must be set too where ASSAY_OIDC_AUDIENCE is: the address of the identity provider",
    when: () => true,
  })
  .refine((env) => !env.ASSAY_OIDC_ISSUER || env.ASSAY_OIDC_AUDIENCE !== undefined, {
    path: ["ASSAY_OIDC_AUDIENCE"],
    message: "must be set too where ASSAY_OIDC_ISSUER is: what the provider calls Assay in `aud`",
    when: () => true,
  })
  .refine((env) => env.ASSAY_RATE_CAPACITY >= env.ASSAY_COST_LIMIT, {
    path: ["ASSAY_RATE_CAPACITY"],
    message: "at least ASSAY_COST_LIMIT: an operation of that cost could never be paid",
  })
  .refine((env) => !env.MIGRATION_DATABASE_URL || env.DATABASE_URL !== undefined, {
    path: ["DATABASE_URL"],
    message: "must be set too where MIGRATION_DATABASE_URL is: it names the server's login",
    when: () => true,
  });

/** On a database of one's own, members sign in with a provider's tokens: see docs/sign-in.md. */
const serverSettings = settings.refine(
  (env) => !env.DATABASE_URL || env.ASSAY_OIDC_ISSUER !== undefined || env.ASSAY_OIDC_AUDIENCE !== undefined,
  {
    path: ["ASSAY_OIDC_ISSUER"],
    message:
      "must be set too where DATABASE_URL is, with ASSAY_OIDC_AUDIENCE: whose tokens sign members in (docs/sign-in.md)",
    when: () => true,
  },
);

export interface Config {
  /** Undefined: the embedded PostgreSQL is started, and the server listens on 127.0.0.1 only. */
  readonly databaseUrl: string | undefined;
  /** The owner's login, where it differs from the server's. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /**
   * Of the embedded mode: key of the tokens that this server signs and accepts; undefined: made once and kept in
   * `directory`. Always undefined with a database of one's own.
   */
  readonly tokenSecret: string | undefined;
  /** The provider whose tokens sign members in. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | undefined;
  /** Addresses and networks that are believed about `x-forwarded-for`. */
  readonly trustedProxies: readonly string[];
  /** Absolute path of what the embedded mode keeps. */
  readonly directory: string;
  readonly jit: boolean;
  /** Off behind a PgBouncer older than 1.21. */
  readonly statementNames: boolean;
  readonly poolSize: number;
  readonly logLevel: string;
  /** What operations may cost. */
  readonly limits: CostLimits;
}

interface Purpose {
  /** Whether people will sign in, so that the settings for it must be there. */
  serves?: boolean;
}

/** @throws Error that lists every fault of the environment at once */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { serves = true }: Purpose = {},
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = (serves ? serverSettings : settings).safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment has ${faults.length} fault(s):\n${faults.join("\n")}`);
  }
  const env = parsed.data;
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL,
    host: env.DATABASE_URL ? (env.HOST ?? "0.0.0.0") : "127.0.0.1",
    port: env.PORT,
    tokenSecret: env.DATABASE_URL ? undefined : env.ASSAY_TOKEN_SECRET,
    oidc: oidcOf(env),
    trustedProxies: Object.freeze(env.ASSAY_TRUSTED_PROXIES),
    directory: resolve(env.ASSAY_DIRECTORY),
    jit: env.ASSAY_JIT,
    statementNames: env.ASSAY_STATEMENT_NAMES,
    poolSize: env.ASSAY_POOL_SIZE,
    logLevel: env.ASSAY_LOG_LEVEL,
    limits: Object.freeze({
      most: env.ASSAY_COST_LIMIT,
      capacity: env.ASSAY_RATE_CAPACITY,
      restoredPerSecond: env.ASSAY_RATE_RESTORE,
    }),
  });
}

const oidcOf = ({ ASSAY_OIDC_ISSUER: issuer, ASSAY_OIDC_AUDIENCE: audience }: z.infer<typeof settings>) =>
  issuer && audience ? Object.freeze({ issuer, audience }) : undefined;
