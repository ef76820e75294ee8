import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
import { InterviewSession } from "../../src/interviews/interview-session.entity";
import { addPanelist, removePanelist, replacePanelist } from "../../src/interviews/panelist.actions";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { passOverThePast } from "../support/past";
import { cardsOf, eventsOf, type Mutate, mutating, sql } from "./mutations";

let api: Api;
let firm: Company;
let mutate: Mutate;
let dispatcher: Dispatcher;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutating(api, firm);
  const log = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };
  const own = slices.filter(({ name }) => name === "scorecards");
  await passOverThePast(api.database);
  // It looks by itself next to never: the tests say when.
  dispatcher = startDispatcher({ database: api.database, slices: own, log, pauseMilliseconds: 3_600_000 });
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
});

async function callOff({ id }: InterviewSession, to: "CANCELLED" | "NO_SHOW"): Promise<void> {
  const recruiter = firm.as("recruiter");
  const [{ version }] = await sql("select version from interview_sessions where id = $1", [id]);
  await moveInterviewSession(recruiter, { id, version, to });
}

/** The person's seat in the session. */
async function seatOf(person: Person, { id }: InterviewSession): Promise<string> {
  const values = [id, firm.people[person].id];
  const [seat] = await sql("select id from panelists where session_id = $1 and member_id = $2", values);
  return seat.id;
}

const states = async (session: InterviewSession) => (await cardsOf(session)).map(({ state }) => state).sort();

/** Cards that the person sees. */
async function seenBy(person: Person): Promise<string[]> {
  const { scorecards } = await api.ask(
    firm.people[person],
    "{ scorecards(first: 100) { nodes { id session { id } } } }",
  );
  return scorecards.nodes.map(({ id }: { id: string }) => id);
}

describe("drafts of a session that was called off", () => {
  test("NO_SHOW, which nothing was handed in for: they are withdrawn", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await draft(firm, "ann", session);
    await callOff(session, "NO_SHOW");
    await dispatcher.drained();
    expect(await states(session)).toEqual(["WITHDRAWN"]);
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
  });

  test("CANCELLED: they are withdrawn, and what was handed in stays", async () => {
    const session = await interview(firm, { panel: ["ann", "bob", "cyd"] });
    const elsewhere = await interview(firm, { panel: ["ann"] });
    const card = await draft(firm, "ann", session);
    const other = await draft(firm, "bob", session);
    const given = await submit(firm, "cyd", session);
    const untouched = await draft(firm, "ann", elsewhere);
    await callOff(session, "CANCELLED");
    await dispatcher.drained();
    expect(await states(session)).toEqual(["SUBMITTED", "WITHDRAWN", "WITHDRAWN"]);
    expect(await states(elsewhere)).toEqual(["DRAFT"]);
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
    expect(await eventsOf(other)).toEqual(["scorecard.discarded"]);
    expect(await eventsOf(given)).toEqual(["scorecard.submitted"]);
    expect(await eventsOf(untouched)).toEqual([]);
    expect(await seenBy("ann")).toContain(card.id);
    const late = { sessionId: session.id, version: card.version + 1, ratings: [] };
    expect((await mutate("ann", "saveScorecard", late)).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
  });

  test("are withdrawn after the decision too", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    await draft(firm, "ann", session);
    await callOff(session, "CANCELLED");
    await sql("update applications set status = 'HIRED' where id = $1", [session.applicationId]);
    await dispatcher.drained();
    expect(await states(session)).toEqual(["WITHDRAWN"]);
  });

  test("are withdrawn once, however often the listener hears of it", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await draft(firm, "ann", session);
    await callOff(session, "CANCELLED");
    for (const _ of [1, 2, 3]) {
      await dispatcher.drained();
      await sql("update journal_cursors set position = '0' where organization_id = $1", [firm.organizationId]);
    }
    await dispatcher.drained();
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "WITHDRAWN", version: card.version + 1 }]);
  });

  test("cannot slip in behind: of saves that race the call, no draft is left", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const first = await draft(firm, "ann", session);
    const saves = (["ann", "bob"] as const).flatMap((who) =>
      Array.from({ length: 10 }, (_, at) =>
        mutate(who, "saveScorecard", {
          sessionId: session.id,
          ...(who === "ann" ? { version: first.version + at } : {}),
          ratings: [],
        }),
      ),
    );
    await Promise.all([...saves, callOff(session, "CANCELLED")]);
    await dispatcher.drained();
    expect(await states(session)).not.toContain("DRAFT");
  });

  test("a save waits for a session that is being called off, and then is refused", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    let answer: ReturnType<Mutate> | undefined;
    await firm.as("recruiter").db.transaction(async (tx) => {
      const claimed = await tx.claim(InterviewSession, session.id);
      answer = mutate("ann", "saveScorecard", { sessionId: session.id, ratings: [] });
      const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, "waits"))]);
      expect(early).toBe("waits");
      await tx.change(claimed, { state: "CANCELLED" });
    });
    expect((await answer!).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
    expect(await states(session)).toEqual([]);
  });

  test("other moves leave drafts alone", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    await draft(firm, "ann", session);
    const { id, version } = session;
    await moveInterviewSession(firm.as("recruiter"), { id, version, to: "IN_PROGRESS" });
    await dispatcher.drained();
    expect(await states(session)).toEqual(["DRAFT"]);
  });
});

describe("the draft of somebody who left the panel", () => {
  test("is withdrawn, theirs no longer, and theirs again when they return", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await draft(firm, "ann", session);
    const kept = await draft(firm, "bob", session);
    const recruiter = firm.as("recruiter");
    await removePanelist(recruiter, { panelistId: await seatOf("ann", session), reason: "Off sick" });
    expect(await seenBy("ann")).not.toContain(card.id);
    const node = await api.send(firm.people.ann, "query ($id: ID!) { node(id: $id) { id } }", { id: card.id });
    expect(node.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const { id, version } = card;
    expect((await mutate("ann", "withdrawScorecard", { id, version })).errors).toEqual(["NOT_FOUND"]);
    await dispatcher.drained();
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
    expect(await eventsOf(kept)).toEqual([]);
    expect(await states(session)).toEqual(["DRAFT", "WITHDRAWN"]);

    const back = { memberId: firm.people.ann.id, seat: "INTERVIEWER", feedbackRequired: true } as const;
    await addPanelist(recruiter, { sessionId: session.id, ...back });
    expect(await seenBy("ann")).toContain(card.id);
    const begun = await mutate("ann", "saveScorecard", { sessionId: session.id, ratings: [] });
    expect(begun).toMatchObject({ errors: [], scorecard: { revision: 2, state: "DRAFT" } });
  });

  test("is withdrawn where somebody else takes the seat", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await draft(firm, "ann", session);
    const panelistId = await seatOf("ann", session);
    const change = { panelistId, memberId: firm.people.cyd.id, reason: "Off sick" };
    await replacePanelist(firm.as("recruiter"), change);
    await dispatcher.drained();
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
    const mine = await mutate("cyd", "saveScorecard", { sessionId: session.id, ratings: [] });
    expect(mine).toMatchObject({ errors: [], scorecard: { revision: 1 } });
  });
});
