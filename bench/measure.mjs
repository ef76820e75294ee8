import { fork } from "node:child_process";
import { once } from "node:events";
import { residentMebibytes, treeMilliseconds } from "./processor.mjs";

const CONNECTIONS = 16;

/** The process that asks. */
export function startLoad() {
  const child = fork(new URL("./load.mjs", import.meta.url));
  return {
    run: async (wish) => {
      child.send({ connections: CONNECTIONS, ...wish });
      const [answer] = await once(child, "message");
      if (answer.fault) throw new Error(answer.fault);
      return answer;
    },
    stop: () => child.disconnect(),
  };
}

/** One slice of load on one system: what came of it, and what it took. */
export async function slice({ load, postmaster }, system, wish) {
  const [server, database] = [treeMilliseconds(system.pid), treeMilliseconds(postmaster)];
  const { answered, seconds, p50, p99 } = await load.run({ url: system.url, ...wish });
  const each = (before, now) => (now - before) / Math.max(1, answered);
  return {
    answered,
    rps: answered / seconds,
    p50,
    p99,
    serverMs: each(server, treeMilliseconds(system.pid)),
    postgresMs: each(database, treeMilliseconds(postmaster)),
    rssMiB: residentMebibytes(system.pid),
  };
}

/** Rounds of short slices, in which everybody takes a turn; every second one in reverse, so that nobody is always first. */
export async function measureReading(around, asking, { rounds, milliseconds, warmup }) {
  for (const { system, requests } of asking) {
    await around.load.run({ url: system.url, requests, milliseconds: warmup });
  }
  const slices = new Map(asking.map(({ system }) => [system.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { system, requests } of round % 2 === 0 ? asking : asking.toReversed()) {
      slices.get(system.name).push(await slice(around, system, { requests, milliseconds }));
    }
  }
  return Object.fromEntries([...slices].map(([name, each]) => [name, summary(each)]));
}

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians over the rounds, and how far apart the rounds were. */
export function summary(slices) {
  const of = (key) => median(slices.map((each) => each[key]));
  const speeds = slices.map(({ rps }) => rps);
  return {
    rps: of("rps"),
    p50: of("p50"),
    p99: of("p99"),
    cpuMs: of("serverMs") + of("postgresMs"),
    serverMs: of("serverMs"),
    postgresMs: of("postgresMs"),
    rssMiB: Math.max(...slices.map(({ rssMiB }) => rssMiB)),
    ...(slices[0].followUpMs === undefined
      ? {}
      : { followUpMs: of("followUpMs"), followUpSeconds: of("followUpSeconds") }),
    rpsLeast: Math.min(...speeds),
    rpsMost: Math.max(...speeds),
  };
}
