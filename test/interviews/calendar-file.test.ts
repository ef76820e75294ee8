import { createApplication } from "../../src/candidates/application.actions";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { moveInterviewSession, planInterviewSession } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { scheduleInterviewSession } from "../../src/interviews/schedule.actions";
import { allRows } from "../../src/platform/db/reader";
import { type Company, company, type Person } from "../cast/company";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { oddLines, parsedCalendar } from "../support/calendar";

let api: Api;
let firm: Company;

jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

const HOUR = 3_600_000;
const FILE = "query ($id: ID!) { node(id: $id) { ... on InterviewSession { calendarFile } } }";

async function fileOf({ id }: { id: string }, as: Person = "recruiter"): Promise<string | null> {
  const { node } = await api.ask(firm.people[as], FILE, { id });
  return node.calendarFile;
}

/** What a calendar program reads of the session. */
async function read(session: { id: string }, as?: Person) {
  const text = (await fileOf(session, as))!;
  expect(oddLines(text)).toEqual([]);
  const { method, events } = parsedCalendar(text);
  expect(events).toHaveLength(1);
  return { method, ...events[0]! };
}

const move = (session: InterviewSession, to: SessionState) =>
  moveInterviewSession(firm.as("recruiter"), { id: session.id, version: session.version, to });

/** Rows as they would be, had somebody done what this slice leaves to others. */
const write = <E extends InterviewSession | Panelist>(row: E, next: Partial<E>): Promise<E> =>
  firm.as("admin").db.transaction((tx) => tx.change(row, next));

const panelOf = ({ id }: InterviewSession) =>
  allRows(firm.as("admin").db, Panelist, (bind) => `t.session_id = ${bind(id)}`, "order by t.id");

test("an invitation: who invites, whom, to what, when, where", async () => {
  const recruiter = firm.as("recruiter");
  const candidate = { name: "Ada Lovelace", email: "ada@example.org" };
  const { id: candidateId } = await createCandidate(recruiter, candidate);
  const { id: applicationId } = await createApplication(recruiter, { candidateId, jobId: firm.job.id });
  const session = await planInterviewSession(recruiter, {
    applicationId,
    kitId: firm.kit.id,
    startsAt: new Date("2031-11-20T13:00:00Z"),
    endsAt: new Date("2031-11-20T14:00:00Z"),
    timeZone: "Europe/Zurich",
    place: "https://meet.example.org/abc",
    panel: [
      { memberId: firm.people.ann.id, seat: "LEAD", feedbackRequired: true },
      { memberId: firm.people.bob.id, seat: "INTERVIEWER", feedbackRequired: true },
      { memberId: firm.people.cyd.id, seat: "SHADOW", feedbackRequired: false },
    ],
  });
  const [, bob] = await panelOf(session);
  await write(bob!, { response: "DECLINED" });

  const address = (person: Person) => ({ name: person, address: `mailto:${firm.people[person].email}` });
  expect(await read(session)).toEqual({
    method: "REQUEST",
    uid: `${session.id}@assay`,
    sequence: 0,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    zone: "Europe/Zurich",
    summary: "Interview: Ada Lovelace, Back-end developer",
    description:
      "Thursday, 20 November 2031, 14:00 GMT+1 to 15:00 GMT+1\n" +
      "Europe/Zurich (Central European Standard Time)\n\nPanel: ann (lead), bob, cyd (shadow)",
    location: "https://meet.example.org/abc",
    url: "https://meet.example.org/abc",
    status: "CONFIRMED",
    changedAt: Array(2).fill(new Date(Math.floor(session.updatedAt.getTime() / 1000) * 1000)),
    organizer: address("recruiter"),
    guests: [
      { ...address("ann"), role: "CHAIR", partstat: "NEEDS-ACTION" },
      { ...address("bob"), role: "REQ-PARTICIPANT", partstat: "DECLINED" },
      { ...address("cyd"), role: "OPT-PARTICIPANT", partstat: "NEEDS-ACTION" },
    ],
  });
  const text = (await fileOf(session))!;
  for (const secret of [candidate.email, firm.kit.name, ...Object.keys(firm.criterionIds)]) {
    expect(text).not.toContain(secret);
  }
});

test("the candidate and the job are told to those who see the candidate", async () => {
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  expect((await read(session, "ann")).summary).toBe("Interview: Chris Candidate, Back-end developer");
  expect((await read(session, "auditor")).summary).toBe("Interview");
  expect(await fileOf(session, "auditor")).not.toMatch(/Chris|Back-end/);
});

test("another time and place keep the UID and raise the SEQUENCE", async () => {
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  const before = await read(session);
  const startsAt = new Date("2031-07-02T09:00:00Z");
  const endsAt = new Date(startsAt.getTime() + HOUR);
  const { id, version } = session;
  const wish = { id, version, startsAt, endsAt, timeZone: "Asia/Kathmandu", place: "Room 5; left", reason: "Illness" };
  await scheduleInterviewSession(firm.as("recruiter"), wish);
  const after = await read(session);
  expect(after).toMatchObject({ method: "REQUEST", uid: before.uid, startsAt, endsAt, location: "Room 5; left" });
  expect(after.sequence).toBeGreaterThan(before.sequence);
});

test.each([
  ["CANCELLED", "Cancelled: "],
  ["ON_HOLD", "On hold: "],
  ["NEEDS_SCHEDULING", "To be rescheduled: "],
  ["NO_SHOW", "No-show: "],
] as const)("a session that becomes %s is called off at its last time", async (to, prefix) => {
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  const before = await read(session);
  await move(to === "NO_SHOW" ? await move(session, "IN_PROGRESS") : session, to);
  const after = await read(session);
  expect(after).toMatchObject({
    method: "CANCEL",
    status: "CANCELLED",
    uid: before.uid,
    startsAt: before.startsAt,
    endsAt: before.endsAt,
    zone: before.zone,
    summary: `${prefix}${before.summary}`,
    organizer: before.organizer,
    guests: [{ name: "ann" }],
  });
  expect(after.sequence).toBeGreaterThan(before.sequence);
});

test("a session that was held is on again", async () => {
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  const held = await move(session, "ON_HOLD");
  const called = await read(session);
  const { id, version, startsAt, endsAt, timeZone } = { ...session, version: held.version };
  await scheduleInterviewSession(firm.as("recruiter"), { id, version, startsAt, endsAt, timeZone });
  const again = await read(session);
  expect(again).toMatchObject({ method: "REQUEST", status: "CONFIRMED", uid: called.uid, startsAt: called.startsAt });
  expect(again.sequence).toBeGreaterThan(called.sequence);
});

test("without anybody who invites it is published, without guests", async () => {
  const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  await write(session, { plannedById: null });
  expect(await read(session)).toMatchObject({ method: "PUBLISH", status: "CONFIRMED", organizer: null, guests: [] });
});

test("there is no file of a session that never had a time", async () => {
  const session = await planInterviewSession(firm.as("recruiter"), {
    applicationId: (await firm.applicant()).id,
    kitId: firm.kit.id,
    panel: [{ memberId: firm.people.ann.id, seat: "LEAD", feedbackRequired: true }],
  });
  expect(await fileOf(session)).toBeNull();
  await move(session, "CANCELLED");
  expect(await fileOf(session)).toBeNull();
});

test("fifty sessions cost as many statements as four", async () => {
  const other = await company(api.database);
  const states = ["SCHEDULED", "NEEDS_SCHEDULING", "CANCELLED", "ON_HOLD"] as const;
  for (let index = 0; index < 50; index++) {
    const panel = (["ann", "bob", "cyd"] as const).slice(0, 1 + (index % 3));
    await interview(other, { panel, state: states[index % 4]! });
  }
  const statements = async (first: number) => {
    let heard = 0;
    api.database.heard = () => heard++;
    const query = "query ($first: Int) { interviewSessions(first: $first) { nodes { calendarFile } } }";
    const { interviewSessions } = await api.ask(other.people.recruiter, query, { first });
    api.database.heard = undefined;
    expect(interviewSessions.nodes.map(({ calendarFile }: { calendarFile: string }) => typeof calendarFile)).toEqual(
      Array(first).fill("string"),
    );
    return heard;
  };
  // Of four states in turn, the newest four have one that lost its time.
  expect(await statements(50)).toBe(await statements(4));
});
