import { resolve } from "node:path";
import { z } from "zod";

/** A URL as libpq knows it: the host may stand in the query, for a unix socket. */
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "a URL such as postgresql://user:password@host/database");

const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, "a whole number").transform(Number).pipe(z.number().min(min).max(max));

const flag = z.enum(["on", "off"]).transform((value) => value === "on");

const settings = z
  .object({
    DATABASE_URL: postgresUrl.optional(),
    MIGRATION_DATABASE_URL: postgresUrl.optional(),
    HOST: z.string().min(1).optional(),
    PORT: whole(0, 65_535).default(4000),
    ASSAY_TOKEN_SECRET: z.string().min(32, "at least 32 characters").optional(),
    ASSAY_DIRECTORY: z.string().min(1).default(".assay"),
    ASSAY_JIT: flag.default(true),
    ASSAY_STATEMENT_NAMES: flag.default(true),
    ASSAY_POOL_SIZE: whole(2, 200).default(10),
    ASSAY_LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  })
  .refine((env) => !env.DATABASE_URL || env.ASSAY_TOKEN_SECRET !== undefined, {
    path: ["ASSAY_TOKEN_SECRET"],
    message: "must be set too where DATABASE_URL is: 32 random characters or more",
    when: () => true,
  })
  .refine((env) => !env.MIGRATION_DATABASE_URL || env.DATABASE_URL !== undefined, {
    path: ["DATABASE_URL"],
    message: "must be set too where MIGRATION_DATABASE_URL is: it names the server's login",
    when: () => true,
  });

export interface Config {
  /** Undefined: the embedded PostgreSQL is started, and the server listens on 127.0.0.1 only. */
  readonly databaseUrl: string | undefined;
  /** The owner's login, where it differs from the server's. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Key of the tokens that this server signs and accepts; undefined: made once and kept in `directory`. */
  readonly tokenSecret: string | undefined;
  /** Absolute path of what the embedded mode keeps. */
  readonly directory: string;
  readonly jit: boolean;
  /** Off behind a PgBouncer older than 1.21. */
  readonly statementNames: boolean;
  readonly poolSize: number;
  readonly logLevel: string;
}

/** @throws Error that lists every fault of the environment at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = settings.safeParse(given);
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
    tokenSecret: env.ASSAY_TOKEN_SECRET,
    directory: resolve(env.ASSAY_DIRECTORY),
    jit: env.ASSAY_JIT,
    statementNames: env.ASSAY_STATEMENT_NAMES,
    poolSize: env.ASSAY_POOL_SIZE,
    logLevel: env.ASSAY_LOG_LEVEL,
  });
}
