import { createCandidate, updateCandidate } from "../../src/candidates/candidate.actions";
import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { upsert } from "./upserts";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;
let key: string;

beforeEach(async () => {
  api ??= await startApi();
  ours = await company(api.database);
  key = (await keyWith(ours, ["candidates:write"])).secret;
});

afterAll(() => api.close());

interface Row {
  id: string;
  name: string;
  updatedAt: string;
}

const PAGE = `query ($filter: CandidateFilter, $after: String) { candidates(first: 100, filter: $filter, after: $after) {
  nodes { id name updatedAt } pageInfo { hasNextPage endCursor } } }`;

/** Reads on to the end; `between` runs after each page. */
async function synced(since: Date, between: () => Promise<unknown> = async () => undefined): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const { candidates } = await api.ask(key, PAGE, { filter: { updatedSince: since.toISOString() }, after });
    rows.push(...candidates.nodes);
    if (!candidates.pageInfo.hasNextPage) return rows;
    after = candidates.pageInfo.endCursor;
    await between();
  }
}

const people = (count: number, name = "First") =>
  Array.from({ length: count }, (_, index) => ({ externalId: `c${index}`, name }));

async function send(items: readonly object[]): Promise<void> {
  for (let start = 0; start < items.length; start += 200) {
    await upsert(api, key, "Candidate", items.slice(start, start + 200));
  }
}

const EPOCH = new Date(0);
const isSorted = (rows: readonly Row[]) =>
  rows.every(
    (row, index) =>
      index === 0 || `${rows[index - 1]!.updatedAt} ${rows[index - 1]!.id}` < `${row.updatedAt} ${row.id}`,
  );

/** As if it had been written then. */
const backdate = (interval: string, ...names: string[]) =>
  withClient(superuserUrl, (client) =>
    client.query(
      "update candidates set updated_at = now() - $1::interval where organization_id = $2 and name = any($3)",
      [interval, ours.organizationId, names],
    ),
  );

test("500 candidates that change while they are paged are all met, with what they became", async () => {
  await send(people(500));
  let round = 0;
  const rows = await synced(EPOCH, async () => {
    round++;
    if (round <= 4) await send(people(500, `Round ${round}`).filter((_, index) => index % 7 === round));
  });
  expect(isSorted(rows)).toBe(true);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(500);
  const copy = new Map(rows.map(({ id, name }) => [id, name]));
  const all = await withClient(superuserUrl, (client) =>
    client.query<Row>("select id, name from candidates where organization_id = $1", [ours.organizationId]),
  );
  expect(copy).toEqual(new Map(all.rows.map(({ id, name }) => [id, name])));
  expect(round).toBeGreaterThan(4);
});

test("what lies a little before the instant comes again, and what lies further back does not", async () => {
  for (const name of ["Long ago", "A minute ago", "Now"]) await createCandidate(ours.as("recruiter"), { name });
  await backdate("1 hour", "Long ago");
  await backdate("1 minute", "A minute ago");
  expect((await synced(new Date())).map(({ name }) => name)).toEqual(["A minute ago", "Now"]);
});

test("a change that commits after a later one was read is met by whoever goes on from the newest they have", async () => {
  const slow = await createCandidate(ours.as("recruiter"), { name: "Slow" });
  await backdate("1 hour", "Slow");
  const before = ours.as("recruiter");
  await send([{ externalId: "fast", name: "Fast" }]);
  const first = await synced(new Date(Date.now() - 60_000));
  expect(first.map(({ name }) => name)).toEqual(["Fast"]);
  // Carries the instant at which it began.
  await updateCandidate(before, { id: slow.id, version: slow.version, name: "Came late" });
  const then = await synced(new Date(first.at(-1)!.updatedAt));
  expect(then.map(({ name }) => name)).toEqual(["Came late", "Fast"]);
});

describe.each([
  ["candidates", "CandidateFilter"],
  ["jobs", "JobFilter"],
  ["applications", "ApplicationFilter"],
])("%s", (list, type) => {
  const QUERY = `query ($filter: ${type}, $after: String, $before: String, $first: Int, $last: Int) {
    ${list}(filter: $filter, after: $after, before: $before, first: $first, last: $last) {
      totalCount edges { cursor } nodes { id updatedAt } } }`;

  beforeEach(async () => {
    const profileVersionId = ours.profileVersionId;
    const names = Array.from({ length: 5 }, (_, index) => `${index}`);
    await upsert(
      api,
      key,
      "Candidate",
      names.map((externalId) => ({ externalId, name: "N" })),
    );
    await upsert(
      api,
      key,
      "Job",
      names.map((externalId) => ({ externalId, title: "T", profileVersionId })),
    );
    const items = names.map((externalId) => ({
      externalId,
      candidateExternalId: externalId,
      jobExternalId: externalId,
    }));
    await upsert(api, key, "Application", items);
    await withClient(superuserUrl, (client) =>
      client.query(
        `update ${list} set updated_at = now() - interval '1 second' * (length(id::text) + ascii(right(id::text, 1)) % 3)
        where organization_id = $1`,
        [ours.organizationId],
      ),
    );
  });

  test("are listed by their last change and by id, in both directions, where `updatedSince` is asked for", async () => {
    const ask = async (more: object) =>
      (await api.ask(key, QUERY, { filter: { updatedSince: new Date(Date.now() - 600_000).toISOString() }, ...more }))[
        list
      ];
    const whole = await ask({});
    expect(whole.nodes.length).toBe(whole.totalCount);
    expect(whole.nodes.length).toBeGreaterThanOrEqual(5);
    expect(isSorted(whole.nodes)).toBe(true);
    const cursor = whole.edges[2].cursor;
    expect((await ask({ first: 2, after: cursor })).nodes).toEqual(whole.nodes.slice(3, 5));
    expect((await ask({ last: 2, before: cursor })).nodes).toEqual(whole.nodes.slice(0, 2));
  });

  test("are as they were, the newest first, where it is not", async () => {
    const { nodes } = (await api.ask(key, QUERY, {}))[list];
    const ids = nodes.map(({ id }: Row) => id);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test("refuse a cursor of the other order", async () => {
    const { edges } = (await api.ask(key, QUERY, { filter: { updatedSince: EPOCH.toISOString() } }))[list];
    const { errors } = await api.send(key, QUERY, { after: edges[0].cursor });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_CURSOR" } }]);
  });
});
