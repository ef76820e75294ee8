import { createRubric } from "../../src/question-bank/rubric.actions";
import { type Company, company, type Person } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { freeHour, interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";
import { ownerUrl, withClient } from "../support/database";
import { everything, faultsOf, refusals } from "./refusals";

jest.setTimeout(30_000);

// From the plan of an interview to what was decided: whatever is wrong is told where it stands, and nothing is half-written.

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const refused = (who: Person, mutation: string, input: object) => refusals(api, ours, who, mutation, input);
const versioned = ({ id, version }: { id: string; version: number }) => ({ id, version });

/** What stands in the slot, what is refused, where, and what the message says of it. */
const NO_SLOTS: [what: string, slot: object, field: string, says: RegExp][] = [
  [
    "ends before it starts",
    { startsAt: "2031-03-03T10:00:00Z", endsAt: "2031-03-03T09:00:00Z", timeZone: "Europe/Zurich" },
    "endsAt",
    /ends after it starts/,
  ],
  [
    "ends before it starts, by the clocks",
    { startsAt: "2031-03-03T10:00", endsAt: "2031-03-03T09:59", timeZone: "Asia/Kathmandu" },
    "endsAt",
    /ends after it starts/,
  ],
  [
    "ends before it starts, by offsets that hide it",
    { startsAt: "2031-03-03T10:00:00-05:00", endsAt: "2031-03-03T11:00:00+01:00", timeZone: "Europe/Zurich" },
    "endsAt",
    /ends after it starts/,
  ],
  [
    "is told by clocks of no zone",
    { startsAt: "2031-03-03T10:00", endsAt: "2031-03-03T11:00" },
    "timeZone",
    /without an offset means nothing without a zone/,
  ],
  [
    "has no zone",
    { startsAt: "2031-03-03T10:00:00Z", endsAt: "2031-03-03T11:00:00Z", timeZone: null },
    "timeZone",
    /in which zone/,
  ],
  [
    "starts in an hour that the clocks skip",
    { startsAt: "2031-03-30T02:30", endsAt: "2031-03-30T04:00", timeZone: "Europe/Zurich" },
    "startsAt",
    /02:30 does not exist in Europe\/Zurich: the clocks go forward from 2031-03-30T02:00 to 2031-03-30T03:00/,
  ],
  [
    "ends in an hour that the clocks skip",
    { startsAt: "2031-03-09T01:30", endsAt: "2031-03-09T02:30", timeZone: "America/New_York" },
    "endsAt",
    /02:30 does not exist in America\/New_York/,
  ],
  [
    "starts in an hour that comes twice",
    { startsAt: "2031-10-26T02:30", endsAt: "2031-10-26T04:00", timeZone: "Europe/Zurich" },
    "startsAt",
    /comes twice in Europe\/Zurich.*2031-10-26T02:30\+02:00 or 2031-10-26T02:30\+01:00/,
  ],
  [
    "ends in half an hour that comes twice",
    { startsAt: "2031-04-06T01:00", endsAt: "2031-04-06T01:45", timeZone: "Australia/Lord_Howe" },
    "endsAt",
    /comes twice in Australia\/Lord_Howe.*\+11:00 or .*\+10:30/,
  ],
  [
    "is in a zone that does not exist",
    { startsAt: "2031-03-03T10:00", endsAt: "2031-03-03T11:00", timeZone: "Mars/Base" },
    "timeZone",
    /"Mars\/Base".*IANA name such as Europe\/Zurich/,
  ],
];

describe.each(NO_SLOTS)("a slot that %s", (_, slot, field, says) => {
  const told = [{ code: "BAD_SCHEDULE", field: [field], message: expect.stringMatching(says) }];

  test("plans no interview", async () => {
    const { id: applicationId } = await ours.applicant();
    const plan = { applicationId, kitId: ours.kit.id, panel: [{ memberId: ours.people.ann.id }] };
    expect(await refused("recruiter", "planInterviewSession", { ...plan, ...slot })).toEqual(told);
  });

  test("moves none", async () => {
    const session = await interview(ours, { panel: ["ann"], state: "SCHEDULED" });
    const wish = { ...versioned(session), reason: "The room is taken.", ...slot };
    expect(await refused("recruiter", "scheduleInterviewSession", wish)).toEqual(told);
  });
});

test("all that is wrong with a plan is told at once", async () => {
  const seat = { memberId: ours.people.ann.id };
  const slot = { startsAt: "2031-03-30T02:30", endsAt: "2031-10-26T02:30", timeZone: "Europe/Zurich" };
  const plan = { applicationId: (await ours.applicant()).id, kitId: ours.kit.id, panel: [seat, seat], ...slot };
  const found = await refused("recruiter", "planInterviewSession", plan);
  expect(found.map(({ code, field }) => [code, field])).toEqual([
    ["BAD_SCHEDULE", ["startsAt"]],
    ["BAD_SCHEDULE", ["endsAt"]],
    ["BAD_INPUT", ["panel", "1", "memberId"]],
  ]);
});

describe("a panel", () => {
  const plan = async (panel: object[]) => ({
    applicationId: (await ours.applicant()).id,
    kitId: ours.kit.id,
    panel,
  });

  test.each([
    ["nobody", 0],
    ["21", 21],
    ["100", 100],
  ])("of %s is refused", async (_, count) => {
    const seats = Array.from({ length: count }, () => ({ memberId: ours.people.ann.id }));
    const found = await refused("recruiter", "planInterviewSession", await plan(seats));
    expect(found).toEqual([{ code: "BAD_INPUT", field: ["panel"], message: expect.stringMatching(/20/) }]);
  });

  test("of shadows alone is refused", async () => {
    const seats = [ours.people.ann, ours.people.bob].map(({ id: memberId }) => ({ memberId, seat: "SHADOW" }));
    const found = await refused("recruiter", "planInterviewSession", await plan(seats));
    expect(found).toMatchObject([{ code: "BAD_INPUT", field: ["panel"] }]);
  });

  test("is not left to shadows, nor to nobody", async () => {
    for (const others of [[], [{ who: "bob" as const, seat: "SHADOW" as const }]]) {
      const session = await interview(ours, { panel: ["ann", ...others], state: "SCHEDULED" });
      const panelistId = await seatOf(session.id, "ann");
      const left = await refused("recruiter", "removePanelist", { panelistId });
      expect(left).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["panelistId"] }]);
      const stepped = await refused("recruiter", "editPanelist", { panelistId, seat: "SHADOW" });
      expect(stepped).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["seat"] }]);
    }
  });

  test("keeps whose scorecard is in", async () => {
    const session = await interview(ours, { panel: ["ann", "bob"] });
    await submit(ours, "ann", session, { "sql-query": 3 });
    const panelistId = await seatOf(session.id, "ann");
    const told = [{ code: "ILLEGAL_MOVE", field: ["panelistId"], message: expect.stringContaining("scorecard is in") }];
    expect(await refused("recruiter", "removePanelist", { panelistId })).toEqual(told);
    const successor = { panelistId, memberId: ours.people.cyd.id };
    expect(await refused("recruiter", "replacePanelist", successor)).toEqual(told);
  });
});

async function seatOf(sessionId: string, who: Person): Promise<string> {
  const text = "select id from panelists where session_id = $1 and member_id = $2";
  const [seat] = await ours.as("admin").db.all<{ id: string }>(text, [sessionId, ours.people[who].id]);
  return seat!.id;
}

test("an amendment after the decision is refused, and what was decided stays", async () => {
  const { applicationId, cards } = await debriefed(ours, { ann: { "sql-query": 3 } });
  await decide(ours, applicationId, { departureReason: "Seen at work." });
  const rating = { criterionId: ours.criterionIds["sql-query"], value: 5, evidence: "On second thoughts." };
  const input = { ...versioned(cards.ann!), reason: "On second thoughts", ratings: [rating] };
  expect(await refused("ann", "amendScorecard", input)).toEqual([
    { code: "DECIDED", field: ["id"], message: expect.stringContaining("reopen the decision") },
  ]);
});

describe("a criterion that is not in the session's rubric", () => {
  let strange: string;

  beforeAll(async () => {
    const admin = ours.as("admin");
    const anchors = [1, 2].map((value) => ({ value, label: `${value}`, behaviour: `Hints: ${value}.` }));
    const criterion = {
      key: "k",
      name: "K",
      skillId: ours.skillIds.sql!,
      weight: 1,
      scaleMin: 1,
      scaleMax: 2,
      anchors,
    };
    const { id } = await createRubric(admin, { name: "Another rubric", criteria: [criterion] });
    const text = `select c.id from criteria c join rubric_versions v on v.organization_id = c.organization_id
      and v.id = c.rubric_version_id where v.rubric_id = $1`;
    [{ id: strange }] = (await admin.db.all<{ id: string }>(text, [id])) as [{ id: string }];
  });

  const ratings = () => [
    { criterionId: ours.criterionIds["sql-query"], value: 3 },
    { criterionId: strange, value: 2 },
  ];
  const told = [{ code: "CRITERION_NOT_RATED_HERE", field: ["ratings", "1", "criterionId"] }];

  test("is not rated, nor is what stands beside it", async () => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    expect(await refused("ann", "saveScorecard", { sessionId, ratings: ratings() })).toMatchObject(told);
  });

  test("is not brought in by an amendment", async () => {
    const card = await submit(ours, "ann", await interview(ours, { panel: ["ann"] }));
    const input = { ...versioned(card), reason: "On second thoughts", ratings: ratings() };
    expect(await refused("ann", "amendScorecard", input)).toMatchObject(told);
  });
});

/** Every number that somebody could be told about an application. */
const SCORE = `
  overall { score coverage band standardError interval { lower upper } }
  skills { skill { slug } score coverage }
  criteria { criterion { id key weight } score effectiveWeight contribution }
  gates { actual status }
  recommendation probabilityAbovePass methodVersion`;

const HISTORY = `query ($id: ID!) { node(id: $id) { ... on Application {
  evaluation { ${SCORE} }
  decisions { nodes { state frozenScore { score coverage band recommendation } evaluation { ${SCORE} } } }
  interviewSessions { nodes { rubricVersion { id number criteria { key weight } } profileVersion { id number } } }
  job { profileVersion { number expectations { weight } } }
} } }`;

describe("a change of weights", () => {
  let firm: Company;
  /** One that is decided, one that is not, and one whose interview is still to come. */
  let applicationIds: string[];

  const history = (): Promise<Answer["data"][]> =>
    Promise.all(applicationIds.map((id) => api.ask(firm.people.admin, HISTORY, { id })));

  beforeAll(async () => {
    firm = await company(api.database);
    const found = { ann: { "sql-query": 4, "rest-design": 2, "ds-complexity": 3 }, bob: { "sql-query": 2 } };
    const decided = await debriefed(firm, found);
    await decide(firm, decided.applicationId, { departureReason: "Seen at work." });
    const open = await debriefed(firm, found);
    const planned = await interview(firm, { panel: ["ann"], state: "SCHEDULED", startsAt: freeHour() });
    applicationIds = [decided.applicationId, open.applicationId, planned.applicationId];
  });

  test("of a rubric is a next version, and every score stays number for number", async () => {
    const before = await history();
    const { rubrics } = await api.ask(
      firm.people.admin,
      "{ rubrics { nodes { id version name current { criteria { key name weight scaleMin scaleMax skill { id } anchors { value label behaviour } } } } } }",
    );
    const [{ current, ...rubric }] = rubrics.nodes;
    const criteria = current.criteria.map(({ skill, weight, ...rest }: Answer["data"]) => ({
      ...rest,
      skillId: skill.id,
      weight: weight + 7,
    }));
    const edit = `mutation ($i: EditRubricInput!) { editRubric(input: $i) { rubric { id version } userErrors { code field message } } }`;
    const { editRubric } = await api.ask(firm.people.admin, edit, { i: { ...rubric, criteria } });
    expect(await history()).toEqual(before);
    const request = `mutation ($i: RequestRubricReviewInput!) {
      requestRubricReview(input: $i) { rubric { id version } userErrors { code } } }`;
    const { requestRubricReview } = await api.ask(firm.people.admin, request, { i: editRubric.rubric });
    const review = `mutation ($i: ReviewRubricInput!) {
      reviewRubric(input: $i) { rubric { current { number } } userErrors { code } } }`;
    const { reviewRubric } = await api.ask(firm.people.recruiter, review, {
      i: { ...requestRubricReview.rubric, verdict: "APPROVED" },
    });
    expect(reviewRubric.rubric.current.number).toBe(2);
    expect(await history()).toEqual(before);
  });

  test("of a profile is a next version, and every score stays number for number", async () => {
    const before = await history();
    const { roleProfiles } = await api.ask(
      firm.people.admin,
      "{ roleProfiles { nodes { id version name current { level passMark leastCoveragePercent bands { label min } expectations { level weight gate skill { id } } } } } }",
    );
    const [{ current, ...profile }] = roleProfiles.nodes;
    const expectations = current.expectations.map(({ skill, weight, ...rest }: Answer["data"]) => ({
      ...rest,
      skillId: skill.id,
      weight: weight + 7,
    }));
    const edit = `mutation ($i: EditRoleProfileInput!) { editRoleProfile(input: $i) {
      roleProfile { current { number } } userErrors { code field message } } }`;
    const input = { ...profile, ...current, expectations, passMark: 99 };
    const { editRoleProfile } = await api.ask(firm.people.admin, edit, { i: input });
    expect(editRoleProfile.roleProfile.current.number).toBe(2);
    expect(await history()).toEqual(before);
  });

  test("by a file is a next version, and every score stays number for number", async () => {
    const before = await history();
    const written = "mutation { exportBank(input: {}) { bankExport { text } userErrors { code } } }";
    const { bankExport } = (await api.ask(firm.people.admin, written)).exportBank;
    const text = bankExport.text.replace(/weight: \d+/g, "weight: 3");
    expect(text).not.toBe(bankExport.text);
    const input = { format: "YAML", text, publish: true };
    expect(await faultsOf(api, firm, "admin", "importBank", input)).toEqual([]);
    const newest =
      "{ rubrics { nodes { current { criteria { weight } } } } roleProfiles { nodes { current { expectations { weight } } } } }";
    const { rubrics, roleProfiles } = await api.ask(firm.people.admin, newest);
    expect(JSON.stringify([rubrics, roleProfiles])).toMatch(/^[^\d]*(3[^\d]*){8}$/);
    expect(await history()).toEqual(before);
  });

  const FIRST = "number = 1 and organization_id";
  const PAST: [what: string, statement: string, says: RegExp][] = [
    [
      "a criterion's weight",
      `update criteria set weight = weight + 1 where rubric_version_id in (select id from rubric_versions where ${FIRST} = $1)`,
      /stays as it was written/,
    ],
    [
      "a criterion's skill",
      `update criteria set skill_id = (select max(id::text)::uuid from skills where organization_id = $1)
       where organization_id = $1`,
      /stays as it was written/,
    ],
    ["a criterion itself", "delete from criteria where organization_id = $1", /stay as they are/],
    [
      "a skill's weight",
      "update expectations set weight = weight + 1 where organization_id = $1",
      /stays as it was written/,
    ],
    [
      "a pass mark",
      "update role_profile_versions set pass_mark = 1 where organization_id = $1",
      /stays as it was written/,
    ],
    [
      "a published rubric",
      `update rubric_versions set created_at = now() where ${FIRST} = $1`,
      /was published and stays as it is/,
    ],
    [
      "a weight in what was decided",
      `update decisions set evidence = jsonb_set(evidence, '{criteria,0,weight}', '9') where organization_id = $1`,
      /is frozen/,
    ],
    ["a score that was decided on", "update decisions set score = '{}' where organization_id = $1", /is frozen/],
    [
      "the method of a decision",
      "update decisions set method_version = 'other' where organization_id = $1",
      /is frozen/,
    ],
    [
      "a decision into a proposal",
      "update decisions set state = 'PROPOSED', evidence = null where organization_id = $1",
      /is frozen/,
    ],
  ];

  test.each(PAST)("by SQL is refused to the owner of the tables: %s", async (_, statement, says) => {
    const before = await everything(firm);
    const work = withClient(ownerUrl, async (client) => {
      await client.query("select set_config('app.organization', $1, false)", [firm.organizationId]);
      return client.query(statement, [firm.organizationId]);
    });
    await expect(work).rejects.toThrow(says);
    expect(await everything(firm)).toEqual(before);
  });
});
