import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { moveInterviewSession, waiveScorecard } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import {
  isCompleteSql,
  SESSION_MOVES,
  SESSION_STATES,
  type SessionState,
  stateAt,
} from "../../src/interviews/interview-session.rules";
import type { Seat } from "../../src/interviews/panelist.rules";
import { scheduleInterviewSession } from "../../src/interviews/schedule.actions";
import { allRows } from "../../src/platform/db/reader";
import { newId } from "../../src/platform/ids";
import type { QuestionVersion } from "../../src/question-bank/question.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { submitScorecard, withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { type Company, company, type Person } from "../cast/company";
import { draft, freeHour, interview, submit } from "../cast/interview";
import { readyQuestion } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

let api: Api;
let firm: Company;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
});

afterAll(() => api.close());

const sql = (text: string, values: unknown[]): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

/** The codes of the user errors, and the session's state after it. */
async function mutate(who: Person, mutation: string, input: object) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = "interviewSession { state version } userErrors { code message field }";
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`;
  const { data, errors } = await api.send(firm.people[who], query, { input });
  const { interviewSession, userErrors } = data?.[mutation] ?? { interviewSession: null, userErrors: [] };
  return {
    state: interviewSession?.state ?? null,
    version: interviewSession?.version ?? null,
    codes: [...(errors ?? []).map((error) => error.extensions.code), ...userErrors.map(({ code }: Anything) => code)],
    fields: userErrors.map(({ field }: Anything) => field),
    messages: userErrors.map(({ message }: Anything) => message),
  };
}

/** The session as the API tells it. */
async function told({ id }: Pick<InterviewSession, "id">, who: Person = "recruiter"): Promise<Anything> {
  const session = `
    id state version startsAt endsAt timeZone place
    questions { position minutes questionVersion { stem } }
    panel { id seat feedbackRequired feedbackGivenAt waivedAt waivedReason member { id } }`;
  const { interviewSessions } = await api.ask(
    firm.people[who],
    `{ interviewSessions(first: 100) { nodes { ${session} } } }`,
  );
  return interviewSessions.nodes.find((node: Anything) => node.id === id);
}

const HOUR = 3_600_000;
const hourFrom = (startsAt: Date) => ({
  startsAt,
  endsAt: new Date(startsAt.getTime() + HOUR),
  timeZone: "Europe/Zurich",
});
const slot = (hours: number) => hourFrom(new Date(Date.now() + hours * HOUR));

/** Puts the session into a state, without a time and owed a scorecard, past every rule. Returns its version. */
async function put({ id }: InterviewSession, state: SessionState): Promise<number> {
  const [row] = await sql(
    "update interview_sessions set state = $2, feedback_owed = 1, starts_at = null, ends_at = null, time_zone = null where id = $1 returning version",
    [id, state],
  );
  return row.version;
}

const journalOf = async ({ id }: Pick<InterviewSession, "id">): Promise<string[]> =>
  (await sql("select type from journal_entries where object_id = $1 order by sequence", [id])).map(({ type }) => type);

describe("moves through the API", () => {
  test.each(SESSION_STATES)("from %s only the listed moves are made, and the others are ILLEGAL_MOVE", async (from) => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    for (const to of SESSION_STATES) {
      const version = await put(session, from);
      const before = (await journalOf(session)).length;
      const isLegal = SESSION_MOVES[from].includes(to) && to !== "SCHEDULED";
      const { state, codes, fields } = await mutate("recruiter", "moveInterviewSession", {
        id: session.id,
        version,
        to,
      });
      expect({ to, state, codes, fields }).toEqual(
        isLegal
          ? { to, state: to, codes: [], fields: [] }
          : { to, state: null, codes: ["ILLEGAL_MOVE"], fields: [["to"]] },
      );
      const { state: after } = await told(session);
      expect(after).toBe(isLegal ? to : from);
      expect(await journalOf(session)).toHaveLength(before + (isLegal ? 1 : 0));
    }
  });

  test.each(SESSION_STATES)("a session that is %s gets a time only where the moves list it", async (from) => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const version = await put(session, from);
    const input = { id: session.id, version, ...hourFrom(freeHour()), place: "Room 1" };
    const { state, codes, fields } = await mutate("recruiter", "scheduleInterviewSession", input);
    const isLegal = SESSION_MOVES[from].includes("SCHEDULED");
    expect({ state, codes, fields }).toEqual(
      isLegal
        ? { state: "SCHEDULED", codes: [], fields: [] }
        : { state: null, codes: ["ILLEGAL_MOVE"], fields: [["id"]] },
    );
    expect((await told(session)).place).toBe(isLegal ? "Room 1" : null);
  });

  test("a time for SCHEDULED is asked for by name", async () => {
    const { id, version } = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const { codes, messages } = await mutate("recruiter", "moveInterviewSession", { id, version, to: "SCHEDULED" });
    expect(codes).toEqual(["ILLEGAL_MOVE"]);
    expect(messages[0]).toContain("scheduleInterviewSession");
  });

  test("a faulty slot is told at its field, and nothing is planned", async () => {
    const { id: applicationId } = await firm.applicant();
    const { startsAt, endsAt } = slot(1);
    const panel = [{ memberId: firm.people.ann.id }, { memberId: firm.people.ann.id }];
    const input = { applicationId, kitId: firm.kit.id, startsAt: endsAt, endsAt: startsAt, timeZone: "Mars", panel };
    const { codes, fields } = await mutate("recruiter", "planInterviewSession", input);
    expect(codes).toEqual(["BAD_SCHEDULE", "BAD_SCHEDULE", "BAD_INPUT"]);
    expect(fields).toEqual([["endsAt"], ["timeZone"], ["panel", "1", "memberId"]]);
    expect(await sql("select 1 from interview_sessions where application_id = $1", [applicationId])).toEqual([]);
  });

  test.each<[Person, string[]]>([
    ["ann", []],
    ["recruiter", []],
    ["admin", []],
    ["hiringManager", []],
    ["bob", ["NOT_FOUND"]],
    ["auditor", ["FORBIDDEN"]],
  ])("%s, with ann on the panel, begins the session: %j", async (who, expected) => {
    const { id, version } = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const { codes } = await mutate(who, "moveInterviewSession", { id, version, to: "IN_PROGRESS" });
    expect(codes).toEqual(expected);
  });

  test.each<[Person, string[]]>([
    ["recruiter", []],
    ["ann", ["FORBIDDEN"]],
    ["auditor", ["FORBIDDEN"]],
  ])("%s plans, schedules and waives: %j", async (who, expected) => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const schedule = { id: session.id, version: session.version, ...slot(3), reason: "Ill" };
    const [seat] = (await told(session)).panel;
    const plan = {
      applicationId: session.applicationId,
      kitId: firm.kit.id,
      panel: [{ memberId: firm.people.bob.id }],
    };
    const answers = [
      await mutate(who, "planInterviewSession", plan),
      await mutate(who, "scheduleInterviewSession", schedule),
      await mutate(who, "waiveScorecard", { panelistId: seat.id, reason: "Not needed" }),
    ];
    expect(answers.map(({ codes }) => codes)).toEqual([expected, expected, expected]);
  });

  test("of two people who move a session at once, one is told that the version is stale", async () => {
    for (let round = 0; round < 5; round++) {
      const { id, version } = await interview(firm, { panel: ["ann"] });
      const input = { id, version, to: "AWAITING_FEEDBACK" };
      const answers = await Promise.all([
        mutate("recruiter", "moveInterviewSession", input),
        mutate("admin", "moveInterviewSession", input),
      ]);
      expect(answers.map(({ codes }) => codes).sort()).toEqual([[], ["STALE_VERSION"]]);
      expect(await journalOf({ id })).toEqual([
        "interview_session.planned",
        "interview_session.moved",
        "interview_session.moved",
      ]);
    }
  });
});

describe("the clock", () => {
  test.each<[string, number, SessionState]>([
    ["is to come", 1, "SCHEDULED"],
    ["is now", -0.5, "IN_PROGRESS"],
    ["is over", -2, "AWAITING_FEEDBACK"],
  ])("moves on a session whose time %s, on reading", async (_, hours, state) => {
    const { id: applicationId } = await firm.applicant();
    const input = { applicationId, kitId: firm.kit.id, ...slot(hours), panel: [{ memberId: firm.people.ann.id }] };
    const planned = await mutate("recruiter", "planInterviewSession", input);
    expect(planned).toMatchObject({ state, codes: [] });
    const [row] = await sql("select id, state from interview_sessions where application_id = $1", [applicationId]);
    expect(row.state).toBe("SCHEDULED");
    expect((await told(row)).state).toBe(state);
  });

  test("a session without a time needs scheduling", async () => {
    const { id: applicationId } = await firm.applicant();
    const input = { applicationId, kitId: firm.kit.id, panel: [{ memberId: firm.people.ann.id }] };
    expect(await mutate("recruiter", "planInterviewSession", input)).toMatchObject({ state: "NEEDS_SCHEDULING" });
  });
});

describe("a session is COMPLETE", () => {
  const seatOf = async (session: InterviewSession, who: Person): Promise<Anything> =>
    (await told(session)).panel.find(({ member }: Anything) => member.id === firm.people[who].id);

  const waive = async (session: InterviewSession, who: Person) =>
    mutate("recruiter", "waiveScorecard", { panelistId: (await seatOf(session, who)).id, reason: "Off sick" });

  test("once every required scorecard is in", async () => {
    const panel = ["ann", "bob", { who: "cyd", seat: "SHADOW", feedbackRequired: false }] as const;
    const session = await interview(firm, { panel });
    await submit(firm, "ann", session, { query: 3 });
    const { id, version } = await draft(firm, "bob", session, { query: 3 });
    expect((await told(session)).state).toBe("IN_PROGRESS");
    await submitScorecard(firm.as("bob"), { id, version });
    expect(await told(session)).toMatchObject({
      state: "COMPLETE",
      panel: [
        { feedbackGivenAt: expect.any(String) },
        { feedbackGivenAt: expect.any(String) },
        { feedbackGivenAt: null },
      ],
    });
    expect((await journalOf(session)).at(-1)).toBe("interview_session.completed");
  });

  test("once the missing one is waived, with its reason", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    expect(await waive(session, "bob")).toMatchObject({ state: "COMPLETE", codes: [] });
    expect(await seatOf(session, "bob")).toMatchObject({ waivedReason: "Off sick", feedbackGivenAt: null });
    expect(await waive(session, "bob")).toMatchObject({ codes: ["ILLEGAL_MOVE"], fields: [["panelistId"]] });
    expect(await waive(session, "ann")).toMatchObject({ codes: ["ILLEGAL_MOVE"], fields: [["panelistId"]] });
  });

  test("and opens again when a scorecard is withdrawn, until its next revision", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    const { id, version } = await submit(firm, "ann", session, { query: 3 });
    await submit(firm, "bob", session, { query: 3 });
    expect((await told(session)).state).toBe("COMPLETE");
    await withdrawScorecard(firm.as("ann"), { id, version });
    expect((await told(session)).state).toBe("AWAITING_FEEDBACK");
    expect((await seatOf(session, "ann")).feedbackGivenAt).toBeNull();
    await submit(firm, "ann", session, { query: 4 });
    expect((await told(session)).state).toBe("COMPLETE");
  });

  test("and stays so when a scorecard is withdrawn that nobody waits for", async () => {
    const session = await interview(firm, { panel: ["ann", { who: "bob", feedbackRequired: false }] });
    await submit(firm, "ann", session, { query: 3 });
    const { id, version } = await submit(firm, "bob", session, { query: 3 });
    await withdrawScorecard(firm.as("bob"), { id, version });
    expect((await told(session)).state).toBe("COMPLETE");
  });

  test("at its end, where everything was waived before; the journal tells it", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    expect(await waive(session, "ann")).toMatchObject({ state: "IN_PROGRESS", codes: [] });
    const { version } = await told(session);
    const end = { id: session.id, version, to: "AWAITING_FEEDBACK" };
    expect(await mutate("recruiter", "moveInterviewSession", end)).toMatchObject({ state: "COMPLETE", codes: [] });
    expect(await journalOf(session)).toContain("interview_session.completed");
  });

  test("not by the first scorecard during the interview, where nobody is asked for one: at its end", async () => {
    const session = await interview(firm, {
      panel: ["ann", "bob"].map((who) => ({ who, feedbackRequired: false }) as never),
    });
    await submit(firm, "ann", session, { query: 3 });
    const { state, version } = await told(session);
    expect(state).toBe("IN_PROGRESS");
    await submit(firm, "bob", session, { query: 4 });
    const end = { id: session.id, version, to: "AWAITING_FEEDBACK" };
    expect(await mutate("ann", "moveInterviewSession", end)).toMatchObject({ state: "COMPLETE", codes: [] });
    expect(await journalOf(session)).toContain("interview_session.completed");
  });

  test("once its time is over, where nobody owes a scorecard", async () => {
    const { id: applicationId } = await firm.applicant();
    const panel = [{ memberId: firm.people.cyd.id, feedbackRequired: false }];
    const input = { applicationId, kitId: firm.kit.id, ...slot(-3), panel };
    await mutate("recruiter", "planInterviewSession", input);
    const [row] = await sql("select id from interview_sessions where application_id = $1", [applicationId]);
    expect((await told(row)).state).toBe("COMPLETE");
  });
});

test("the clock's rule and its twin in SQL agree", async () => {
  const now = new Date();
  const minutes = (n: number) => new Date(now.getTime() + n * 60_000);
  const slots = [null, minutes(-30), minutes(30)];
  const cases = SESSION_STATES.flatMap((state) =>
    slots.flatMap((endsAt) => [0, 1].map((feedbackOwed) => ({ state, startsAt: null, endsAt, feedbackOwed }))),
  );
  for (const { state, endsAt, feedbackOwed, startsAt } of cases) {
    const row =
      "(select $1::text as state, null::timestamptz as starts_at, $2::timestamptz as ends_at, $3::int as feedback_owed) s";
    const text = `select ${isCompleteSql("s")} as complete from ${row}`;
    const [{ complete }] = (await firm
      .as("admin")
      .db.all<{ complete: boolean }>(text, [state, endsAt, feedbackOwed])) as [{ complete: boolean }];
    expect([state, endsAt, feedbackOwed, complete]).toEqual([
      state,
      endsAt,
      feedbackOwed,
      stateAt({ state, startsAt, endsAt, feedbackOwed }, now) === "COMPLETE",
    ]);
  }
});

describe("a kit", () => {
  async function kitWithQuestions(): Promise<{ id: string; versions: QuestionVersion[] }> {
    const admin = firm.as("admin");
    const bank = await createQuestionBank(admin, { name: "Bank" });
    const people = { author: admin, reviewer: firm.as("recruiter") };
    const versions: QuestionVersion[] = [];
    for (const stem of ["First?", "Second?", "Third?"]) {
      versions.push(await readyQuestion(people, { bankId: bank.id, stem }));
    }
    const kit = await createInterviewKit(admin, {
      name: "Kit with questions",
      profileVersionId: firm.profileVersionId,
      rubricVersionId: firm.rubricVersionId,
      minutes: 45,
      questions: versions.slice(0, 2).map(({ id }) => ({ questionVersionId: id, minutes: 20 })),
    });
    return { id: kit.id, versions };
  }

  test("that is edited later changes nothing in a session that was planned from it", async () => {
    const kit = await kitWithQuestions();
    const plan = async () => {
      const { id: applicationId } = await firm.applicant();
      const panel = [{ memberId: firm.people.ann.id }];
      expect(
        (await mutate("recruiter", "planInterviewSession", { applicationId, kitId: kit.id, panel })).codes,
      ).toEqual([]);
      const [row] = await sql("select id from interview_sessions where application_id = $1", [applicationId]);
      return row;
    };
    const asks = async (session: Anything) =>
      (await told(session)).questions.map(
        ({ position, minutes, questionVersion }: Anything) => `${position} ${minutes} ${questionVersion.stem}`,
      );

    const planned = await plan();
    expect(await asks(planned)).toEqual(["0 20 First?", "1 20 Second?"]);

    const third = kit.versions[2]!.id;
    await sql("delete from kit_questions where kit_id = $1 and position = 0", [kit.id]);
    await sql("update kit_questions set minutes = 5, question_version_id = $2 where kit_id = $1", [kit.id, third]);
    await sql(
      "insert into kit_questions (organization_id, id, created_at, kit_id, question_version_id, position, minutes) values ($1, $2, now(), $3, $4, 7, 9)",
      [firm.organizationId, newId("KitQuestion"), kit.id, third],
    );
    expect(await asks(planned)).toEqual(["0 20 First?", "1 20 Second?"]);
    expect(await asks(await plan())).toEqual(["1 5 Third?", "7 9 Third?"]);
  });
});

describe("a session's story", () => {
  test("nobody waives their own scorecard: it would open the others' to them", async () => {
    const session = await interview(firm, { panel: ["ann", "recruiter"] });
    const panel = await allRows(firm.as("admin").db, Panelist, (bind) => `t.session_id = ${bind(session.id)}`);
    const own = panel.find(({ memberId }) => memberId === firm.people.recruiter.id)!;
    const act = waiveScorecard(firm.as("recruiter"), { panelistId: own.id, reason: "Busy" });
    await expect(act).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await waiveScorecard(firm.as("admin"), { panelistId: own.id, reason: "Busy" })).toMatchObject({
      feedbackOwed: 1,
    });
  });

  test("a new time keeps the place, unless the place is named", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const recruiter = firm.as("recruiter");
    const time = {
      startsAt: new Date("2031-05-05T08:00:00Z"),
      endsAt: new Date("2031-05-05T09:00:00Z"),
      timeZone: "europe/zurich",
    };
    const placed = await scheduleInterviewSession(recruiter, {
      ...session,
      ...time,
      place: "Room 1",
      reason: "A room is free",
    });
    expect(placed).toMatchObject({ place: "Room 1", timeZone: "Europe/Zurich" });
    const { id, version } = placed;
    const again = await scheduleInterviewSession(recruiter, { id, version, ...time });
    expect(again.place).toBe("Room 1");
    const cleared = await scheduleInterviewSession(recruiter, { id, version: again.version, ...time, place: null });
    expect(cleared.place).toBeNull();
    const free = await moveInterviewSession(recruiter, { id, version: cleared.version, to: "NEEDS_SCHEDULING" });
    expect(free).toMatchObject({ state: "NEEDS_SCHEDULING", startsAt: null, endsAt: null, timeZone: null });
  });

  test.each<[Seat, SessionState, boolean]>([
    ["LEAD", "AWAITING_FEEDBACK", true],
    ["INTERVIEWER", "NO_SHOW", true],
    ["INTERVIEWER", "CANCELLED", false],
    ["LEAD", "CANCELLED", false],
    ["SHADOW", "AWAITING_FEEDBACK", false],
  ])("a %s may say %s: %s", async (seat, to, allowed) => {
    const { id, version } = await interview(firm, { panel: ["bob", { who: "ann", seat }] });
    const act = moveInterviewSession(firm.as("ann"), { id, version, to });
    if (allowed) expect(await act).toMatchObject({ state: to });
    else await expect(act).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a deactivated member gets no seat", async () => {
    const other = await company(firm.as("admin").db.database);
    await other
      .as("admin")
      .db.database.write(other.organizationId, (runner) =>
        runner.query("update members set active = false where id = $1", [other.people.bob.id]),
      );
    await expect(interview(other, { panel: ["ann", "bob"] })).rejects.toMatchObject({
      code: "BAD_INPUT",
      faults: [{ field: ["panel", "1", "memberId"] }],
    });
  });
});
