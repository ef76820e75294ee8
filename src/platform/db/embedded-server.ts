import { spawn } from "node:child_process";
import { existsSync, rmdirSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive, isTaken, runningProcess, textOf } from "./embedded-lock";
import { type Account, SOCKET_FILE, spawnOptions } from "./embedded-places";

/** What `postmaster.pid` says, with the mark of the process that it names. */
export interface Server {
  pid: number;
  mark: string;
  sockets: string;
  status: string;
}

const STOP_LIMIT_MILLISECONDS = 30_000;

/** Resolves with the pid once connections are accepted; from then on the child no longer keeps this process alive. */
export async function launch(
  postgres: string,
  flags: string[],
  account: Account | undefined,
  log: (line: string) => void,
): Promise<number> {
  // Detached: Ctrl-C in a terminal must reach us alone, so that running requests still find their database.
  const options = { ...spawnOptions(account), detached: true };
  const child = spawn(postgres, flags, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  const lastLines: string[] = [];
  await new Promise<void>((ready, failed) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      log(line);
      lastLines.push(line);
      if (lastLines.length > 10) lastLines.shift();
      if (line.includes("database system is ready to accept connections")) ready();
    });
    child.on("error", (fault) => failed(new Error(`PostgreSQL could not be started: ${fault.message}`)));
    child.on("close", (code, signal) => {
      failed(new Error(`PostgreSQL did not start (${signal ?? `exit code ${code}`}):\n${lastLines.join("\n")}`));
    });
  });
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.unref();
  return child.pid!;
}

/** Undefined where no server runs on this cluster. @see PostgreSQL's src/include/utils/pidfile.h for the lines. */
function serverOn(cluster: string): Server | undefined {
  const lines = (textOf(join(cluster, "postmaster.pid")) ?? "").split("\n");
  const pid = Number(lines[0]);
  const running = pid > 0 ? runningProcess(pid) : undefined;
  if (!running?.command.includes(`-D ${cluster} `)) return undefined;
  return { pid, mark: running.mark, sockets: lines[4] ?? "", status: (lines[7] ?? "").trim() };
}

/** Waits out a server that is starting or stopping; one whose socket was swept away is of no use to anybody. */
export async function reachableServer(cluster: string): Promise<Server | undefined> {
  for (let server = serverOn(cluster); server; server = serverOn(cluster)) {
    if (server.status !== "ready") await delay(50);
    else if (existsSync(join(server.sockets, SOCKET_FILE))) return server;
    else await shutDown(server);
  }
  return undefined;
}

/**
 * The dead server's pid may meanwhile be somebody else's (after a reboot, in a restarted container) or a zombie's, and
 * PostgreSQL would take that for a running server. Its own check of the shared memory still guards the cluster.
 */
export function forgetRecycledPid(cluster: string, sockets: string): void {
  const file = join(cluster, "postmaster.pid");
  const pid = Number.parseInt(textOf(file) ?? "", 10);
  const command = runningProcess(pid)?.command ?? "";
  if (!isTaken(pid) || basename(command.split(" ")[0] ?? "").startsWith("postgres")) return;
  rmSync(file, { force: true });
  rmSync(join(sockets, `${SOCKET_FILE}.lock`), { force: true });
}

/** Fast shutdown: open transactions are rolled back. Polls, since the server may not be our child. */
export async function shutDown(server: Server): Promise<void> {
  if (isAlive(server.mark)) process.kill(server.pid, "SIGINT");
  for (let waitedMs = 0; isAlive(server.mark); waitedMs += 25) {
    if (waitedMs >= STOP_LIMIT_MILLISECONDS)
      throw new Error(`PostgreSQL (pid ${server.pid}) did not stop within 30 seconds.`);
    await delay(25);
  }
  try {
    rmdirSync(server.sockets);
  } catch {
    // Not empty, or gone: a server that was killed leaves its socket, and the next start takes the directory over.
  }
}
