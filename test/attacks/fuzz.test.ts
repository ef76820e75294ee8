/** Whatever anybody sends, the server answers, does not stumble, and keeps nothing. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { demoToken } from "../../src/demo/demo-session.actions";
import { ROLES } from "../../src/identity/viewer.rules";
import { schema } from "../../src/server";
import { freshDemo } from "../cast/demo";
import { Fate } from "../story/fate";
import { openTestDatabase, serverUrl, superuserUrl, withClient } from "../support/database";
import { Inventor, type Known } from "./fuzz-operations";
import { type Attempt, nextAttempt } from "./fuzz-requests";
import type { Told } from "./fuzz-server.starter";

/** More of them: `FUZZ_REQUESTS=20000 npx jest test/attacks/fuzz`; others: `FUZZ_SEED`. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1500);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** After so many of them the server is warm. */
const WARM = Math.floor(REQUESTS / 2);
const LANES = 6;
const SECRET = "a secret of the tests, thirty-two long";

jest.setTimeout(60_000 + REQUESTS * 200);

let server: ChildProcess | undefined;
const defects: string[] = [];

afterAll(() => void server?.kill("SIGKILL"));

const heard = (): Promise<Told> =>
  new Promise((resolve, reject) => {
    server!.once("exit", (code) => reject(new Error(`The server ended with ${code}`)));
    server!.on("message", function hear(told: Told) {
      if ("defect" in told) return;
      server!.off("message", hear);
      resolve(told);
    });
  });

async function start(): Promise<string> {
  const script = join(__dirname, "fuzz-server.starter.ts");
  const flags = ["--expose-gc", "--import", "tsx", script, serverUrl, SECRET];
  server = spawn(process.execPath, flags, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  server.on("message", (told: Told) => "defect" in told && defects.push(told.defect));
  const told = await heard();
  return `http://127.0.0.1:${"port" in told && told.port}`;
}

async function memory(): Promise<{ rss: number; heap: number }> {
  const told = heard();
  server!.send("memory");
  return (await told) as { rss: number; heap: number };
}

/** Ids and names of the demo organisation, and tokens of its roles. */
async function world(): Promise<{ known: Known; tokens: string[] }> {
  const database = await openTestDatabase();
  await freshDemo(database);
  const tokens = await Promise.all(ROLES.map((role) => demoToken(database, SECRET, role)));
  await database.close();
  return withClient(superuserUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'id' and data_type = 'uuid'",
    );
    const some = tables.map(({ name }) => `(select id from ${name} order by random() limit 12)`);
    const { rows: ids } = await client.query<{ id: string }>(some.join(" union all "));
    const { rows: words } = await client.query<{ name: string }>(
      "select name from members union select slug from skills",
    );
    return { tokens, known: { ids: ids.map(({ id }) => id), words: words.map(({ name }) => name) } };
  });
}

test(`${REQUESTS} requests of all kinds find the server standing, and as lean as before`, async () => {
  const { known, tokens } = await world();
  const url = await start();
  const statuses = new Map<number, number>();
  const stumbles: { attempt: Attempt; status: number; text: string }[] = [];
  let operations = 0;
  let resolved = 0;

  async function play(step: number): Promise<void> {
    const fate = new Fate(SEED, step);
    const attempt = nextAttempt(fate, new Inventor(schema, fate, known));
    const token = fate.percent(90) ? { authorization: `Bearer ${fate.one(tokens)}` } : {};
    const { method, path, headers, body } = attempt;
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...token } as Record<string, string>,
      body,
      redirect: "manual",
    });
    const text = await response.text();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    const isMasked = text.includes("INTERNAL_SERVER_ERROR");
    if (response.status >= 500 || isMasked)
      stumbles.push({ attempt, status: response.status, text: text.slice(0, 400) });
    if (attempt.kind !== "an operation") return;
    operations++;
    if (text.includes('"data":')) resolved++;
  }

  async function playAll(from: number, to: number): Promise<void> {
    let next = from;
    const lane = async () => {
      while (next < to) await play(next++);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  await playAll(0, WARM);
  const warm = await memory();
  await playAll(WARM, REQUESTS);
  const after = await memory();
  process.stdout.write(
    `Fuzz: ${REQUESTS} requests, ${operations} operations, ${resolved} reached a resolver; statuses ` +
      `${JSON.stringify(Object.fromEntries(statuses))}; memory ${Math.round(warm.rss / 2 ** 20)} -> ${Math.round(after.rss / 2 ** 20)} MiB.\n`,
  );
  expect({ stumbles: stumbles.slice(0, 5), defects: defects.slice(0, 5) }).toEqual({ stumbles: [], defects: [] });
  expect(resolved / operations).toBeGreaterThan(0.5);
  expect(after.rss / warm.rss).toBeLessThan(1.2);
  expect(server!.exitCode).toBeNull();
});
