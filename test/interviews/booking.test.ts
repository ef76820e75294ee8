import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { scheduleInterviewSession } from "../../src/interviews/schedule.actions";
import { type Company, company, type Person } from "../cast/company";
import { freeHour, interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { bookedBy, expectBooksToBalance, mutations, sql } from "./mutations";

let api: Api;
let firm: Company;
let mutate: ReturnType<typeof mutations>;

/** Two cores may be shared with other test files. */
jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutations(api, () => firm);
});

afterEach(() => expectBooksToBalance(firm));
afterAll(() => api.close());

const ZONE = "Europe/Zurich";
const HOUR = 3_600_000;
const hour = (startsAt: Date) => ({ startsAt, endsAt: new Date(startsAt.getTime() + HOUR), timeZone: ZONE });
const later = (date: Date, hours: number) => new Date(date.getTime() + hours * HOUR);

async function plan(panel: Person[], slot: object, applicationId?: string) {
  return {
    applicationId: applicationId ?? (await firm.applicant()).id,
    kitId: firm.kit.id,
    ...slot,
    panel: panel.map((who) => ({ memberId: firm.people[who].id })),
  };
}

const planned = async (...args: Parameters<typeof plan>) =>
  mutate("recruiter", "planInterviewSession", await plan(...args));

const seatOf = async ({ id }: InterviewSession, who: Person): Promise<string> =>
  (await sql("select id from panelists where session_id = $1 and member_id = $2", [id, firm.people[who].id]))[0].id;

const versionOf = async ({ id }: Pick<InterviewSession, "id">): Promise<number> =>
  (await sql("select version from interview_sessions where id = $1", [id]))[0].version;

describe("fifty recruiters who book one interviewer's hour at the same moment", () => {
  test.each([
    ["the same hour", () => 0],
    ["hours that overlap", (index: number) => (index % 3) / 4],
  ])("for %s: one has it, and the others are told so", async (_, shift) => {
    const startsAt = freeHour();
    // The winner's may reach into it.
    freeHour();
    const inputs = [];
    for (let index = 0; index < 50; index++) inputs.push(await plan(["ann"], hour(later(startsAt, shift(index)))));
    const answers = await Promise.all(inputs.map((input) => mutate("recruiter", "planInterviewSession", input)));
    const winners = answers.filter(({ errors }) => errors.length === 0);
    const losers = answers.filter(({ errors }) => errors.length > 0);
    expect(winners).toHaveLength(1);
    expect(losers.map(({ errors }) => errors)).toEqual(Array(49).fill(["SLOT_TAKEN at panel.0.memberId"]));
    for (const { messages } of losers) expect(messages[0]).toContain(`by the session ${winners[0]!.node.id}`);
    const rows = await sql("select 1 from bookings where member_id = $1 and starts_at between $2 and $3", [
      firm.people.ann.id,
      startsAt,
      later(startsAt, 0.9),
    ]);
    expect(rows).toHaveLength(1);
    const applications = inputs.map(({ applicationId }) => applicationId);
    expect(await sql("select 1 from interview_sessions where application_id = any($1)", [applications])).toHaveLength(
      1,
    );
  });

  test("panels named in any order do not wait for each other in a ring", async () => {
    const slot = hour(freeHour());
    const panels: Person[][] = [
      ["ann", "bob", "cyd"],
      ["cyd", "bob", "ann"],
      ["bob", "cyd", "ann"],
    ];
    const inputs = await Promise.all(Array.from({ length: 18 }, (_, index) => plan(panels[index % 3]!, slot)));
    const started = performance.now();
    const answers = await Promise.all(inputs.map((input) => mutate("recruiter", "planInterviewSession", input)));
    const taken = Array.from({ length: 3 }, (_, index) => `SLOT_TAKEN at panel.${index}.memberId`);
    const errors = answers.map(({ errors: all }) => all.sort()).filter((all) => all.length > 0);
    expect(errors).toEqual(Array(17).fill(taken));
    // PostgreSQL looks for rings after a second: that nobody waited that long for another says that there was none.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe("nobody sits in two sessions at once", () => {
  test("everybody who is taken is told of together, with the time in the slot's zone and the session", async () => {
    const { id: applicationId } = await firm.applicant();
    const slot = { startsAt: "2031-05-05T10:00", endsAt: "2031-05-05T11:00", timeZone: ZONE };
    const first = await planned(["ann", "bob"], slot, applicationId);
    expect(first.errors).toEqual([]);
    const overlap = { startsAt: "2031-05-05T06:30", endsAt: "2031-05-05T07:30", timeZone: "America/Sao_Paulo" };
    const second = await planned(["cyd", "bob", "ann"], { ...overlap, startsAt: "2031-05-05T05:30" }, applicationId);
    expect(second.errors.sort()).toEqual([
      "SLOT_TAKEN at panel.1.memberId",
      "SLOT_TAKEN at panel.2.memberId",
      "SLOT_TAKEN at startsAt",
    ]);
    const span = "is taken from 2031-05-05T05:00 to 2031-05-05T06:00 (America/Sao_Paulo)";
    expect(second.messages.sort()).toEqual([
      `The candidate ${span} by the session ${first.node.id}: take another time.`,
      `ann ${span} by the session ${first.node.id}: take another time or somebody else.`,
      `bob ${span} by the session ${first.node.id}: take another time or somebody else.`,
    ]);
    expect(await sql("select 1 from interview_sessions where application_id = $1", [applicationId])).toHaveLength(1);
  });

  test("two sessions that both stand in the way are both told", async () => {
    const startsAt = freeHour();
    freeHour();
    await planned(["ann"], hour(startsAt));
    await planned(["ann"], hour(later(startsAt, 1)));
    const { errors } = await planned(["ann"], hour(later(startsAt, 0.5)));
    expect(errors).toEqual(["SLOT_TAKEN at panel.0.memberId", "SLOT_TAKEN at panel.0.memberId"]);
  });

  test("one session may begin when another ends", async () => {
    const startsAt = freeHour();
    freeHour();
    freeHour();
    for (const shift of [0, 2, 1]) expect((await planned(["ann"], hour(later(startsAt, shift)))).errors).toEqual([]);
  });

  test("a candidate of two applications is one person", async () => {
    const { candidateId, id } = await firm.applicant();
    const job = await mutateJob();
    const { data } = await api.send(
      firm.people.recruiter,
      "mutation ($input: CreateApplicationInput!) { createApplication(input: $input) { application { id } } }",
      { input: { candidateId, jobId: job } },
    );
    const slot = hour(freeHour());
    expect((await planned(["ann"], slot, id)).errors).toEqual([]);
    const other = await planned(["bob"], slot, data.createApplication.application.id);
    expect(other.errors).toEqual(["SLOT_TAKEN at startsAt"]);
  });

  async function mutateJob(): Promise<string> {
    const input = { title: "Another job", profileVersionId: firm.profileVersionId };
    const text = "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    return (await api.ask(firm.people.recruiter, text, { input })).createJob.job.id;
  }

  test("nor after a session is moved to another time", async () => {
    const taken = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const session = await interview(firm, { panel: ["bob", "ann"], state: "SCHEDULED" });
    freeHour();
    const { id, version } = session;
    const move = (startsAt: Date) =>
      mutate("recruiter", "scheduleInterviewSession", { id, version, ...hour(startsAt), reason: "Ill" });
    const refused = await move(later(taken.startsAt!, 0.5));
    expect(refused.errors).toEqual(["SLOT_TAKEN at startsAt"]);
    expect(refused.messages[0]).toContain(taken.id);
    expect(await sql("select 1 from schedule_changes where session_id = $1", [id])).toHaveLength(1);
    // Its own time does not stand in its own way.
    expect((await move(later(session.startsAt!, 0.1))).errors).toEqual([]);
  });

  test("nor after somebody joins a panel, or takes a seat over", async () => {
    const startsAt = freeHour();
    await interview(firm, { panel: ["ann"], state: "SCHEDULED", startsAt });
    const session = await interview(firm, { panel: ["bob"], state: "SCHEDULED", startsAt });
    const memberId = firm.people.ann.id;
    const joining = await mutate("recruiter", "addPanelist", { sessionId: session.id, memberId });
    expect(joining.errors).toEqual(["SLOT_TAKEN at memberId"]);
    const panelistId = await seatOf(session, "bob");
    const replacing = await mutate("recruiter", "replacePanelist", { panelistId, memberId });
    expect(replacing.errors).toEqual(["SLOT_TAKEN at memberId"]);
    expect(await seatOf(session, "bob")).toBe(panelistId);
    // Who was replaced is free.
    const other = await mutate("recruiter", "replacePanelist", { panelistId, memberId: firm.people.cyd.id });
    expect(other.errors).toEqual([]);
    expect((await planned(["bob"], hour(startsAt))).errors).toEqual([]);
  });

  const move = async ({ id }: InterviewSession, to: SessionState) =>
    moveInterviewSession(firm.as("recruiter"), { id, version: await versionOf({ id }), to });

  test.each(["CANCELLED", "ON_HOLD", "NEEDS_SCHEDULING", "NO_SHOW"] as const)(
    "a session that is %s leaves its time to others",
    async (to) => {
      const session = await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
      const slot = hour(session.startsAt!);
      expect(await bookedBy(session)).toBe(3);
      expect((await planned(["ann"], slot)).errors).toEqual(["SLOT_TAKEN at panel.0.memberId"]);
      // Of what has not begun, nobody can say that the candidate did not come.
      if (to === "NO_SHOW") await move(session, "IN_PROGRESS");
      await move(session, to);
      expect(await bookedBy(session)).toBe(0);
      expect((await planned(["ann"], slot)).errors).toEqual([]);
    },
  );

  test("one that was held gets its time back only where it is still free", async () => {
    const recruiter = firm.as("recruiter");
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    await moveInterviewSession(recruiter, { id: session.id, version: session.version, to: "ON_HOLD" });
    const other = await interview(firm, { panel: ["ann"], state: "SCHEDULED", startsAt: session.startsAt! });
    const again = async () => ({ id: session.id, version: await versionOf(session), ...hour(session.startsAt!) });
    expect((await mutate("recruiter", "scheduleInterviewSession", await again())).errors).toEqual([
      "SLOT_TAKEN at startsAt",
    ]);
    await moveInterviewSession(recruiter, { id: other.id, version: other.version, to: "CANCELLED" });
    expect((await mutate("recruiter", "scheduleInterviewSession", await again())).errors).toEqual([]);
  });

  test("a session that begins, ends and is complete keeps its time", async () => {
    const session = await interview(firm, { panel: ["ann"], state: "IN_PROGRESS" });
    expect(await bookedBy(session)).toBe(2);
    await moveInterviewSession(firm.as("ann"), { id: session.id, version: session.version, to: "AWAITING_FEEDBACK" });
    expect(await bookedBy(session)).toBe(2);
  });

  test("two sessions that swap their hours at the same moment do not end in an error", async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [
        await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" }),
        await interview(firm, { panel: ["bob", "ann"], state: "SCHEDULED" }),
      ];
      const swap = ({ id, version }: InterviewSession, { startsAt }: InterviewSession) =>
        scheduleInterviewSession(firm.as("recruiter"), { id, version, ...hour(startsAt!), reason: "Swap" }).then(
          () => "done",
          ({ code }) => code,
        );
      expect(await Promise.all([swap(one, other), swap(other, one)])).toEqual(["SLOT_TAKEN", "SLOT_TAKEN"]);
    }
  });
});
