import { TYPES } from "../../src/identity/permission.rules";
import type { Scope } from "../../src/identity/viewer.rules";
import { newId, typeOfId } from "../../src/platform/ids";
import { announceAll } from "../../src/platform/journal/announce";
import { sequence } from "../../src/platform/journal/sequencer";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { slices } from "../../src/slices";
import { EVENTS, isTold, KEPT, LISTENER } from "../../src/webhooks/event.rules";
import {
  eventCursor,
  isBeyond,
  isExpired,
  LONGEST_LOOK,
  reachOf,
  readEventCursor,
} from "../../src/webhooks/event-reach.rules";
import { type Company, company, contextOf } from "../cast/company";
import { amend, draft, interview, submit } from "../cast/interview";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { ownerUrl, serverUrl, superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

const FEED = `query ($first: Int, $after: String, $types: [String!]) { events(first: $first, after: $after, types: $types) {
  edges { cursor node { id } }
  nodes { id position type occurredAt objectId objectType object { id } actorKind actorId requestId changes }
  pageInfo { hasNextPage endCursor } headCursor } }`;

interface Read {
  nodes: { id: string; position: string; type: string; objectId: string; objectType: string; object: unknown }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  headCursor: string;
}

type Signer = Parameters<Api["ask"]>[0];

const read = async (who: Signer, args: object = {}): Promise<Read> => (await api.ask(who, FEED, args)).events;

const refusalOf = async (who: Signer, args: object) => {
  const { data, errors } = await api.send(who, FEED, args);
  expect(data).toBeNull();
  return { code: errors![0]!.extensions.code, message: errors![0]!.message };
};

const sequenced = ({ organizationId }: Company) => sequence(api.database, organizationId);

/** All that somebody is told, page by page. */
async function everything(who: Signer, first = 100, types?: string[]): Promise<Read["nodes"]> {
  const found: Read["nodes"] = [];
  for (let after: string | null = null; ; ) {
    const page: Read = await read(who, { first, after, types });
    found.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return found;
  }
}

/** A company in which something of everything that is about scorecards has happened. */
async function busyCompany(): Promise<Company> {
  const firm = await company(api.database, {
    skills: { sql: 1 },
    criteria: [{ key: "query", skill: "sql", weight: 1 }],
  });
  const session = await interview(firm, { panel: ["ann", "bob", "cyd"] });
  const card = await submit(firm, "ann", session, { query: 3 });
  const amended = await amend(firm, "ann", card, { query: 4 });
  await withdrawScorecard(firm.as("ann"), amended);
  await withdrawScorecard(firm.as("bob"), await draft(firm, "bob", session));
  await sequenced(firm);
  return firm;
}

/** So many entries about what nobody knows of, as superuser, with their positions. */
const crowded = ({ organizationId }: Company, count: number, type: string) =>
  withClient(superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query(
      `with written as (
         insert into journal_entries (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
         select $1, gen_random_uuid(), now(), $3, $4, 'WORKER', null, 'crowd', '{}' from generate_series(1, $2::int)
         returning sequence)
       insert into journal_positions (organization_id, position, sequence)
       select $1, (select max(position) from journal_positions where organization_id = $1) + row_number() over (order by sequence), sequence
       from written`,
      [organizationId, count, type, newId("ApiKey")],
    );
  });

describe("the table of events", () => {
  const announced = slices.flatMap(({ events }) => events);

  test("says of every type that is announced whom it is told, and of nothing else", () => {
    expect(Object.keys(EVENTS).sort()).toEqual([...announced].sort());
  });

  test("names nouns that somebody may see", () => {
    const nouns = Object.values(EVENTS).filter((noun) => noun !== KEPT);
    expect(nouns.filter((noun) => !TYPES[noun])).toEqual([]);
  });

  test.each([
    ["scorecard.submitted", true],
    ["candidate.erased", true],
    ["scorecard.discarded", false],
    ["api_key.created", false],
    ["calendar_address.created", false],
    ["journal.trimmed", false],
    ["nothing.known", false],
  ])("an endpoint is told %s: %s", (type, told) => expect(isTold(LISTENER, type)).toBe(told));
});

describe("the feed", () => {
  let firm: Company;
  beforeAll(async () => {
    firm = await busyCompany();
  });

  test("tells overseers everything in order, as the journal has it", async () => {
    const told = await everything(firm.people.auditor, 7);
    const trail = "query ($after: String) { auditTrail(first: 100, after: $after) { nodes { id } totalCount } }";
    const { auditTrail } = await api.ask(firm.people.auditor, trail);
    expect(told.map(({ position }) => Number(position))).toEqual(told.map((_, index) => index + 1));
    expect(told).toHaveLength(auditTrail.totalCount);
    expect(told.map(({ id }) => id)).toEqual(
      expect.arrayContaining(auditTrail.nodes.map(({ id }: { id: string }) => id)),
    );
    for (const { objectId, objectType } of told) expect(objectType).toBe(typeOfId(objectId));
    expect(await everything(firm.people.admin)).toMatchObject(told.map(({ id }) => ({ id })));
  });

  test("tells who did what, and shows it as the reader sees it now", async () => {
    const [submitted] = await everything(firm.people.admin, 100, ["scorecard.submitted"]);
    expect(submitted).toMatchObject({
      type: "scorecard.submitted",
      objectType: "Scorecard",
      object: null,
      actorKind: "MEMBER",
      actorId: firm.people.ann.id,
      requestId: "test",
      changes: ["state"],
    });
    const [created] = await everything(firm.people.admin, 100, ["candidate.created"]);
    expect(created!.object).toEqual({ id: created!.objectId });
  });

  const SCORECARDS = ["scorecard.submitted", "scorecard.replaced", "scorecard.amended", "scorecard.withdrawn"];
  const SESSIONS = ["interview_kit.created", "interview_session.planned", "interview_session.moved"];

  test.each<[readonly Scope[], string[]]>([
    [[], []],
    [["candidates:read"], ["candidate.created", "application.created"]],
    [["candidates:privacy"], ["candidate.created", "application.created"]],
    [["interviews:read"], ["application.created", "rubric.created", ...SESSIONS]],
    [["questions:read"], ["rubric.created", "rubric.published"]],
    [["scorecards:write"], [...SESSIONS, "application.created"]],
    [
      ["candidates:read", "scorecards:read"],
      [...SCORECARDS, ...SESSIONS, "candidate.created"],
    ],
    [["audit:read"], [...SCORECARDS, ...SESSIONS, "scorecard.discarded", "candidate.created", "api_key.created"]],
  ])("tells a key with %j of what it may see, and of nothing else", async (scopes, wanted) => {
    const { secret } = await keyWith(firm, scopes);
    await sequenced(firm);
    const told = new Set((await everything(secret, 9)).map(({ type }) => type));
    const known = ["organization.created", "skill.created", "job.created", "role_profile.created"];
    for (const type of [...wanted, ...known]) expect(told).toContain(type);
    const guarded = [...SCORECARDS, ...SESSIONS, "candidate.created", "application.created", "rubric.created"];
    const others = [...guarded, "rubric.published", "scorecard.discarded", "api_key.created"].filter((type) =>
      told.has(type),
    );
    const rubrics = ["rubric.created", "rubric.published"];
    const brought = scopes.some((scope) => /interviews|scorecards/.test(scope))
      ? ["application.created", ...rubrics]
      : [];
    const allowed = scopes.includes("audit:read") ? others : [...wanted, ...brought];
    expect(others.filter((type) => !allowed.includes(type))).toEqual([]);
  });

  test.each(["recruiter", "hiringManager", "ann"] as const)("is no matter of %s", async (who) => {
    expect((await refusalOf(firm.people[who], {})).code).toBe("FORBIDDEN");
  });

  test("holds what was asked for, when types are named", async () => {
    const types = ["scorecard.submitted", "scorecard.withdrawn"];
    expect((await everything(firm.people.admin, 1, types)).map(({ type }) => type)).toEqual(types);
  });

  test("goes on after each of its cursors, and begins from now with the newest", async () => {
    const all = await everything(firm.people.admin);
    const { edges, headCursor } = await read(firm.people.admin, { first: 10 });
    for (const [index, { cursor, node }] of edges.entries()) {
      expect(node.id).toBe(all[index]!.id);
      const [next] = (await read(firm.people.admin, { first: 1, after: cursor })).nodes;
      expect(next!.id).toBe(all[index + 1]!.id);
    }
    const now = await read(firm.people.admin, { after: headCursor });
    expect(now).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: headCursor }, headCursor });
    await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    await sequenced(firm);
    const later = await read(firm.people.admin, { after: headCursor });
    expect(later.nodes.map(({ type }) => type)).toEqual([
      "candidate.created",
      "application.created",
      "interview_session.planned",
    ]);
  });

  test("asked for no events says where one stands", async () => {
    const { edges } = await read(firm.people.admin, { first: 2 });
    const after = edges[1]!.cursor;
    const page = await read(firm.people.admin, { first: 0, after });
    expect(page).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, endCursor: after } });
    expect(eventCursor(firm.organizationId, 0n)).toBe((await read(firm.people.admin, { first: 0 })).pageInfo.endCursor);
  });

  test("costs as much as a page of so many objects", async () => {
    const query = "{ events(first: 100) { nodes { object { id } } edges { node { id } } } }";
    const response = await api.send(firm.people.admin, query);
    expect((response as unknown as { extensions: object }).extensions).toMatchObject({ cost: { requested: 301 } });
  });

  test.each<[string, object, string, RegExp]>([
    ["no cursor at all", { after: "let me in" }, "BAD_CURSOR", /unchanged/],
    ["a cursor of another list", { after: Buffer.from('["x"]').toString("base64url") }, "BAD_CURSOR", /unchanged/],
    ["a cursor of another organisation", { after: eventCursor(newId("Organization"), 1n) }, "BAD_CURSOR", /unchanged/],
    ["a type that is none", { types: ["scorecard.submited"] }, "UNKNOWN_EVENT_TYPE", /`scorecard\.submitted`/],
    ["a blank type", { types: [" "] }, "BAD_INPUT", /types/],
    ["too many types", { types: new Array(51).fill("job.created") }, "BAD_INPUT", /at most 50/],
    ["a page that is too long", { first: 101 }, "BAD_PAGE", /0 to 100/],
    ["a page of less than none", { first: -1 }, "BAD_PAGE", /0 to 100/],
  ])("refuses %s, and says how to mend it", async (_, args, code, words) => {
    const refused = await refusalOf(firm.people.admin, args);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(words);
  });

  test("refuses a cursor that lies beyond its end", async () => {
    const after = eventCursor(firm.organizationId, 1_000_000n);
    const { code, message } = await refusalOf(firm.people.admin, { after });
    expect([code, message]).toEqual(["BAD_CURSOR", expect.stringContaining("set back")]);
  });
});

test("who is told of nothing for long is taken past it, and never stands still", async () => {
  const firm = await busyCompany();
  const { secret } = await keyWith(firm, ["candidates:read"]);
  await sequenced(firm);
  const { headCursor } = await read(secret);
  const count = 2 * LONGEST_LOOK + 5;
  await crowded(firm, count, "api_key.rotated");
  await firm.applicant();
  await sequenced(firm);
  const start = readEventCursor(firm.organizationId, headCursor)!;
  const seen: [number, boolean, number][] = [];
  for (let after = headCursor; ; ) {
    const { nodes, pageInfo } = await read(secret, { after });
    after = pageInfo.endCursor;
    seen.push([nodes.length, pageInfo.hasNextPage, Number(readEventCursor(firm.organizationId, after)! - start)]);
    if (!pageInfo.hasNextPage) break;
  }
  expect(seen).toEqual([
    [0, true, LONGEST_LOOK],
    [0, true, 2 * LONGEST_LOOK],
    [2, false, count + 2],
  ]);
});

describe("a journal that was trimmed", () => {
  let firm: Company;
  let cursors: string[];

  beforeAll(async () => {
    firm = await busyCompany();
    cursors = (await read(firm.people.admin, { first: 20 })).edges.map(({ cursor }) => cursor);
    await withClient(ownerUrl, async (client) => {
      await client.query("begin");
      await client.query("select trim_journal($1, 11, $2)", [firm.organizationId, newId("JournalEntry")]);
      await client.query("commit");
    });
    await sequenced(firm);
  });

  test("says of a cursor before its horizon since when it is kept, and how to go on", async () => {
    const { code, message } = await refusalOf(firm.people.admin, { after: cursors[8] });
    expect(code).toBe("CURSOR_EXPIRED");
    expect(message).toMatch(/begins at \d{4}-\d\d-\d\dT.*headCursor.*updatedSince/);
  });

  test("goes on from the last cursor of which nothing is missing, and begins there by itself", async () => {
    const [eleventh] = (await read(firm.people.admin, { first: 1, after: cursors[9] })).nodes;
    expect(eleventh!.position).toBe("11");
    expect((await read(firm.people.admin, { first: 1 })).nodes[0]!.id).toBe(eleventh!.id);
    const trimmed = (await everything(firm.people.admin)).at(-1)!;
    expect(trimmed).toMatchObject({ type: "journal.trimmed", objectType: "Organization" });
  });
});

test("an organisation whose journal has no positions yet has an empty feed", async () => {
  const firm = await company(api.database);
  const page = await read(firm.people.admin);
  expect(page).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: page.headCursor } });
  await sequenced(firm);
  expect((await read(firm.people.admin, { first: 1, after: page.headCursor })).nodes[0]!.position).toBe("1");
});

describe("of 100,000 entries", () => {
  let firm: Company;
  beforeAll(async () => {
    firm = await busyCompany();
    await crowded(firm, 100_000, "interview_session.moved");
    await withClient(superuserUrl, (client) => client.query("analyze journal_entries, journal_positions"));
  });

  afterAll(() =>
    withClient(superuserUrl, async (client) => {
      await client.query("set session_replication_role = replica");
      for (const table of ["journal_positions", "journal_entries"])
        await client.query(`delete from ${table} where organization_id = $1`, [firm.organizationId]);
    }),
  );

  test.each<[string, object]>([
    ["a page", {}],
    ["a page of types that are rare", { types: ["scorecard.submitted"] }],
  ])("%s is one statement, by the indexes of both tables", async (_, args) => {
    const after = eventCursor(firm.organizationId, 50_000n);
    const heard: string[] = [];
    api.database.heard = (text) => heard.push(text);
    const query = "query ($after: String, $types: [String!]) { events(after: $after, types: $types) { nodes { id } } }";
    await api.ask(firm.people.auditor, query, { after, ...args });
    api.database.heard = undefined;
    const [text, ...more] = heard.filter((each) => each.includes("journal_positions"));
    expect(more).toEqual([]);
    const plan = await withClient(serverUrl, async (client) => {
      await client.query("select set_config('app.organization', $1, false)", [firm.organizationId]);
      const { rows } = await client.query({ text: `explain (generic_plan) ${text}`, rowMode: "array" });
      return rows.join("\n");
    });
    expect(plan).toMatch(/pk_journal_positions/);
    expect(plan).toMatch(/uq_journal_entries_organization_id_sequence/);
    expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
  });
});

test("entries of one transaction stand one after another", async () => {
  const firm = await busyCompany();
  const { headCursor } = await read(firm.people.admin);
  const ctx = contextOf(api.database, firm.people.recruiter);
  const objects = Array.from({ length: 3 }, () => ({ ...firm.job, id: newId("Job") }));
  await ctx.db.transaction((tx) => announceAll(tx, "job.created", objects));
  await sequenced(firm);
  const { nodes } = await read(firm.people.admin, { after: headCursor });
  expect(nodes.map(({ objectId }) => objectId)).toEqual(objects.map(({ id }) => id));
});

describe("how far a page reaches", () => {
  const at = (...positions: number[]) => positions.map((position) => ({ position: `${position}` }));

  test.each<[string, bigint, bigint, { position: string }[], number, bigint, boolean]>([
    ["full: its last event", 0n, 10n, at(1, 4), 2, 4n, true],
    ["full, at the end", 0n, 4n, at(1, 4), 2, 4n, false],
    ["not full: all there is", 0n, 10n, at(1, 4), 3, 10n, false],
    ["not full, of a long journal: all that is looked through", 0n, 5000n, at(1), 3, 2000n, true],
    ["empty, at the end", 10n, 10n, [], 3, 10n, false],
    ["of no size: nowhere", 3n, 10n, [], 0, 3n, true],
  ])("%s", (_, after, head, events, size, position, hasMore) => {
    expect(reachOf(after, head, events, size)).toEqual({ position, hasMore });
  });

  test.each<[bigint, object]>([
    [8n, { expired: true, beyond: false }],
    [9n, { expired: false, beyond: false }],
    [20n, { expired: false, beyond: false }],
    [21n, { expired: false, beyond: true }],
  ])("after %s, where 10 to 20 is kept: %j", (after, wanted) => {
    const extent = { horizon: 10n, head: 20n };
    expect({ expired: isExpired(after, extent), beyond: isBeyond(after, extent) }).toEqual(wanted);
  });
});
