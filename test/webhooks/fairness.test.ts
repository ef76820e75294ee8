import { newId } from "../../src/platform/ids";
import type { Errand, Task } from "../../src/platform/jobs/job";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { sequence } from "../../src/platform/journal/sequencer";
import { webhookJobs } from "../../src/webhooks/webhook.jobs";
import { createWebhookEndpoint } from "../../src/webhooks/webhook-endpoint.actions";
import { recordDeliveries } from "../../src/webhooks/webhook-record.actions";
import { tryAll } from "../../src/webhooks/webhook-run.actions";
import { company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { openReceiver, status } from "../support/receiver";
import { TOOLS } from "../support/tools";
import { closeAll, deliveriesOf, happen, type Listening, listening, opened, sql, until, workshop } from "./engine";
import { HASTY } from "./hasty";

jest.setTimeout(120_000);

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

afterEach(closeAll);

afterAll(() => api.close());

const SLOW = { allowed: ["127.0.0.1"], haste: 1 };

/** Runs a job by itself, and tells what it asked to be done later. */
async function ran(name: string, { ctx }: Pick<Listening, "ctx">, facts: Task["facts"]): Promise<Errand[]> {
  const errands: Errand[] = [];
  const later = async (errand: Errand) => void errands.push(errand);
  await webhookJobs[name]!.run(ctx, { ...TOOLS, outbound: HASTY, facts, entry: null, attempt: 1, later });
  return errands;
}

/** So much happens to as many objects, past the actions, and has its place in the journal. */
async function happened({ own }: Listening, times: number): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query(
      `insert into journal_entries (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
       select $1, o, now(), 'candidate.updated', o, 'WORKER', null, 'test', '{}' from unnest($2::uuid[]) o`,
      [own.organizationId, Array.from({ length: times }, () => newId("Candidate"))],
    );
  });
  await sequence(api.database, own.organizationId);
  // Nobody's jobs follow: they would stand in the way of the tests that open a workshop.
  await sql(
    `insert into journal_cursors (organization_id, listener, position)
     select $1, 'jobs', max(position) from journal_positions where organization_id = $1
     on conflict (organization_id, listener) do update set position = excluded.position`,
    own.organizationId,
  );
}

describe("an endpoint that is far behind", () => {
  test("is written down for in turns, each run ten batches, until nothing is left", async () => {
    const told = await listening(api);
    await happened(told, 5300);
    const first = await ran("webhooks.record", told, {});
    // The endpoint's own making is the first of the 5,000, and is not told.
    expect(await deliveriesOf(told)).toHaveLength(4999);
    const [more] = first.filter(({ job }) => job === "webhooks.record");
    expect(first.map(({ key }) => key)).toEqual([`webhooks.deliver:${told.endpoint.id}:now`, "webhooks.record:again"]);
    const second = await ran("webhooks.record", told, more!.facts);
    expect(await deliveriesOf(told)).toHaveLength(5300);
    expect(second.filter(({ job }) => job === "webhooks.record")).toEqual([]);
  });

  test("is passed by while another writes down, who writes each down once", async () => {
    const told = await listening(api);
    await happened(told, 1200);
    const runs = await Promise.all(Array.from({ length: 6 }, () => recordDeliveries(told.ctx, told.endpoint.id)));
    const recorded = runs.map((each) => each.recorded);
    expect(recorded.reduce((sum, each) => sum + each, 0)).toBe(1200);
    expect(await deliveriesOf(told)).toHaveLength(1200);
  });

  test("is waited for where a try holds it", async () => {
    const told = await listening(api);
    await happened(told, 1);
    let running: Promise<unknown> = Promise.resolve();
    await withClient(superuserUrl, async (client) => {
      await client.query("begin");
      await client.query("select from webhook_endpoints where id = $1 for no key update", [told.endpoint.id]);
      running = recordDeliveries(told.ctx, told.endpoint.id);
      await until(async () => (await sql("select from pg_locks where not granted")).length > 0);
      await client.query("commit");
    });
    expect(await running).toEqual({ recorded: 1, more: false });
  });
});

describe("a run", () => {
  const lookOf = async (told: Listening, facts: Task["facts"]) => {
    const errands = await ran("webhooks.deliver", told, { endpointId: told.endpoint.id, ...facts });
    return errands.map(({ key, at }) => ({ key: key.replace(`webhooks.deliver:${told.endpoint.id}:`, ""), at }));
  };

  test("asks for a look at each instant under a key of its own, so that none takes an earlier one's place", async () => {
    const told = await listening(api);
    await happened(told, 1);
    await recordDeliveries(told.ctx, told.endpoint.id);
    const dueIn = (time: string) =>
      sql(`update webhook_deliveries set due_at = now() + interval '${time}' where endpoint_id = $1`, told.endpoint.id);
    await dueIn("1 hour");
    const [soon] = await lookOf(told, { wake: "now" });
    await dueIn("5 hours");
    const [late] = await lookOf(told, { wake: "now" });
    expect(soon!.at!.getTime()).toBeLessThan(late!.at!.getTime());
    expect(new Set(["now", soon!.key, late!.key]).size).toBe(3);
    const [same] = await lookOf(told, { wake: "again" });
    expect(same).toEqual(late);
  });

  test("is over after one round where the receiver is slow, and looks again at once", async () => {
    const told = await listening(api, {
      answer: (response, sent) => setTimeout(() => status(200)(response, sent), 2200),
    });
    await happened(told, 9);
    await recordDeliveries(told.ctx, told.endpoint.id);
    await tryAll(told.ctx, SLOW, told.endpoint.id);
    expect(told.receiver.received).toHaveLength(4);
    told.receiver.answer(status(200));
    await tryAll(told.ctx, SLOW, told.endpoint.id);
    expect(told.receiver.received).toHaveLength(9);
  });
});

test("ten slow endpoints of one organisation do not keep out another's for longer than a round", async () => {
  registerOutbound(SLOW);
  const [noisy, quiet] = [await company(api.database), await company(api.database)];
  const slow = await opened(openReceiver((response) => void setTimeout(() => response.writeHead(200).end(), 3000)));
  const quick = await opened(openReceiver(status(204)));
  for (let n = 0; n < 10; n++) await createWebhookEndpoint(noisy.as("admin"), { url: `${slow.url}/${n}` });
  await createWebhookEndpoint(quiet.as("admin"), { url: quick.url });
  for (let n = 0; n < 30; n++) await happen(noisy);
  await workshop(api, SLOW);
  await until(() => slow.received.length >= 32);
  await happen(quiet);
  await until(() => quick.received.length === 1, { within: 60_000 });
  // Of 300, in rounds of 32 at a time.
  expect(slow.received.length).toBeLessThan(130);
  process.stdout.write(`Fairness: ${slow.received.length} slow calls before the quick one\n`);
  await sql("delete from graphile_worker._private_jobs where locked_at is null");
});
