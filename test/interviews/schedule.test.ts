import { settleApplication } from "../../src/candidates/application.actions";
import { Application } from "../../src/candidates/application.entity";
import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
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

const ZONE = "Europe/Zurich";
const HOUR = 3_600_000;
const hour = (startsAt = freeHour()) => ({
  startsAt: startsAt.toISOString(),
  endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
  timeZone: ZONE,
});

const seats = (...who: Person[]) => who.map((each) => ({ memberId: firm.people[each].id }));
const plan = async (slot: object, panel = seats("ann")) =>
  mutate("recruiter", "planInterviewSession", {
    applicationId: (await firm.applicant()).id,
    kitId: firm.kit.id,
    panel,
    ...slot,
  });

const schedule = ({ id, version }: Pick<InterviewSession, "id" | "version">, more: object) =>
  mutate("recruiter", "scheduleInterviewSession", { id, version, ...more });
const move = ({ id, version }: Pick<InterviewSession, "id" | "version">, to: SessionState, reason?: string) =>
  mutate("recruiter", "moveInterviewSession", { id, version, to, reason });

describe("a time", () => {
  test("named by the clocks of a zone is told as an instant", async () => {
    const slot = { startsAt: "2032-10-31T01:30", endsAt: "2032-10-31T03:30", timeZone: "Europe/Berlin" };
    const { node, errors } = await plan(slot);
    expect(errors).toEqual([]);
    expect(node).toMatchObject({
      startsAt: "2032-10-30T23:30:00.000Z",
      endsAt: "2032-10-31T02:30:00.000Z",
      timeZone: "Europe/Berlin",
    });
  });

  test("may stand in the query as well as in its variables", async () => {
    const { id: applicationId } = await firm.applicant();
    const slot = `startsAt: "2032-05-05T10:00", endsAt: "2032-05-05T09:00:00Z", timeZone: "${ZONE}"`;
    const panel = `panel: [{ memberId: "${firm.people.ann.id}" }]`;
    const text = `mutation { planInterviewSession(input: { applicationId: "${applicationId}", kitId: "${firm.kit.id}", ${slot}, ${panel} })
      { interviewSession { startsAt endsAt } userErrors { message } } }`;
    expect((await api.ask(firm.people.recruiter, text)).planInterviewSession.interviewSession).toEqual({
      startsAt: "2032-05-05T08:00:00.000Z",
      endsAt: "2032-05-05T09:00:00.000Z",
    });
  });

  test.each<[string, object, string[]]>([
    ["ends before it starts", { startsAt: "2032-05-05T10:00", endsAt: "2032-05-05T09:00", timeZone: ZONE }, ["endsAt"]],
    ["names no zone", { startsAt: "2032-05-05T10:00", endsAt: "2032-05-05T11:00" }, ["timeZone"]],
    ["names no zone for its instants", { startsAt: "2032-05-05T10:00Z", endsAt: "2032-05-05T11:00Z" }, ["timeZone"]],
    [
      "does not exist",
      { startsAt: "2026-03-29T02:15", endsAt: "2026-03-29T02:45", timeZone: "Europe/Berlin" },
      ["startsAt", "endsAt"],
    ],
    [
      "comes twice",
      { startsAt: "2026-10-25T02:15", endsAt: "2026-10-25T03:45", timeZone: "Europe/Berlin" },
      ["startsAt"],
    ],
    [
      "is of a zone that is none, and ends first",
      { startsAt: "2032-05-05T10:00", endsAt: "2032-05-05T09:00", timeZone: "Mars/Base" },
      ["endsAt", "timeZone"],
    ],
  ])("that %s is refused, all faults together, for a plan and for a new time alike", async (_, slot, fields) => {
    const expected = fields.map((field) => `BAD_SCHEDULE at ${field}`);
    expect((await plan(slot)).errors).toEqual(expected);
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    expect((await schedule(session, { ...slot, reason: "Ill" })).errors).toEqual(expected);
  });

  test.each(["tomorrow", "2032-02-30T10:00", "2032-05-05", 1_900_000_000])("%p is none", async (startsAt) => {
    const text =
      "mutation ($input: PlanInterviewSessionInput!) { planInterviewSession(input: $input) { userErrors { code } } }";
    const input = { applicationId: "x", kitId: "x", panel: [], startsAt };
    const { errors } = await api.send(firm.people.recruiter, text, { input });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(errors![0]!.message).toContain("SlotTime wants a time such as");
  });
});

describe("the history of a session's time", () => {
  test("tells every time that it got, lost and got again, by whom and why, and counts what calendars show", async () => {
    const [first, second, third] = [hour(), hour(), hour()];
    const planned = await plan({ ...first, place: "Room 1" });
    const { id } = planned.node;
    const sequences = [await sequenceOf({ id })];
    const step = async (act: Promise<Anything>) => {
      const { node, errors } = await act;
      expect(errors).toEqual([]);
      sequences.push(await sequenceOf({ id }));
      return node;
    };
    let session = await step(schedule(planned.node, { ...second, reason: "Ann is ill" }));
    session = await step(schedule(session, { ...second, place: "Room 2" }));
    session = await step(move(session, "ON_HOLD", "The budget"));
    session = await step(schedule(session, second));
    session = await step(move(session, "NEEDS_SCHEDULING"));
    session = await step(schedule(session, third));
    session = await step(move(session, "CANCELLED", "Hired elsewhere"));
    const none = { startsAt: null, endsAt: null, timeZone: null, place: null };
    const changedBy = { name: "recruiter" };
    expect(session.scheduleHistory).toEqual(
      [
        { ...first, place: "Room 1", reason: null },
        { ...second, place: "Room 1", reason: "Ann is ill" },
        { ...second, place: "Room 2", reason: null },
        { ...none, reason: "The budget" },
        { ...second, place: "Room 2", reason: null },
        { ...none, reason: null },
        { ...third, place: "Room 2", reason: null },
        { ...none, reason: "Hired elsewhere" },
      ].map((each) => ({ ...each, changedBy })),
    );
    expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // Where it would have been is not forgotten.
    expect(session).toMatchObject({ state: "CANCELLED", startsAt: third.startsAt });
  });

  test("a session that begins, and one that gets the time it has, are not written down", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const same = await schedule(session, hour(session.startsAt!));
    const { node } = await move(same.node, "IN_PROGRESS");
    expect(node.scheduleHistory).toHaveLength(1);
    expect(await sequenceOf(session)).toBe(0);
  });

  test("another time for a session that has one wants a reason, and nothing is written without", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const { errors, messages } = await schedule(session, hour());
    expect(errors).toEqual(["REASON_MISSING at reason"]);
    expect(messages[0]).toContain("why");
    expect(await journalOf(session)).toEqual(["interview_session.planned"]);
    const waiting = (await move(session, "NEEDS_SCHEDULING")).node;
    expect((await schedule(waiting, hour())).errors).toEqual([]);
  });

  test("a candidate who did not come is written down by the interviewer who waited", async () => {
    const session = await interview(firm, { panel: [{ who: "ann", seat: "LEAD" }] });
    const { node } = await mutate("ann", "moveInterviewSession", {
      id: session.id,
      version: session.version,
      to: "NO_SHOW",
      reason: "Nobody came",
    });
    expect(node.scheduleHistory.at(-1)).toMatchObject({
      startsAt: null,
      reason: "Nobody came",
      changedBy: { name: "ann" },
    });
  });
});

describe("a session whose start has passed", () => {
  const versioned = async ({ id }: Pick<InterviewSession, "id">) => {
    const [{ version }] = await sql("select version from interview_sessions where id = $1", [id]);
    return { id, version };
  };
  const past = (hours: number) => hour(new Date(Date.now() + hours * HOUR));

  test.each<[string, number, SessionState]>([
    ["whose candidate rings ten minutes late", -1 / 6, "IN_PROGRESS"],
    ["that was forgotten", -30, "AWAITING_FEEDBACK"],
  ])("and %s gets another time, with a reason, and its panel is asked anew", async (_, hours, state) => {
    const { node: planned } = await plan(past(hours), seats("cyd"));
    expect(planned.state).toBe(state);
    const [{ id: panelistId }] = planned.panel;
    await sql("update panelists set response = 'ACCEPTED', responded_at = now() where id = $1", [panelistId]);
    const time = hour();
    expect((await schedule(planned, time)).errors).toEqual(["REASON_MISSING at reason"]);
    const { node, errors } = await schedule(planned, { ...time, reason: "Missed the train" });
    expect(errors).toEqual([]);
    expect(node).toMatchObject({ state: "SCHEDULED", ...time, panel: [{ response: "PENDING" }] });
    expect(node.scheduleHistory.at(-1)).toMatchObject({ ...time, reason: "Missed the train" });
    expect([await sequenceOf(node), await bookedBy(node)]).toEqual([1, 2]);
  });

  test.each<SessionState>(["IN_PROGRESS", "AWAITING_FEEDBACK"])(
    "and that was marked as %s, too, unless a scorecard is in",
    async (state) => {
      const session = await interview(firm, { panel: ["ann", { who: "bob", feedbackRequired: false }], state });
      expect((await schedule(session, { ...hour(), reason: "Ill" })).node.state).toBe("SCHEDULED");
      const rated = await interview(firm, { panel: ["ann", { who: "bob", feedbackRequired: false }], state });
      await submit(firm, "bob", rated, { query: 3 });
      const { errors, messages } = await schedule(await versioned(rated), { ...hour(), reason: "Ill" });
      expect(errors).toEqual(["ILLEGAL_MOVE at id"]);
      expect(messages[0]).toContain("A scorecard of the session is in");
    },
  );

  test("and of which a scorecard is in is no NO_SHOW, whoever says so; those who run the hiring cancel it", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    const input = { ...(await versioned(session)), to: "NO_SHOW", reason: "Nobody came" };
    for (const who of ["bob", "admin"] as const) {
      const { errors, messages } = await mutate(who, "moveInterviewSession", input);
      expect(errors).toEqual(["ILLEGAL_MOVE at to"]);
      expect(messages[0]).toContain("A scorecard of the session is in: the candidate came");
    }
    expect((await mutate("bob", "moveInterviewSession", { ...input, to: "CANCELLED" })).errors).toEqual(["FORBIDDEN"]);
    expect((await move(await versioned(session), "CANCELLED")).errors).toEqual([]);
    expect(await sql("select state from scorecards where session_id = $1", [session.id])).toEqual([
      { state: "SUBMITTED" },
    ]);
  });

  test.each<SessionState>(["AWAITING_FEEDBACK", "NO_SHOW"])("only then becomes %s", async (to) => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    expect((await move(session, to)).errors).toEqual(["ILLEGAL_MOVE at to"]);
    const { node } = await plan(past(-2), seats("admin"));
    await sql("delete from bookings where session_id = $1", [node.id]);
    await sql(
      "update interview_sessions set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where id = $1",
      [node.id],
    );
    expect((await move(node, to)).node.state).toBe(to);
    await sql("update interview_sessions set starts_at = null, ends_at = null where id = $1", [node.id]);
  });
});

describe("the panel's answers", () => {
  const answer = async (session: Anything, who: Person) => {
    const { id: panelistId } = session.panel.find(({ member }: Anything) => member.name === who);
    return (await mutate(who, "respondToInvitation", { panelistId, response: "ACCEPTED", note: "Gladly" })).node;
  };
  const answersOf = ({ panel }: Anything) =>
    panel.map(({ response, responseNote }: Anything) => [response, responseNote]);

  test("are void once the time is another one, and stay when only the place is", async () => {
    const { node: planned } = await plan(hour(), seats("ann", "bob"));
    const answered = await answer(planned, "ann");
    const moved = await schedule(answered, { ...hour(new Date(planned.startsAt)), place: "Room 2" });
    expect(answersOf(moved.node)).toEqual([
      ["ACCEPTED", "Gladly"],
      ["PENDING", null],
    ]);
    const later = await schedule(moved.node, { ...hour(), reason: "Ill" });
    expect(answersOf(later.node)).toEqual([
      ["PENDING", null],
      ["PENDING", null],
    ]);
    expect(later.node.panel[0].respondedAt).toBeNull();
  });

  test("stay as they were with a session that is called off", async () => {
    const { node: planned } = await plan(hour(), seats("ann"));
    const { node } = await move(await answer(planned, "ann"), "CANCELLED");
    expect(answersOf(node)).toEqual([["ACCEPTED", "Gladly"]]);
  });
});

describe("a session that was called off leaves nothing dangling", () => {
  test.each(["CANCELLED", "NO_SHOW"] as const)("%s: no time taken, nothing owed, nothing to waive", async (to) => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    if (to === "CANCELLED") await submit(firm, "ann", session, { query: 3 });
    const [before] = await sql("select feedback_owed, version from interview_sessions where id = $1", [session.id]);
    expect(before.feedback_owed).toBe(to === "CANCELLED" ? 1 : 2);
    const { node, errors } = await move({ ...session, version: before.version }, to);
    expect(errors).toEqual([]);
    const [after] = await sql("select feedback_owed from interview_sessions where id = $1", [session.id]);
    expect({ owed: after.feedback_owed, booked: await bookedBy(session) }).toEqual({ owed: 0, booked: 0 });
    expect(await sequenceOf(session)).toBe(1);
    expect((await journalOf(session)).at(-1)).toBe("interview_session.moved");
    const panelistId = node.panel[1].id;
    const waiving = await mutate("recruiter", "waiveScorecard", { panelistId, reason: "Off sick" });
    expect(waiving.errors).toEqual(["ILLEGAL_MOVE at panelistId"]);
  });
});

describe("after the decision", () => {
  async function decided(application: Pick<Application, "id">): Promise<void> {
    await firm.as("admin").db.transaction(async (tx) => {
      await settleApplication(tx, await tx.claim(Application, application.id), "REJECTED");
    });
  }

  test("nothing is planned or given another time, and what nobody rated may be called off", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    await decided({ id: session.applicationId });
    const more = { applicationId: session.applicationId, kitId: firm.kit.id, panel: seats("ann") };
    expect((await mutate("recruiter", "planInterviewSession", more)).errors).toEqual(["DECIDED at applicationId"]);
    expect((await schedule(session, { ...hour(), reason: "Ill" })).errors).toEqual(["DECIDED at id"]);
    expect((await move(session, "CANCELLED")).errors).toEqual([]);
  });

  test("a session on whose scorecards it was made is not called off", async () => {
    const { id, applicationId } = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", { id }, { query: 3 });
    await decided({ id: applicationId });
    const [{ version }] = await sql("select version from interview_sessions where id = $1", [id]);
    expect((await move({ id, version }, "CANCELLED")).errors).toEqual(["DECIDED at id"]);
    await expect(
      moveInterviewSession(firm.as("recruiter"), { id, version, to: "AWAITING_FEEDBACK" }),
    ).resolves.toBeTruthy();
  });
});
