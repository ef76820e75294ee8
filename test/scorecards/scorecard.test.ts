import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import { newId } from "../../src/platform/ids";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { type Anything, cardsOf, eventsOf, type Mutate, mutating, sql, type Told } from "./mutations";

let api: Api;
let firm: Company;
let mutate: Mutate;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "schema", skill: "sql", weight: 1, min: -2, max: 2 },
    ],
  });
  mutate = mutating(api, firm);
});

afterAll(() => api.close());

const save = (who: Person, { id: sessionId }: Pick<InterviewSession, "id">, ratings: object[], more: object = {}) =>
  mutate(who, "saveScorecard", { sessionId, ratings, ...more });

const rating = (key: string, value: number | null, more: object = {}) => ({
  criterionId: firm.criterionIds[key],
  value,
  ...more,
});

/** In words, by criterion. */
const ratingsIn = ({ scorecard }: Told): string[] =>
  scorecard.ratings
    .map(({ criterion, outcome, value, evidence }: Anything) =>
      [criterion.key, outcome, value, evidence].join(" ").trim(),
    )
    .sort();

const both = () => [rating("query", 4), rating("schema", 0)];

describe("a rating that cannot stand is refused at its field, and nothing is written", () => {
  test.each<[string, () => object[], string[]]>([
    ["above the scale", () => [rating("query", 6)], ["VALUE_OUTSIDE_SCALE at ratings.0.value"]],
    ["below the scale", () => [rating("query", 4), rating("schema", -3)], ["VALUE_OUTSIDE_SCALE at ratings.1.value"]],
    ["RATED without a value", () => [rating("query", null)], ["VALUE_OUTSIDE_SCALE at ratings.0.value"]],
    [
      "a value with NOT_OBSERVED",
      () => [rating("query", 3, { outcome: "NOT_OBSERVED" })],
      ["VALUE_OUTSIDE_SCALE at ratings.0.value"],
    ],
    [
      "a value with NOT_APPLICABLE",
      () => [rating("query", 3, { outcome: "NOT_APPLICABLE" })],
      ["VALUE_OUTSIDE_SCALE at ratings.0.value"],
    ],
    ["a criterion rated twice", () => [...both(), rating("query", 4)], ["BAD_INPUT at ratings.2.criterionId"]],
    [
      "a criterion that is not there",
      () => [{ criterionId: newId("Criterion"), value: 3 }],
      ["CRITERION_NOT_RATED_HERE at ratings.0.criterionId"],
    ],
    [
      "the id of a skill",
      () => [{ criterionId: firm.skillIds.sql, value: 3 }],
      ["WRONG_ID_TYPE at ratings.0.criterionId"],
    ],
    ["NUL in the evidence", () => [rating("query", 3, { evidence: "a\u0000b" })], ["BAD_INPUT at ratings.0.evidence"]],
    [
      "several at once",
      () => [rating("query", 0), rating("schema", 3)],
      ["VALUE_OUTSIDE_SCALE at ratings.0.value", "VALUE_OUTSIDE_SCALE at ratings.1.value"],
    ],
  ])("%s", async (_, ratings, expected) => {
    const session = await interview(firm, { panel: ["ann"] });
    const { scorecard, errors } = await save("ann", session, ratings());
    expect({ scorecard, errors }).toEqual({ scorecard: null, errors: expected });
    expect(await cardsOf(session)).toEqual([]);
  });

  test("a criterion of another rubric of the same organisation", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const input = {
      name: "Another rubric",
      criteria: [
        { key: "query", name: "Query", skillId: firm.skillIds.sql, weight: 1, scaleMin: 1, scaleMax: 5, anchors: [] },
      ],
    };
    const query = `mutation ($input: CreateRubricInput!) { createRubric(input: $input) {
      rubric { versions { nodes { criteria { id } } } } userErrors { code } } }`;
    const { createRubric } = await api.ask(firm.people.admin, query, { input });
    const [{ id: criterionId }] = createRubric.rubric.versions.nodes[0].criteria;
    const { errors } = await save("ann", session, [{ criterionId, value: 3 }]);
    expect(errors).toEqual(["CRITERION_NOT_RATED_HERE at ratings.0.criterionId"]);
    expect(await cardsOf(session)).toEqual([]);
  });

  test("a fault in a later save leaves the draft as it was", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    const { errors } = await save("ann", session, [rating("query", 5), rating("schema", 9)], { version });
    expect(errors).toEqual(["VALUE_OUTSIDE_SCALE at ratings.1.value"]);
    expect(await sql("select value from ratings where scorecard_id = $1 order by value", [id])).toEqual([
      { value: 1 },
      { value: 4 },
    ]);
    expect(await cardsOf(session)).toMatchObject([{ version }]);
  });
});

describe("a scorecard is for the panel", () => {
  test.each<[Person, string[]]>([
    ["bob", ["NOT_FOUND"]],
    ["admin", ["NOT_ON_PANEL at sessionId"]],
    ["recruiter", ["NOT_ON_PANEL at sessionId"]],
    ["hiringManager", ["NOT_ON_PANEL at sessionId"]],
    ["auditor", ["NOT_ON_PANEL at sessionId"]],
  ])("%s, who does not sit there, cannot write one: %j", async (who, expected) => {
    const session = await interview(firm, { panel: ["ann"] });
    const { scorecard, errors } = await save(who, session, both());
    expect({ scorecard, errors }).toEqual({ scorecard: null, errors: expected });
    expect(await cardsOf(session)).toEqual([]);
  });

  test.each(["submitScorecard", "withdrawScorecard"])("%s is for the author alone", async (mutation) => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const hidden = await draft(firm, "ann", session, { query: 4, schema: 1 });
    const open = await submit(firm, "bob", session, { query: 4, schema: 1 });
    const tried = async (who: Person, { id, version }: { id: string; version: number }) =>
      (await mutate(who, mutation, { id, version })).errors;
    expect(await tried("recruiter", hidden)).toEqual(["NOT_FOUND"]);
    expect(await tried("bob", hidden)).toEqual(["NOT_FOUND"]);
    expect(await tried("recruiter", open)).toEqual(["FORBIDDEN"]);
    expect(await tried("ann", open)).toEqual(["NOT_FOUND"]);
    expect((await cardsOf(session)).map(({ state }) => state).sort()).toEqual(["DRAFT", "SUBMITTED"]);
  });
});

describe("handing in", () => {
  test("needs a recommendation, and NO_DECISION is one", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { scorecard } = await save("ann", session, both());
    const { errors } = await mutate("ann", "submitScorecard", { id: scorecard.id, version: scorecard.version });
    expect(errors).toEqual(["RECOMMENDATION_MISSING at recommendation"]);
    const more = { version: scorecard.version, recommendation: "NO_DECISION" };
    const next = (await save("ann", session, [], more)).scorecard;
    const handed = await mutate("ann", "submitScorecard", { id: next.id, version: next.version });
    expect(handed).toMatchObject({ errors: [], scorecard: { state: "SUBMITTED" } });
  });

  test("names the criteria that are not rated", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { scorecard } = await save("ann", session, [rating("query", 4)], { recommendation: "YES" });
    const input = { id: scorecard.id, version: scorecard.version };
    const { errors, messages } = await mutate("ann", "submitScorecard", input);
    expect(errors).toEqual(["RATINGS_MISSING at ratings"]);
    expect(messages[0]).toContain("schema");
    expect(messages[0]).not.toContain("query");
  });

  test("names the criteria whose lowest or highest value lacks evidence", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const bare = [rating("query", 5, { evidence: " \n" }), rating("schema", -2)];
    const { scorecard } = await save("ann", session, bare, { recommendation: "YES" });
    const { id, version } = scorecard;
    const { errors, messages } = await mutate("ann", "submitScorecard", { id, version });
    expect(errors).toEqual(["EVIDENCE_MISSING at ratings"]);
    expect(messages[0]).toContain("query, schema");
    const proven = [
      rating("query", 5, { evidence: "Joined four tables." }),
      rating("schema", -2, { evidence: "No keys." }),
    ];
    const next = (await save("ann", session, proven, { version })).scorecard;
    expect((await mutate("ann", "submitScorecard", { id, version: next.version })).errors).toEqual([]);
  });

  test("asks what the organisation asks now", async () => {
    const lax = await company(api.database, {
      skills: { sql: 1 },
      criteria: [
        { key: "query", skill: "sql", weight: 1 },
        { key: "schema", skill: "sql", weight: 1 },
      ],
    });
    const settings = (input: object) =>
      api.ask(
        lax.people.admin,
        "mutation ($input: UpdateOrganizationSettingsInput!) { updateOrganizationSettings(input: $input) { organization { version } userErrors { code } } }",
        { input },
      );
    const session = await interview(lax, { panel: ["ann"] });
    const ratings = [{ criterionId: lax.criterionIds.query, value: 1 }];
    const does = mutating(api, lax);
    const { id, version } = (
      await does("ann", "saveScorecard", { sessionId: session.id, recommendation: "NO", ratings })
    ).scorecard;
    const handIn = async () => (await does("ann", "submitScorecard", { id, version })).errors;
    expect(await handIn()).toEqual(["RATINGS_MISSING at ratings", "EVIDENCE_MISSING at ratings"]);
    await settings({ version: 1, requireEveryCriterion: false });
    expect(await handIn()).toEqual(["EVIDENCE_MISSING at ratings"]);
    await settings({ version: 2, requireEvidenceForExtremes: false });
    expect(await handIn()).toEqual([]);
  });

  test("waits for the session to begin, though a draft does not", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    const { errors } = await mutate("ann", "submitScorecard", { id, version });
    expect(errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "DRAFT" }]);
  });

  test.each(["CANCELLED", "NO_SHOW"] as const)("is over where the session is %s, and so is writing", async (state) => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    await sql("update interview_sessions set state = $2 where id = $1", [session.id, state]);
    expect((await mutate("ann", "submitScorecard", { id, version })).errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect((await save("ann", session, both(), { version })).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
    expect((await save("bob", session, both())).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
  });

  test("locks the scorecard: it is not saved again, nor handed in twice", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id, version } = await submit(firm, "ann", session, { query: 4, schema: 1 });
    expect((await save("ann", session, both(), { version })).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
    expect((await save("ann", session, both())).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
    expect((await mutate("ann", "submitScorecard", { id, version })).errors).toEqual(["ILLEGAL_MOVE at id"]);
  });

  test("a version that somebody read before a change is stale", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    const saved = await save("ann", session, [rating("query", 5)], { version });
    expect(saved.errors).toEqual([]);
    for (const stale of [version, version + 5])
      expect((await mutate("ann", "submitScorecard", { id, version: stale })).errors).toEqual([
        "STALE_VERSION at version",
      ]);
    expect((await save("ann", session, both(), { version })).errors).toEqual(["STALE_VERSION at version"]);
    expect((await save("ann", session, both())).errors).toEqual(["STALE_VERSION at version"]);
  });
});

describe("a draft", () => {
  test("is carried on: what is left out stays, what is given is replaced", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const first = await save("ann", session, [rating("query", 4, { evidence: "Joined well." })], {
      recommendation: "NO",
      summary: "So far so good \u{1F600}",
    });
    const { version } = first.scorecard;
    const more = [rating("schema", -2), rating("query", 5)];
    const { scorecard, errors } = await save("ann", session, more, { version, recommendation: "YES" });
    expect(errors).toEqual([]);
    expect(scorecard).toMatchObject({
      id: first.scorecard.id,
      revision: 1,
      version: version + 1,
      recommendation: "YES",
      summary: "So far so good \u{1F600}",
    });
    const told = scorecard.ratings.map(({ criterion, value, evidence }: Anything) => [criterion.key, value, evidence]);
    expect(told.sort()).toEqual([
      ["query", 5, "Joined well."],
      ["schema", -2, ""],
    ]);
    const words = [
      { criterionId: firm.criterionIds.query, evidence: "" },
      { criterionId: firm.criterionIds.schema, evidence: "No keys." },
    ];
    const reworded = await save("ann", session, words, { version: version + 1 });
    expect(ratingsIn(reworded)).toEqual(["query RATED 5", "schema RATED -2 No keys."]);
    const again = await save("ann", session, [], { version: version + 2 });
    expect(again.scorecard).toMatchObject({ recommendation: "YES", ratings: [{}, {}] });
  });

  test("takes no evidence where there is no value yet, and says so", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { errors, messages } = await save("ann", session, [
      { criterionId: firm.criterionIds.query, evidence: "Seen." },
    ]);
    expect(errors).toEqual(["VALUE_OUTSIDE_SCALE at ratings.0.value"]);
    expect(messages[0]).toContain("has no value");
  });

  test("has no version before it is begun", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    expect((await save("ann", session, both(), { version: 1 })).errors).toEqual(["STALE_VERSION at version"]);
    expect(await cardsOf(session)).toEqual([]);
  });
});

describe("a scorecard that was withdrawn", () => {
  test("makes way for a new revision, and stays", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id, version } = await submit(firm, "ann", session, { query: 4, schema: 1 });
    const withdrawn = await mutate("ann", "withdrawScorecard", { id, version });
    expect(withdrawn).toMatchObject({ errors: [], scorecard: { state: "WITHDRAWN", version: version + 1 } });
    const again = { id, version: version + 1 };
    expect((await mutate("ann", "withdrawScorecard", again)).errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect((await mutate("ann", "submitScorecard", again)).errors).toEqual(["ILLEGAL_MOVE at id"]);

    const next = await save("ann", session, both(), { recommendation: "YES" });
    expect(next).toMatchObject({ errors: [], scorecard: { revision: 2, state: "DRAFT" } });
    const handed = await mutate("ann", "submitScorecard", { id: next.scorecard.id, version: next.scorecard.version });
    expect(handed.scorecard).toMatchObject({ revision: 2, state: "SUBMITTED" });
    expect(await cardsOf(session)).toMatchObject([
      { id, revision: 1, state: "WITHDRAWN" },
      { revision: 2, state: "SUBMITTED" },
    ]);
  });

  test("as a draft owes its session a scorecard as before", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    expect((await mutate("ann", "withdrawScorecard", { id, version })).errors).toEqual([]);
    const [seat] = await sql("select feedback_given_at as given from panelists where session_id = $1", [session.id]);
    expect(seat.given).toBeNull();
    expect((await save("ann", session, both())).scorecard).toMatchObject({ revision: 2 });
  });
});

const FIFTY = Array.from({ length: 50 });

const counted = (answers: Told[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { errors } of answers) {
    const outcome = errors.length === 0 ? "success" : errors.join(", ");
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
};

describe("fifty at once", () => {
  test("of fifty submissions of a scorecard one succeeds, the others are told why, and the journal has one row", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const { id, version } = await draft(firm, "ann", session, { query: 4, schema: 1 });
    const answers = await Promise.all(FIFTY.map(() => mutate("ann", "submitScorecard", { id, version })));
    const { success, ...refused } = counted(answers);
    expect(success).toBe(1);
    const clear = ["STALE_VERSION at version", "ILLEGAL_MOVE at id"];
    expect(Object.keys(refused).filter((outcome) => !clear.includes(outcome))).toEqual([]);
    expect(Object.values(refused).reduce((sum, each) => sum + each, 0)).toBe(49);
    expect(await eventsOf({ id })).toEqual(["scorecard.submitted"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "SUBMITTED", version: version + 1 }]);
  });

  test("of fifty first saves of a draft one begins it, and the others are told to carry it on", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const answers = await Promise.all(FIFTY.map(() => save("ann", session, both(), { recommendation: "YES" })));
    const { success, ...refused } = counted(answers);
    expect(success).toBe(1);
    const clear = ["STALE_VERSION at version", "ALREADY_EXISTS at sessionId"];
    expect(Object.keys(refused).filter((outcome) => !clear.includes(outcome))).toEqual([]);
    expect(Object.values(refused).reduce((sum, each) => sum + each, 0)).toBe(49);
    const cards = await cardsOf(session);
    expect(cards).toMatchObject([{ revision: 1, state: "DRAFT" }]);
    expect(await sql("select 1 from ratings where scorecard_id = $1", [cards[0].id])).toHaveLength(2);
  });
});
