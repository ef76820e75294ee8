import { spawnSync } from "node:child_process";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Longer than a first start on a slow disk, shorter than a person's patience. */
const PATIENCE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;

export interface RunningProcess {
  /** Pid and start time: a pid alone is soon given to another process, in a restarted container to the very same one. */
  mark: string;
  command: string;
}

export function fromProc(pid: number): RunningProcess | undefined {
  try {
    // The name in parentheses may hold anything; after it come the state (field 3) and, 19 on, the start time (field 22).
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { mark: `${pid} ${fields[19]}`, command };
  } catch {
    return undefined;
  }
}

export function fromPs(pid: number): RunningProcess | undefined {
  const options = { encoding: "utf8", env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } } as const;
  const column = (name: string) =>
    spawnSync("ps", ["-ww", "-o", `${name}=`, "-p", String(pid)], options).stdout?.trim() ?? "";
  const state = column("stat");
  if (state === "" || state.startsWith("Z")) return undefined;
  return { mark: `${pid} ${column("lstart")}`, command: column("command") };
}

/** Undefined when it is gone; a dead process that nobody has buried yet is gone, too. */
export const runningProcess = existsSync("/proc/self/stat") ? fromProc : fromPs;

/** True for a zombie, too: the kernel still keeps its pid. */
export function isTaken(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

export function ownMark(): string {
  return runningProcess(process.pid)?.mark ?? `${process.pid} `;
}

export function isAlive(mark: string): boolean {
  return runningProcess(Number.parseInt(mark, 10))?.mark === mark;
}

/** What a file says, or undefined where there is none. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A link is made whole or not at all, so nobody ever reads a lock without its holder. */
function tryLock(file: string, mark: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mark);
  try {
    linkSync(draft, file);
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead holder's lock aside; should another have renewed it in between, it is put back. */
function breakStale(file: string): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (isAlive(textOf(aside) ?? "")) linkSync(aside, file);
  } catch (fault) {
    const { code = "" } = fault as NodeJS.ErrnoException;
    if (!["ENOENT", "EEXIST"].includes(code)) throw fault;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Runs the work while no other process holds the file; a holder that was killed is passed over. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mark = ownMark();
  for (let waitedMs = 0; !tryLock(file, mark); waitedMs += POLL_MILLISECONDS) {
    const holder = textOf(file);
    if (holder !== undefined && !isAlive(holder)) breakStale(file);
    else if (waitedMs >= PATIENCE_MILLISECONDS) throw new Error(`Process ${holder} has held ${file} for a minute.`);
    else await delay(POLL_MILLISECONDS);
  }
  try {
    return await work();
  } finally {
    if (textOf(file) === mark) rmSync(file, { force: true });
  }
}
