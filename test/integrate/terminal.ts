import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { unlike, unlikeHttp, type Variables } from "./likeness";
import { onHosts, type PAGE_HOSTS, pageText, ROOT, type Step, stepsOf } from "./page";

/** A shell of the test's: types a block, and hears what it answers. */
export interface Shell {
  type(text: string): Promise<string>;
  /** `NAME=value`, as the reader keeps what an answer held. */
  keep(name: string, value: string): void;
}

/** Of a read: what was written shows in the feed of events soon, and not at once. */
const PATIENCE_MILLISECONDS = 20_000;

const START = /\bnpm start\b/;
const TYPES = /\bgenerate-output\b/;

/** The steps of the page but for its own start of the server, and the types, which tests of their own try. */
export const stepsOn = (hosts: Readonly<Record<keyof typeof PAGE_HOSTS, string>>): Step[] =>
  stepsOf(onHosts(pageText(), hosts)).filter(({ text }) => !START.test(text) && !TYPES.test(text));

/** How the page starts the server. */
export const startStep = (): Step => stepsOf(pageText()).find(({ text }) => START.test(text))!;

/** What is unlike the page when its steps are typed one after the other. */
export async function walk(
  steps: readonly Step[],
  shell: Shell,
  open: (step: Step, bound: Variables) => Promise<void>,
) {
  const bound: Variables = new Map();
  for (const step of steps) {
    if (step.kind === "console") {
      await open(step, bound);
      continue;
    }
    const faults = await typed(step, shell, bound);
    if (faults.length > 0) return faults.map((fault) => `docs/integrate.md:${step.line}: ${fault}`);
  }
  return [];
}

async function typed({ text, answer }: Step, shell: Shell, bound: Variables): Promise<string[]> {
  if (!answer) throw new Error(`Nothing is shown that this answers:\n${text}`);
  const end = performance.now() + (text.includes("mutation (") ? 0 : PATIENCE_MILLISECONDS);
  for (;;) {
    const found: Variables = new Map(bound);
    const faults = unlikeAnswer(answer.language, answer.text, await shell.type(text), found);
    if (faults.length > 0 && performance.now() < end) {
      await delay(200);
      continue;
    }
    for (const [name, value] of found) {
      if (!bound.has(name)) shell.keep(name, value);
      bound.set(name, value);
    }
    return faults;
  }
}

function unlikeAnswer(language: string, shown: string, real: string, found: Variables): string[] {
  if (language === "http") return unlikeHttp(shown, real, found);
  try {
    return unlike(JSON.parse(shown), JSON.parse(real), found);
  } catch (error) {
    return [`${String(error)}: ${real}`];
  }
}

export interface Terminal {
  /** What it has said so far. */
  said(): string;
  close(): void;
}

/** A terminal of its own, with what the reader has kept; resolves when somebody listens on the port. */
export async function openTerminal(text: string, kept: Variables, port: number): Promise<Terminal> {
  const env = { ...process.env, ...Object.fromEntries(kept), PORT: `${port}` };
  const child = spawn("bash", ["-c", text], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${said}`);
    await delay(50);
  }
  return { said: () => said, close: () => end(child) };
}

const end = ({ pid, exitCode }: ChildProcess): void => {
  if (pid && exitCode === null) process.kill(-pid, "SIGTERM");
};

const answers = (port: number): Promise<boolean> =>
  new Promise((told) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => told(true)).once("error", () => told(false));
    socket.once("connect", () => socket.destroy());
  });

/** Waits until the terminal has said it, at most half a minute. */
export async function heard(terminal: Terminal, what: RegExp): Promise<void> {
  for (const end = performance.now() + 30_000; !what.test(terminal.said()) && performance.now() < end; )
    await delay(50);
  expect(terminal.said()).toMatch(what);
}
