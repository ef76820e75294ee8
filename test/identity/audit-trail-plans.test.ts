import { newId } from "../../src/platform/ids";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { serverUrl, superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

const TRAIL =
  "query ($filter: AuditTrailFilter) { auditTrail(first: 25, filter: $filter) { nodes { id actorId objectId } } }";

const ORGANIZATIONS = 4;
const ENTRIES = 25_000;
const DAYS = 500;

let api: Api;
let ours: Company;
/** Those who did something, and what they did it to. */
const actorIds = Array.from({ length: 50 }, () => newId("Member"));
const objectIds = Array.from({ length: 2000 }, () => newId("Scorecard"));

/** Entries of one organisation, spread over the days, the youngest an hour old. */
const WRITE = `
  insert into journal_entries (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
  select $1, (left(time, 8) || '-' || right(time, 4) || '-7001-8000-' || lpad(to_hex(i), 12, '0'))::uuid, at, 'scorecard.submitted',
    ($2::uuid[])[1 + i % cardinality($2::uuid[])], 'MEMBER', ($3::uuid[])[1 + i % cardinality($3::uuid[])], 'r' || i, '{state}'
  from generate_series(1, $4::int) as i,
    lateral (select now() - interval '1 hour' - i * interval '1 day' * $5::int / $4::int) as moment(at),
    lateral (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')) as hex(time)`;

/** Past the backlog of the journal and the guard against rewriting, which only a superuser passes. */
const asSuperuser = (text: string, ...values: unknown[][]) =>
  withClient(superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (const each of values) await client.query(text, each);
    await client.query("analyze journal_entries");
  });

let written: string[];

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  const others = Array.from({ length: ORGANIZATIONS - 1 }, () => newId("Organization"));
  written = [ours.organizationId, ...others];
  await asSuperuser(WRITE, ...written.map((id) => [id, objectIds, actorIds, ENTRIES, DAYS]));
});

afterAll(async () => {
  // None but these: the journal waits to sequence what the company did.
  const mine = "delete from journal_entries where organization_id = $1 and request_id ~ '^r[0-9]+$'";
  await asSuperuser(mine, ...written.map((id) => [id]));
  await api.close();
});

/** What PostgreSQL does for any values, as the server's login plans it, and for how many entries the answer is. */
async function planOf(filter: object): Promise<{ plan: string; found: number }> {
  const heard: string[] = [];
  api.database.heard = (text) => heard.push(text);
  const { auditTrail } = await api.ask(ours.people.auditor, TRAIL, { filter });
  api.database.heard = undefined;
  const text = heard.find((each) => each.includes("from journal_entries"));
  const plan = await withClient(serverUrl, async (client) => {
    await client.query("select set_config('app.organization', $1, false)", [ours.organizationId]);
    const { rows } = await client.query({ text: `explain (generic_plan) ${text}`, rowMode: "array" });
    return rows.join("\n");
  });
  return { plan, found: auditTrail.nodes.length };
}

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

describe("of 100,000 entries of four organisations", () => {
  test.each<[string, object, number, RegExp]>([
    ["the newest", {}, 25, /Backward.* using pk_journal_entries/],
    ["those of an object", { objectId: objectIds[7] }, 13, /organization_id_object_id_id/],
    ["those of an actor", { actorId: actorIds[7] }, 25, /organization_id_actor_id_id/],
    ["those of a time", { from: daysAgo(300), until: daysAgo(299) }, 25, /Backward.* using pk_journal_entries/],
    ["those from a time on", { from: daysAgo(1) }, 25, /Backward.* using pk_journal_entries/],
    ["those up to a time", { until: daysAgo(499) }, 25, /Backward.* using pk_journal_entries/],
    ["those of an actor at a time", { actorId: actorIds[7], from: daysAgo(2) }, 2, /organization_id_actor_id_id/],
  ])("%s are found by an index, in its order", async (_, filter, found, index) => {
    const plan = await planOf(filter);
    expect(plan.found).toBe(found);
    expect(plan.plan).toMatch(index);
    expect(plan.plan).not.toMatch(/Seq Scan|Sort/);
  });
});
