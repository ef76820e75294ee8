import { newId } from "../../src/platform/ids";
import { tryNext } from "../../src/webhooks/webhook-delivery.actions";
import { nextWake } from "../../src/webhooks/webhook-run.actions";
import { type Api, startApi } from "../support/api";
import { ownerUrl, serverUrl, withClient } from "../support/database";
import { closeAll, type Listening, listening, sql } from "./engine";
import { HASTY } from "./hasty";

jest.setTimeout(60_000);

const PENDING = 60_000;

/** Deliveries about as many objects, all of them due. */
const WRITE = `
  insert into webhook_deliveries (organization_id, id, created_at, endpoint_id, position, type, object_id, body, state, attempts, due_at)
  select $1, overlay(gen_random_uuid()::text placing '7081' from 15)::uuid, now(), $2, i, 'candidate.updated', gen_random_uuid(),
    '{}', 'PENDING', 0, now()
  from generate_series(1, $3::int) i`;

let api: Api;
let told: Listening;

beforeAll(async () => {
  api = await startApi();
  told = await listening(api);
  await sql(WRITE, told.own.organizationId, told.endpoint.id, PENDING);
  await withClient(ownerUrl, (client) => client.query("analyze webhook_deliveries"));
});

afterAll(async () => {
  await closeAll();
  await api.close();
});

/** What PostgreSQL does for any values, as the server's login plans it, in each statement that reads deliveries. */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  api.database.heard = (text) => heard.push(text);
  await work();
  api.database.heard = undefined;
  return withClient(serverUrl, async (client) => {
    await client.query("select set_config('app.organization', $1, false)", [told.own.organizationId]);
    const plans = [];
    for (const text of heard.filter((each) => /from webhook_deliveries/.test(each))) {
      const { rows } = await client.query({ text: `explain (generic_plan) ${text}`, rowMode: "array" });
      plans.push(rows.join("\n"));
    }
    return plans;
  });
}

const LEASED = /Scan (using|on) ix_webhook_deliveries_leased/;
const DUE = /using ix_webhook_deliveries_due/;

describe(`of ${PENDING} deliveries that are PENDING`, () => {
  test("the next is found by indexes, in its order", async () => {
    const plans = await plansOf(() => tryNext(told.ctx, HASTY, told.endpoint.id));
    expect(plans.length).toBeGreaterThanOrEqual(3);
    const [underWay, next] = plans;
    expect(underWay).toMatch(LEASED);
    expect(next).toMatch(DUE);
    expect(next).not.toMatch(/Sort/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/);
  });

  test("the next look is found by the same", async () => {
    const [plan, ...others] = await plansOf(() => nextWake(told.ctx, told.endpoint.id));
    expect(others).toEqual([]);
    expect(plan).toMatch(LEASED);
    expect(plan).toMatch(DUE);
    expect(plan).not.toMatch(/Seq Scan on webhook_deliveries|Sort/);
  });

  test("those about one object are found by an index", async () => {
    const plan = await withClient(serverUrl, async (client) => {
      await client.query("select set_config('app.organization', $1, false)", [told.own.organizationId]);
      const text = "explain select id from webhook_deliveries where object_id in ($1, $2)";
      const objects = [newId("Candidate"), newId("Candidate")];
      return (await client.query({ text, values: objects, rowMode: "array" })).rows.join("\n");
    });
    expect(plan).toMatch(/ix_webhook_deliveries_organization_id_object_id/);
  });
});
