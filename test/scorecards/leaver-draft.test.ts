import { addPanelist, removePanelist } from "../../src/interviews/panelist.actions";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { mutatingMembers, versioned } from "../identity/member-mutations";
import { type Api, startApi } from "../support/api";
import { passOverThePast } from "../support/past";
import { cardsOf, eventsOf, type Mutate, mutating, sql } from "./mutations";

let api: Api;
let firm: Company;
let mutate: Mutate;
let dispatcher: Dispatcher;

jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  const log = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };
  const own = slices.filter(({ name }) => name === "scorecards");
  await passOverThePast(api.database);
  // It looks by itself next to never: the tests say when.
  dispatcher = startDispatcher({ database: api.database, slices: own, log, pauseMilliseconds: 3_600_000 });
});

beforeEach(async () => {
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutating(api, firm);
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
});

async function move(mutation: string, who: Person): Promise<void> {
  const { errors } = await mutatingMembers(api)(firm.people.admin, mutation, await versioned(firm, who));
  expect(errors).toEqual([]);
}

const states = async (session: { id: string }) => (await cardsOf(session)).map(({ state }) => state).sort();

describe("of somebody who is deactivated", () => {
  test("every draft is withdrawn, what they handed in stays, and nobody else's is touched", async () => {
    const [first, second, given] = [
      await interview(firm, { panel: ["ann", "bob"] }),
      await interview(firm, { panel: ["ann"] }),
      await interview(firm, { panel: ["ann", "bob"] }),
    ];
    const drafts = [await draft(firm, "ann", first), await draft(firm, "ann", second)];
    const [kept, card] = [await draft(firm, "bob", first), await submit(firm, "ann", given)];
    await move("deactivateMember", "ann");
    expect(await states(first)).toEqual(["DRAFT", "DRAFT"]);
    await dispatcher.drained();
    expect([await states(first), await states(second), await states(given)]).toEqual([
      ["DRAFT", "WITHDRAWN"],
      ["WITHDRAWN"],
      ["SUBMITTED"],
    ]);
    for (const each of drafts) expect(await eventsOf(each)).toEqual(["scorecard.discarded"]);
    expect([await eventsOf(kept), await eventsOf(card)]).toEqual([[], ["scorecard.submitted"]]);
  });

  test("a draft is withdrawn after the decision too: it was no evidence", async () => {
    const session = await interview(firm, { panel: [{ who: "ann", feedbackRequired: false }, "bob"] });
    await draft(firm, "ann", session);
    await sql("update applications set status = 'HIRED' where id = $1", [session.applicationId]);
    await move("deactivateMember", "ann");
    await dispatcher.drained();
    expect(await states(session)).toEqual(["WITHDRAWN"]);
  });

  test("a draft is withdrawn once, however often the listener hears of it", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const card = await draft(firm, "ann", session);
    await move("deactivateMember", "ann");
    for (const _ of [1, 2, 3]) {
      await dispatcher.drained();
      await sql("update journal_cursors set position = '0' where organization_id = $1", [firm.organizationId]);
    }
    await dispatcher.drained();
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
    expect(await cardsOf(session)).toMatchObject([{ state: "WITHDRAWN", version: card.version + 1 }]);
  });

  test("nothing is withdrawn where they are back before it is heard", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    await draft(firm, "ann", session);
    await move("deactivateMember", "ann");
    await move("reactivateMember", "ann");
    await dispatcher.drained();
    expect(await states(session)).toEqual(["DRAFT"]);
  });

  test("the next card is another revision, once they are back", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const { version } = await draft(firm, "ann", session);
    await move("deactivateMember", "ann");
    await dispatcher.drained();
    const late = { sessionId: session.id, version, ratings: [] };
    expect((await mutate("ann", "saveScorecard", late)).errors).toEqual(["UNAUTHENTICATED"]);
    await move("reactivateMember", "ann");
    const begun = await mutate("ann", "saveScorecard", { sessionId: session.id, ratings: [] });
    expect(begun).toMatchObject({ errors: [], scorecard: { revision: 2, state: "DRAFT" } });
  });

  test("hand-ins and changes of panels that race the deactivation end well", async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, () => interview(firm, { panel: ["ann", "bob"] })));
    const cards = [];
    for (const session of sessions) cards.push(await draft(firm, "ann", session, { query: 3 }));
    const recruiter = firm.as("recruiter");
    const memberId = firm.people.cyd.id;
    const added = { memberId, seat: "INTERVIEWER", feedbackRequired: true } as const;
    const answers = await Promise.all([
      ...cards.map(({ id, version }) => mutate("ann", "submitScorecard", { id, version })),
      ...sessions.map(({ id }) => addPanelist(recruiter, { sessionId: id, ...added }).then(() => null)),
      move("deactivateMember", "ann").then(() => dispatcher.drained()),
    ]);
    await dispatcher.drained();
    const codes = answers.flatMap((answer) => answer?.errors ?? []);
    for (const code of codes) expect(code).toMatch(/^(UNAUTHENTICATED|STALE_VERSION at version|ILLEGAL_MOVE at id)$/);
    // What came in before counts; no draft is left behind.
    const [left] = await sql(
      "select count(*)::int as n from scorecards where interviewer_id = $1 and state = 'DRAFT'",
      [firm.people.ann.id],
    );
    expect(left.n).toBe(0);
    const given = await sql("select id from panelists where member_id = $1 and feedback_given_at is not null", [
      firm.people.ann.id,
    ]);
    expect(given).toHaveLength(6 - codes.length);
  });

  test("whose seat is taken away as well, the draft is withdrawn once", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const card = await draft(firm, "ann", session);
    await move("deactivateMember", "ann");
    const values = [session.id, firm.people.ann.id];
    const [seat] = await sql("select id from panelists where session_id = $1 and member_id = $2", values);
    await removePanelist(firm.as("recruiter"), { panelistId: seat.id, reason: "Has left" });
    await dispatcher.drained();
    expect(await eventsOf(card)).toEqual(["scorecard.discarded"]);
  });
});
