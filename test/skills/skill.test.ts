import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";

jest.setTimeout(30_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const SKILL = `mutation ($input: CreateSkillInput!) { createSkill(input: $input) {
  skill { id slug name parent { slug } } userErrors { code field message } } }`;

const PROFILE = `mutation ($input: CreateRoleProfileInput!) { createRoleProfile(input: $input) {
  roleProfile { name versions { nodes { number level passMark leastCoveragePercent bands { label min }
    expectations { level weight gate skill { slug } } } } } userErrors { code field message } } }`;

const createSkill = async (who: Person, input: object) =>
  (await api.send(ours.people[who], SKILL, { input })).data.createSkill;

const profile = (change: object = {}) => ({
  name: "Data engineer",
  level: "SENIOR",
  passMark: 70,
  leastCoveragePercent: 50,
  bands: [
    { label: "Not yet", min: 0 },
    { label: "Ready", min: 70 },
  ],
  expectations: [
    { skillId: ours.skillIds.sql, level: "SENIOR", weight: 3, gate: 60 },
    { skillId: ours.skillIds.rest, level: "JUNIOR", weight: 0 },
  ],
  ...change,
});

const createProfile = async (who: Person, change: object = {}) =>
  api.send(ours.people[who], PROFILE, { input: profile(change) });

const profilesThere = async () =>
  (await api.ask(ours.people.admin, "{ roleProfiles { totalCount } }")).roleProfiles.totalCount;

test("a skill is added under another and read back", async () => {
  const { skill, userErrors } = await createSkill("recruiter", {
    slug: "window-functions",
    name: "Window functions 🪟",
    parentId: ours.skillIds.sql,
  });
  expect(userErrors).toEqual([]);
  expect(skill).toEqual({
    id: expect.any(String),
    slug: "window-functions",
    name: "Window functions 🪟",
    parent: { slug: "sql" },
  });
});

test("a slug that is there already is refused by its field, and free in another organisation", async () => {
  const refused = await createSkill("admin", { slug: "sql", name: "Another" });
  expect(refused).toEqual({
    skill: null,
    userErrors: [{ code: "ALREADY_EXISTS", field: ["slug"], message: "A skill with this slug is already there." }],
  });
  const { people } = await company(api.database);
  const input = { slug: "only-here", name: "Only here" };
  await api.ask(ours.people.admin, SKILL, { input });
  expect((await api.ask(people.admin, SKILL, { input })).createSkill.skill.slug).toBe("only-here");
});

test("of two at once with one slug, one is made", async () => {
  const input = { slug: "race", name: "Race" };
  const made = await Promise.all([1, 2, 3, 4].map(() => createSkill("admin", input)));
  expect(made.map(({ userErrors }) => userErrors[0]?.code ?? "made").sort()).toEqual([
    "ALREADY_EXISTS",
    "ALREADY_EXISTS",
    "ALREADY_EXISTS",
    "made",
  ]);
});

test.each(["", "SQL", "two words", "-a", "a-", "a--b", "über", "a_b", "a".repeat(101), "🦄"])(
  "%j is no slug",
  async (slug) => {
    const { skill, userErrors } = await createSkill("admin", { slug, name: "N" });
    expect({ skill, userErrors }).toMatchObject({ skill: null, userErrors: [{ code: "BAD_INPUT", field: ["slug"] }] });
  },
);

test.each(["a", "a1", "1", "c-sharp-12", "a".repeat(100)])("%j is a slug", async (slug) => {
  expect((await createSkill("admin", { slug, name: "N" })).userErrors).toEqual([]);
});

test("a role profile is made with its first version, in the order given", async () => {
  const { data } = await createProfile("hiringManager");
  expect(data.createRoleProfile).toEqual({
    userErrors: [],
    roleProfile: {
      name: "Data engineer",
      versions: {
        nodes: [
          {
            number: 1,
            level: "SENIOR",
            passMark: 70,
            leastCoveragePercent: 50,
            bands: [
              { label: "Not yet", min: 0 },
              { label: "Ready", min: 70 },
            ],
            expectations: [
              { level: "SENIOR", weight: 3, gate: 60, skill: { slug: "sql" } },
              { level: "JUNIOR", weight: 0, gate: null, skill: { slug: "rest" } },
            ],
          },
        ],
      },
    },
  });
  const again = await createProfile("hiringManager");
  expect(again.data.createRoleProfile).toMatchObject({
    roleProfile: null,
    userErrors: [{ code: "ALREADY_EXISTS", field: ["name"] }],
  });
});

test("every fault of a profile is told at once, and nothing is made", async () => {
  const before = await profilesThere();
  const skillId = ours.skillIds.sql;
  const { data } = await createProfile("admin", {
    name: "Faulty",
    bands: [{ label: "High", min: 10 }],
    expectations: [1, 2].map(() => ({ skillId, level: "SENIOR", weight: 0 })),
  });
  expect(
    data.createRoleProfile.userErrors.map(({ code, field }: { code: string; field: string[] }) => [
      code,
      field.join("."),
    ]),
  ).toEqual([
    ["PROFILE_UNUSABLE", "bands.0.min"],
    ["PROFILE_UNUSABLE", "expectations"],
    ["PROFILE_UNUSABLE", "expectations.1.skillId"],
  ]);
  expect(await profilesThere()).toBe(before);
});

const tooMany: [string, object, string[]][] = [
  ["no band", { bands: [] }, ["bands"]],
  ["21 bands", { bands: Array.from({ length: 21 }, (_, index) => ({ label: "B", min: index })) }, ["bands"]],
  ["no expectation", { expectations: [] }, ["expectations"]],
];

test.each(tooMany)("%s is refused", async (_, change, field) => {
  const { data } = await createProfile("admin", { name: "Too", ...change });
  expect(data.createRoleProfile.userErrors).toMatchObject([{ code: "BAD_INPUT", field }]);
});

const roles: [Person, boolean][] = [
  ["admin", true],
  ["recruiter", true],
  ["hiringManager", true],
  ["ann", false],
  ["auditor", false],
];

test.each(roles)("%s may keep skills and profiles: %s", async (who, may) => {
  const skill = await api.send(ours.people[who], SKILL, { input: { slug: `by-${who.toLowerCase()}`, name: "N" } });
  const made = await createProfile(who, { name: `By ${who}` });
  for (const [answer, mutation] of [
    [skill, "createSkill"],
    [made, "createRoleProfile"],
  ] as const) {
    if (may) expect(answer.data[mutation].userErrors).toEqual([]);
    else
      expect(answer).toMatchObject({ data: null, errors: [{ path: [mutation], extensions: { code: "FORBIDDEN" } }] });
  }
  expect((await api.ask(ours.people[who], "{ skills { totalCount } }")).skills.totalCount).toBeGreaterThan(0);
});
