import { createApiKey } from "../../src/identity/api-key.actions";
import { spanFaults } from "../../src/identity/audit-trail-filter.rules";
import type { Scope } from "../../src/identity/viewer.rules";
import { newId, typeOfId } from "../../src/platform/ids";
import { createSkill } from "../../src/skills/skill.actions";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";

const TRAIL = `query ($filter: AuditTrailFilter, $first: Int) { auditTrail(filter: $filter, first: $first) { totalCount nodes {
  id type createdAt objectId changes actorKind actorId requestId
  actor { id ... on Member { name } ... on ApiKey { name } }
  object { id ... on Skill { slug } ... on Scorecard { state } ... on ApiKey { name } }
} } }`;
const CREATE =
  "mutation ($input: CreateSkillInput!) { createSkill(input: $input) { skill { id } userErrors { code } } }";

jest.setTimeout(30_000);

type Anything = Answer["data"];

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const trail = async (who: Person, filter: object = {}, own = ours): Promise<Anything> =>
  (await api.ask(own.people[who], TRAIL, { filter, first: 100 })).auditTrail;

async function keyFor(scopes: Scope[]): Promise<string> {
  const input = { name: "Archive", environment: "LIVE" as const, scopes };
  return (await createApiKey(ours.as("admin"), input)).secret;
}

async function asProgram(secret: string, query: string, variables: object = {}): Promise<Anything> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as Answer).data;
}

test("what somebody does stands in the trail at once: what, when, who, to what, and in which request", async () => {
  const { admin } = ours.people;
  const { data, headers } = await api.send(admin, CREATE, { input: { slug: "go", name: "Go" } });
  const { id } = data.createSkill.skill;
  const [entry] = (await trail("auditor")).nodes;
  expect(entry).toEqual({
    id: expect.any(String),
    type: "skill.created",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    objectId: id,
    changes: [],
    actorKind: "MEMBER",
    actorId: admin.id,
    requestId: headers.get("x-request-id"),
    actor: { id: admin.id, name: admin.name },
    object: { id, slug: "go" },
  });
});

test("the newest comes first", async () => {
  const ids: string[] = (await trail("admin")).nodes.map(({ id }: Anything) => id);
  expect(ids.length).toBeGreaterThan(5);
  expect(ids).toEqual([...ids].sort().reverse());
});

describe("who reads it", () => {
  test.each<[Person, boolean]>([
    ["admin", true],
    ["auditor", true],
    ["recruiter", false],
    ["hiringManager", false],
    ["ann", false],
  ])("%s: %s", async (who, reads) => {
    const [{ id }] = (await trail("admin")).nodes;
    expect((await trail(who)).totalCount > 0).toBe(reads);
    const { data, errors } = await api.send(ours.people[who], "query ($id: ID!) { node(id: $id) { id } }", { id });
    expect(data?.node ?? errors?.[0]?.extensions.code).toEqual(reads ? { id } : "NOT_FOUND");
  });

  test.each<[Scope, boolean]>([
    ["audit:read", true],
    ["scorecards:read", false],
    ["interviews:write", false],
  ])("a key with %s: %s", async (scope, reads) => {
    const { auditTrail } = await asProgram(await keyFor([scope]), TRAIL);
    expect(auditTrail.totalCount > 0).toBe(reads);
  });
});

describe("what one does not see is named and not shown", () => {
  test("a key, to an auditor; its deeds are nobody's to them", async () => {
    await keyFor(["questions:read"]);
    const types = ["api_key.created"];
    const [shown] = (await trail("admin", { types })).nodes;
    const [named] = (await trail("auditor", { types })).nodes;
    expect(shown.object).toEqual({ id: named.objectId, name: "Archive" });
    expect(named.object).toBeNull();
  });

  test("another's scorecard, to an administrator who owes one to the session, and to an auditor", async () => {
    const session = await interview(ours, { panel: ["admin", "bob"] });
    const card = await submit(ours, "bob", session);
    const shown = async (who: Person) => (await trail(who, { objectId: card.id })).nodes[0].object;
    expect([await shown("admin"), await shown("auditor")]).toEqual([null, null]);
    await submit(ours, "admin", session);
    expect([await shown("admin"), await shown("auditor")]).toEqual([{ id: card.id, state: "SUBMITTED" }, null]);
  });

  test("anything of another organisation is not even named", async () => {
    const theirs = await company(api.database);
    const { id } = await createSkill(theirs.as("admin"), { slug: "theirs", name: "Theirs" });
    expect((await trail("admin", { objectId: id }, theirs)).totalCount).toBe(1);
    expect((await trail("admin", { objectId: id })).totalCount).toBe(0);
    expect((await trail("admin", { actorId: theirs.people.admin.id })).totalCount).toBe(0);
  });
});

test("actors and objects are read at once, one statement for each type", async () => {
  const heard: string[] = [];
  api.database.heard = (text) => heard.push(text);
  const { nodes } = await trail("admin");
  api.database.heard = undefined;
  const ids: string[] = nodes.flatMap(({ actorId, objectId }: Anything) =>
    actorId ? [actorId, objectId] : [objectId],
  );
  const types = new Set(ids.map(typeOfId));
  expect(nodes.length).toBeGreaterThan(types.size);
  expect(heard.filter((text) => text.includes(" t where t.id = any($1) "))).toHaveLength(types.size);
});

describe("a filter", () => {
  let firm: Company;
  let first: Date;
  let last: Date;

  beforeAll(async () => {
    firm = await company(api.database);
    const at = async (minute: number, person: Person, slug: string) => {
      const now = new Date(Date.UTC(2026, 0, 1, 12, minute));
      const { id } = await createSkill(
        { ...firm.as(person), ...acting(firm, person, now, slug) },
        { slug, name: slug },
      );
      return { id, now };
    };
    ({ now: first } = await at(0, "admin", "early"));
    await at(1, "recruiter", "between");
    ({ now: last } = await at(2, "admin", "late"));
  });

  /** The same person at another instant, in a request of that name. */
  function acting(own: Company, person: Person, now: Date, requestId: string) {
    const { db } = own.as(person);
    Object.assign(db.occasion, { now, requestId });
    return { db, now, requestId };
  }

  const found = async (filter: object): Promise<string[]> => {
    const { nodes } = await trail(
      "admin",
      { types: ["skill.created"], until: "2026-02-01T00:00:00Z", ...filter },
      firm,
    );
    return nodes.map(({ object }: Anything) => object.slug);
  };

  test("by nothing finds all", async () => expect(await found({})).toEqual(["late", "between", "early"]));

  test("by type finds any of them, and nothing by one that is none", async () => {
    expect(await found({ types: ["skill.created", "scorecard.submitted"] })).toHaveLength(3);
    expect(await found({ types: ["skill"] })).toEqual([]);
  });

  test("by actor, by object and by request finds theirs", async () => {
    const [, between] = (await trail("admin", { until: "2026-02-01T00:00:00Z" }, firm)).nodes;
    expect(await found({ actorId: firm.people.recruiter.id })).toEqual(["between"]);
    expect(await found({ objectId: between.objectId })).toEqual(["between"]);
    expect(await found({ requestId: "late" })).toEqual(["late"]);
    expect(await found({ actorId: firm.people.ann.id })).toEqual([]);
    expect(await found({ objectId: newId("Skill") })).toEqual([]);
  });

  test("by time takes in its beginning and leaves out its end", async () => {
    expect(await found({ from: first, until: last })).toEqual(["between", "early"]);
    expect(await found({ from: new Date(first.getTime() + 1), until: last })).toEqual(["between"]);
    expect(await found({ from: last })).toEqual(["late"]);
    expect(await found({ until: first })).toEqual([]);
  });

  test.each(["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])(
    "by a time as far off as %s breaks nothing",
    async (far) => {
      const slugs = await found({ from: far, until: null });
      expect(slugs.includes("late")).toBe(far < "2026");
    },
  );

  test("by a time that ends before it begins is refused", () => {
    expect(spanFaults({ from: last, until: first })).toMatchObject([{ code: "BAD_INPUT", field: ["until"] }]);
    expect(spanFaults({ from: first, until: first })).toHaveLength(1);
    expect([spanFaults({ from: first, until: last }), spanFaults({ from: last }), spanFaults({})]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
