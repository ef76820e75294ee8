import { deactivateMember } from "../../src/identity/member.actions";
import { waiveScorecard } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { removePanelist, replacePanelist } from "../../src/interviews/panelist.actions";
import { contextOf } from "../../src/platform/context";
import { allRows } from "../../src/platform/db/reader";
import { remindOwing } from "../../src/scorecards/scorecard-reminder.actions";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { versioned } from "../identity/member-mutations";
import { eventsOf, sql } from "../scorecards/mutations";
import { type Api, startApi } from "../support/api";
import { type Postbox, postboxOf } from "./postbox";

let api: Api;
let firm: Company;
let post: Postbox;

jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  post = postboxOf(api.database, firm.organizationId);
});

afterAll(() => api.close());

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** An interview of an hour, ended at ten in UTC; in the past of the tests' clock, which the rules are given. */
const ENDED = new Date("2031-05-06T10:00:00Z");
const past = (milliseconds: number) => new Date(ENDED.getTime() + milliseconds);

const begun = (panel: Parameters<typeof interview>[1]["panel"]): Promise<InterviewSession> =>
  interview(firm, { panel, startsAt: new Date(ENDED.getTime() - HOUR) });

/** What the job does when the clock shows the instant, and which mails follow. */
async function remindedAt(now: Date): Promise<string[]> {
  await post.mails(now);
  const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
  await remindOwing(contextOf(api.database, { viewer, now, requestId: "job:1" }));
  return (await post.mails(now)).filter(({ subject }) => subject.startsWith("Your scorecard")).map(({ to }) => to.name);
}

const seatOf = async ({ id }: InterviewSession, who: Person): Promise<Panelist> => {
  const { id: memberId } = firm.people[who];
  const own = await allRows(
    firm.as("admin").db,
    Panelist,
    (bind) => `t.session_id = ${bind(id)} and t.member_id = ${bind(memberId)}`,
  );
  return own[0]!;
};

test("whoever owes a scorecard is reminded an hour after the end, then daily, five times at most", async () => {
  const session = await begun(["ann", "bob"]);
  await submit(firm, "bob", session, { query: 3 });
  expect(await remindedAt(past(HOUR - 1))).toEqual([]);
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => past(HOUR + day * DAY));
  const told: string[][] = [];
  for (const day of days) told.push(await remindedAt(day));
  expect(told).toEqual([["ann"], ["ann"], ["ann"], ["ann"], ["ann"], [], []]);
  expect(await eventsOf(await seatOf(session, "ann"))).toEqual(Array(5).fill("scorecard.reminder_due"));
});

test("the mail says whom the interview was with, and when, where the reader lives", async () => {
  const session = await begun(["ann"]);
  await sql("update members set time_zone = 'America/New_York' where id = $1", [firm.people.ann.id]);
  await remindedAt(past(HOUR));
  // Six in the morning in New York: it waits until eight.
  expect(await eventsOf(await seatOf(session, "ann"))).toEqual([]);
  expect(await remindedAt(past(2 * HOUR - MINUTE))).toEqual([]);
  const now = past(2 * HOUR);
  const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
  await remindOwing(contextOf(api.database, { viewer, now, requestId: "job:1" }));
  const [mail] = await post.mails(now);
  expect(mail!.subject).toBe("Your scorecard is waited for: Chris Candidate, Back-end developer");
  expect(mail!.text).toContain("05:00 GMT-4 to 06:00 GMT-4");
  expect(mail!.id).toMatch(new RegExp(`^scorecards\\.mailReminder\\.[0-9a-f-]{36}\\.${firm.people.ann.id}$`));
});

test("a draft is no scorecard yet", async () => {
  const session = await begun(["ann"]);
  await draft(firm, "ann", session);
  expect(await remindedAt(past(HOUR))).toEqual(["ann"]);
});

describe("nobody is reminded", () => {
  type Deed = (session: InterviewSession) => Promise<unknown>;
  const state =
    (to: string): Deed =>
    ({ id }) =>
      sql("update interview_sessions set state = $2 where id = $1", [id, to]);

  test.each<[string, Deed]>([
    ["once it is in", (session) => submit(firm, "ann", session, { query: 3 })],
    [
      "once it is waived",
      async (session) =>
        waiveScorecard(firm.as("admin"), { panelistId: (await seatOf(session, "ann")).id, reason: "Ill" }),
    ],
    ["of a session that is called off", state("CANCELLED")],
    ["of a session to which nobody came", state("NO_SHOW")],
    ["of a session that is on hold", state("ON_HOLD")],
    ["of a session that waits for another time", state("NEEDS_SCHEDULING")],
    ["who was deactivated", async () => deactivateMember(firm.as("admin"), await versioned(firm, "ann"))],
    [
      "after the decision",
      ({ applicationId }) => sql("update applications set status = 'REJECTED' where id = $1", [applicationId]),
    ],
  ])("%s", async (_, deed) => {
    await deed(await begun(["ann"]));
    expect(await remindedAt(past(HOUR))).toEqual([]);
  });

  test("whose scorecard is not required", async () => {
    await begun([{ who: "ann", feedbackRequired: false }]);
    expect(await remindedAt(past(HOUR))).toEqual([]);
  });

  test("where it has come in between the reminder and its mail", async () => {
    const session = await begun(["ann"]);
    const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
    await post.mails();
    await remindOwing(contextOf(api.database, { viewer, now: past(HOUR), requestId: "job:1" }));
    await submit(firm, "ann", session, { query: 3 });
    expect((await post.told(past(HOUR))).filter((line) => line.startsWith("Your scorecard"))).toEqual([]);
  });
});

test("two workers at the same moment remind once", async () => {
  const session = await begun(["ann", "bob", "cyd"]);
  await post.mails();
  const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
  const work = () => remindOwing(contextOf(api.database, { viewer, now: past(HOUR), requestId: "job:1" }));
  await Promise.all([work(), work(), work(), work()]);
  for (const who of ["ann", "bob", "cyd"] as const) {
    expect(await eventsOf(await seatOf(session, who))).toEqual(["scorecard.reminder_due"]);
  }
});

test("a panellist who was reminded can still leave the panel, and who takes the seat is reminded anew", async () => {
  const session = await begun(["ann", "bob"]);
  expect(await remindedAt(past(HOUR))).toEqual(["ann", "bob"]);
  const [first, second] = [await seatOf(session, "ann"), await seatOf(session, "bob")];
  await replacePanelist(firm.as("admin"), { panelistId: first.id, memberId: firm.people.cyd.id, reason: "Ill" });
  await removePanelist(firm.as("admin"), { panelistId: second.id, reason: "Ill" });
  expect(await remindedAt(past(2 * HOUR))).toEqual(["cyd"]);
  const left = await sql("select panelist_id from scorecard_reminders where organization_id = $1", [
    firm.organizationId,
  ]);
  expect(left.map(({ panelist_id }) => panelist_id)).toEqual([(await seatOf(session, "cyd")).id]);
});
