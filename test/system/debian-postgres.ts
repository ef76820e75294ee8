import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnOptions } from "../../src/platform/db/embedded-places";
import { account, postgresProgram, programs, serverFolder } from "./postgres-programs";
import { freePort } from "./program";

export const PASSWORD = "of-the-system-tests";

export type Login = "postgres" | "assay_owner" | "assay_server" | "assay_worker";

/** A PostgreSQL on a loopback port, where everybody has a password. */
export interface Cluster {
  port: number;
  /** Of its files. */
  directory: string;
  /** Where its superuser comes in without a password. */
  sockets: string;
  url(login: Login, database?: string): string;
  start(): Promise<void>;
  /** `immediate`: as if it had been killed. */
  stop(how?: "fast" | "immediate"): Promise<void>;
  /** Of the postmaster and its children. */
  pids(): number[];
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** For urls. The port is another one where something stands in between. */
export const urlOf = (login: Login, port: number, database = "assay"): string =>
  `postgresql://${login}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}?sslmode=disable`;

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "max_connections=200",
  // What is tried here is no power cut.
  "fsync=off",
  "wal_level=replica",
  "hot_standby_feedback=on",
];

/** Not yet started. `fill` puts the files into the empty directory. */
async function clusterOf(fill: (directory: string) => Promise<unknown>): Promise<Cluster> {
  const folder = serverFolder();
  const [directory, sockets] = [join(folder, "data"), folder];
  await fill(directory);
  const port = await freePort();
  const flags = [`-p ${port}`, `-k ${sockets}`, ...SETTINGS.map((setting) => `-c ${setting}`)].join(" ");
  const isRunning = () => existsSync(join(directory, "postmaster.pid"));
  const stop = async (how = "fast") => {
    if (isRunning()) await postgresProgram("pg_ctl", "-D", directory, "-m", how, "-w", "stop");
  };
  return {
    port,
    directory,
    sockets,
    url: (login, database) => urlOf(login, port, database),
    start: async () => void (await started(directory, flags, join(folder, "log"))),
    stop,
    pids: () => pidsOf(Number.parseInt(readFileSync(join(directory, "postmaster.pid"), "utf8"), 10)),
    remove: async () => {
      await stop("immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** pg_ctl leaves the server its own output: it is read to no end unless it goes to a file. */
function started(directory: string, flags: string, log: string): Promise<void> {
  const words = ["-D", directory, "-o", flags, "-l", log, "-w", "start"];
  const child = spawn(join(programs(), "pg_ctl"), words, { ...spawnOptions(account), stdio: "ignore" });
  return new Promise((ready, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => (code === 0 ? ready() : failed(new Error(readFileSync(log, "utf8")))));
  });
}

function pidsOf(postmaster: number): number[] {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  return [postmaster, ...children.trim().split(" ").filter(Boolean).map(Number)];
}

/** An empty one, running, with the logins that docs/operate.md tells to make. */
export async function openCluster(): Promise<Cluster> {
  const cluster = await emptyCluster();
  for (const statement of LOGINS) await postgresProgram("psql", ...asSuperuser(cluster), "-c", statement);
  return cluster;
}

/** One that nobody has prepared, running. */
export async function emptyCluster(): Promise<Cluster> {
  const cluster = await clusterOf(async (directory) => {
    const secret = `${directory}.password`;
    writeFileSync(secret, PASSWORD, { mode: 0o644 });
    const choices = ["-U", "postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
    const sign = ["--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${secret}`];
    await postgresProgram("initdb", "-D", directory, ...choices, ...sign);
  });
  await cluster.start();
  return cluster;
}

/** As docs/operate.md has them. */
const LOGINS = [
  ...["assay_owner", "assay_server", "assay_worker"].map(
    (login) => `create role ${login} login password '${PASSWORD}'`,
  ),
  "create database assay owner assay_owner",
  "grant create on database assay to assay_worker",
];

/** For psql, pg_dump and the like. */
export const asSuperuser = ({ sockets, port }: Cluster): string[] => ["-h", sockets, "-p", `${port}`, "-U", "postgres"];

/** A copy of a running cluster's files; `follow` makes it a replica. Not yet started. */
export const copyOf = (cluster: Cluster, { follow }: { follow: boolean }): Promise<Cluster> =>
  clusterOf((directory) =>
    postgresProgram(
      "pg_basebackup",
      ...asSuperuser(cluster),
      "-D",
      directory,
      "-c",
      "fast",
      "-X",
      "stream",
      ...(follow ? ["-R"] : []),
    ),
  );
