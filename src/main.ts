import "reflect-metadata";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import { lexicographicSortSchema, printSchema } from "graphql";
import type { Logger } from "pino";
import { dataSource } from "../ormconfig";
import { seedDemo } from "./demo/demo.actions";
import { writeMailPreview } from "./demo/demo-mail.actions";
import { demoSettings, demoToken } from "./demo/demo-session.actions";
import { oidcIssuer } from "./identity/oidc.actions";
import { foundOrganization, readOrganizationCommand } from "./identity/organization-command.actions";
import { writePermissions } from "./identity/permission-page.actions";
import { type Issuer, localIssuer } from "./identity/token.actions";
import { type Config, readConfig } from "./platform/config";
import { type Database, openDatabase } from "./platform/db/database";
import { embeddedDatabase } from "./platform/db/embedded-database";
import { migrate } from "./platform/db/migrate";
import { writeMigration } from "./platform/db/new-migration";
import { openReplica } from "./platform/db/replica";
import { bankSchema } from "./platform/exchange/json-schema";
import { registerGraphiql } from "./platform/http/graphiql";
import { registerOutbound } from "./platform/jobs/outbound";
import { openQueue } from "./platform/jobs/queue";
import { startDispatcher } from "./platform/journal/dispatcher";
import { organizations } from "./platform/journal/sequencer";
import { newLogger } from "./platform/log";
import { openWatch } from "./platform/metrics/watch";
import { secretIn } from "./platform/secret-file";
import type { Purpose } from "./platform/settings";
import { nounsOf } from "./platform/slice";
import { createServer, schema } from "./server";
import { slices } from "./slices";

import { logTo, outboundOf, publicUrlOf, work } from "./work";

interface Place {
  ownerUrl: string;
  serverUrl: string;
  workerUrl: string;
  embedded: boolean;
  stop(): Promise<void>;
}

/** The database that the configuration names, or the embedded one. */
async function place(config: Config, logger: Logger): Promise<Place> {
  const { databaseUrl, migrationDatabaseUrl, workerDatabaseUrl, directory } = config;
  if (databaseUrl) {
    return {
      ownerUrl: migrationDatabaseUrl ?? databaseUrl,
      serverUrl: databaseUrl,
      workerUrl: workerDatabaseUrl ?? databaseUrl,
      embedded: false,
      stop: async () => undefined,
    };
  }
  return { ...(await embeddedDatabase({ directory, log: (line) => logger.debug(line) })), embedded: true };
}

/** Opens the migrated database for one piece of work, and closes it again. */
async function withDatabase(
  config: Config,
  logger: Logger,
  work: (database: Database, where: Place) => Promise<void>,
): Promise<void> {
  const where = await place(config, logger);
  try {
    const { statementNames } = config;
    await migrate({ ...where, dataSource: (url, options) => dataSource(url, { ...options, statementNames }) });
    const database = await connected(config, where);
    try {
      await work(database, where);
    } finally {
      await database.close();
    }
  } finally {
    await where.stop();
  }
}

async function connected({ poolSize, statementNames }: Config, { serverUrl }: Place): Promise<Database> {
  const source = await dataSource(serverUrl, { poolSize, statementNames }).initialize();
  return openDatabase(source, { statementNames, nouns: nounsOf(slices) });
}

/** Queries read from it where the configuration names one. */
function replicaOf({ replicaUrl: url, poolSize, statementNames }: Config, database: Database, logger: Logger) {
  const log = (line: string, err?: unknown) => (err ? logger.warn({ err }, line) : logger.info(line));
  return url ? openReplica(database, { url, poolSize, statementNames, log }) : null;
}

const secretOf = async ({ tokenSecret, directory }: Config): Promise<string> =>
  tokenSecret ?? secretIn(join(directory, "token-secret"));

/** Whose tokens sign members in: the provider's and, where there is a secret, this server's own. */
const issuersOf = ({ oidc }: Config, tokenSecret: string | null, log: Logger): Issuer[] => [
  ...(tokenSecret ? [localIssuer(tokenSecret)] : []),
  ...(oidc ? [oidcIssuer({ ...oidc, log })] : []),
];

/** Serves until SIGTERM or SIGINT; then finishes running requests, and stops what it started, in order. */
async function start(config: Config, logger: Logger): Promise<void> {
  await withDatabase(config, logger, async (database, { embedded, workerUrl }) => {
    if (embedded && (await organizations(database)).length === 0) await seedDemo(database);
    const tokenSecret = embedded ? await secretOf(config) : null;
    const { jit, limits, trustedProxies, slowMilliseconds } = config;
    const issuers = issuersOf(config, tokenSecret, logger);
    registerOutbound(outboundOf(config));
    const queue = await openQueue(workerUrl);
    const replica = replicaOf(config, database, logger);
    const watch = await openWatch(config, { database, queue, replica, logger });
    const { metrics } = watch;
    const seen = { metrics, slowMilliseconds, replica, logger };
    const app = await createServer({ database, issuers, jit, limits, trustedProxies, ...seen });
    registerGraphiql(app, {
      directory: resolve("dist", "web", "graphiql"),
      settings: () => demoSettings(database, tokenSecret),
    });
    await listen(app, config);
    const { port } = app.server.address() as { port: number };
    const log = logTo(logger);
    const dispatcher = startDispatcher({ database, slices, queue, log });
    const worker = config.worksOffJobs ? await work(config, { database, queue, port, logger }) : null;
    logger.info(`Assay is ready: http://${config.host}:${port}/graphiql`);
    await signalled();
    logger.info("stopping: running requests are finished first");
    await app.close();
    await dispatcher.stop();
    await worker?.stop();
    await watch.stop();
    await queue.close();
    await replica?.close();
  });
}

/** Works off jobs until SIGTERM or SIGINT, beside servers that run elsewhere. */
async function workApart(config: Config, logger: Logger): Promise<void> {
  await withDatabase(config, logger, async (database, { workerUrl }) => {
    const queue = await openQueue(workerUrl);
    const watch = await openWatch(config, { database, queue, logger });
    const worker = await work(config, { database, queue, port: config.port, logger });
    logger.info("working off jobs");
    await signalled();
    logger.info("stopping: running jobs are finished first");
    await worker.stop();
    await watch.stop();
    await queue.close();
  });
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new Error(`Port ${port} is taken: set PORT to another one.`) : error;
  });
}

const signalled = (): Promise<void> =>
  new Promise((heard) => {
    process.once("SIGTERM", () => heard());
    process.once("SIGINT", () => heard());
  });

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const NO_TOKENS =
  "This server signs tokens for its embedded demo alone. With DATABASE_URL, members sign in with tokens of the provider " +
  "that ASSAY_OIDC_ISSUER names: see docs/sign-in.md. Unset DATABASE_URL for a token of the demo.";

type Command = (config: Config, logger: Logger, ...words: string[]) => Promise<void>;

const commands: Record<string, Command> = {
  start,
  worker: workApart,

  migrate: (config, logger) => withDatabase(config, logger, async () => print("The database is up to date.")),

  // The files that commands read and write are those of the folder in which npm runs them.
  "migration:new": (config, logger, name = "") =>
    withDatabase(config, logger, async (_, { ownerUrl }) => {
      if (!/^[a-z]+(-[a-z]+)+$/.test(name)) throw new Error("Name it <noun>-<change>, such as `questions-add-state`.");
      const owner = await dataSource(ownerUrl).initialize();
      const path = await writeMigration(owner, resolve("migrations"), name);
      await owner.destroy();
      print(path ? `${path}: read it, raise the wall for new tables, list it in ormconfig.ts` : "Nothing has changed.");
    }),

  seed: (config, logger, what = "") =>
    withDatabase(config, logger, async (database) => {
      if (what !== "--demo") throw new Error("Say what to seed: `npm run seed -- --demo`.");
      await seedDemo(database);
      print("The demo organisation is there.");
    }),

  org: async (config, logger, ...words) => {
    const wish = readOrganizationCommand(words);
    await withDatabase(config, logger, async (database) => print(await foundOrganization(database, wish)));
  },

  token: async (config, logger, role = "") => {
    if (config.databaseUrl) throw new Error(NO_TOKENS);
    await withDatabase(config, logger, async (database) =>
      print(await demoToken(database, await secretOf(config), role.toUpperCase())),
    );
  },

  "mail:preview": async (config) => {
    const { directory, mailFrom: from, port } = config;
    const folder = await writeMailPreview({ directory, from, publicUrl: publicUrlOf(config, port) });
    print(`A mail of every kind is in ${folder}: open the .html files, or the .eml files in a mail program.`);
  },

  schema: async () => {
    await writeFile(resolve("schema", "schema.graphql"), `${printSchema(lexicographicSortSchema(schema))}\n`);
    await writeFile(resolve("schema", "bank.schema.json"), `${JSON.stringify(bankSchema(), null, 2)}\n`);
    await writePermissions(resolve("docs", "permissions.md"));
    print("schema/ and docs/permissions.md are written: read their diff as an attacker would.");
  },
};

/** Of the commands that stay; the others come to an end. */
const PURPOSES: Readonly<Record<string, Purpose>> = { start: "SERVE", worker: "WORK" };

async function main([name = "start", ...words]: readonly string[]): Promise<void> {
  const command = commands[name];
  if (!command) throw new Error(`There is no command ${name}; there are ${Object.keys(commands).join(", ")}.`);
  const purpose = PURPOSES[name] ?? "COMMAND";
  const config = readConfig(process.env, purpose);
  await command(config, newLogger(purpose === "COMMAND" ? "warn" : config.logLevel), ...words);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
