import { deactivateMember } from "../../src/identity/member.actions";
import type { Scope } from "../../src/identity/viewer.rules";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { otherHandFaults } from "../../src/scorecards/scorecard-hand.rules";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type CastKey, keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { type Anything, cardsOf, eventsOf, type Mutate, mutating, type Told, tellingOf } from "./mutations";

let api: Api;
let firm: Company;
let mutate: Mutate;
let ats: CastKey;
let other: CastKey;
let reader: CastKey;
let dispatcher: Dispatcher;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

const WRITES: readonly Scope[] = ["scorecards:write"];

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutating(api, firm);
  ats = await keyWith(firm, WRITES);
  other = await keyWith(firm, ["candidates:read", ...WRITES]);
  reader = await keyWith(firm, ["scorecards:read", ...WRITES]);
  const log = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };
  dispatcher = startDispatcher({
    database: api.database,
    slices: slices.filter(({ name }) => name === "scorecards").map(({ on }) => ({ on })),
    log,
    pauseMilliseconds: 3_600_000,
  });
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
});

/** What a key is told that sends a mutation. */
const by = ({ secret }: CastKey, mutation: string, input: object): Promise<Told> =>
  tellingOf(api, secret, mutation, input);

const rating = (value: number) => [{ criterionId: firm.criterionIds.query, value, evidence: "Said so." }];

const said = (who: Person, sessionId: string, more: object = {}) => ({
  sessionId,
  interviewerId: firm.people[who].id,
  recommendation: "YES",
  ratings: rating(3),
  ...more,
});

const versioned = ({ id, version }: { id: string; version: number }) => ({ id, version });

/** Entered and handed in by the key. */
async function entered(key: CastKey, who: Person, sessionId: string): Promise<Anything> {
  const saved = await by(key, "saveScorecard", said(who, sessionId));
  expect(saved.errors).toEqual([]);
  const handedIn = await by(key, "submitScorecard", versioned(saved.scorecard));
  expect(handedIn.errors).toEqual([]);
  return handedIn.scorecard;
}

/** What somebody reads of the session's cards. */
async function seen(who: Person | CastKey, sessionId: string): Promise<Anything[]> {
  const query = `query ($id: ID!) { node(id: $id) { ... on InterviewSession {
    scorecards { state summary enteredByKey enteredBy { id } interviewer { id } ratings { value } } } } }`;
  const signer = typeof who === "string" ? firm.people[who] : who.secret;
  return (await api.ask(signer, query, { id: sessionId })).node.scorecards;
}

const handOf = async (session: { id: string }): Promise<(string | null)[]> =>
  (await cardsOf(session)).map(({ entered_by_key_id }) => entered_by_key_id);

describe("a key with scorecards:write", () => {
  test("writes, hands in, amends and withdraws on behalf of a member, and what it wrote is marked", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await entered(ats, "ann", session.id);
    expect(card).toMatchObject({ state: "SUBMITTED", revision: 1 });
    const amended = await by(ats, "amendScorecard", { ...versioned(card), reason: "Typing error", ratings: rating(4) });
    expect(amended).toMatchObject({ errors: [], scorecard: { state: "SUBMITTED", revision: 2 } });
    expect(await handOf(session)).toEqual([ats.id, ats.id]);
    expect(await seen("admin", session.id)).toMatchObject([
      { state: "AMENDED", enteredByKey: true, enteredBy: { id: ats.id } },
      { state: "SUBMITTED", enteredByKey: true, enteredBy: { id: ats.id } },
    ]);
    expect(await seen("recruiter", session.id)).toMatchObject([{ enteredByKey: true, enteredBy: null }, {}]);
    const taken = await by(ats, "withdrawScorecard", versioned(amended.scorecard));
    expect(taken).toMatchObject({ errors: [], scorecard: { state: "WITHDRAWN" } });
    expect((await eventsOf(card)).concat(await eventsOf(amended.scorecard))).toEqual([
      "scorecard.submitted",
      "scorecard.replaced",
      "scorecard.amended",
      "scorecard.withdrawn",
    ]);
  });

  test("is what the journal names as the actor", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { id } = await entered(ats, "ann", session.id);
    const query = "query ($id: ID!) { auditTrail(filter: { objectId: $id }) { nodes { type actorKind actorId } } }";
    expect((await api.ask(firm.people.admin, query, { id })).auditTrail.nodes).toEqual([
      { type: "scorecard.submitted", actorKind: "KEY", actorId: ats.id },
    ]);
  });

  test("settles the session, as if the panel had written", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"], state: "AWAITING_FEEDBACK" });
    await entered(ats, "ann", session.id);
    await entered(ats, "bob", session.id);
    const query = "query ($id: ID!) { node(id: $id) { ... on InterviewSession { state } } }";
    expect((await api.ask(firm.people.admin, query, { id: session.id })).node.state).toBe("COMPLETE");
  });

  test.each<[string, (sessionId: string) => Promise<object>, string]>([
    ["without an interviewer", async (id) => said("ann", id, { interviewerId: null }), "INTERVIEWER_MISSING"],
    ["for a member off the panel", async (id) => said("cyd", id), "NOT_ON_PANEL"],
    ["for a member of nowhere", async (id) => said("ann", id, { interviewerId: firm.job.id }), "WRONG_ID_TYPE"],
  ])("%s writes nothing", async (_, inputFor, code) => {
    const session = await interview(firm, { panel: ["ann"] });
    const told = await by(ats, "saveScorecard", await inputFor(session.id));
    expect(told.errors).toEqual([`${code} at interviewerId`]);
    expect(await cardsOf(session)).toEqual([]);
  });

  test("sees what it entered, drafts too, and nothing of anybody else's", async () => {
    const session = await interview(firm, { panel: ["ann", "bob", "cyd"] });
    await by(ats, "saveScorecard", said("ann", session.id, { summary: "From the form" }));
    await entered(other, "bob", session.id);
    await submit(firm, "cyd", session, { query: 5 });
    expect(await seen(ats, session.id)).toMatchObject([{ state: "DRAFT", summary: "From the form", enteredBy: null }]);
    expect(await seen(other, session.id)).toMatchObject([{ state: "SUBMITTED" }]);
    expect(await seen(reader, session.id)).toMatchObject([{ state: "SUBMITTED" }, { state: "SUBMITTED" }]);
    const scores =
      "{ applications(first: 100) { nodes { evaluation { overall { score } } standing { id } decisions { totalCount } } } }";
    const { nodes } = (await api.ask(ats.secret, scores)).applications;
    expect(nodes.length).toBeGreaterThan(5);
    for (const node of nodes) expect(node).toEqual({ evaluation: null, standing: null, decisions: { totalCount: 0 } });
  });

  test.each([
    ["begun", (session: Anything) => draft(firm, "ann", session, { query: 2 })],
    ["handed in", (session: Anything) => submit(firm, "ann", session, { query: 2 })],
    ["had entered by another key", (session: Anything) => entered(other, "ann", session.id)],
  ])("is refused what the member has %s, in the same words", async (_, write) => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await write(session);
    const before = await cardsOf(session);
    for (const version of [null, card.version, card.version + 1]) {
      const told = await by(ats, "saveScorecard", said("ann", session.id, { version }));
      expect(told).toEqual({
        scorecard: null,
        errors: ["WRITTEN_BY_OTHERS at interviewerId"],
        messages: [otherHandFaults([{ state: "DRAFT", enteredByKeyId: null }], ats.id)[0]!.message],
      });
    }
    const more = { reason: "None", ratings: [] };
    for (const [mutation, input] of [
      ["submitScorecard", {}],
      ["amendScorecard", more],
      ["withdrawScorecard", {}],
    ] as const) {
      expect((await by(ats, mutation, { ...versioned(card), ...input })).errors).toEqual(["NOT_FOUND"]);
    }
    expect(await cardsOf(session)).toEqual(before);
  });

  test("that reads scorecards is FORBIDDEN to act on one that it did not enter", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await submit(firm, "ann", session, { query: 2 });
    const amendment = { ...versioned(card), reason: "None", ratings: [] };
    expect((await by(reader, "amendScorecard", amendment)).errors).toEqual(["FORBIDDEN"]);
    expect((await by(reader, "withdrawScorecard", versioned(card))).errors).toEqual(["FORBIDDEN"]);
  });

  test("carries on after its rotation", async () => {
    const key = await keyWith(firm, WRITES);
    const session = await interview(firm, { panel: ["ann"] });
    const { scorecard } = await by(key, "saveScorecard", said("ann", session.id));
    const rotate = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { newApiKey { secret } userErrors { code } } }`;
    const input = { id: key.id, version: 1, overlapHours: 0 };
    const { newApiKey } = (await api.ask(firm.people.admin, rotate, { input })).rotateApiKey;
    const told = await by({ ...key, secret: newApiKey.secret }, "submitScorecard", versioned(scorecard));
    expect(told).toMatchObject({ errors: [], scorecard: { state: "SUBMITTED" } });
  });

  test("says nothing more for a member who was deactivated, and their drafts are discarded", async () => {
    const own = await company(api.database);
    const key = await keyWith(own, WRITES);
    const session = await interview(own, { panel: ["ann", "bob"] });
    const given = await notObserved(own, key, "ann", session.id);
    const elsewhere = await interview(own, { panel: ["ann", "bob"] });
    const begun = await tellingOf(api, key.secret, "saveScorecard", {
      sessionId: elsewhere.id,
      interviewerId: own.people.ann.id,
      ratings: [],
    });
    await deactivateMember(own.as("admin"), versioned(own.people.ann));
    const saving = { sessionId: elsewhere.id, interviewerId: own.people.ann.id, version: 2, ratings: [] };
    expect((await by(key, "saveScorecard", saving)).errors).toEqual(["BAD_INPUT at interviewerId"]);
    for (const card of [given, begun.scorecard]) {
      expect((await by(key, "withdrawScorecard", versioned(card))).errors).toEqual(["BAD_INPUT at id"]);
    }
    await dispatcher.drained();
    expect(await eventsOf(begun.scorecard)).toEqual(["scorecard.discarded"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "SUBMITTED" }]);
  });
});

/** Of another company, whose rubric has more criteria: all of them not observed. */
async function notObserved(own: Company, key: CastKey, who: Person, sessionId: string): Promise<Anything> {
  const ratings = Object.values(own.criterionIds).map((criterionId) => ({ criterionId, outcome: "NOT_OBSERVED" }));
  const input = { sessionId, interviewerId: own.people[who].id, recommendation: "NO_DECISION", ratings };
  const { scorecard } = await by(key, "saveScorecard", input);
  return (await by(key, "submitScorecard", versioned(scorecard))).scorecard;
}

describe("a member for whom a key wrote", () => {
  test("finds the draft, and makes it theirs by writing in it: the key sees it no more", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const { scorecard } = await by(ats, "saveScorecard", said("ann", session.id));
    expect(await seen("ann", session.id)).toMatchObject([{ state: "DRAFT", enteredByKey: true, enteredBy: null }]);
    const input = { sessionId: session.id, version: scorecard.version, summary: "In my words", ratings: [] };
    expect((await mutate("ann", "saveScorecard", input)).errors).toEqual([]);
    expect(await handOf(session)).toEqual([null]);
    expect(await seen(ats, session.id)).toEqual([]);
    const late = said("ann", session.id, { version: scorecard.version + 1 });
    expect((await by(ats, "saveScorecard", late)).errors).toEqual(["WRITTEN_BY_OTHERS at interviewerId"]);
    expect((await by(ats, "submitScorecard", versioned(scorecard))).errors).toEqual(["NOT_FOUND"]);
  });

  test("answers for what they hand in themselves", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const { scorecard } = await by(ats, "saveScorecard", said("ann", session.id));
    expect((await mutate("ann", "submitScorecard", versioned(scorecard))).errors).toEqual([]);
    expect(await seen("ann", session.id)).toMatchObject([{ state: "SUBMITTED", enteredByKey: false }]);
    expect(await seen(ats, session.id)).toEqual([]);
  });

  test("amends it: the amendment is their own, and the key leaves it alone", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await entered(ats, "ann", session.id);
    const amendment = { ...versioned(card), reason: "Not what I said", ratings: rating(1) };
    const { scorecard, errors } = await mutate("ann", "amendScorecard", amendment);
    expect(errors).toEqual([]);
    expect(await handOf(session)).toEqual([ats.id, null]);
    expect(await seen(ats, session.id)).toMatchObject([{ state: "AMENDED", ratings: [{ value: 3 }] }]);
    expect((await by(ats, "withdrawScorecard", versioned(scorecard))).errors).toEqual(["NOT_FOUND"]);
    const stale = await by(ats, "withdrawScorecard", { id: card.id, version: card.version + 1 });
    expect(stale.errors).toEqual(["ILLEGAL_MOVE at id"]);
  });

  test("withdraws it, and may write their own", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await entered(ats, "ann", session.id);
    expect((await mutate("ann", "withdrawScorecard", versioned(card))).errors).toEqual([]);
    const own = await submit(firm, "ann", session, { query: 5 });
    expect(own).toMatchObject({ revision: 2, enteredByKeyId: null });
  });

  test("writes at the same moment as the key: one of them begins it, and the other hears of it", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const tries = await Promise.all([
      by(ats, "saveScorecard", said("ann", session.id)),
      mutate("ann", "saveScorecard", { sessionId: session.id, ratings: [] }),
    ]);
    expect(tries.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(await cardsOf(session)).toHaveLength(1);
  });
});

test.each(["admin", "recruiter", "ann"] as const)("%s names nobody but themselves", async (who) => {
  const session = await interview(firm, { panel: [who, "bob"] });
  expect((await mutate(who, "saveScorecard", said("bob", session.id))).errors).toEqual(["FORBIDDEN"]);
  expect(await cardsOf(session)).toEqual([]);
  expect((await mutate(who, "saveScorecard", said(who, session.id))).errors).toEqual([]);
});

describe("an ADMIN on the panel who makes a key", () => {
  /** Of the session's submitted cards by others, those that the admin sees. */
  const othersSeen = async (sessionId: string) =>
    (await seen("admin", sessionId)).filter(({ interviewer }) => interviewer.id !== firm.people.admin.id);

  test("sees the others once it has entered their own, as if they had handed it in themselves", async () => {
    const session = await interview(firm, { panel: ["admin", "ann", "bob"] });
    await submit(firm, "ann", session, { query: 5 });
    const { scorecard } = await by(ats, "saveScorecard", said("admin", session.id));
    expect(await othersSeen(session.id)).toEqual([]);
    const empty = await by(ats, "saveScorecard", said("bob", session.id, { recommendation: null, ratings: [] }));
    expect((await by(ats, "submitScorecard", versioned(empty.scorecard))).errors).toEqual([
      "RECOMMENDATION_MISSING at recommendation",
      "RATINGS_MISSING at ratings",
    ]);
    expect((await by(ats, "submitScorecard", versioned(scorecard))).errors).toEqual([]);
    expect(await othersSeen(session.id)).toHaveLength(1);
  });

  test("sees nothing by entering the others' while they owe their own", async () => {
    const session = await interview(firm, { panel: ["admin", "ann", "bob", "cyd"], state: "AWAITING_FEEDBACK" });
    await submit(firm, "ann", session, { query: 5 });
    await entered(ats, "bob", session.id);
    await by(ats, "saveScorecard", said("cyd", session.id));
    expect(await seen("admin", session.id)).toEqual([]);
    expect(await seen(ats, session.id)).toHaveLength(2);
    const [cyd] = (await cardsOf(session)).filter(({ interviewer_id }) => interviewer_id === firm.people.cyd.id);
    expect((await by(ats, "submitScorecard", versioned(cyd))).errors).toEqual([]);
    expect(await seen("admin", session.id)).toEqual([]);
    expect(await seen("bob", session.id)).toHaveLength(3);
  });

  test("learns by a refusal that somebody writes, and changes nothing with a key for trying", async () => {
    const session = await interview(firm, { panel: ["admin", "ann"] });
    await draft(firm, "ann", session);
    const before = await cardsOf(session);
    expect((await by(ats, "saveScorecard", said("ann", session.id))).errors).toEqual([
      "WRITTEN_BY_OTHERS at interviewerId",
    ]);
    expect(await cardsOf(session)).toEqual(before);
  });
});

test.each<
  [string, { state: "DRAFT" | "SUBMITTED" | "AMENDED" | "WITHDRAWN"; enteredByKeyId: string | null }[], boolean]
>([
  ["nothing", [], false],
  ["its own draft", [{ state: "DRAFT", enteredByKeyId: "k" }], false],
  ["its own, handed in", [{ state: "SUBMITTED", enteredByKeyId: "k" }], false],
  ["the member's draft", [{ state: "DRAFT", enteredByKeyId: null }], true],
  ["the member's, handed in", [{ state: "SUBMITTED", enteredByKeyId: null }], true],
  ["the member's, withdrawn", [{ state: "WITHDRAWN", enteredByKeyId: null }], false],
  ["another key's draft", [{ state: "DRAFT", enteredByKeyId: "other" }], true],
  [
    "its own, amended by the member",
    [
      { state: "AMENDED", enteredByKeyId: "k" },
      { state: "SUBMITTED", enteredByKeyId: null },
    ],
    true,
  ],
])("of a key that finds %s", (_, cards, isRefused) => {
  expect(otherHandFaults(cards, "k").length > 0).toBe(isRefused);
  expect(otherHandFaults(cards, null)).toEqual([]);
});
