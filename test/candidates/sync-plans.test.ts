import { newId } from "../../src/platform/ids";
import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { ownerUrl, serverUrl, superuserUrl, withClient } from "../support/database";
import { upsert } from "./upserts";

jest.setTimeout(60_000);

const CANDIDATES = 20_000;
const ORGANIZATIONS = 3;

let api: Api;
let ours: Company;
let key: string;

/** Candidates of one organisation, all with an id in the system, changed one second after the other. */
const WRITE = `
  with made as (
    insert into candidates (organization_id, id, created_at, version, updated_at, name, email)
    select $1, (left(hex, 8) || '-' || substr(hex, 9, 4) || '-7040-8000-' || lpad(to_hex(i), 12, '0'))::uuid, now(), 1,
      now() - interval '1 second' * ($2::int - i), 'Candidate ' || i, 'c' || i || '@example.org'
    from generate_series(1, $2::int) i, lateral (select lpad(to_hex(1700000000000 + i), 12, '0')) as time(hex)
    returning organization_id, id, name)
  insert into external_references (organization_id, id, created_at, system, external_id, candidate_id)
  select organization_id, overlay(id::text placing '7043' from 15)::uuid, now(), 'ats', replace(name, 'Candidate ', ''), id from made`;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  key = (await keyWith(ours, ["candidates:write"])).secret;
  await withClient(superuserUrl, async (client) => {
    const others = Array.from({ length: ORGANIZATIONS - 1 }, () => newId("Organization"));
    await client.query("set session_replication_role = replica");
    for (const id of [ours.organizationId, ...others]) await client.query(WRITE, [id, CANDIDATES]);
  });
  await withClient(ownerUrl, (client) => client.query("analyze candidates, external_references"));
});

afterAll(() => api.close());

/** What PostgreSQL does for any values, as the server's login plans it, in each statement that reads the table. */
async function plansOf(table: RegExp, work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  api.database.heard = (text) => heard.push(text);
  await work();
  api.database.heard = undefined;
  const texts = heard.filter((text) => table.test(text));
  return withClient(serverUrl, async (client) => {
    await client.query("select set_config('app.organization', $1, false)", [ours.organizationId]);
    const plans = [];
    for (const text of texts) {
      const { rows } = await client.query({ text: `explain (generic_plan) ${text}`, rowMode: "array" });
      plans.push(rows.join("\n"));
    }
    return plans;
  });
}

const QUERY =
  "query ($filter: CandidateFilter, $after: String) { candidates(first: 100, filter: $filter, after: $after) { nodes { name } pageInfo { endCursor } } }";
const ask = async (filter: object, after?: string) => (await api.ask(key, QUERY, { filter, after })).candidates;
const since = { updatedSince: new Date(Date.now() - 3_600_000).toISOString() };

const CHANGED = /using ix_candidates_organization_id_updated_at_id/;
const NAMED = /ix_external_references_candidate /;

describe(`of ${CANDIDATES} candidates in each of ${ORGANIZATIONS} organisations`, () => {
  test.each<[string, () => Promise<unknown>, RegExp]>([
    ["a page of what was changed since", () => ask(since), CHANGED],
    ["the page after it", async () => ask(since, (await ask(since)).pageInfo.endCursor), CHANGED],
    ["the one that a system calls so", () => ask({ external: { system: "ats", externalId: "77" } }), NAMED],
  ])("%s is found by an index, in its order", async (_, work, index) => {
    const plans = await plansOf(/from candidates t/, work);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(/Seq Scan|Sort/);
    }
  });

  test("what a system sends is found by indexes", async () => {
    const items = [{ externalId: "5", name: "Changed", email: "c5@example.org" }];
    const plans = await plansOf(/candidates t/, () => upsert(api, key, "Candidate", items));
    expect(plans).toHaveLength(2);
    expect(plans[0]).toMatch(NAMED);
    expect(plans[0]).toMatch(/uq_candidates_organization_id_email/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/);
  });
});
