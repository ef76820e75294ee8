import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { type Company, company, type Person } from "../cast/company";
import { freeHour, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { type Anything, bookedBy, expectBooksToBalance, journalOf, mutations, sequenceOf, sql } from "./mutations";

let api: Api;
let firm: Company;
let mutate: ReturnType<typeof mutations>;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutations(api, () => firm);
});

afterEach(() => expectBooksToBalance(firm));
afterAll(() => api.close());

const scheduled = (...panel: Person[]) => interview(firm, { panel, state: "SCHEDULED" });

const seatOf = async ({ id }: Pick<InterviewSession, "id">, who: Person): Promise<string> =>
  (await sql("select id from panelists where session_id = $1 and member_id = $2", [id, firm.people[who].id]))[0].id;

const put = ({ id }: InterviewSession, state: SessionState) =>
  sql("update interview_sessions set state = $2 where id = $1", [id, state]);

const add = (
  { id: sessionId }: Pick<InterviewSession, "id">,
  who: Person,
  by: Person = "recruiter",
  more: object = {},
) => mutate(by, "addPanelist", { sessionId, memberId: firm.people[who].id, ...more });
const replace = async (session: InterviewSession, who: Person, successor: Person, by: Person = "recruiter") =>
  mutate(by, "replacePanelist", {
    panelistId: await seatOf(session, who),
    memberId: firm.people[successor].id,
    reason: `${who} is ill`,
  });
const remove = async (session: InterviewSession, who: Person, by: Person = "recruiter") =>
  mutate(by, "removePanelist", { panelistId: await seatOf(session, who), reason: `${who} is ill` });
const respond = async (session: InterviewSession, who: Person, by = who, response = "ACCEPTED") =>
  mutate(by, "respondToInvitation", { panelistId: await seatOf(session, who), response, note: "Late" });

const panelOf = ({ node }: { node: Anything }) => node.panel.map(({ member }: Anything) => member.name);
const owedIn = async ({ id }: InterviewSession): Promise<number> =>
  (await sql("select feedback_owed from interview_sessions where id = $1", [id]))[0].feedback_owed;

describe("a panel that changes", () => {
  test("by one more: who owes a scorecard and gives time", async () => {
    const session = await scheduled("ann");
    const answer = await add(session, "bob", "recruiter", { seat: "LEAD" });
    expect(answer.errors).toEqual([]);
    expect(panelOf(answer)).toEqual(["ann", "bob"]);
    expect(answer.node.panel[1]).toMatchObject({ seat: "LEAD", feedbackRequired: true, response: "PENDING" });
    expect([await owedIn(session), await bookedBy(session), await sequenceOf(session)]).toEqual([2, 3, 1]);
    expect(await journalOf({ id: answer.node.panel[1].id })).toEqual(["panelist.added"]);
  });

  test("by a successor, to whom the seat passes, but no answer and no waiver", async () => {
    const session = await interview(firm, {
      panel: ["bob", { who: "ann", seat: "SHADOW", feedbackRequired: true }],
      state: "SCHEDULED",
    });
    await respond(session, "ann");
    await mutate("recruiter", "waiveScorecard", { panelistId: await seatOf(session, "ann"), reason: "Ill" });
    expect(await owedIn(session)).toBe(1);
    const answer = await replace(session, "ann", "cyd");
    expect(panelOf(answer)).toEqual(["bob", "cyd"]);
    expect(answer.node.panel[1]).toMatchObject({
      seat: "SHADOW",
      feedbackRequired: true,
      response: "PENDING",
      respondedAt: null,
      responseNote: null,
    });
    expect([await owedIn(session), await bookedBy(session), await sequenceOf(session)]).toEqual([2, 3, 1]);
    expect(answer.node.scheduleHistory.at(-1)).toMatchObject({
      reason: "ann is ill",
      startsAt: session.startsAt!.toISOString(),
    });
    expect(await journalOf(session)).toContain("panelist.removed");
  });

  test("by one less: who was waited for is waited for no more", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    const answer = await remove(session, "bob");
    expect(answer.errors).toEqual([]);
    expect(answer.node).toMatchObject({ state: "COMPLETE", panel: [{ member: { name: "ann" } }] });
    expect([await owedIn(session), await bookedBy(session)]).toEqual([0, 2]);
    expect((await journalOf(session)).slice(-2)).toEqual(["panelist.removed", "interview_session.completed"]);
  });

  test("who left sees nothing of the session any more, and who came sees it", async () => {
    const session = await scheduled("bob", "ann");
    await replace(session, "ann", "cyd");
    const seen = async (who: Person) =>
      (await api.send(firm.people[who], `{ node(id: "${session.id}") { id } }`)).data?.node?.id ?? null;
    expect([await seen("ann"), await seen("cyd")]).toEqual([null, session.id]);
  });

  test.each<[Person, string[]]>([
    ["admin", []],
    ["hiringManager", []],
    ["bob", ["FORBIDDEN"]],
    ["auditor", ["FORBIDDEN"]],
  ])("by the hand of %s: %j", async (by, expected) => {
    const session = await scheduled("ann", "bob");
    expect((await add(session, "cyd", by)).errors).toEqual(expected);
    expect((await replace(session, "ann", "recruiter", by)).errors).toEqual(expected);
    expect((await remove(session, "bob", by)).errors).toEqual(expected);
  });
});

describe("a panel stays as it is", () => {
  test("for who sits on it: their own seat would be their way out of blindness", async () => {
    const session = await scheduled("ann", "recruiter");
    for (const act of [remove(session, "recruiter"), replace(session, "recruiter", "bob")]) {
      const { errors, messages } = await act;
      expect(errors).toEqual(["FORBIDDEN"]);
      expect(messages[0]).toContain("your own blindness");
    }
    expect((await remove(session, "recruiter", "admin")).errors).toEqual([]);
  });

  test("where nobody would be left", async () => {
    const session = await scheduled("ann");
    const { errors, messages } = await remove(session, "ann");
    expect(errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    expect(messages[0]).toContain("replace them, or call the session off");
    expect((await replace(session, "ann", "bob")).errors).toEqual([]);
  });

  test("with a panellist whose scorecard is in", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    expect((await remove(session, "ann")).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    const { errors, messages } = await replace(session, "ann", "cyd");
    expect(errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    expect(messages[0]).toContain("scorecard is in");
  });

  test("with everybody once, and nobody who is deactivated", async () => {
    const other = await company(api.database, {
      skills: { sql: 1 },
      criteria: [{ key: "q", skill: "sql", weight: 1 }],
    });
    const mutateThere = mutations(api, () => other);
    await sql("update members set active = false where id = $1", [other.people.cyd.id]);
    const session = await interview(other, { panel: ["ann", "bob"], state: "SCHEDULED" });
    const adding = (who: Person) =>
      mutateThere("recruiter", "addPanelist", { sessionId: session.id, memberId: other.people[who].id });
    expect((await adding("ann")).errors).toEqual(["BAD_INPUT at memberId"]);
    expect((await adding("cyd")).errors).toEqual(["BAD_INPUT at memberId"]);
    expect(await bookedBy(session)).toBe(3);
  });

  test.each<SessionState>(["COMPLETE", "CANCELLED", "NO_SHOW"])("when the session is %s", async (state) => {
    const session = await scheduled("ann", "bob");
    await sql("delete from bookings where session_id = $1", [session.id]);
    await put(session, state);
    expect((await add(session, "cyd")).errors).toEqual(["ILLEGAL_MOVE at sessionId"]);
    expect((await replace(session, "ann", "cyd")).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    expect((await remove(session, "ann")).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    await sql("update interview_sessions set state = 'CANCELLED' where id = $1", [session.id]);
  });

  test("of two who give the same seat away at once, one does", async () => {
    const session = await scheduled("ann", "bob");
    const answers = await Promise.all([
      replace(session, "ann", "cyd"),
      replace(session, "ann", "admin", "hiringManager"),
    ]);
    expect(answers.map(({ errors }) => errors).sort()).toEqual([[], ["NOT_FOUND"]]);
    expect(await bookedBy(session)).toBe(3);
  });
});

describe("who runs the hiring seats themselves", () => {
  const seatSelf = async (session: InterviewSession, who: Person) => [
    await add(session, who, who),
    await replace(session, "bob", who, who),
  ];

  test("unless a scorecard is in, which they may have read from outside", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    for (const { errors, messages } of await seatSelf(session, "recruiter")) {
      expect(errors).toEqual(["FORBIDDEN"]);
      expect(messages[0]).toContain("a scorecard is in, which they may have read");
    }
    expect((await add(session, "recruiter", "admin")).errors).toEqual([]);
  });

  test("while none is", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    expect((await add(session, "recruiter", "recruiter")).errors).toEqual([]);
    expect((await replace(session, "bob", "admin", "admin")).errors).toEqual([]);
  });
});

describe("a seat that is edited", () => {
  const edit = async (session: InterviewSession, who: Person, wish: object, by: Person = "recruiter") =>
    mutate(by, "editPanelist", { panelistId: await seatOf(session, who), ...wish });
  const edits = async (session: InterviewSession, who: Person) =>
    (await journalOf({ id: await seatOf(session, who) })).filter((type) => type === "panelist.edited").length;

  test("keeps what is left out; calendars show another seat, and nothing of scorecards", async () => {
    const session = await scheduled("ann", "bob");
    const led = await edit(session, "ann", { seat: "LEAD" });
    expect(led.errors).toEqual([]);
    expect(led.node.panel[0]).toMatchObject({ seat: "LEAD", feedbackRequired: true, member: { name: "ann" } });
    expect([await owedIn(session), await sequenceOf(session), await bookedBy(session)]).toEqual([2, 1, 3]);
    const freed = await edit(session, "ann", { feedbackRequired: false });
    expect(freed.node.panel[0]).toMatchObject({ seat: "LEAD", feedbackRequired: false });
    expect([await owedIn(session), await sequenceOf(session)]).toEqual([1, 1]);
    const [{ changed }] = await sql(
      "select changes as changed from journal_entries where object_id = $1 order by sequence desc limit 1",
      [await seatOf(session, "ann")],
    );
    expect(changed).toEqual(["feedbackRequired"]);
    expect(await edits(session, "ann")).toBe(2);
  });

  test("as it is changes nothing", async () => {
    const session = await scheduled("ann");
    for (const wish of [{}, { seat: null, feedbackRequired: null }, { seat: "INTERVIEWER", feedbackRequired: true }])
      expect((await edit(session, "ann", wish)).node.version).toBe(session.version);
    expect(await edits(session, "ann")).toBe(0);
  });

  test("is owed a scorecard from then on, also once the session has begun", async () => {
    const panel = ["ann", { who: "bob", feedbackRequired: false }] as const;
    const session = await interview(firm, { panel });
    expect((await edit(session, "bob", { feedbackRequired: true })).errors).toEqual([]);
    expect(await owedIn(session)).toBe(2);
    await submit(firm, "ann", session, { query: 3 });
    expect((await edit(session, "ann", { seat: "LEAD" })).node.state).toBe("IN_PROGRESS");
  });

  test.each<[SessionState, string[]]>([
    ["SCHEDULED", []],
    ["ON_HOLD", []],
    ["NEEDS_SCHEDULING", []],
    ["IN_PROGRESS", ["ILLEGAL_MOVE at feedbackRequired"]],
    ["AWAITING_FEEDBACK", ["ILLEGAL_MOVE at feedbackRequired"]],
  ])("is excused of its scorecard in a session that is %s: %j", async (state, expected) => {
    const session = await interview(firm, { panel: ["ann", "bob"], state });
    const { errors, messages } = await edit(session, "ann", { feedbackRequired: false });
    expect(errors).toEqual(expected);
    if (errors.length > 0) expect(messages[0]).toContain("waiveScorecard");
    expect(await owedIn(session)).toBe(expected.length === 0 ? 1 : 2);
  });

  test.each<SessionState>(["COMPLETE", "CANCELLED", "NO_SHOW"])("stays where the session is %s", async (state) => {
    const session = await scheduled("ann", "bob");
    await sql("delete from bookings where session_id = $1", [session.id]);
    await put(session, state);
    expect((await edit(session, "ann", { seat: "LEAD" })).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    await put(session, "CANCELLED");
  });

  test("is somebody else's", async () => {
    const session = await scheduled("ann", "recruiter");
    for (const wish of [{ seat: "SHADOW" }, { feedbackRequired: false }, {}]) {
      const { errors, messages } = await edit(session, "recruiter", wish);
      expect(errors).toEqual(["FORBIDDEN"]);
      expect(messages[0]).toContain("your own blindness");
    }
  });

  test.each<[Person, string[]]>([
    ["admin", []],
    ["hiringManager", []],
    ["bob", ["FORBIDDEN"]],
    ["cyd", ["FORBIDDEN"]],
    ["auditor", ["FORBIDDEN"]],
  ])("by the hand of %s: %j", async (by, expected) => {
    expect((await edit(await scheduled("ann", "bob"), "ann", { seat: "LEAD" }, by)).errors).toEqual(expected);
  });
});

describe("a panel on which everybody is a SHADOW is a panel of nobody", () => {
  const shadow = (who: Person) => ({ who, seat: "SHADOW", feedbackRequired: false }) as const;

  test("and is not planned", async () => {
    const { errors, messages } = await mutate("recruiter", "planInterviewSession", {
      applicationId: (await firm.applicant()).id,
      kitId: firm.kit.id,
      panel: [
        { memberId: firm.people.ann.id, seat: "SHADOW" },
        { memberId: firm.people.bob.id, seat: "SHADOW" },
      ],
    });
    expect(errors).toEqual(["BAD_INPUT at panel"]);
    expect(messages[0]).toContain("as LEAD or INTERVIEWER");
  });

  test("and nothing leaves one behind", async () => {
    const session = await interview(firm, { panel: ["ann", shadow("bob")], state: "SCHEDULED" });
    const removal = await remove(session, "ann");
    expect(removal.errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    expect(removal.messages[0]).toContain("Nobody but shadows");
    const panelistId = await seatOf(session, "ann");
    expect((await mutate("recruiter", "editPanelist", { panelistId, seat: "SHADOW" })).errors).toEqual([
      "ILLEGAL_MOVE at seat",
    ]);
    expect((await remove(session, "bob")).errors).toEqual([]);
  });

  test("and one that is there from before is mended before its seats change hands", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
    await sql("update panelists set seat = 'SHADOW' where session_id = $1", [session.id]);
    expect((await replace(session, "ann", "cyd")).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    const panelistId = await seatOf(session, "bob");
    expect((await mutate("recruiter", "editPanelist", { panelistId, seat: "LEAD" })).errors).toEqual([]);
    expect((await replace(session, "ann", "cyd")).errors).toEqual([]);
  });
});

describe("a plan with", () => {
  const plan = async (count: number) => {
    const members = Object.values(firm.people).map(({ id }) => id);
    return mutate("recruiter", "planInterviewSession", {
      applicationId: (await firm.applicant()).id,
      kitId: firm.kit.id,
      panel: Array.from({ length: count }, (_, index) => ({ memberId: members[index % members.length] })),
    });
  };

  test.each([0, 21, 100])("%s panellists is refused", async (count) => {
    const { errors, messages } = await plan(count);
    expect(errors).toEqual(["BAD_INPUT at panel"]);
    expect(messages[0]).toContain("1 to 20");
  });
});

describe("an invitation", () => {
  test.each(["ACCEPTED", "TENTATIVE", "DECLINED"])("is answered with %s, for the panel to read", async (response) => {
    const session = await scheduled("ann", "bob");
    const { node, errors } = await respond(session, "ann", "ann", response);
    expect(errors).toEqual([]);
    expect(node.panel[0]).toMatchObject({ response, respondedAt: expect.any(String), responseNote: "Late" });
    expect(node.panel[1]).toMatchObject({ response: "PENDING", respondedAt: null, responseNote: null });
    expect(await journalOf({ id: node.panel[0].id })).toEqual(["panelist.responded"]);
    expect(await sequenceOf(session)).toBe(0);
  });

  test.each<[Person, string[]]>([
    ["bob", ["FORBIDDEN"]],
    ["recruiter", ["FORBIDDEN"]],
    ["cyd", ["NOT_FOUND"]],
  ])("is not answered by %s for somebody else", async (by, expected) => {
    expect((await respond(await scheduled("ann", "bob"), "ann", by)).errors).toEqual(expected);
  });

  test.each<[SessionState, string[]]>([
    ["IN_PROGRESS", []],
    ["AWAITING_FEEDBACK", ["ILLEGAL_MOVE at panelistId"]],
    ["CANCELLED", ["ILLEGAL_MOVE at panelistId"]],
    ["ON_HOLD", ["ILLEGAL_MOVE at panelistId"]],
  ])("to a session that is %s is answered: %j", async (state, expected) => {
    const session = await interview(firm, { panel: ["ann", "bob"], state });
    expect((await respond(session, "ann")).errors).toEqual(expected);
  });

  test("is not answered once its time is over", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED", startsAt: new Date(Date.now() - 5e7) });
    expect((await respond(session, "ann")).errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
    freeHour();
  });
});
