import { createCandidate } from "../../src/candidates/candidate.actions";
import { workerContext } from "../../src/platform/context";
import type { Task } from "../../src/platform/jobs/job";
import { slices } from "../../src/slices";
import { type Company, company } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  ours = await company(api.database);
});

afterAll(() => api.close());

const sql = <R>(text: string, ...values: unknown[]): Promise<R[]> =>
  withClient(superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    return (await client.query(text, values)).rows;
  });

const SETTINGS = `mutation ($input: UpdateOrganizationSettingsInput!) { updateOrganizationSettings(input: $input) {
  organization { candidateRetentionDays version } userErrors { code field } } }`;

const settings = async (input: object) =>
  (await api.send(ours.people.admin, SETTINGS, { input })).data.updateOrganizationSettings;

const retention = slices.find(({ name }) => name === "candidates")!.jobs!["candidates.retain"]!;

/** What the job does at its hour. */
const runs = (): Promise<void> => retention.run(workerContext(api.database, ours.organizationId, "test"), {} as Task);

/** Everything that has happened in the organisation happened so many days earlier. */
async function ago(days: number): Promise<void> {
  const TABLES = {
    candidates: ["created_at", "updated_at"],
    applications: ["created_at", "updated_at"],
    interview_sessions: ["created_at", "updated_at", "starts_at", "ends_at"],
    panelists: ["created_at", "updated_at"],
    session_questions: ["created_at", "asked_at"],
    scorecards: ["created_at", "updated_at"],
    decisions: ["created_at", "updated_at"],
    debrief_notes: ["created_at"],
    score_links: ["created_at"],
    external_references: ["created_at"],
  };
  for (const [table, columns] of Object.entries(TABLES)) {
    const earlier = columns.map((column) => `${column} = ${column} - make_interval(days => $2)`);
    await sql(`update ${table} set ${earlier.join(", ")} where organization_id = $1`, ours.organizationId, days);
  }
}

const names = async (): Promise<string[]> =>
  (
    await sql<{ name: string }>(
      "select name from candidates where organization_id = $1 order by id",
      ours.organizationId,
    )
  ).map(({ name }) => name);

/** Somebody whose application was decided after an interview; 30 days later than now, as interviews of tests are. */
async function decided(name: string): Promise<string> {
  const { id: applicationId } = await ours.applicant(name);
  await debriefed(ours, { ann: { "sql-query": 4 } }, { applicationId });
  await decide(ours, applicationId, { departureReason: "D" });
  return applicationId;
}

describe("the setting", () => {
  test("is 30 to 3650 days, or null for ever, and stays where it is left out", async () => {
    const { organization } = await settings({ version: 1, candidateRetentionDays: 30 });
    expect(organization).toEqual({ candidateRetentionDays: 30, version: 2 });
    for (const days of [29, 3651, 0, -1])
      expect(await settings({ version: 2, candidateRetentionDays: days })).toEqual({
        organization: null,
        userErrors: [{ code: "BAD_INPUT", field: ["candidateRetentionDays"] }],
      });
    expect((await settings({ version: 2, name: "Other" })).organization.candidateRetentionDays).toBe(30);
    const longest = await settings({ version: 3, candidateRetentionDays: 3650 });
    expect(longest.organization.candidateRetentionDays).toBe(3650);
    const never = await settings({ version: 4, candidateRetentionDays: null });
    expect(never.organization).toEqual({ candidateRetentionDays: null, version: 5 });
  });
});

describe("at night", () => {
  test("whoever has been quiet for too long is erased, as by hand", async () => {
    await decided("Quiet");
    await ago(100);
    await decided("Lively");
    await settings({ version: 1, candidateRetentionDays: 30 });
    await runs();
    expect(await names()).toEqual(["Erased candidate", "Lively"]);
    const entries = await sql(
      `select type, actor_kind as kind, changes from journal_entries
       where organization_id = $1 and type = 'candidate.erased'`,
      ours.organizationId,
    );
    expect(entries).toEqual([{ type: "candidate.erased", kind: "WORKER", changes: ["name", "email"] }]);
    expect(
      await sql("select from ratings where organization_id = $1 and evidence = 'Saw sql-query.'", ours.organizationId),
    ).toHaveLength(1);
  });

  test("nobody is erased where it is for ever", async () => {
    await decided("Quiet");
    await ago(4000);
    await runs();
    expect(await names()).toEqual(["Quiet"]);
  });

  test("nobody is erased whose application waits to be decided, or whose interview is to come", async () => {
    await ours.applicant("Undecided");
    const { id: applicationId } = await ours.applicant("Awaited");
    await interview(ours, { applicationId, panel: ["ann"], state: "SCHEDULED" });
    await sql("update applications set status = 'REJECTED' where id = $1", applicationId);
    await createCandidate(ours.as("recruiter"), { name: "Never applied" });
    await ago(45);
    await sql(
      "update interview_sessions set starts_at = now() + interval '1 day', ends_at = now() + interval '2 days' where application_id = $1",
      applicationId,
    );
    await settings({ version: 1, candidateRetentionDays: 30 });
    await runs();
    expect(await names()).toEqual(["Undecided", "Awaited", "Erased candidate"]);
  });

  const LATER: [string, string][] = [
    ["the candidate", "candidates"],
    ["the application", "applications"],
    ["a session", "interview_sessions"],
    ["a seat", "panelists"],
    ["a scorecard", "scorecards"],
    ["a decision", "decisions"],
  ];

  test.each(LATER)("who was quiet but for %s is kept", async (_, table) => {
    await decided("Kept");
    await ago(100);
    const today = `update ${table} set updated_at = now() where organization_id = $1`;
    await sql(today, ours.organizationId);
    await settings({ version: 1, candidateRetentionDays: 30 });
    await runs();
    expect(await names()).toEqual(["Kept"]);
  });

  test("many are erased in one night, each by itself, and nobody of another organisation", async () => {
    const other = await company(api.database);
    await createCandidate(other.as("recruiter"), { name: "Theirs" });
    for (let left = 60; left > 0; left--) await createCandidate(ours.as("recruiter"), { name: `N${left}` });
    await ago(31);
    await sql(
      "update candidates set updated_at = now() - interval '1000 days' where organization_id = $1",
      other.organizationId,
    );
    await settings({ version: 1, candidateRetentionDays: 30 });
    await runs();
    expect(new Set(await names())).toEqual(new Set(["Erased candidate"]));
    const erasures = await sql<{ xid: string }>(
      `select distinct xmin::text as xid from journal_entries where organization_id = $1 and type = 'candidate.erased'`,
      ours.organizationId,
    );
    expect(erasures).toHaveLength(60);
    expect(await sql("select name from candidates where organization_id = $1", other.organizationId)).toEqual([
      { name: "Theirs" },
    ]);
  });

  test("whom a slice does not let go of keeps nobody else", async () => {
    const applicationId = await decided("Held");
    await decided("Quiet");
    await ago(100);
    await sql("update interview_sessions set state = 'ON_HOLD' where application_id = $1", applicationId);
    await settings({ version: 1, candidateRetentionDays: 30 });
    await runs();
    expect(await names()).toEqual(["Held", "Erased candidate"]);
  });
});
