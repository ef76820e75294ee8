import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "../integrate/page";
import { heard, openTerminal, type Shell, startStep, stepsOn, type Terminal, walk } from "../integrate/terminal";
import { freePort, type Program, startProgram } from "./program";

let program: Program;
let receiver: Terminal | undefined;
let port: number;

beforeAll(async () => {
  port = await freePort();
  const setting = /(ASSAY_OUTBOUND_ALLOWED)=127\.0\.0\.1:9000 npm start\n$/.exec(startStep().text)?.[1];
  program = await startProgram({ [setting!]: `127.0.0.1:${port}` });
});

afterAll(async () => {
  receiver?.close();
  await program?.stop();
});

/** A real bash that goes on until it is closed. @throws Error from what is typed into it once it has ended */
function bash(): Shell & { close(): void } {
  const env = { ...process.env, ASSAY_DIRECTORY: program.directory, DATABASE_URL: "" };
  const child = spawn("bash", ["-eu"], { cwd: ROOT, env, stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const keep = (name: string, value: string) => void child.stdin.write(`${name}='${value}'\n`);
  const type = async (text: string) => {
    const mark = `end of ${randomUUID()}`;
    said = "";
    child.stdin.write(`${text}\nprintf '%s' '${mark}'\n`);
    while (!said.endsWith(mark)) {
      if (child.exitCode !== null) throw new Error(`bash ended with ${child.exitCode}:\n${text}`);
      await delay(10);
    }
    return said.slice(0, -mark.length);
  };
  return { type, keep, close: () => child.stdin.end("exit 0\n") };
}

test("bash and curl are there: without them nothing of the page is tried", () => {
  expect(execFileSync("curl", ["--version"]).toString()).toMatch(/^curl /);
});

test("every line of docs/integrate.md, typed into bash, does what stands behind it", async () => {
  const shell = bash();
  const hosts = { server: new URL(program.url).host, receiver: `127.0.0.1:${port}` };
  const faults = await walk(stepsOn(hosts), shell, async ({ text }, kept) => {
    receiver = await openTerminal(text, kept, port);
  });
  shell.close();
  expect(faults).toEqual([]);
  await heard(receiver!, /^webhook\.test /m);
  await heard(receiver!, /^scorecard\.submitted /m);
});
