import { resolve } from "node:path";
import type { CostLimits } from "./graphql/limits";
import type { Mailbox } from "./mail/mailbox";
import { type Purpose, SETTINGS_FOR, type Settings } from "./settings";

export interface Config {
  /** Undefined: the embedded PostgreSQL is started, and the server listens on 127.0.0.1 only. */
  readonly databaseUrl: string | undefined;
  /** The owner's login, where it differs from the server's. */
  readonly migrationDatabaseUrl: string | undefined;
  /** The login of jobs; undefined with the embedded PostgreSQL, which makes one. */
  readonly workerDatabaseUrl: string | undefined;
  /** A replica that queries read from, with the same login. */
  readonly replicaUrl: string | undefined;
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
  /** Where /metrics is told; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** From how many milliseconds on an operation is told to the log; 0: none is. */
  readonly slowMilliseconds: number;
  readonly logLevel: string;
  /** What operations may cost. */
  readonly limits: CostLimits;
}

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
    replicaUrl: env.DATABASE_REPLICA_URL,
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
    metrics: metricsOf(env),
    slowMilliseconds: env.ASSAY_SLOW_MILLISECONDS,
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

const oidcOf = ({ ASSAY_OIDC_ISSUER: issuer, ASSAY_OIDC_AUDIENCE: audience }: Settings) =>
  issuer && audience ? Object.freeze({ issuer, audience }) : undefined;

const metricsOf = ({ ASSAY_METRICS_HOST: host, ASSAY_METRICS_PORT: port }: Settings) =>
  port === undefined ? undefined : Object.freeze({ host, port });
