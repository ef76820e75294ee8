/** M1: scorecards are handed in, each once. */
import { setTimeout as delay } from "node:timers/promises";
import { ask, canonical, mustAgree } from "./check.mjs";
import { slice, summary } from "./measure.mjs";
import { treeMilliseconds } from "./processor.mjs";
import { startSystem } from "./servers.mjs";
import { FORGOTTEN, LAST_ENTRY, TAKEN_BACK, WRITTEN } from "./store/drafts.mjs";
import { answerOf, requestOf } from "./wordings.mjs";

/** What has just been started is warmed up for so many times as long. */
const ANEW = 3;

async function run(client, statements) {
  for (const statement of statements) await client.query(statement);
}

/** Leaves the store as it was made. While no server of ours runs. */
export const restore = (client) => run(client, [...TAKEN_BACK, ...FORGOTTEN]);

/** What a system answers to a scorecard handed in, and which rows it leaves. */
async function handedIn(client, system, { input, token, organizationId }) {
  const [last] = (await client.query(LAST_ENTRY)).rows;
  const { data, errors } = await ask(system, token, requestOf(system.kind, "M1", { input }, organizationId));
  const answer = data && answerOf(system.kind, "M1", data);
  if (!answer?.submitScorecard?.scorecard)
    throw new Error(`${system.name} answers M1 with ${JSON.stringify({ data, errors })}`);
  const { rows } = await client.query(WRITTEN, [input.id, last.sequence]);
  await run(client, TAKEN_BACK);
  return canonical({ answer, rows: rows[0] });
}

/** @throws Error where a system answers otherwise than the others, or leaves other rows behind */
export async function checkWriting(client, systems, { variables, organizationId, tokens }) {
  for (const nth of [0, 1, 2]) {
    const answers = new Map();
    const wish = { input: variables.M1[nth].input, token: tokens[nth], organizationId };
    for (const system of systems) answers.set(system.name, await handedIn(client, system, wish));
    mustAgree("M1", answers);
  }
}

/**
 * Everybody takes a turn with all drafts as they were. Ours runs in its own turns alone: what follows from a scorecard,
 * which it does in the background, would be done for the others' too, and on their account.
 */
export async function measureWriting(around, systems, { rounds, ...pace }) {
  const apart = systems.filter(({ kind }) => kind === "assay");
  for (const system of apart) await system.stop();
  const slices = new Map(systems.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const system of round % 2 === 0 ? systems : systems.toReversed()) {
      await restore(around.client);
      const running = apart.includes(system) ? await startSystem(system.name, around.store) : system;
      const warmup = running === system ? pace.warmup : pace.warmup * ANEW;
      slices.get(system.name).push(await turn(around, running, { ...pace, warmup }));
      if (running !== system) await running.stop();
    }
  }
  await restore(around.client);
  return Object.fromEntries([...slices].map(([name, each]) => [name, summary(each)]));
}

async function turn(around, system, { milliseconds, warmup, patience }) {
  const requests = around.variables.M1.map((each, nth) => ({
    body: JSON.stringify(requestOf(system.kind, "M1", each, around.organizationId)),
    token: around.tokens[nth],
  }));
  const { answered } = await around.load.run({ url: system.url, requests, milliseconds: warmup, once: true });
  const rest = requests.slice(answered);
  const measured = await slice(around, system, { requests: rest, milliseconds, once: true });
  return system.kind === "assay"
    ? { ...measured, ...(await followed(around, system, { ...measured, patience })) }
    : measured;
}

const UNDONE = `select
  (select count(*) from journal_backlog)
  + (select count(*) from journal_positions p where position > (
      select coalesce(min(position), 0) from journal_cursors c where c.organization_id = p.organization_id))
  + (select count(*) from graphile_worker._private_jobs where run_at <= now()) as n`;

/** What the server does afterwards, in the background: processor time for each scorecard, and seconds until it is done. */
async function followed({ client, postmaster }, system, { answered, patience }) {
  const took = () => treeMilliseconds(system.pid) + treeMilliseconds(postmaster);
  const [before, begun] = [took(), performance.now()];
  const undone = async () => Number((await client.query(UNDONE)).rows[0].n);
  while ((await undone()) > 0 && performance.now() - begun < patience) await delay(200);
  return { followUpMs: (took() - before) / answered, followUpSeconds: (performance.now() - begun) / 1000 };
}
