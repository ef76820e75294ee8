import { z } from "zod";
import { COST_LIMITS } from "./graphql/limits";
import { flag, hosts, issuerUrl, mailbox, networks, postgresUrl, publicUrl, smtpUrl, whole } from "./setting-shapes";

const settings = z
  .object({
    DATABASE_URL: postgresUrl.optional(),
    MIGRATION_DATABASE_URL: postgresUrl.optional(),
    WORKER_DATABASE_URL: postgresUrl.optional(),
    DATABASE_REPLICA_URL: postgresUrl.optional(),
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
    ASSAY_METRICS_PORT: whole(0, 65_535).optional(),
    ASSAY_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
    ASSAY_SLOW_MILLISECONDS: whole(0, 3_600_000).default(1_000),
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
  })
  .refine((env) => !env.DATABASE_REPLICA_URL || env.DATABASE_URL !== undefined, {
    path: ["DATABASE_URL"],
    message: "must be set too where DATABASE_REPLICA_URL is: of which that is a replica",
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

/** What the process is for: whether people will sign in, whether jobs run, or neither. Each wants settings of its own. */
export type Purpose = "SERVE" | "WORK" | "COMMAND";

export const SETTINGS_FOR = { SERVE: serverSettings, WORK: workerSettings, COMMAND: settings };

/** As they were read, each under its own name. */
export type Settings = z.infer<typeof settings>;
