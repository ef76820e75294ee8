/**
 * How cost grows: with the data, with servers, and with time; and the plans, into plans/. Of Assay alone, over the store of the bench.
 *
 *   cost.mjs growth|servers|memory|plans [--minutes n] [--directory path]
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureReading, slice, startLoad, summary } from "./measure.mjs";
import { writePlans } from "./plans.mjs";
import { parentPid, treeMilliseconds } from "./processor.mjs";
import { startSystem } from "./servers.mjs";
import { LARGE, SMALL } from "./store/sizes.mjs";
import { openStore, organizationOf, withClient } from "./store/store.mjs";
import { tokenFor, variablesOf } from "./variables.mjs";
import { requestOf } from "./wordings.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const { values: wish, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "10" },
    directory: { type: "string", default: resolve(ROOT, ".assay-bench") },
  },
});

const log = (line) => process.stdout.write(`${line}\n`);
const PACE = { rounds: 6, milliseconds: 2_000, warmup: 3_000 };

/** What an organisation's ADMIN asks, by the query. */
async function askedIn({ store, client }, size, names) {
  const organizationId = await organizationOf(store, size);
  const variables = await variablesOf(client, organizationId);
  const token = await tokenFor(`member-0@${size.name.toLowerCase()}.example`, organizationId);
  const requests = (name) =>
    variables[name].map((each) => ({ body: JSON.stringify(requestOf("assay", name, each, organizationId)), token }));
  return Object.fromEntries(names.map((name) => [name, requests(name)]));
}

/** The same queries in an organisation and in one with fifty times its rows, in turns. */
async function growth(around) {
  const system = await startSystem("assay", around.store);
  const names = ["Q1", "Q2", "Q3", "Q5"];
  const sizes = [SMALL, LARGE];
  const asked = await Promise.all(sizes.map((size) => askedIn(around, size, names)));
  log("      sessions   cpu ms = server + postgres     p50");
  for (const name of names) {
    const asking = sizes.map((size, place) => ({
      system: { ...system, name: size.name },
      requests: asked[place][name],
    }));
    const found = await measureReading(around, asking, PACE);
    for (const { name: organization, sessions } of sizes) {
      const { cpuMs, serverMs, postgresMs, p50 } = found[organization];
      const figures = [cpuMs, serverMs, postgresMs, p50].map((each) => each.toFixed(2).padStart(9));
      log(`${name}  ${`${sessions}`.padStart(8)}  ${figures.join(" ")}`);
    }
  }
  await system.stop();
}

/** One server, and two at once, each under the same load: what an answer costs. */
async function servers(around) {
  const both = [await startSystem("assay", around.store), await startSystem("assay", around.store)];
  const loads = [around.load, startLoad()];
  const asked = await askedIn(around, LARGE, ["Q1", "Q2", "Q3"]);
  const costOf = async (systems, requests) => {
    const watched = () => [...systems.map(({ pid }) => pid), around.postmaster].map(treeMilliseconds);
    const before = watched();
    const answers = await Promise.all(
      systems.map(({ url }, place) => loads[place].run({ url, requests, milliseconds: PACE.milliseconds })),
    );
    const spent = watched().reduce((sum, each, place) => sum + each - before[place], 0);
    const answered = answers.reduce((sum, each) => sum + each.answered, 0);
    return { cpuMs: spent / answered, rps: answered / (PACE.milliseconds / 1000) };
  };
  const median = (of) => [...of].sort((one, other) => one - other)[Math.floor(of.length / 2)];
  for (const [name, requests] of Object.entries(asked)) {
    for (const { url } of both) await around.load.run({ url, requests, milliseconds: PACE.warmup });
    const [one, two] = [[], []];
    for (let round = 0; round < PACE.rounds; round++) {
      one.push(await costOf(both.slice(round % 2, (round % 2) + 1), requests));
      two.push(await costOf(both, requests));
    }
    const told = (found) =>
      `${median(found.map(({ cpuMs }) => cpuMs)).toFixed(2)} ms, ${median(found.map(({ rps }) => rps)).toFixed(0)} a second`;
    log(`${name}  one: ${told(one)}; two: ${told(two)}`);
  }
  loads[1].stop();
  for (const system of both) await system.stop();
}

/** What the bench asks, explained. */
async function plans(around) {
  const asked = await askedIn(around, LARGE, ["Q1", "Q2", "Q3", "Q3v", "Q4", "Q5"]);
  const first = Object.fromEntries(Object.entries(asked).map(([name, [request]]) => [name, request]));
  await writePlans(around, await organizationOf(around.store, LARGE), first, log);
}

/** Documents that come once in a while, so that caches have something to forget. */
const STRAY_DOCUMENTS = 3_000;

const strays = (token) =>
  Array.from({ length: STRAY_DOCUMENTS }, (_, n) => ({
    token,
    body: JSON.stringify({ query: `{ jobs(first: ${1 + (n % 20)}) { nodes { id stray${n}: title createdAt } } }` }),
  }));

/** Transactions that are rolled back. */
const refused = (token, sessions) =>
  sessions.map(({ id }) => ({
    token,
    body: JSON.stringify({
      query: `mutation ($id: ID!) { moveInterviewSession(input: { id: $id, version: 1000000, to: CANCELLED }) { userErrors { code } } }`,
      variables: { id },
    }),
  }));

/** Everything at once, for minutes: what the server's memory comes to. */
async function memory(around) {
  const system = await startSystem("assay", around.store);
  const asked = await askedIn(around, LARGE, ["Q1", "Q2", "Q3", "Q3v", "Q4", "Q5"]);
  const { token } = asked.Q1[0];
  const organizationId = await organizationOf(around.store, LARGE);
  const { Q2: sessions } = await variablesOf(around.client, organizationId);
  const kinds = [...Object.values(asked), refused(token, sessions), strays(token)];
  const most = Math.max(...kinds.map(({ length }) => length));
  const requests = Array.from({ length: most }, (_, n) => kinds.map((kind) => kind[n % kind.length])).flat();
  const steps = Number(wish.minutes) * 6;
  const seen = [];
  for (let step = 0; step < steps; step++) {
    seen.push(await slice(around, system, { requests, milliseconds: 10_000 }));
    if (step % 6 === 5)
      log(`${(step + 1) / 6} min: ${seen.at(-1).rssMiB.toFixed(0)} MiB, ${seen.at(-1).rps.toFixed(0)} a second`);
  }
  const highest = (part) => Math.max(...part.map(({ rssMiB }) => rssMiB)).toFixed(0);
  const answered = seen.reduce((sum, each) => sum + each.answered, 0);
  log(
    `${answered} answers; most in the first half ${highest(seen.slice(0, steps / 2))} MiB, in the second ${highest(seen.slice(steps / 2))} MiB`,
  );
  log(`cpu ms an answer: ${summary(seen).cpuMs.toFixed(2)}`);
  await system.stop();
}

const commands = { growth, servers, memory, plans };
const command = commands[positionals[0]];
if (!command) throw new Error(`Say what to measure: ${Object.keys(commands).join(", ")}.`);
const store = { ...(await openStore(wish.directory, log)), directory: wish.directory };
const load = startLoad();
try {
  await withClient(store.superuserUrl, async (client) => {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    await command({ store, client, load, postmaster: parentPid(rows[0].pid) });
  });
} finally {
  load.stop();
  await store.stop();
}
