import { randomUUID } from "node:crypto";
import { proposeDecision, reopenDecision } from "../../src/evaluations/decision.actions";
import type { Decision } from "../../src/evaluations/decision.entity";
import type { DecisionState } from "../../src/evaluations/decision.rules";
import { deactivateMember, inviteMember } from "../../src/identity/member.actions";
import { Organization } from "../../src/identity/organization.entity";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { SESSION_MOVES, SESSION_STATES, type SessionState } from "../../src/interviews/interview-session.rules";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { SCORECARD_MOVES, SCORECARD_STATES, type ScorecardState } from "../../src/scorecards/scorecard.rules";
import { type Company, company, type Person } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { amend, draft, interview, submit } from "../cast/interview";
import { asking } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { faultsOf, refusals } from "./refusals";

jest.setTimeout(30_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const refused = (who: Person, mutation: string, input: object) => refusals(api, ours, who, mutation, input);
const faults = (who: Person, mutation: string, input: object) => faultsOf(api, ours, who, mutation, input);

const versioned = ({ id, version }: { id: string; version: number }) => ({ id, version });

const into = (id: string, state: SessionState) =>
  withClient(superuserUrl, (client) =>
    client.query("update interview_sessions set state = $2 where id = $1", [id, state]),
  );

describe("moves of a session", () => {
  const moves = SESSION_STATES.flatMap((from) => SESSION_STATES.map((to) => [from, to] as const));
  const illegal = moves.filter(([from, to]) => !SESSION_MOVES[from].includes(to) || to === "SCHEDULED");

  test.each(illegal)("%s to %s is ILLEGAL_MOVE and leaves the session as it was", async (from, to) => {
    const { id, version } = await interview(ours, { panel: ["ann"], state: "SCHEDULED" });
    await into(id, from);
    const [fault, ...others] = await refused("recruiter", "moveInterviewSession", { id, version, to });
    expect(fault).toMatchObject({ code: "ILLEGAL_MOVE", field: ["to"] });
    expect(others).toEqual([]);
  });

  const unschedulable = SESSION_STATES.filter((from) => !SESSION_MOVES[from].includes("SCHEDULED"));

  test.each(unschedulable)("a session that is %s takes no new time", async (from) => {
    const { id, version } = await interview(ours, { panel: ["ann"], state: "SCHEDULED" });
    await into(id, from);
    const slot = { startsAt: "2031-01-01T09:00:00Z", endsAt: "2031-01-01T10:00:00Z", timeZone: "Europe/Zurich" };
    const [fault] = await refused("recruiter", "scheduleInterviewSession", { id, version, ...slot });
    expect(fault).toMatchObject({ code: "ILLEGAL_MOVE" });
  });
});

/** What moves a scorecard, and where to. */
const ACTS = { submitScorecard: "SUBMITTED", amendScorecard: "AMENDED", withdrawScorecard: "WITHDRAWN" } as const;

/** Ann's scorecard, as far as it is to be, of a session that goes on. */
async function cardIn(state: ScorecardState): Promise<Scorecard> {
  const session = await interview(ours, { panel: ["ann", "bob"] });
  if (state === "DRAFT") return draft(ours, "ann", session);
  const card = await submit(ours, "ann", session);
  if (state === "WITHDRAWN") return withdrawScorecard(ours.as("ann"), card);
  if (state === "AMENDED") {
    await amend(ours, "ann", card, { "sql-query": 3 });
    return { ...card, version: card.version + 1 };
  }
  return card;
}

describe("moves of a scorecard", () => {
  const moves = SCORECARD_STATES.flatMap((from) => Object.entries(ACTS).map(([act, to]) => [from, act, to] as const));
  const illegal = moves.filter(([from, , to]) => !SCORECARD_MOVES[from].includes(to));

  test.each(illegal)("one that is %s takes no %s", async (from, act) => {
    const more = act === "amendScorecard" ? { reason: "On second thoughts", ratings: [] } : {};
    const found = await refused("ann", act, { ...versioned(await cardIn(from)), ...more });
    expect(found).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
  });

  test("it cannot be handed in twice, nor written on, nor taken back twice", async () => {
    const session = await interview(ours, { panel: ["ann", "bob"] });
    const card = await submit(ours, "ann", session, { "sql-query": 3 });
    const own = { id: card.id, version: card.version };
    expect(await refused("ann", "submitScorecard", own)).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
    const more = { sessionId: session.id, ratings: [] };
    expect(await refused("ann", "saveScorecard", more)).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["sessionId"] }]);
    expect(await faults("ann", "withdrawScorecard", own)).toEqual([]);
    const gone = { id: card.id, version: card.version + 1 };
    expect(await refused("ann", "withdrawScorecard", gone)).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
    expect(await refused("ann", "submitScorecard", gone)).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
  });

  test.each(["NEEDS_SCHEDULING", "SCHEDULED", "ON_HOLD", "CANCELLED", "NO_SHOW"] as const)(
    "none is handed in for a session that is %s",
    async (state) => {
      const session = await interview(ours, { panel: ["ann"] });
      const { id, version } = await draft(ours, "ann", session);
      await into(session.id, state);
      expect(await refused("ann", "submitScorecard", { id, version })).toMatchObject([{ code: "ILLEGAL_MOVE" }]);
    },
  );

  test.each(["CANCELLED", "NO_SHOW"] as const)("none is begun for a session that is %s", async (state) => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    await into(sessionId, state);
    const found = await refused("ann", "saveScorecard", { sessionId, ratings: [] });
    expect(found).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["sessionId"] }]);
  });

  test("what is missing is named before anything is handed in", async () => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    expect(await faults("ann", "saveScorecard", { sessionId, ratings: [] })).toEqual([]);
    const { data } = await api.send(ours.people.ann, "{ scorecards(first: 1) { nodes { id version } } }");
    const [card] = data.scorecards.nodes;
    const missing = await refused("ann", "submitScorecard", card);
    expect(missing).toMatchObject([{ code: "RECOMMENDATION_MISSING" }, { code: "RATINGS_MISSING" }]);
    const advice = { sessionId, version: card.version, recommendation: "YES", ratings: [] };
    expect(await faults("ann", "saveScorecard", advice)).toEqual([]);
    const next = { id: card.id, version: card.version + 1 };
    const [fault] = await refused("ann", "submitScorecard", next);
    expect(fault).toMatchObject({ code: "RATINGS_MISSING" });
    for (const key of Object.keys(ours.criterionIds)) expect(fault?.message).toContain(key);
  });
});

describe("moves of a decision", () => {
  const words = { outcome: "HIRE" as const, rationale: "Strong.", departureReason: "Seen at work." };

  async function decisionIn(state: DecisionState): Promise<Decision> {
    const { applicationId } = await debriefed(ours, { ann: { "sql-query": 3 } });
    if (state === "PROPOSED") return proposeDecision(ours.as("recruiter"), { applicationId, ...words });
    const recorded = await decide(ours, applicationId, words);
    if (state === "RECORDED") return recorded;
    return reopenDecision(ours.as("admin"), { ...versioned(recorded), reason: "Somebody else to ask." });
  }

  test.each(["PROPOSED", "REOPENED"] as const)("one that is %s is not reopened", async (state) => {
    const own = versioned(await decisionIn(state));
    const found = await refused("admin", "reopenDecision", { ...own, reason: "Why not?" });
    expect(found).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
  });

  test.each(["proposeDecision", "recordDecision"])("where one is RECORDED, no %s makes another", async (act) => {
    const { applicationId, version } = await decisionIn("RECORDED");
    for (const more of [{}, { version }]) {
      const found = await refused("hiringManager", act, { applicationId, ...words, ...more });
      expect(found).toMatchObject([{ code: "DECIDED", field: ["applicationId"] }]);
    }
  });
});

describe("what was decided on", () => {
  const slot = {
    startsAt: "2031-02-01T09:00:00Z",
    endsAt: "2031-02-01T10:00:00Z",
    timeZone: "Europe/Zurich",
    reason: "The room is taken.",
  };
  let applicationId: string;
  let session: InterviewSession;
  let own: { id: string; version: number };
  let unsent: { id: string; version: number };
  let seats: Panelist[];

  beforeAll(async () => {
    const panel = [{ who: "ann" as const }, { who: "cyd" as const, feedbackRequired: false }];
    session = await interview(ours, { panel });
    applicationId = session.applicationId;
    own = versioned(await submit(ours, "ann", session, { "sql-query": 3 }));
    unsent = versioned(await draft(ours, "cyd", session));
    seats = await allRows(
      ours.as("admin").db,
      Panelist,
      (bind) => `t.session_id = ${bind(session.id)}`,
      "order by t.id",
    );
    await decide(ours, applicationId, { departureReason: "Seen at work." });
  });

  const closed: [mutation: string, who: Person, input: () => object, field: string][] = [
    [
      "planInterviewSession",
      "recruiter",
      () => ({ applicationId, kitId: ours.kit.id, panel: [{ memberId: ours.people.bob.id }] }),
      "applicationId",
    ],
    ["scheduleInterviewSession", "recruiter", () => ({ id: session.id, version: 3, ...slot }), "id"],
    ["addPanelist", "recruiter", () => ({ sessionId: session.id, memberId: ours.people.bob.id }), "sessionId"],
    ["replacePanelist", "recruiter", () => ({ panelistId: seats[1]!.id, memberId: ours.people.bob.id }), "panelistId"],
    ["editPanelist", "recruiter", () => ({ panelistId: seats[1]!.id, seat: "SHADOW" }), "panelistId"],
    ["removePanelist", "recruiter", () => ({ panelistId: seats[1]!.id }), "panelistId"],
    ["saveScorecard", "cyd", () => ({ sessionId: session.id, version: unsent.version, ratings: [] }), "sessionId"],
    ["submitScorecard", "cyd", () => unsent, "id"],
    ["withdrawScorecard", "cyd", () => unsent, "id"],
    ["withdrawScorecard", "ann", () => own, "id"],
    ["amendScorecard", "ann", () => ({ ...own, reason: "On second thoughts", ratings: [] }), "id"],
  ];

  test.each(closed)("%s by %s is refused until the decision is reopened", async (mutation, who, input, field) => {
    expect(await refused(who, mutation, input())).toMatchObject([{ code: "DECIDED", field: [field] }]);
  });
});

describe("a rating", () => {
  const rating = (values: object) => ({ criterionId: ours.criterionIds["sql-query"], ...values });

  const bad: [string, () => object[], string, string[]][] = [
    ["above the scale", () => [rating({ value: 6 })], "VALUE_OUTSIDE_SCALE", ["ratings", "0", "value"]],
    ["below the scale", () => [rating({ value: 0 })], "VALUE_OUTSIDE_SCALE", ["ratings", "0", "value"]],
    ["far off the scale", () => [rating({ value: -2_147_483_648 })], "VALUE_OUTSIDE_SCALE", ["ratings", "0", "value"]],
    ["RATED without a value", () => [rating({ outcome: "RATED" })], "VALUE_OUTSIDE_SCALE", ["ratings", "0", "value"]],
    [
      "NOT_OBSERVED with a value",
      () => [rating({ outcome: "NOT_OBSERVED", value: 3 })],
      "VALUE_OUTSIDE_SCALE",
      ["ratings", "0", "value"],
    ],
    ["given twice", () => [rating({ value: 3 }), rating({ value: 4 })], "BAD_INPUT", ["ratings", "1", "criterionId"]],
    [
      "good beside one that is not",
      () => [rating({ value: 3 }), { criterionId: ours.criterionIds["sql-schema"], value: 9 }],
      "VALUE_OUTSIDE_SCALE",
      ["ratings", "1", "value"],
    ],
  ];

  test.each(bad)("%s is refused, and none of its neighbours is written", async (_, ratings, code, field) => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    const found = await refused("ann", "saveScorecard", { sessionId, ratings: ratings() });
    expect(found).toMatchObject([{ code, field }]);
  });

  test("61 of them are too many", async () => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    const ratings = Array.from({ length: 61 }, () => rating({ value: 3 }));
    expect(await refused("ann", "saveScorecard", { sessionId, ratings })).toMatchObject([
      { code: "BAD_INPUT", field: ["ratings"] },
    ]);
  });
});

describe("somebody who does not sit on the panel", () => {
  test.each(["admin", "recruiter", "hiringManager", "auditor"] as const)("%s writes no scorecard", async (who) => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    const found = await refused(who, "saveScorecard", { sessionId, ratings: [] });
    expect(found).toMatchObject([{ code: "NOT_ON_PANEL", field: ["sessionId"] }]);
  });

  test("an interviewer of another session is not even told that there is one", async () => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    const found = await refused("bob", "saveScorecard", { sessionId, ratings: [] });
    expect(found).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  test.each(["bob", "admin"] as const)("%s hands nobody else's scorecard in, nor takes it back", async (who) => {
    const session = await interview(ours, { panel: ["ann", "bob"] });
    const { id, version } = await draft(ours, "ann", session);
    for (const mutation of ["submitScorecard", "withdrawScorecard"]) {
      expect(await refused(who, mutation, { id, version })).toMatchObject([{ code: "NOT_FOUND" }]);
    }
  });

  test("an admin who can read a submitted scorecard still does not take it back", async () => {
    const { id, version } = await submit(ours, "ann", await interview(ours, { panel: ["ann"] }));
    expect(await refused("admin", "withdrawScorecard", { id, version })).toMatchObject([{ code: "FORBIDDEN" }]);
  });
});

describe("a stale version", () => {
  const stale: [string, Person, () => Promise<object>][] = [
    ["moveInterviewSession", "recruiter", async () => ({ ...(await session()), to: "CANCELLED" })],
    [
      "scheduleInterviewSession",
      "recruiter",
      async () => ({
        ...(await session()),
        startsAt: "2031-01-01T09:00:00Z",
        endsAt: "2031-01-01T10:00:00Z",
        timeZone: "Europe/Zurich",
        reason: "The room is taken.",
      }),
    ],
    [
      "submitScorecard",
      "ann",
      async () => versioned(await draft(ours, "ann", await interview(ours, { panel: ["ann"] }))),
    ],
    [
      "withdrawScorecard",
      "ann",
      async () => versioned(await draft(ours, "ann", await interview(ours, { panel: ["ann"] }))),
    ],
    [
      "saveScorecard",
      "ann",
      async () => {
        const { id: sessionId } = await interview(ours, { panel: ["ann"] });
        const { version } = await draft(ours, "ann", { id: sessionId });
        return { sessionId, version, ratings: [] };
      },
    ],
    [
      "amendScorecard",
      "ann",
      async () => {
        const card = versioned(await submit(ours, "ann", await interview(ours, { panel: ["ann"] })));
        return { ...card, reason: "On second thoughts", ratings: [] };
      },
    ],
    [
      "writeQuestionNote",
      "ann",
      async () => {
        const sessionQuestionId = await asked();
        const { version } = await writeQuestionNote(ours.as("ann"), { sessionQuestionId, text: "First." });
        return { sessionQuestionId, version, text: "Second." };
      },
    ],
    ["proposeDecision", "recruiter", proposal],
    ["recordDecision", "hiringManager", proposal],
    [
      "reopenDecision",
      "hiringManager",
      async () => {
        const { applicationId } = await debriefed(ours, { ann: {} });
        return { ...versioned(await decide(ours, applicationId, { outcome: "REJECT" })), reason: "Somebody to ask." };
      },
    ],
    [
      "updateOrganizationSettings",
      "admin",
      async () => {
        const [organization] = await allRows(ours.as("admin").db, Organization, () => "true");
        const { version, requireEvidenceForExtremes } = organization!;
        return { version, requireEvidenceForExtremes: !requireEvidenceForExtremes };
      },
    ],
    ["editMember", "admin", async () => ({ ...(await newMember()), name: "Dana Ito" })],
    ["deactivateMember", "admin", newMember],
    ["reactivateMember", "admin", async () => versioned(await deactivateMember(ours.as("admin"), await newMember()))],
    [
      "updateCandidate",
      "recruiter",
      async () => ({ id: (await ours.applicant()).candidateId, version: 1, name: "Other" }),
    ],
  ];
  const session = async () => versioned(await interview(ours, { panel: ["ann"], state: "SCHEDULED" }));

  async function newMember() {
    const email = `${randomUUID()}@example.org`;
    return versioned(await inviteMember(ours.as("admin"), { email, name: "Dana", role: "INTERVIEWER" }));
  }

  /** Of nobody of whom much was seen, so that not to hire needs no reason. */
  async function proposal() {
    const { applicationId } = await debriefed(ours, { ann: {} });
    const words = { applicationId, outcome: "REJECT" as const, rationale: "Little was seen." };
    const { version } = await proposeDecision(ours.as("recruiter"), words);
    return { ...words, version };
  }

  /** A question of a session of Ann's. */
  async function asked(): Promise<string> {
    const { id } = await interview(await asking(ours), { panel: ["ann"] });
    const [question] = await allRows(ours.as("ann").db, SessionQuestion, (bind) => `t.session_id = ${bind(id)}`);
    return question!.id;
  }

  test.each(stale)("%s refuses it and names `version`", async (mutation, who, make) => {
    const input = (await make()) as { version: number };
    for (const version of [input.version + 1, input.version + 1000, 2_147_483_647]) {
      const found = await refused(who, mutation, { ...input, version });
      expect(found).toMatchObject([{ code: "STALE_VERSION", field: ["version"] }]);
    }
    for (const version of [0, -1]) {
      expect(await refused(who, mutation, { ...input, version })).toMatchObject([
        { code: "BAD_INPUT", field: ["version"] },
      ]);
    }
    expect(await faults(who, mutation, input)).toEqual([]);
    expect(await refused(who, mutation, input)).toMatchObject([
      { code: expect.stringMatching(/STALE_VERSION|ILLEGAL_MOVE|DECIDED/) },
    ]);
  });

  test.each([["submitScorecard"], ["withdrawScorecard"]])("of two %s at once one succeeds", async (mutation) => {
    const card = versioned(await draft(ours, "ann", await interview(ours, { panel: ["ann", "bob"] })));
    const outcomes = await Promise.all([1, 2].map(() => faults("ann", mutation, card)));
    const codes = outcomes.map((faults) => faults.map(({ code }) => code)).sort();
    expect(codes).toEqual([[], ["STALE_VERSION"]]);
  });

  test("of two first drafts at once one is begun", async () => {
    const { id: sessionId } = await interview(ours, { panel: ["ann"] });
    const outcomes = await Promise.all([1, 2].map(() => faults("ann", "saveScorecard", { sessionId, ratings: [] })));
    const codes = outcomes.map((faults) => faults.map(({ code }) => code)).sort();
    expect(codes[0]).toEqual([]);
    expect(["ALREADY_EXISTS", "STALE_VERSION"]).toContain(codes[1]?.[0]);
  });
});

describe("a plan that makes no interview", () => {
  const plan = async (change: object) => ({
    applicationId: (await ours.applicant()).id,
    kitId: ours.kit.id,
    panel: [{ memberId: ours.people.ann.id }],
    ...change,
  });
  const at = (startsAt: string | null, endsAt: string | null, timeZone: string | null = "UTC") => ({
    startsAt,
    endsAt,
    timeZone,
  });
  const bad: [string, () => object, string, string[]][] = [
    ["ends before it starts", () => at("2031-01-01T10:00:00Z", "2031-01-01T09:00:00Z"), "BAD_SCHEDULE", ["endsAt"]],
    ["ends as it starts", () => at("2031-01-01T10:00:00Z", "2031-01-01T10:00:00Z"), "BAD_SCHEDULE", ["endsAt"]],
    ["lasts two days", () => at("2031-01-01T10:00:00Z", "2031-01-03T10:00:00Z"), "BAD_SCHEDULE", ["endsAt"]],
    ["has no end", () => at("2031-01-01T10:00:00Z", null), "BAD_SCHEDULE", ["endsAt"]],
    ["has no start", () => at(null, "2031-01-01T10:00:00Z"), "BAD_SCHEDULE", ["startsAt"]],
    ["has no zone", () => at("2031-01-01T10:00:00Z", "2031-01-01T11:00:00Z", null), "BAD_SCHEDULE", ["timeZone"]],
    [
      "has an unknown zone",
      () => at("2031-01-01T10:00:00Z", "2031-01-01T11:00:00Z", "Mars/Base"),
      "BAD_SCHEDULE",
      ["timeZone"],
    ],
    [
      "has an offset for a zone",
      () => at("2031-01-01T10:00:00Z", "2031-01-01T11:00:00Z", "+01:00"),
      "BAD_SCHEDULE",
      ["timeZone"],
    ],
    ["has no panel", () => ({ panel: [] }), "BAD_INPUT", ["panel"]],
    [
      "seats somebody twice",
      () => ({ panel: [{ memberId: ours.people.ann.id }, { memberId: ours.people.ann.id }] }),
      "BAD_INPUT",
      ["panel", "1", "memberId"],
    ],
  ];

  test.each(bad)("one that %s is refused", async (_, change, code, field) => {
    expect(await refused("recruiter", "planInterviewSession", await plan(change()))).toMatchObject([{ code, field }]);
  });
});
