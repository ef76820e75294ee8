import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { AUDIENCE, type OidcProvider, oidcProvider } from "../identity/oidc-provider";
import type { Cluster } from "./debian-postgres";
import { freePort } from "./program";

const ROOT = resolve(__dirname, "..", "..");
const READY_MILLISECONDS = 120_000;

type Settings = Readonly<Record<string, string>>;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

/** Whose data a request is to see. */
export interface Office {
  name: string;
  id: string;
  admin: string;
}

/** A server of the program, on a port of its own. */
export interface Server {
  url: string;
  port: number;
  pid: number;
  /** For a request as the office's administrator. */
  tokenOf(office: Office): Promise<string>;
  /** What it printed so far. */
  said(): string;
  /** Signs in as the office's administrator. @throws where the answer has errors or user errors */
  ask(office: Office, query: string, variables?: object): Promise<Anything>;
  /** A line of /metrics; 0 where it is not told. */
  told(line: string): Promise<number>;
  stop(): Promise<void>;
}

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

interface Address {
  provider: OidcProvider;
  url: string;
  metrics: string;
}

/** Once it is ready. */
async function served(child: ChildProcess, { provider, url, metrics }: Address): Promise<Server> {
  let said = "";
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = ({ admin: email }: Office): Promise<string> => {
    const token = tokens.get(email) ?? provider.token({ email, email_verified: true });
    tokens.set(email, token);
    return token;
  };
  await new Promise<void>((ready, failed) => {
    const timer = setTimeout(() => failed(new Error(`Not ready in time:\n${said}`)), READY_MILLISECONDS);
    const hear = (text: Buffer) => {
      said += text;
      if (!said.includes("Assay is ready")) return;
      clearTimeout(timer);
      ready();
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      failed(new Error(`Ended with ${code}:\n${said}`));
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    tokenOf,
    said: () => said,
    ask: async (office, query, variables = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf(office)}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Anything;
      const userErrors = Object.values(data ?? {}).flatMap((field: Anything) => field?.userErrors ?? []);
      if (errors || userErrors.length > 0) throw new Error(JSON.stringify({ errors, userErrors }, null, 2));
      return data;
    },
    told: async (line) => {
      const lines = (await (await fetch(metrics)).text()).split("\n");
      return Number(lines.find((each) => each.startsWith(`${line} `))?.slice(line.length + 1) ?? 0);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
