import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { type Binaries, EmbeddedPostgresUnavailable, embeddedBinaries, packageDirectory } from "./embedded-binaries";
import { isAlive, ownMark, runningProcess, textOf, withLock } from "./embedded-lock";
import {
  type Account,
  claimDirectory,
  clusterHome,
  serverAccount,
  socketDirectory,
  spawnOptions,
} from "./embedded-places";
import { forgetRecycledPid, launch, reachableServer, type Server, shutDown } from "./embedded-server";

export interface EmbeddedPostgresOptions {
  /** Absolute path of `.assay`; the cluster is its folder `postgres`, or a shared place that a note there names. */
  directory: string;
  /** False, for tests, is faster and may lose the last commits in a crash. A running server keeps what it has. */
  durable?: boolean;
  /** Receives the server's own log, line by line. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Connection URL for a database, through the unix socket; without another user it is the superuser's. */
  url(database: string, user?: string): string;
  pid: number;
  /** True when it was running already, left by a killed parent or shared with another process. */
  reused: boolean;
  /** Stops the server if this process started it, or if the one that did is gone; otherwise leaves it running. */
  stop(): Promise<void>;
}

/** After `kill -9` of the server its children need a moment to notice and to leave the shared memory. */
const START_ATTEMPTS = 12;
const START_PAUSE_MILLISECONDS = 250;
const STILL_HELD = /lock file "[^"]+" already exists|pre-existing shared memory block/;

/** As in a container that runs under an arbitrary uid. */
const NAMELESS_USER = /could not look up effective user ID/;

const UNSAFE = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/** Starts PostgreSQL from the packaged binaries, or joins the one that runs. @throws EmbeddedPostgresUnavailable */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  packageDirectory(process.platform, process.arch);
  mkdirSync(options.directory, { recursive: true });
  const directory = realpathSync(options.directory);
  const lock = join(directory, "postgres.lock");
  const owner = join(directory, "postgres.owner");
  const isOwnerAlive = () => isAlive(textOf(owner) ?? "");
  return withLock(lock, async () => {
    const account = serverAccount();
    const cluster = join(clusterHome(directory, account), "postgres");
    const found = await reachableServer(cluster);
    const server = found ?? (await startServer(cluster, account, { ...options, directory }));
    const isOurs = !found || !isOwnerAlive();
    if (isOurs) writeFileSync(owner, ownMark());
    return {
      url: (database, user = "postgres") => socketUrl(server.sockets, database, user),
      pid: server.pid,
      reused: found !== undefined,
      stop: () => withLock(lock, async () => (isOurs || !isOwnerAlive() ? shutDown(server) : undefined)),
    };
  });
}

/** Port and sslmode are named, so that PGPORT and PGSSLMODE of the environment do not lead astray. */
function socketUrl(sockets: string, database: string, user: string): string {
  const place = `host=${encodeURIComponent(sockets)}&port=5432&sslmode=disable`;
  return `postgresql://${encodeURIComponent(user)}@/${encodeURIComponent(database)}?${place}`;
}

async function startServer(
  cluster: string,
  account: Account | undefined,
  { directory, durable = true, log = () => undefined }: EmbeddedPostgresOptions,
): Promise<Server> {
  claimDirectory(cluster, 0o700, account);
  const sockets = socketDirectory(directory, account);
  const binaries = embeddedBinaries(account);
  if (!existsSync(join(cluster, "PG_VERSION"))) await createCluster(cluster, binaries, account, durable);
  forgetRecycledPid(cluster, sockets);
  const settings = ["listen_addresses=", "max_connections=100", "unix_socket_permissions=0700", "port=5432"];
  const flags = ["-D", cluster, "-k", sockets, ...settings.flatMap((setting) => ["-c", setting])];
  for (let attempt = 1; ; attempt++) {
    try {
      const pid = await launch(binaries.postgres, durable ? flags : [...flags, ...UNSAFE], account, log);
      return { pid, mark: runningProcess(pid)?.mark ?? "", sockets, status: "ready" };
    } catch (fault) {
      if (attempt === START_ATTEMPTS || !STILL_HELD.test(String(fault))) throw fault;
      await delay(START_PAUSE_MILLISECONDS);
    }
  }
}

/** Built beside its place and moved there when whole: an initdb that was killed leaves nothing that looks finished. */
async function createCluster(cluster: string, { initdb }: Binaries, account: Account | undefined, durable: boolean) {
  const home = dirname(cluster);
  const drafts = `${basename(cluster)}.new-`;
  for (const name of readdirSync(home)) {
    if (name.startsWith(drafts)) rmSync(join(home, name), { recursive: true, force: true });
  }
  const draft = claimDirectory(join(home, `${drafts}${process.pid}`), 0o700, account);
  const choices = ["-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C"];
  const flags = ["-D", draft, ...choices, "--no-instructions", ...(durable ? [] : ["--no-sync"])];
  await promisify(execFile)(initdb, flags, spawnOptions(account)).catch(
    (fault: { stderr?: string; message: string }) => {
      const reason = fault.stderr?.trim() || fault.message;
      if (!NAMELESS_USER.test(reason)) throw new Error(`PostgreSQL could not create its cluster: ${reason}`);
      throw new EmbeddedPostgresUnavailable(`PostgreSQL refuses a user without a name in /etc/passwd (${reason}).`);
    },
  );
  renameSync(draft, cluster);
}
