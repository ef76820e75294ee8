import { readdirSync, readFileSync } from "node:fs";

/** Of a clock tick, as /proc counts: 100 to the second on every Linux that people use. */
const TICK_MILLISECONDS = 10;

/** Fields of /proc/<pid>/stat from the third on; those of the name before may hold anything. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

const parentOf = (stat) => Number(stat[1]);
const ownTicks = (stat) => Number(stat[11]) + Number(stat[12]);
/** Of children that have ended and were waited for. */
const childTicks = (stat) => Number(stat[13]) + Number(stat[14]);

const processes = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(name);
      return stat ? [{ pid: Number(name), stat }] : [];
    });

/** Milliseconds of processor that a process has taken, with its children: those that run, and those that have ended. */
export function treeMilliseconds(root) {
  const all = processes();
  const tree = all.filter(({ pid }) => pid === root);
  for (const each of tree) tree.push(...all.filter(({ stat }) => parentOf(stat) === each.pid));
  return tree.reduce((sum, { stat }) => sum + ownTicks(stat) + childTicks(stat), 0) * TICK_MILLISECONDS;
}

export const parentPid = (pid) => parentOf(statOf(pid));

/** Resident memory of a process in MiB. */
export const residentMebibytes = (pid) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
