import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { spawnOptions } from "../../src/platform/db/embedded-places";
import { type Cluster, type Login, PASSWORD, urlOf } from "./debian-postgres";
import { account, serverFolder } from "./postgres-programs";
import { freePort } from "./program";

/** Connections that it holds to PostgreSQL, at most. */
export const TO_POSTGRES = 8;

/** PgBouncer in transaction mode, before a cluster. */
export interface Pooler {
  version: string;
  pid: number;
  url(login: Login): string;
  stop(): Promise<void>;
}

/** @throws Error where there is none: these tests do not skip */
function program(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  const found = folders.map((folder) => join(folder, "pgbouncer")).find(existsSync);
  if (!found) throw new Error("There is no `pgbouncer`: apt-get install pgbouncer");
  return found;
}

const settings = (cluster: Cluster, port: number, users: string) => `
[databases]
assay = host=127.0.0.1 port=${cluster.port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${TO_POSTGRES}
max_client_conn = 500
`;

export async function openPooler(cluster: Cluster): Promise<Pooler> {
  const folder = serverFolder();
  const port = await freePort();
  const [users, file] = [join(folder, "users.txt"), join(folder, "pgbouncer.ini")];
  writeFileSync(users, `"assay_server" "${PASSWORD}"\n`);
  writeFileSync(file, settings(cluster, port, users));
  const child = spawn(program(), [file], { ...spawnOptions(account), stdio: ["ignore", "ignore", "pipe"] });
  await listening(child);
  return {
    version: execFileSync(program(), ["--version"], { encoding: "utf8" }).split("\n")[0]!,
    pid: child.pid!,
    url: (login) => urlOf(login, port),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGINT");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((ready, failed) => {
    child.stderr!.on("data", (text) => {
      said += text;
      if (said.includes("process up")) ready();
    });
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`PgBouncer did not start:\n${said}`)));
  });
}
