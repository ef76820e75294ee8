import { inviteMember, reactivateMember } from "../../src/identity/member.actions";
import { moveInterviewSession, planInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { addPanelist, replacePanelist } from "../../src/interviews/panelist.actions";
import { scheduleInterviewSession } from "../../src/interviews/schedule.actions";
import type { Mail } from "../../src/platform/mail/mailer";
import { type Company, company, type Person } from "../cast/company";
import { freeHour, interview } from "../cast/interview";
import { mutatingMembers, versioned } from "../identity/member-mutations";
import { type Api, startApi } from "../support/api";
import { parsedCalendar } from "../support/calendar";
import { superuserUrl, withClient } from "../support/database";
import { type Postbox, PUBLIC_URL, postboxOf } from "./postbox";

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
  await post.mails();
});

afterAll(() => api.close());

const SUMMARY = "Interview: Chris Candidate, Back-end developer";
const HOUR = 3_600_000;

const live = (who: Person, timeZone: string | null) =>
  api.ask(
    firm.people[who],
    "mutation ($input: EditOwnProfileInput!) { editOwnProfile(input: $input) { member { timeZone } userErrors { code } } }",
    { input: { timeZone } },
  );

const move = async ({ id }: InterviewSession, to: SessionState, reason?: string) => {
  const { version } = await sessionNow(id);
  return moveInterviewSession(firm.as("recruiter"), { id, version, to, reason });
};

const sessionNow = (id: string): Promise<{ version: number }> =>
  withClient(superuserUrl, async (client) => {
    return (await client.query("select version from interview_sessions where id = $1", [id])).rows[0];
  });

async function reschedule({ id }: InterviewSession, startsAt = freeHour(), reason = "The room was taken.") {
  const { version } = await sessionNow(id);
  const endsAt = new Date(startsAt.getTime() + HOUR);
  const slot = { startsAt, endsAt, timeZone: "Europe/Zurich", place: "Room 2" };
  return scheduleInterviewSession(firm.as("recruiter"), { id, version, reason, ...slot });
}

const planned = (panel: readonly Person[], startsAt = freeHour()) =>
  interview(firm, { panel, state: "SCHEDULED", startsAt });

const calendarOf = ({ calendar }: Mail) => parsedCalendar(calendar!);

describe("whoever is invited to the organisation", () => {
  const invited = () => ({
    email: `dana@${firm.people.ann.email.split("@")[1]}`,
    name: "Dana Ito",
    role: "AUDITOR" as const,
  });

  test("reads by whom, to what, and where to sign in", async () => {
    const { id } = await inviteMember(firm.as("admin"), invited());
    const [mail, ...others] = await post.mails();
    expect(others).toEqual([]);
    expect(mail!.to).toEqual({ name: "Dana Ito", email: invited().email });
    expect(mail!.id).toMatch(new RegExp(`^identity\\.mailInvitation\\.[0-9a-f-]{36}\\.${id}$`));
    for (const words of ["admin has invited you to", invited().email, `${PUBLIC_URL}/graphiql`]) {
      expect(mail!.text).toContain(words);
      expect(mail!.html).toContain(words);
    }
  });

  test("is told when they are let in again", async () => {
    const mutate = mutatingMembers(api);
    await mutate(firm.people.admin, "deactivateMember", await versioned(firm, "ann"));
    expect(await post.told()).toEqual([]);
    await reactivateMember(firm.as("admin"), await versioned(firm, "ann"));
    expect(await post.told()).toEqual([expect.stringMatching(/^You may sign in to .* again -> ann$/)]);
  });

  test("is told nothing where they were let go again before the mail went", async () => {
    const { id, version } = await inviteMember(firm.as("admin"), invited());
    await mutatingMembers(api)(firm.people.admin, "deactivateMember", { id, version });
    expect(await post.mails()).toEqual([]);
  });
});

describe("a session that is planned", () => {
  test("is told to each of its panel, with the time where they live and a file for the calendar", async () => {
    await live("ann", "Asia/Kolkata");
    const session = await planned(["ann", "bob"], new Date("2031-11-20T13:00:00Z"));
    const [ann, bob, ...others] = await post.mails();
    expect(others).toEqual([]);
    expect([ann!, bob!].map(({ subject, to }) => `${subject} -> ${to.name}`)).toEqual([
      `${SUMMARY} -> ann`,
      `${SUMMARY} -> bob`,
    ]);
    expect(ann!.text).toContain("18:30 GMT+5:30 to 19:30 GMT+5:30");
    expect(ann!.text).toContain("Asia/Kolkata (India Standard Time)");
    expect(bob!.text).toContain("13:00 GMT+0 to 14:00 GMT+0");
    expect(bob!.text).toContain("UTC (Coordinated Universal Time)");
    for (const words of ["Chris Candidate", firm.kit.name, "You ask and rate, and your scorecard is waited for"]) {
      expect(ann!.text).toContain(words);
    }
    const { method, events } = calendarOf(ann!);
    expect([method, events[0]!.uid, events[0]!.status]).toEqual(["REQUEST", `${session.id}@assay`, "CONFIRMED"]);
    expect(events[0]!.startsAt).toEqual(new Date("2031-11-20T13:00:00Z"));
    expect(ann!.id).not.toBe(bob!.id);
  });

  test("is told to nobody while it has no time", async () => {
    await planInterviewSession(firm.as("recruiter"), {
      applicationId: (await firm.applicant()).id,
      kitId: firm.kit.id,
      panel: [{ memberId: firm.people.ann.id, seat: "LEAD", feedbackRequired: true }],
    });
    expect(await post.mails()).toEqual([]);
  });

  test("is told to nobody once it is over, or goes on", async () => {
    const session = await planned(["ann"]);
    expect(await post.mails(new Date(session.endsAt!.getTime() + 1))).toEqual([]);
    const other = await planned(["bob"]);
    await move(other, "IN_PROGRESS");
    expect(await post.mails()).toEqual([]);
  });

  test("is not told to a panellist who was deactivated", async () => {
    await planned(["ann", "bob"]);
    await mutatingMembers(api)(firm.people.admin, "deactivateMember", await versioned(firm, "ann"));
    expect(await post.told()).toEqual([`${SUMMARY} -> bob`]);
  });

  test("is told again under the same name, so that a job that is repeated sends the same mail", async () => {
    await planned(["ann", "bob"]);
    const before = await post.mails();
    const after = await post.again();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

describe("what changes", () => {
  test("a session that comes to have a time is told as an invitation", async () => {
    const session = await planInterviewSession(firm.as("recruiter"), {
      applicationId: (await firm.applicant()).id,
      kitId: firm.kit.id,
      panel: [{ memberId: firm.people.ann.id, seat: "LEAD", feedbackRequired: false }],
    });
    await reschedule(session);
    const [mail] = await post.mails();
    expect(mail!.subject).toBe(SUMMARY);
    expect(mail!.text).toContain("You lead the interview\n");
  });

  test("another time is told with the reason, as the same entry of the calendar", async () => {
    const session = await planned(["ann", "bob"]);
    const [first] = await post.mails();
    await reschedule(session);
    const [mail, ...others] = await post.mails();
    expect(mail!.subject).toBe(`Changed: ${SUMMARY}`);
    expect(mail!.text).toMatch(/Where: +Room 2\n/);
    expect(mail!.text).toMatch(/Why: +The room was taken\.\n/);
    const [before, after] = [calendarOf(first!).events[0]!, calendarOf(mail!).events[0]!];
    expect(after.uid).toBe(before.uid);
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect(others.map(({ to }) => to.name)).toEqual(["bob"]);
  });

  test("a newcomer alone is told of a session that the others know", async () => {
    const { id: sessionId } = await planned(["ann"]);
    await post.mails();
    const { id: memberId } = firm.people.cyd;
    await addPanelist(firm.as("recruiter"), { sessionId, memberId, seat: "SHADOW", feedbackRequired: false });
    const mails = await post.mails();
    expect(mails.map(({ subject, to }) => [subject, to.name])).toEqual([[SUMMARY, "cyd"]]);
    expect(mails[0]!.text).toContain("You listen\n");
  });

  test("whoever takes somebody's seat is told", async () => {
    const session = await planned(["ann", "bob"]);
    await post.mails();
    const [seat] = await withClient(superuserUrl, async (client) => {
      const text = "select id from panelists where session_id = $1 and member_id = $2";
      return (await client.query(text, [session.id, firm.people.ann.id])).rows;
    });
    await replacePanelist(firm.as("recruiter"), { panelistId: seat.id, memberId: firm.people.cyd.id, reason: "Ill" });
    expect(await post.told()).toEqual([`${SUMMARY} -> cyd`]);
  });

  test.each<[SessionState, string, string]>([
    ["CANCELLED", "Cancelled", "It was called off."],
    ["ON_HOLD", "On hold", "you will hear when it is on again"],
    ["NEEDS_SCHEDULING", "To be rescheduled", "It will get another time"],
  ])("a session that becomes %s is taken out of the calendar", async (to, prefix, words) => {
    const session = await planned(["ann"]);
    const [before] = await post.mails();
    await move(session, to, "The candidate is ill.");
    const [mail, ...others] = await post.mails();
    expect(others).toEqual([]);
    expect(mail!.subject).toBe(`${prefix}: ${SUMMARY}`);
    for (const each of [words, "The candidate is ill.", "It was to be:"]) expect(mail!.text).toContain(each);
    const { method, events } = calendarOf(mail!);
    expect([method, events[0]!.status]).toEqual(["CANCEL", "CANCELLED"]);
    expect(events[0]!.uid).toBe(calendarOf(before!).events[0]!.uid);
  });

  test("that nobody came is told to nobody, nor that a session is called off after its time", async () => {
    const [first, second] = [await planned(["ann"]), await planned(["bob"])];
    await post.mails();
    await move(await move(first, "IN_PROGRESS"), "NO_SHOW");
    await move(second, "CANCELLED");
    expect(await post.mails(new Date(second.endsAt!.getTime() + HOUR))).toEqual([]);
  });
});

describe("what happens at once", () => {
  test("in one request makes one mail for each, with how it stands in the end", async () => {
    const session = await planned(["ann", "bob"]);
    await post.mails();
    const slot = (startsAt: Date) => ({ startsAt, endsAt: new Date(startsAt.getTime() + HOUR), timeZone: "UTC" });
    const [first, second] = [freeHour(), freeHour()];
    const add = { sessionId: session.id, memberId: firm.people.cyd.id, seat: "INTERVIEWER", feedbackRequired: false };
    await api.ask(
      firm.people.recruiter,
      `mutation ($one: ScheduleInterviewSessionInput!, $add: AddPanelistInput!, $two: ScheduleInterviewSessionInput!) {
        one: scheduleInterviewSession(input: $one) { userErrors { message } }
        add: addPanelist(input: $add) { userErrors { message } }
        two: scheduleInterviewSession(input: $two) { userErrors { message } } }`,
      {
        one: { id: session.id, version: 1, reason: "Once.", ...slot(first) },
        add,
        two: { id: session.id, version: 3, reason: "Twice.", ...slot(second) },
      },
    );
    const mails = await post.mails();
    expect(mails.map(({ to }) => to.name)).toEqual(["ann", "bob", "cyd"]);
    for (const mail of mails)
      expect(calendarOf(mail).events[0]!.startsAt).toEqual(new Date(second.toISOString().replace(/\.\d+Z/, "Z")));
  });

  test("a session that is planned and called off is told as off, once", async () => {
    const session = await planned(["ann"]);
    await move(session, "CANCELLED");
    expect(await post.told()).toEqual([`Cancelled: ${SUMMARY} -> ann`]);
  });
});
