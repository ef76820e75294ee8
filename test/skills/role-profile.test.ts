import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

jest.setTimeout(30_000);

let api: Api;
let firm: Company;
let made = 0;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

const PROFILE = `id name externalKey version versions { nodes { id number level passMark leastCoveragePercent
  bands { label min } expectations { level weight gate skill { slug } } } }`;

/** The profile after a mutation, and what was refused, as "CODE at path". */
async function act(who: Person, mutation: string, input: object) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { roleProfile { ${PROFILE} } userErrors { code field } } }`;
  const { data, errors } = await api.send(firm.people[who], query, { input });
  const { roleProfile = null, userErrors = [] } = data?.[mutation] ?? {};
  const told = userErrors.map(({ code, field }: Anything) => `${code} at ${field.join(".")}`);
  return { profile: roleProfile, codes: [...(errors ?? []).map(({ extensions }) => extensions.code), ...told] };
}

const standard = () => ({
  level: "SENIOR",
  passMark: 70,
  leastCoveragePercent: 50,
  bands: [
    { label: "Not yet", min: 0 },
    { label: "Ready", min: 70 },
  ],
  expectations: [
    { skillId: firm.skillIds.sql, level: "SENIOR", weight: 3, gate: 60 },
    { skillId: firm.skillIds.rest, level: "JUNIOR", weight: 0 },
  ],
});

async function create(change: object = {}): Promise<Anything> {
  const { profile, codes } = await act("admin", "createRoleProfile", {
    name: `Role ${++made}`,
    ...standard(),
    ...change,
  });
  expect(codes).toEqual([]);
  return profile;
}

/** An edit to what is said already, but for the change. */
const edit = (who: Person, { id, name, version }: Anything, change: object = {}) =>
  act(who, "editRoleProfile", { id, version, name, ...standard(), ...change });

const journalOf = ({ id }: { id: string }): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(
      "select type, changes from journal_entries where object_id = $1 order by sequence",
      [id],
    );
    return rows.map(({ type, changes }) => `${type} ${changes}`.trim());
  });

test("an edit makes the next version and keeps the one before", async () => {
  const first = await create({ externalKey: "senior" });
  expect(first).toMatchObject({ externalKey: "senior", version: 1, versions: { nodes: [{ number: 1 }] } });
  const { profile, codes } = await edit("hiringManager", first, {
    passMark: 75,
    expectations: [{ skillId: firm.skillIds.ds, level: "MIDDLE", weight: 1 }],
  });
  expect(codes).toEqual([]);
  expect(profile).toMatchObject({ id: first.id, externalKey: "senior", version: 2 });
  expect(profile.versions.nodes).toMatchObject([
    { number: 2, passMark: 75, expectations: [{ level: "MIDDLE", weight: 1, gate: null, skill: { slug: "ds" } }] },
    first.versions.nodes[0],
  ]);
  expect(await journalOf(first)).toEqual(["role_profile.created", "role_profile.updated standard"]);
});

describe("an edit", () => {
  const changes: [string, () => object][] = [
    ["level", () => ({ level: "MIDDLE" })],
    ["pass mark", () => ({ passMark: 71 })],
    ["least coverage", () => ({ leastCoveragePercent: 51 })],
    ["bands", () => ({ bands: [{ label: "All", min: 0 }] })],
    ["name of a band", () => ({ bands: standard().bands.map((band) => ({ ...band, label: "B" })) })],
    ["expected level", () => ({ expectations: standard().expectations.map((each) => ({ ...each, level: "MIDDLE" })) })],
    ["weight", () => ({ expectations: standard().expectations.map((each) => ({ ...each, weight: 2 })) })],
    ["gate", () => ({ expectations: standard().expectations.map(({ gate: _, ...each }) => each) })],
    ["order of the skills", () => ({ expectations: standard().expectations.toReversed() })],
  ];

  test.each(changes)("of the %s makes a version", async (_, change) => {
    const { profile, codes } = await edit("admin", await create(), change());
    expect({ codes, version: profile?.version, count: profile?.versions.nodes.length }).toEqual({
      codes: [],
      version: 2,
      count: 2,
    });
  });

  test("that changes nothing is accepted and makes none", async () => {
    const first = await create();
    expect(await edit("admin", first)).toEqual({ profile: first, codes: [] });
    expect(await journalOf(first)).toEqual(["role_profile.created"]);
  });

  test("of the name alone makes none either", async () => {
    const first = await create();
    const { profile } = await edit("admin", first, { name: "Renamed" });
    expect(profile).toEqual({ ...first, name: "Renamed", version: 2 });
    expect(await journalOf(first)).toEqual(["role_profile.created", "role_profile.updated name"]);
  });

  test("is compared with the newest version, so that one can go back", async () => {
    const { profile: second } = await edit("admin", await create(), { passMark: 1 });
    const { profile: third } = await edit("admin", second);
    expect(third.versions.nodes.map(({ passMark }: Anything) => passMark)).toEqual([70, 1, 70]);
  });

  const refused: [string, () => object, string[]][] = [
    ["of a stale version", () => ({ version: 2 }), ["STALE_VERSION at version"]],
    ["to bands that start above 0", () => ({ bands: [{ label: "B", min: 5 }] }), ["PROFILE_UNUSABLE at bands.0.min"]],
    [
      "to a weight below zero",
      () => ({ expectations: [{ skillId: firm.skillIds.sql, level: "MIDDLE", weight: -1 }] }),
      ["BAD_INPUT at expectations.0.weight"],
    ],
    ["to a name that is there", () => ({ name: "Back-end" }), ["ALREADY_EXISTS at name"]],
  ];

  test.each(refused)("%s is refused and changes nothing", async (_, change, expected) => {
    const first = await create();
    expect(await edit("admin", first, change())).toEqual({ profile: null, codes: expected });
    expect((await edit("admin", first)).profile).toEqual(first);
  });

  test("to a skill of another organisation is refused", async () => {
    const { skillIds } = await company(api.database);
    const expectations = [{ skillId: skillIds.sql, level: "MIDDLE", weight: 1 }];
    expect((await edit("admin", await create(), { expectations })).codes).toEqual(["NOT_FOUND"]);
  });

  test("of two at once makes one version", async () => {
    const first = await create();
    const answers = await Promise.all([71, 72, 73].map((passMark) => edit("admin", first, { passMark })));
    expect(answers.map(({ codes }) => codes.join()).sort()).toEqual(["", ...Array(2).fill("STALE_VERSION at version")]);
  });

  test.each<[Person, boolean]>([
    ["admin", true],
    ["recruiter", true],
    ["hiringManager", true],
    ["ann", false],
    ["auditor", false],
  ])("by %s is allowed: %s", async (who, may) => {
    const { codes } = await edit(who, await create(), { passMark: 1 });
    expect(codes).toEqual(may ? [] : ["FORBIDDEN"]);
  });
});

test("a key names one profile", async () => {
  await create({ externalKey: "taken" });
  const { codes } = await act("admin", "createRoleProfile", { name: "Other", externalKey: "taken", ...standard() });
  expect(codes).toEqual(["ALREADY_EXISTS at externalKey"]);
});
