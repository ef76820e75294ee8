import { createApiKey } from "../../src/identity/api-key.actions";
import type { Scope } from "../../src/identity/viewer.rules";
import { contextOf } from "../../src/platform/context";
import { Refusal } from "../../src/platform/errors";
import { recordRefusal } from "../../src/platform/journal/access-log";
import { schema } from "../../src/server";
import { type Company, company, type Person } from "../cast/company";
import { interview } from "../cast/interview";
import { newBank } from "../cast/questions";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

const LOG = `query ($filter: AccessLogFilter) { accessLog(filter: $filter, first: 100) { totalCount nodes {
  id kind about code actorKind actorId requestId address createdAt actor { id ... on Member { name } ... on ApiKey { name } }
} } }`;
const CREATE =
  "mutation ($input: CreateSkillInput!) { createSkill(input: $input) { skill { id } userErrors { code } } }";
const SKILL = { slug: "go", name: "Go" };
const WAIVE = `mutation ($input: WaiveScorecardInput!) {
  waiveScorecard(input: $input) { interviewSession { id } userErrors { code } } }`;
const EXPORT = `mutation ($format: ExportFormat!, $bankId: ID) {
  exportBank(input: { format: $format, bankId: $bankId }) { bankExport { itemCount text } userErrors { code } } }`;
const EXPORT_AS_QUERY =
  "query ($format: ExportFormat!, $bankId: ID) { exportBank(format: $format, bankId: $bankId) { itemCount text } }";

jest.setTimeout(30_000);

type Anything = Answer["data"];

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
});

// Of its own, so that each test reads what it wrote.
beforeEach(async () => {
  ours = await company(api.database);
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => api.close());

const log = async (filter: object = {}, who: Person = "admin"): Promise<Anything[]> =>
  (await api.ask(ours.people[who], LOG, { filter })).accessLog.nodes;

const refused = (): Promise<Anything[]> => log({ kinds: ["REFUSED"] });

/** Sends as whoever carries the token or key: tokens of the same second are the same, and those of another sign in anew. */
async function sendWith(secret: string, query: string, variables: object = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  return { data, codes: errors?.map(({ extensions }) => extensions.code) };
}

const keyFor = async (...scopes: Scope[]): Promise<string> =>
  (await createApiKey(ours.as("admin"), { name: "Archive", environment: "LIVE", scopes })).secret;

/** While nothing can be written into the log. */
async function withoutLog<T>(work: () => Promise<T>): Promise<T> {
  const alter = (change: string) =>
    withClient(superuserUrl, (client) => client.query(`alter table access_log ${change}`));
  await alter("add constraint full_up check (false) not valid");
  try {
    return await work();
  } finally {
    await alter("drop constraint full_up");
  }
}

describe("who reads it", () => {
  test.each<[Person, boolean]>([
    ["admin", true],
    ["auditor", true],
    ["recruiter", false],
    ["hiringManager", false],
    ["ann", false],
  ])("%s: %s", async (who, reads) => {
    expect((await log({}, who)).length > 0).toBe(reads);
  });

  test.each<[Scope, boolean]>([
    ["audit:read", true],
    ["scorecards:read", false],
  ])("a key with %s: %s", async (scope, reads) => {
    const { data } = await sendWith(await keyFor(scope), LOG);
    expect(data.accessLog.totalCount > 0).toBe(reads);
  });

  test("nobody of another organisation", async () => {
    const theirs = await company(api.database);
    await api.send(theirs.people.ann, CREATE, { input: SKILL });
    expect((await log()).every(({ actorId }) => actorId === ours.people.admin.id)).toBe(true);
    expect(await log({ actorId: theirs.people.ann.id })).toEqual([]);
  });
});

test("it says that it is kept for 90 days", () => {
  const said = [schema.getType("AccessEntry"), schema.getQueryType()!.getFields().accessLog];
  for (const each of said) expect(each!.description).toContain("90 days");
});

describe("a refusal is written down after everything was rolled back", () => {
  const about = {
    kind: "REFUSED",
    code: "FORBIDDEN",
    actorKind: "MEMBER",
    address: "127.0.0.1",
    createdAt: expect.any(String),
    id: expect.any(String),
  };

  test("where the table of permissions refuses", async () => {
    const { id, name } = ours.people.ann;
    const { headers } = await api.send(ours.people.ann, CREATE, { input: SKILL });
    expect(await refused()).toEqual([
      {
        ...about,
        about: expect.stringMatching(/^`createSkill` is for ADMIN, .*; you are a member with the role INTERVIEWER\.$/),
        actorId: id,
        actor: { id, name },
        requestId: headers.get("x-request-id"),
      },
    ]);
  });

  test("where a policy within an action refuses, in the words that the caller read", async () => {
    const session = await interview(ours, { panel: ["admin", "bob"] });
    const read =
      "query ($id: ID!) { node(id: $id) { ... on InterviewSession { version panel { id member { id } } } } }";
    const { node } = await api.ask(ours.people.admin, read, { id: session.id });
    const { id: panelistId } = node.panel.find(({ member }: Anything) => member.id === ours.people.admin.id);
    const { errors } = await api.send(ours.people.admin, WAIVE, { input: { panelistId, reason: "Ill" } });
    const words = "You may not waive your own scorecard.";
    expect(errors).toMatchObject([{ message: words, extensions: { code: "FORBIDDEN" } }]);
    expect(await refused()).toMatchObject([{ ...about, about: words, actorId: ours.people.admin.id }]);
    expect((await api.ask(ours.people.admin, read, { id: session.id })).node).toEqual(node);
  });

  test("where it is a key that is refused: it is named to an administrator, and not to an auditor", async () => {
    const { codes } = await sendWith(await keyFor("audit:read"), CREATE, { input: SKILL });
    expect(codes).toEqual(["FORBIDDEN"]);
    const [[shown], [named]] = [await refused(), await log({ kinds: ["REFUSED"] }, "auditor")];
    expect(shown).toMatchObject({ actorKind: "KEY", actor: { name: "Archive" } });
    expect(named).toEqual({ ...shown, actor: null });
  });

  test("and it stands where it could not be written down: the operator is warned, and the caller is not", async () => {
    const warning = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const token = await api.tokenOf(ours.people.ann);
    await sendWith(token, "{ viewer { member { id } } }");
    const { codes } = await withoutLog(() => sendWith(token, CREATE, { input: SKILL }));
    expect(codes).toEqual(["FORBIDDEN"]);
    expect(warning).toHaveBeenCalledTimes(1);
    expect(await refused()).toEqual([]);
  });
});

describe("who is refused again and again", () => {
  test("is written down once", async () => {
    const sent = Array.from({ length: 25 }, () => api.send(ours.people.ann, CREATE, { input: SKILL }));
    for (const { errors } of await Promise.all(sent))
      expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(await refused()).toHaveLength(1);
  });

  test("is written down again for something else, and so is somebody else", async () => {
    await api.send(ours.people.ann, CREATE, { input: SKILL });
    await api.send(ours.people.bob, CREATE, { input: SKILL });
    await api.send(ours.people.ann, EXPORT, { format: "YAML" });
    await api.send(ours.people.auditor, EXPORT, { format: "YAML" });
    const told = (await refused()).map(({ actorId, about }) => [actorId, about.match(/^`(\w+)`/)[1]]);
    const { ann, bob, auditor } = ours.people;
    expect(told.reverse()).toEqual([
      [ann.id, "createSkill"],
      [bob.id, "createSkill"],
      [auditor.id, "exportBank"],
    ]);
  });

  test("is written down again from another network: of IPv6, by the first half of the address", async () => {
    const refusal = new Refusal([{ code: "FORBIDDEN", message: "You may not.", field: null }]);
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]) {
      await recordRefusal(contextOf(api.database, { ...ours.as("ann"), address }), refusal);
    }
    expect((await refused()).map(({ address }) => address).reverse()).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "2001:db8::1",
      "2001:db8:0:1::1",
    ]);
  });

  test("is written down again after a minute", async () => {
    await api.send(ours.people.ann, CREATE, { input: SKILL });
    const now = performance.now.bind(performance);
    jest.spyOn(performance, "now").mockImplementation(() => now() + 61_000);
    await api.send(ours.people.ann, CREATE, { input: SKILL });
    await api.send(ours.people.ann, CREATE, { input: SKILL });
    expect(await refused()).toHaveLength(2);
  });
});

describe("an export", () => {
  const exports = (): Promise<Anything[]> => log({ kinds: ["EXPORTED"] });

  test("is written down each time, by what and how much of it", async () => {
    const { id: bankId } = await newBank(ours);
    const { exportBank } = await api.ask(ours.people.ann, EXPORT, { format: "YAML" });
    await api.ask(ours.people.ann, EXPORT, { format: "CSV", bankId });
    await api.ask(ours.people.ann, EXPORT_AS_QUERY, { format: "CSV", bankId });
    const one = `Exported the QuestionBank ${bankId} as CSV, of 0 items.`;
    const all = `Exported every bank as YAML, of ${exportBank.bankExport.itemCount} items.`;
    expect((await exports()).map(({ about }) => about).reverse()).toEqual([all, one, one]);
    expect(await exports()).toMatchObject([{ code: null, actorId: ours.people.ann.id }, {}, {}]);
  });

  test("is in the journal by the bank, or by the organisation; as a query it was not", async () => {
    const { id: bankId } = await newBank(ours);
    await api.ask(ours.people.ann, EXPORT_AS_QUERY, { format: "CSV", bankId });
    await api.ask(ours.people.ann, EXPORT, { format: "CSV", bankId });
    await api.ask(ours.people.ann, EXPORT, { format: "YAML" });
    const entries = await withClient(superuserUrl, (client) =>
      client.query(
        `select object_id as id, actor_id as by from journal_entries
         where organization_id = $1 and type = 'question_bank.exported' order by sequence`,
        [ours.organizationId],
      ),
    );
    const by = ours.people.ann.id;
    expect(entries.rows).toEqual([
      { id: bankId, by },
      { id: ours.organizationId, by },
    ]);
  });

  test("that fails is none", async () => {
    await api.send(ours.people.ann, EXPORT, { format: "CSV", bankId: ours.job.id });
    await api.send(ours.people.ann, EXPORT_AS_QUERY, { format: "CSV", bankId: ours.job.id });
    expect(await exports()).toEqual([]);
  });

  test("does not leave while it cannot be written down", async () => {
    const token = await api.tokenOf(ours.people.ann);
    await sendWith(token, "{ viewer { member { id } } }");
    const { data, codes } = await withoutLog(() => sendWith(token, EXPORT, { format: "YAML" }));
    expect({ data, codes }).toEqual({ data: null, codes: ["INTERNAL_SERVER_ERROR"] });
    expect((await sendWith(token, EXPORT, { format: "YAML" })).data.exportBank.bankExport.itemCount).toBeGreaterThan(0);
  });
});

test("nobody signs in for the first time while it cannot be written down", async () => {
  const token = await api.tokenOf(ours.people.ann);
  const { data } = await withoutLog(() => sendWith(token, "{ viewer { member { id } } }"));
  expect(data?.viewer ?? null).toBeNull();
});

describe("a filter", () => {
  const kindsOf = async (filter: object): Promise<string[]> => {
    const kinds: string[] = (await log(filter)).map(({ kind }) => kind);
    return [...new Set(kinds)].sort();
  };

  test("finds by kind, by actor, by address and by time", async () => {
    const { ann } = ours.people;
    await api.send(ours.people.ann, CREATE, { input: SKILL });
    await sendWith(await keyFor("audit:read"), LOG);
    const refusal = new Refusal([{ code: "FORBIDDEN", message: "You may not.", field: null }]);
    await recordRefusal(contextOf(api.database, { ...ours.as("bob"), address: "192.0.2.7" }), refusal);
    const [{ createdAt }] = await log({ address: "192.0.2.7" });
    expect(await kindsOf({})).toEqual(["KEY_FROM_NEW_ADDRESS", "REFUSED", "SIGNED_IN"]);
    expect(await kindsOf({ kinds: ["SIGNED_IN", "EXPORTED"] })).toEqual(["SIGNED_IN"]);
    expect(await kindsOf({ actorId: ann.id })).toEqual(["REFUSED", "SIGNED_IN"]);
    expect(await kindsOf({ address: "192.0.2.7" })).toEqual(["REFUSED"]);
    expect(await kindsOf({ address: "192.0.2.7", until: createdAt })).toEqual([]);
    expect(await kindsOf({ address: "192.0.2.7", from: createdAt })).toEqual(["REFUSED"]);
    expect(await kindsOf({ address: "127.0.0.1", until: "2001-01-01T00:00:00Z" })).toEqual([]);
  });
});
