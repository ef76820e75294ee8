import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { AUDIENCE, oidcProvider } from "../identity/oidc-provider";
import type { Cluster } from "./debian-postgres";
import { freePort } from "./program";
import { type Office, type Server, served } from "./server";

const ROOT = resolve(__dirname, "..", "..");

type Settings = Readonly<Record<string, string>>;

/** Where the program lies, and how it is started there. */
export interface Installed {
  folder: string;
  command: readonly string[];
  account?: { uid: number; gid: number };
}

/** The program on databases of its operator's own, with a provider that signs members in. */
export interface House {
  /** On this cluster, unless the settings say otherwise. */
  server(cluster: Cluster, settings?: Settings, installed?: Installed): Promise<Server>;
  /** Founds an organisation with an administrator and without a question bank. */
  office(cluster: Cluster, name: string): Promise<Office>;
  close(): Promise<void>;
}

const databaseOf = (cluster: Cluster): Settings => ({
  DATABASE_URL: cluster.url("assay_server"),
  MIGRATION_DATABASE_URL: cluster.url("assay_owner"),
  WORKER_DATABASE_URL: cluster.url("assay_worker"),
});

/** Builds the program. */
export async function openHouse(): Promise<House> {
  execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: "pipe" });
  const provider = await oidcProvider();
  const directory = mkdtempSync(join(tmpdir(), "assay-house-"));
  const open: Server[] = [];
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, HOST: "127.0.0.1", ASSAY_DIRECTORY: directory };
  const words = (...more: string[]) => ["--enable-source-maps", join("dist", "src", "main.js"), ...more];
  const here: Installed = { folder: ROOT, command: [process.execPath, ...words("start")] };
  return {
    server: async (cluster, settings = {}, { folder, command, account } = here) => {
      const [port, metrics] = [await freePort(), await freePort()];
      const signIn = { ASSAY_OIDC_ISSUER: provider.issuer, ASSAY_OIDC_AUDIENCE: AUDIENCE };
      const own = {
        PORT: `${port}`,
        ASSAY_METRICS_PORT: `${metrics}`,
        ASSAY_RATE_CAPACITY: "100000000",
        ASSAY_RATE_RESTORE: "10000000",
      };
      const [program, ...rest] = command;
      const child = spawn(program!, rest, {
        ...account,
        cwd: folder,
        env: { ...env, ...own, ...signIn, ...databaseOf(cluster), ...settings },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const server = await served(child, {
        provider,
        url: `http://127.0.0.1:${port}`,
        metrics: `http://127.0.0.1:${metrics}/metrics`,
      });
      open.push(server);
      return server;
    },
    office: async (cluster, name) => {
      const admin = `admin@${name.toLowerCase()}.example`;
      const wish = ["--name", name, "--admin-email", admin, "--admin-name", `Admin of ${name}`, "--empty"];
      const { stdout } = await promisify(execFile)(process.execPath, words("org", "create", ...wish), {
        cwd: ROOT,
        env: { ...env, ...databaseOf(cluster) },
      });
      return { name, id: stdout.trim(), admin };
    },
    close: async () => {
      for (const server of open) await server.stop();
      await provider.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
