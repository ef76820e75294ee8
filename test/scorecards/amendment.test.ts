import { settleApplication } from "../../src/candidates/application.actions";
import { Application } from "../../src/candidates/application.entity";
import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { type Company, company } from "../cast/company";
import { amend, draft, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { type Anything, cardsOf, eventsOf, type Mutate, mutating, sql } from "./mutations";

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
      { key: "schema", skill: "sql", weight: 1 },
    ],
  });
  mutate = mutating(api, firm);
});

afterAll(() => api.close());

const of = ({ id, version }: Pick<Scorecard, "id" | "version">) => ({ id, version });
const rating = (key: string, value: number, evidence?: string) => ({
  criterionId: firm.criterionIds[key],
  value,
  evidence,
});

/** Notes a decision on the session's application, or with ACTIVE that there is none. */
async function decide({ applicationId }: InterviewSession, status: "HIRED" | "ACTIVE"): Promise<void> {
  const { db } = firm.as("admin");
  await db.transaction(async (tx) => settleApplication(tx, await tx.claim(Application, applicationId), status));
}

describe("an amendment", () => {
  test("is a new submitted revision that carries over what it does not change; the one before is kept", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await submit(firm, "ann", session, { query: 4, schema: 1 });
    const [seat] = await sql("select feedback_given_at from panelists where session_id = $1", [session.id]);
    const changes = { reason: "Mixed up two candidates.", ratings: [rating("query", 2)] };
    const { scorecard, errors } = await mutate("ann", "amendScorecard", { ...of(card), ...changes });
    expect(errors).toEqual([]);
    expect(scorecard).toMatchObject({
      state: "SUBMITTED",
      revision: 2,
      recommendation: "YES",
      amendmentReason: "Mixed up two candidates.",
    });
    expect(Date.parse(scorecard.submittedAt)).toBeGreaterThan(card.submittedAt!.getTime());
    const told = scorecard.ratings.map(({ criterion, value, evidence }: Anything) => [criterion.key, value, evidence]);
    expect(told).toEqual([
      ["query", 2, "Saw query."],
      ["schema", 1, "Saw schema."],
    ]);
    expect(await cardsOf(session)).toMatchObject([
      { id: card.id, revision: 1, state: "AMENDED", version: card.version + 1 },
      { id: scorecard.id, revision: 2, state: "SUBMITTED" },
    ]);
    const old = await sql("select value from ratings where scorecard_id = $1 order by value", [card.id]);
    expect(old).toEqual([{ value: 1 }, { value: 4 }]);
    expect(await sql("select feedback_given_at from panelists where session_id = $1", [session.id])).toEqual([seat]);
    expect(await eventsOf(card)).toEqual(["scorecard.submitted", "scorecard.replaced"]);
    expect(await eventsOf(scorecard)).toEqual(["scorecard.amended"]);
    const [{ changes: names }] = await sql("select changes from journal_entries where object_id = $1", [scorecard.id]);
    expect(names).toEqual(["ratings"]);
  });

  test("counts from then on: the score follows it, and the session stays COMPLETE", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await submit(firm, "ann", session, { query: 5, schema: 5 });
    const next = await amend(firm, "ann", card, { query: 1, schema: 1 });
    await amend(firm, "ann", next, { schema: 3 });
    const query =
      "query ($id: ID!) { node(id: $id) { ... on Application { evaluation { overall { score raterCount } } } } }";
    const { node } = await api.ask(firm.people.recruiter, query, { id: session.applicationId });
    expect(node.evaluation.overall).toEqual({ score: 25, raterCount: 1 });
    const [{ state }] = await sql("select state from interview_sessions where id = $1", [session.id]);
    expect(state).toBe("COMPLETE");
  });

  test("wants what handing in wants", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await submit(firm, "ann", session, { query: 4, schema: 2 });
    const amended = async (ratings: object[]) =>
      (await mutate("ann", "amendScorecard", { ...of(card), reason: "Why not", ratings })).errors;
    expect(await amended([rating("query", 1, "")])).toEqual(["EVIDENCE_MISSING at ratings"]);
    expect(await amended([rating("schema", 3), rating("query", 9)])).toEqual([
      "VALUE_OUTSIDE_SCALE at ratings.1.value",
    ]);
    expect(await amended([rating("query", 3), rating("query", 3)])).toEqual(["BAD_INPUT at ratings.1.criterionId"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "SUBMITTED", version: card.version }]);
  });

  test.each(["", "  ", "two\nlines"])("wants a reason: %j is none", async (reason) => {
    const card = await submit(firm, "ann", await interview(firm, { panel: ["ann"] }), {});
    const { errors } = await mutate("ann", "amendScorecard", { ...of(card), reason, ratings: [] });
    expect(errors).toEqual(["BAD_INPUT at reason"]);
  });

  test("is for the author of a submitted scorecard alone", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await submit(firm, "ann", session, {});
    const unfinished = await draft(firm, "bob", session, {});
    const change = { reason: "Why not", ratings: [] };
    expect((await mutate("recruiter", "amendScorecard", { ...of(card), ...change })).errors).toEqual(["FORBIDDEN"]);
    expect((await mutate("bob", "amendScorecard", { ...of(card), ...change })).errors).toEqual(["NOT_FOUND"]);
    const early = await mutate("bob", "amendScorecard", { ...of(unfinished), ...change });
    expect(early.errors).toEqual(["ILLEGAL_MOVE at id"]);
    await amend(firm, "ann", card, {});
    const again = { id: card.id, version: card.version + 1 };
    for (const mutation of ["submitScorecard", "withdrawScorecard"])
      expect((await mutate("ann", mutation, again)).errors).toEqual(["ILLEGAL_MOVE at id"]);
    const stale = await mutate("ann", "amendScorecard", { ...of(card), ...change });
    expect(stale.errors).toEqual(["STALE_VERSION at version"]);
    const twice = await mutate("ann", "amendScorecard", { ...again, ...change });
    expect(twice.errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect(twice.messages[0]).toContain("latest revision");
  });

  test("comes too late once the session is called off", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await submit(firm, "ann", session, {});
    const [{ version }] = await sql("select version from interview_sessions where id = $1", [session.id]);
    await moveInterviewSession(firm.as("recruiter"), { id: session.id, version, to: "CANCELLED" });
    const { errors } = await mutate("ann", "amendScorecard", { ...of(card), reason: "Why not", ratings: [] });
    expect(errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "SUBMITTED" }]);
  });

  test("of fifty at once one succeeds, and leaves two revisions", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await submit(firm, "ann", session, {});
    const change = { ...of(card), reason: "Why not", ratings: [rating("query", 3)] };
    const answers = await Promise.all(Array.from({ length: 50 }, () => mutate("ann", "amendScorecard", change)));
    const refused = answers.flatMap(({ errors }) => errors);
    expect(refused).toEqual(new Array(49).fill("STALE_VERSION at version"));
    expect((await cardsOf(session)).map(({ state }) => state)).toEqual(["AMENDED", "SUBMITTED"]);
  });

  test("withdrawn, gives way to another scorecard, of the next revision", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const second = await amend(firm, "ann", await submit(firm, "ann", session, {}), {});
    expect((await mutate("ann", "withdrawScorecard", of(second))).errors).toEqual([]);
    await submit(firm, "ann", session, {});
    const cards = await cardsOf(session);
    expect(cards.map(({ revision, state }) => `${revision} ${state}`)).toEqual([
      "1 WITHDRAWN",
      "2 WITHDRAWN",
      "3 SUBMITTED",
    ]);
  });
});

describe("once the application is decided", () => {
  const UNTOUCHED = [{ state: "DRAFT" }, { state: "SUBMITTED" }];

  test("nothing is saved, handed in, amended or withdrawn, until the decision is reopened", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await submit(firm, "ann", session, {});
    const other = await draft(firm, "bob", session, {});
    const all = async () => [
      ...(await mutate("bob", "saveScorecard", { sessionId: session.id, version: other.version, ratings: [] })).errors,
      ...(await mutate("ann", "amendScorecard", { ...of(card), reason: "Why not", ratings: [] })).errors,
      ...(await mutate("bob", "submitScorecard", { id: other.id, version: other.version + 1 })).errors,
      ...(await mutate("bob", "withdrawScorecard", { id: other.id, version: other.version + 2 })).errors,
    ];
    await decide(session, "HIRED");
    expect(await all()).toEqual(["DECIDED at sessionId", "DECIDED at id", "DECIDED at id", "DECIDED at id"]);
    const states = (await cardsOf(session)).map(({ state }) => ({ state }));
    expect(states.sort((a, b) => a.state.localeCompare(b.state))).toEqual(UNTOUCHED);
    await decide(session, "ACTIVE");
    expect(await all()).toEqual([]);
  });

  test.each(["amendScorecard", "submitScorecard", "withdrawScorecard", "saveScorecard"])(
    "%s waits for a decision that is being made, and then is refused",
    async (mutation) => {
      const session = await interview(firm, { panel: ["ann"] });
      const card =
        mutation === "amendScorecard" ? await submit(firm, "ann", session) : await draft(firm, "ann", session);
      const { id: sessionId } = session;
      const input =
        {
          amendScorecard: { ...of(card), reason: "Why not", ratings: [] },
          saveScorecard: { sessionId, version: card.version, ratings: [] },
        }[mutation] ?? of(card);
      let answer: Promise<{ errors: string[] }> | undefined;
      await firm.as("admin").db.transaction(async (tx) => {
        const application = await tx.claim(Application, session.applicationId);
        answer = mutate("ann", mutation, input);
        const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, "waits"))]);
        expect(early).toBe("waits");
        await settleApplication(tx, application, "REJECTED");
      });
      expect((await answer!).errors).toEqual([mutation === "saveScorecard" ? "DECIDED at sessionId" : "DECIDED at id"]);
    },
  );
});
