import { randomUUID } from "node:crypto";
import { recordDecision } from "../../src/evaluations/decision.actions";
import { moveInterviewSession, waiveScorecard } from "../../src/interviews/interview-session.actions";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { contextOf } from "../../src/platform/context";
import { allRows } from "../../src/platform/db/reader";
import type { Mail } from "../../src/platform/mail/mailer";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { remindOwing } from "../../src/scorecards/scorecard-reminder.actions";
import { type Company, company } from "../cast/company";
import { amend, draft, interview, submit } from "../cast/interview";
import { sql } from "../scorecards/mutations";
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

const SUBJECT = "Debrief ready: Chris Candidate, Back-end developer";

/** Who is told of a debrief by what has happened since the last time. */
const told = async (): Promise<string[]> =>
  (await post.mails()).filter(({ subject }) => subject === SUBJECT).map(({ to }) => to.name);

const current = async ({ id }: { id: string }): Promise<InterviewSession> =>
  (await allRows(firm.as("admin").db, InterviewSession, (bind) => `t.id = ${bind(id)}`))[0]!;

const cancel = async (session: InterviewSession) =>
  moveInterviewSession(firm.as("admin"), { ...(await current(session)), to: "CANCELLED" });

describe("a debrief that opens", () => {
  test("is told to those who run the hiring and to the panel, once every session is complete", async () => {
    const { id: applicationId } = await firm.applicant();
    const first = await interview(firm, { applicationId, panel: ["ann"] });
    const second = await interview(firm, { applicationId, panel: ["bob", "auditor"] });
    await submit(firm, "ann", first, { query: 3 });
    await submit(firm, "bob", second, { query: 4 });
    expect(await told()).toEqual([]);
    await submit(firm, "auditor", second, { query: 4 });
    // Ann and Bob sat in one of the two each, and see nothing of the other.
    expect(await told()).toEqual(["hiringManager", "recruiter"]);
  });

  test("is told to a panellist who sees the scorecards of all its sessions", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    expect(await told()).toEqual([]);
    await submit(firm, "bob", session, { query: 3 });
    expect(await told()).toEqual(["ann", "bob", "hiringManager", "recruiter"]);
  });

  test("is kept from the panel where feedback never opens", async () => {
    await sql("update organizations set feedback_visibility = 'NEVER' where id = $1", [firm.organizationId]);
    const session = await interview(firm, { panel: ["ann", "recruiter"] });
    for (const who of ["ann", "recruiter"] as const) await submit(firm, who, session, { query: 3 });
    expect(await told()).toEqual(["hiringManager"]);
  });

  test("by a waiver, or because the last session is called off, is told as well", async () => {
    const waived = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", waived, { query: 3 });
    const [seat] = await allRows(
      firm.as("admin").db,
      Panelist,
      (bind) => `t.session_id = ${bind(waived.id)} and t.feedback_given_at is null`,
    );
    await waiveScorecard(firm.as("admin"), { panelistId: seat!.id, reason: "Ill" });
    expect(await told()).toEqual(["ann", "bob", "hiringManager", "recruiter"]);
    const { id: applicationId } = await firm.applicant();
    const kept = await interview(firm, { applicationId, panel: ["ann"] });
    const dropped = await interview(firm, { applicationId, panel: ["bob"], state: "SCHEDULED" });
    await submit(firm, "ann", kept, { query: 3 });
    expect(await told()).toEqual([]);
    await cancel(dropped);
    expect(await told()).toEqual(["ann", "hiringManager", "recruiter"]);
  });

  test("is told once for each opening, not for each scorecard that follows", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, { query: 3 });
    const card = await submit(firm, "bob", session, { query: 3 });
    expect(await told()).toHaveLength(4);
    const amended = await amend(firm, "bob", card, { query: 4 });
    expect(await told()).toEqual([]);
    await withdrawScorecard(firm.as("bob"), amended);
    expect(await told()).toEqual([]);
    await submit(firm, "bob", session, { query: 2 });
    expect(await told()).toHaveLength(4);
  });

  test("and has closed again, or was decided, before the mail went, is told to nobody", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    await withdrawScorecard(firm.as("ann"), await submit(firm, "ann", session, { query: 3 }));
    expect(await told()).toEqual([]);
    const other = await interview(firm, { panel: ["bob"] });
    await submit(firm, "bob", other, { query: 5 });
    const { applicationId } = other;
    await recordDecision(firm.as("hiringManager"), {
      applicationId,
      outcome: "REJECT",
      rationale: "R",
      departureReason: "D",
    });
    expect(await told()).toEqual([]);
  });

  test("is told to nobody where nobody was interviewed", async () => {
    await cancel(await interview(firm, { panel: ["ann"], state: "SCHEDULED" }));
    expect(await told()).toEqual([]);
  });
});

test("no mail of a whole story tells what somebody rated, wrote, or thinks of the candidate", async () => {
  const secret = `secret${randomUUID()}`;
  const session = await interview(firm, {
    panel: ["ann", "bob", { who: "cyd", seat: "SHADOW", feedbackRequired: false }],
    state: "SCHEDULED",
  });
  const mails: Mail[] = [...(await post.mails())];
  const moved = await moveInterviewSession(firm.as("recruiter"), { ...(await current(session)), to: "IN_PROGRESS" });
  await submit(firm, "ann", moved, { query: 5 });
  await draft(firm, "bob", moved, { query: 1 }, "STRONG_NO");
  await sql("update scorecards set summary = $2 where organization_id = $1", [firm.organizationId, secret]);
  await sql("update ratings set evidence = $2 where organization_id = $1", [firm.organizationId, secret]);
  const now = new Date(session.endsAt!.getTime());
  now.setUTCDate(now.getUTCDate() + 1);
  now.setUTCHours(12);
  const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
  await remindOwing(contextOf(api.database, { viewer, now, requestId: "job:1" }));
  mails.push(...(await post.mails(now)));
  await submit(firm, "bob", { id: (await interview(firm, { panel: ["bob"] })).id }, { query: 1 });
  mails.push(...(await post.mails(now)));
  const bySubject = (start: string) =>
    mails.filter(({ subject }) => subject.startsWith(start)).map(({ to }) => to.name);
  expect(bySubject("Interview")).toEqual(["ann", "bob", "cyd"]);
  expect(bySubject("Your scorecard")).toEqual(["bob"]);
  expect(bySubject("Debrief")).toEqual(["bob", "hiringManager", "recruiter"]);
  for (const { subject, text, html, calendar = "" } of mails) {
    const said = [subject, text, html, calendar].join("\n");
    expect(said).not.toContain(secret);
    expect(said).not.toMatch(/STRONG_|NO_DECISION|recommend|\bscored?\b|\d points|pass mark/i);
  }
  const reminder = mails.find(({ subject }) => subject.startsWith("Your scorecard"))!;
  expect(reminder.text).not.toMatch(/\bann\b|\bcyd\b/i);
  for (const mail of mails) {
    const others = ["ann", "bob", "cyd", "recruiter", "hiringManager"].filter((name) => name !== mail.to.name);
    for (const name of others) expect(mail.text).not.toContain(name);
  }
});
