import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";

const ROOT = resolve(__dirname, "..", "..");
const READY_MILLISECONDS = 120_000;

export interface Program {
  url: string;
  /** What it keeps lies there. */
  directory: string;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}

/** `npm start`, on a directory of its own and with these settings, until it says that it is ready. */
export async function startProgram(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
  const directory = mkdtempSync(join(tmpdir(), "assay-system-"));
  const port = await freePort();
  const env = { ...process.env, ASSAY_DIRECTORY: directory, PORT: `${port}`, DATABASE_URL: "", ...settings };
  const child = spawn("npm", ["start"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  try {
    await ready(child);
  } catch (error) {
    end(child);
    throw error;
  }
  const ended = new Promise((exited) => child.once("exit", exited));
  return {
    url: `http://127.0.0.1:${port}`,
    directory,
    stop: async () => {
      end(child);
      await ended;
      // npm goes at once; the server is still stopping its PostgreSQL, which it finds by what lies in the directory.
      while (isAnybodyLeftOf(child)) await delay(50);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The program and what it started: npm hands no signal on. */
const end = ({ pid, exitCode }: ChildProcess): void => {
  if (pid && exitCode === null) process.kill(-pid, "SIGTERM");
};

function isAnybodyLeftOf({ pid }: ChildProcess): boolean {
  try {
    return process.kill(-pid!, 0);
  } catch {
    return false;
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((isReady, failed) => {
    let said = "";
    const timer = setTimeout(() => failed(new Error(`Not ready in time:\n${said}`)), READY_MILLISECONDS);
    const hear = (text: Buffer) => {
      said += text;
      if (!said.includes("Assay is ready")) return;
      clearTimeout(timer);
      isReady();
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.once("exit", (code) => failed(new Error(`Ended with ${code}:\n${said}`)));
  });
}

/** Debian's Chromium. @throws Error where there is none: these tests do not skip */
export async function openBrowser(): Promise<Browser> {
  const executablePath = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "chromium"))
    .find(isExecutable);
  if (!executablePath) throw new Error("There is no `chromium` on the PATH: apt-get install chromium");
  // In a container the browser's own sandbox has no user namespaces to build on.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
