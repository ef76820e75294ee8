import { resolve } from "node:path";
import { z } from "zod";
import { COST_LIMITS, type CostLimits } from "./graphql/limits";
import { isAddressOrNetwork } from "./http/proxies";
import { isSecureUrl } from "./http/secure-url";
import { type Mailbox, readMailbox } from "./mail/mailbox";
import { isSmtpUrl } from "./mail/smtp-url";

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

const hosts = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim().toLowerCase()))
  .refine(
    (list) => list.every((each) => /^[a-z0-9.[\]:-]+$/.test(each)),
    "hosts or addresses with commas between them, with a port or without, such as localhost, 127.0.0.1:8080",
  );

const smtpUrl = z
  .string()
  .refine(isSmtpUrl, "a URL such as smtp://user:password@mail.example:587, or smtps://, with nothing behind the port");

const mailbox = z.string().transform((text, ctx): Mailbox => {
  const read = readMailbox(text);
  if (read) return read;
  ctx.addIssue("an address such as assay@acme.example, or Assay <assay@acme.example>");
  return z.NEVER;
});

const publicUrl = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^\s?#@]+$/i.test(text) && URL.canParse(text),
    "a URL such as https://assay.acme.example",
  )
  .transform((text) => text.replace(/\/+$/, ""));

const flag = z.enum(["on", "off"]).transform((value) => value === "on");

const settings = z
  .object({
    DATABASE_URL: postgresUrl.optional(),
    MIGRATION_DATABASE_URL: postgresUrl.optional(),
    WORKER_DATABASE_URL: postgresUrl.optional(),
    ASSAY_WORKER: flag.default(true),
    ASSAY_WORKER_JOBS: whole(1, 100).default(8),
    HOST: z.string().min(1).optional(),
    PORT: whole(0, 65_535).default(4000),
    ASSAY_TOKEN_SECRET: z.string().min(32, "at least 32 characters").optional(),
    ASSAY_OIDC_ISSUER: issuerUrl.optional(),
    ASSAY_OIDC_AUDIENCE: z.string().min(1).optional(),
    ASSAY_TRUSTED_PROXIES: networks.default([]),
    ASSAY_OUTBOUND_ALLOWED: hosts.default([]),
    ASSAY_DIRECTORY: z.string().min(1).default(".assay"),
    ASSAY_PUBLIC_URL: publicUrl.optional(),
    ASSAY_SMTP_URL: smtpUrl.optional(),
    ASSAY_MAIL_FROM: mailbox.optional(),
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
  .refine((env) => !env.ASSAY_SMTP_URL || env.ASSAY_MAIL_FROM !== undefined, {
    path: ["ASSAY_MAIL_FROM"],
    message: "must be set too where ASSAY_SMTP_URL is: whom mails come from",
    when: () => true,
  })
  .refine((env) => !env.ASSAY_SMTP_URL || env.ASSAY_PUBLIC_URL !== undefined, {
    path: ["ASSAY_PUBLIC_URL"],
    message: "must be set too where ASSAY_SMTP_URL is: where the links of mails lead",
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

/** On a database of one's own, jobs have a login of their own. */
const workerSettings = settings.refine((env) => !env.DATABASE_URL || env.WORKER_DATABASE_URL !== undefined, {
  path: ["WORKER_DATABASE_URL"],
  message:
    "must be set too where DATABASE_URL is: a plain login of its own for jobs, with `grant create on database … to …`",
  when: () => true,
});

/** On a database of one's own, members sign in with a provider's tokens: see docs/sign-in.md. */
const serverSettings = workerSettings.refine(
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
  /** The login of jobs; undefined with the embedded PostgreSQL, which makes one. */
  readonly workerDatabaseUrl: string | undefined;
  /** Whether the server works off jobs itself; off where workers run apart. */
  readonly worksOffJobs: boolean;
  /** Jobs at a time. */
  readonly jobsAtATime: number;
  readonly host: string;
  readonly port: number;
  /**
   * Of the embedded mode: key of the tokens that this server signs and accepts; undefined: made once and kept in
   * `directory`. Always undefined with a database of one's own.
   */
  readonly tokenSecret: string | undefined;
  /** The provider whose tokens sign members in. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | undefined;
  /** Hosts that webhooks may go to though they are private. */
  readonly outboundAllowed: readonly string[];
  /** Addresses and networks that are believed about `x-forwarded-for`. */
  readonly trustedProxies: readonly string[];
  /** Absolute path of what the embedded mode keeps. */
  readonly directory: string;
  /** Where people find this server, without a slash at its end; undefined: http://localhost and the port. */
  readonly publicUrl: string | undefined;
  /** What sends mails; undefined: they are written to files in `directory`. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: Mailbox;
  readonly jit: boolean;
  /** Off behind a PgBouncer older than 1.21. */
  readonly statementNames: boolean;
  readonly poolSize: number;
  readonly logLevel: string;
  /** What operations may cost. */
  readonly limits: CostLimits;
}

/** What the process is for: whether people will sign in, whether jobs run, or neither. Each wants settings of its own. */
export type Purpose = "SERVE" | "WORK" | "COMMAND";

const SETTINGS_FOR = { SERVE: serverSettings, WORK: workerSettings, COMMAND: settings };

/** @throws Error that lists every fault of the environment at once */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  purpose: Purpose = "SERVE",
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = SETTINGS_FOR[purpose].safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment has ${faults.length} fault(s):\n${faults.join("\n")}`);
  }
  const env = parsed.data;
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL,
    workerDatabaseUrl: env.WORKER_DATABASE_URL,
    worksOffJobs: env.ASSAY_WORKER,
    jobsAtATime: env.ASSAY_WORKER_JOBS,
    host: env.DATABASE_URL ? (env.HOST ?? "0.0.0.0") : "127.0.0.1",
    port: env.PORT,
    tokenSecret: env.DATABASE_URL ? undefined : env.ASSAY_TOKEN_SECRET,
    oidc: oidcOf(env),
    outboundAllowed: Object.freeze(env.ASSAY_OUTBOUND_ALLOWED),
    trustedProxies: Object.freeze(env.ASSAY_TRUSTED_PROXIES),
    directory: resolve(env.ASSAY_DIRECTORY),
    publicUrl: env.ASSAY_PUBLIC_URL,
    smtpUrl: env.ASSAY_SMTP_URL,
    mailFrom: Object.freeze(env.ASSAY_MAIL_FROM ?? UNSENT_FROM),
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

/** Of mails that are written to files. */
const UNSENT_FROM: Mailbox = { name: "Assay", email: "assay@localhost" };

const oidcOf = ({ ASSAY_OIDC_ISSUER: issuer, ASSAY_OIDC_AUDIENCE: audience }: z.infer<typeof settings>) =>
  issuer && audience ? Object.freeze({ issuer, audience }) : undefined;
