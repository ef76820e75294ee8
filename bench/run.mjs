/**
 * Assay beside what one would pick instead, over one database in one run: see README.md.
 *
 *   run.mjs [--quick] [--check] [--only assay,limit] [--queries Q1,Q2] [--rounds n] [--seconds n] [--directory path]
 */
import { loadavg } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkAnswers, checkWall } from "./check.mjs";
import { measureReading, startLoad } from "./measure.mjs";
import { parentPid } from "./processor.mjs";
import { QUERIES } from "./queries.mjs";
import { table, writeResults } from "./report.mjs";
import { COMMANDS, nodeVersion, startSystem } from "./servers.mjs";
import { LARGE, SMALL } from "./store/sizes.mjs";
import { openStore, organizationOf, withClient } from "./store/store.mjs";
import { tokenFor, variablesOf } from "./variables.mjs";
import { requestOf } from "./wordings.mjs";
import { checkWriting, measureWriting, restore } from "./writing.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const { values: wish } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    only: { type: "string", default: Object.keys(COMMANDS).join() },
    queries: { type: "string", default: Object.keys(QUERIES).join() },
    rounds: { type: "string" },
    seconds: { type: "string" },
    directory: { type: "string", default: resolve(ROOT, ".assay-bench") },
  },
});

const QUICK = { rounds: 2, seconds: 0.8, warmup: 500, patience: 5_000 };
const WHOLE = { rounds: 5, seconds: 2.5, warmup: 2_000, patience: 20_000 };
const usual = wish.quick ? QUICK : WHOLE;
const pace = {
  rounds: Number(wish.rounds ?? usual.rounds),
  milliseconds: Number(wish.seconds ?? usual.seconds) * 1000,
  warmup: usual.warmup,
  /** How long one waits for what follows from what was written. */
  patience: usual.patience,
};

/** Over the last minute, before the run adds its own. */
const [busy] = loadavg();
/** From here on, what others do on the machine shows in the figures. */
const MOST_BUSY = 0.5;

const log = (line) => process.stdout.write(`${line}\n`);

/** Everything that the queries need besides the systems. */
async function surroundings(store, client) {
  const organizationId = await organizationOf(store, LARGE);
  const variables = await variablesOf(client, organizationId);
  const signed = new Map();
  for (const email of new Set(variables.authors)) signed.set(email, await tokenFor(email, organizationId));
  const { rows } = await client.query("select pg_backend_pid() as pid");
  return {
    store,
    client,
    organizationId,
    variables,
    /** Of an ADMIN, who sees everything. */
    token: await tokenFor("member-0@large.example", organizationId),
    /** Of the drafts' authors. */
    tokens: variables.authors.map((email) => signed.get(email)),
    postmaster: parentPid(rows[0].pid),
  };
}

async function strangerOf(store) {
  const organizationId = await organizationOf(store, SMALL);
  return { organizationId, token: await tokenFor("member-0@small.example", organizationId) };
}

const answering = (systems, name) => systems.filter(({ kind }) => QUERIES[name].systems.includes(kind));

async function check(around, systems, names) {
  await checkAnswers(systems, names, around);
  await checkWall(systems, around, await strangerOf(around.store));
  if (names.includes("M1")) await checkWriting(around.client, answering(systems, "M1"), around);
  log(`answers are equal: ${systems.map(({ name }) => name).join(", ")}`);
}

function measured(around, systems, name) {
  if (QUERIES[name].writes) return measureWriting(around, systems, pace);
  const { variables, token, organizationId } = around;
  const bodies = ({ kind }) =>
    variables[name].map((each) => JSON.stringify(requestOf(kind, name, each, organizationId)));
  const asking = systems.map((system) => ({ system, requests: bodies(system).map((body) => ({ body, token })) }));
  return measureReading(around, asking, pace);
}

async function measureAll(around, systems, names) {
  const load = startLoad();
  const results = {};
  for (const name of names) {
    results[name] = await measured({ ...around, load }, answering(systems, name), name);
    log(table(name, results[name]));
  }
  load.stop();
  const versions = systems.map(async ({ name }) => [name, await nodeVersion(name)]);
  const about = { node: process.version, nodes: Object.fromEntries(await Promise.all(versions)), load: busy, ...pace };
  // A part of the whole does not take its place.
  const isWhole = systems.length === Object.keys(COMMANDS).length && names.length === Object.keys(QUERIES).length;
  writeResults(resolve(isWhole ? resolve(ROOT, "bench") : wish.directory, "results.json"), results, about);
}

if (busy > MOST_BUSY) log(`The machine is busy (load ${busy.toFixed(1)}): do not rely on the figures.`);
const store = { ...(await openStore(wish.directory, log)), directory: wish.directory };
const systems = [];
try {
  // A run that was ended may have left something behind.
  await withClient(store.superuserUrl, restore);
  for (const name of wish.only.split(",")) systems.push(await startSystem(name, store));
  const names = wish.queries.split(",");
  await withClient(store.superuserUrl, async (client) => {
    const around = await surroundings(store, client);
    await check(around, systems, names);
    if (!wish.check) await measureAll(around, systems, names);
  });
} finally {
  await Promise.all(systems.map((system) => system.stop()));
  await store.stop();
}
