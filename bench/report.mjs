import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { QUERIES } from "./queries.mjs";

const rounded = (value) => Number(value.toPrecision(4));

const roundedAll = (measures) =>
  Object.fromEntries(Object.entries(measures).map(([key, value]) => [key, rounded(value)]));

const pad = (text, width) => `${text}`.padStart(width);

/** What was measured of one query, a line for each system, with ours as a multiple of each. */
export function table(name, bySystem) {
  const lines = [`\n${name}  ${QUERIES[name].about}`];
  lines.push(
    "                  rps   (least   most)     p50     p99   cpu ms = server + postgres   rss MiB   assay is",
  );
  const ours = bySystem.assay?.rps;
  for (const [system, each] of Object.entries(bySystem)) {
    const ratio = ours ? `${(ours / each.rps).toFixed(2)} x` : "";
    lines.push(
      [
        system.padEnd(13),
        pad(each.rps.toFixed(0), 8),
        pad(`(${each.rpsLeast.toFixed(0)}`, 9),
        pad(`${each.rpsMost.toFixed(0)})`, 7),
        pad(each.p50.toFixed(1), 8),
        pad(each.p99.toFixed(1), 8),
        pad(each.cpuMs.toFixed(2), 9),
        pad(each.serverMs.toFixed(2), 9),
        pad(each.postgresMs.toFixed(2), 11),
        pad(each.rssMiB.toFixed(0), 10),
        pad(ratio, 11),
      ].join(""),
    );
  }
  for (const [system, { followUpMs, followUpSeconds }] of Object.entries(bySystem)) {
    if (followUpMs === undefined) continue;
    lines.push(
      `${system} then works ${followUpMs.toFixed(2)} ms for each in the background, ${followUpSeconds.toFixed(1)} s in all`,
    );
  }
  return lines.join("\n");
}

/** @param about what was run, such as the versions of Node */
export function writeResults(path, results, about) {
  const measured = Object.fromEntries(
    Object.entries(results).map(([name, bySystem]) => [
      name,
      Object.fromEntries(Object.entries(bySystem).map(([system, each]) => [system, roundedAll(each)])),
    ]),
  );
  const machine = { cpu: `${cpus().length} x ${cpus()[0].model.trim()}`, date: new Date().toISOString() };
  writeFileSync(path, `${JSON.stringify({ ...measured, ...about, ...machine }, null, 2)}\n`);
}
