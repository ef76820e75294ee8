import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SECRET } from "./variables.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const START_LIMIT_MILLISECONDS = 60_000;

/** Nobody is to be throttled here: that would measure the throttle. */
const UNBOUNDED = {
  ASSAY_COST_LIMIT: "1000000",
  ASSAY_RATE_CAPACITY: "100000000",
  ASSAY_RATE_RESTORE: "10000000",
};

/** The program itself, joining the database that runs already. */
const assay =
  (node) =>
  ({ directory }) => ({
    node,
    arguments: ["dist/src/main.js", "start"],
    environment: { ASSAY_DIRECTORY: directory, ASSAY_TOKEN_SECRET: SECRET, PORT: "0", ...UNBOUNDED },
  });

const peer =
  (name) =>
  ({ serverUrl }) => ({
    node: process.execPath,
    arguments: [`bench/systems/${name}.mjs`],
    environment: { BENCH_DATABASE_URL: serverUrl, BENCH_TOKEN_SECRET: SECRET },
  });

/** Name -> how it is started. `assayNode20` is ours on the oldest Node that it runs on: that of `npm`. */
export const COMMANDS = {
  assay: assay(process.execPath),
  assayNode20: assay("node"),
  postgraphile: peer("postgraphile"),
  mercurius: peer("mercurius"),
  yoga: peer("yoga"),
  naive: peer("naive"),
  limit: peer("limit"),
};

/** The name under which a system asks and answers. */
export const kindOf = (name) => (name === "assayNode20" ? "assay" : name);

/** Without the folders that npm puts before it: they hold the Node of the bench. */
const PATH = process.env.PATH.split(":")
  .filter((folder) => !folder.includes("node_modules"))
  .join(":");

const READY = /(?:listening on|Assay is ready:) (http:\/\/127\.0\.0\.1:\d+)/;

const running = new Set();

// Where the run itself fails, nobody is left behind.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a system and waits until it listens. @throws Error with what it had to say */
export async function startSystem(name, store) {
  const { node, arguments: words, environment } = COMMANDS[name](store);
  const env = { PATH, HOME: process.env.HOME, NODE_ENV: "production", GRAPHILE_ENV: "production", ...environment };
  const child = spawn(node, words, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.on("exit", () => running.delete(child));
  const said = [];
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} did not listen in time`)), START_LIMIT_MILLISECONDS);
    const hear = (line) => {
      if (said.push(line) > 40) said.shift();
      const [, found] = READY.exec(line) ?? [];
      if (!found) return;
      clearTimeout(late);
      resolve(`${found}/graphql`);
    };
    createInterface({ input: child.stdout }).on("line", hear);
    createInterface({ input: child.stderr }).on("line", hear);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${name} ended (${code}):\n${said.join("\n")}`)));
  });
  return { name, kind: kindOf(name), url, pid: child.pid, said, stop: () => stopped(child) };
}

async function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await once(child, "exit");
  clearTimeout(patience);
}

/** Which Node a system runs on, such as v20.20.2. */
export async function nodeVersion(name) {
  const child = spawn(COMMANDS[name]({}).node, ["--version"], { env: { PATH }, stdio: ["ignore", "pipe", "ignore"] });
  let version = "";
  for await (const chunk of child.stdout) version += chunk;
  return version.trim();
}
