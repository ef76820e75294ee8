import { inviteMember } from "../../src/identity/member.actions";
import { contextOf } from "../../src/platform/context";
import { typeOfId } from "../../src/platform/ids";
import { setAside } from "../../src/platform/jobs/set-aside";
import { exportBank } from "../../src/question-bank/export.actions";
import { importBank } from "../../src/question-bank/import.actions";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { remindOwing } from "../../src/scorecards/scorecard-reminder.actions";
import { slices } from "../../src/slices";
import { EVENTS, KEPT } from "../../src/webhooks/event.rules";
import { draft, interview, submit } from "../cast/interview";
import { actorOf, documentOf, outcomeOf, type Stage, stage } from "../cast/valid-inputs";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(120_000);

let api: Api;
let ours: Stage;

beforeAll(async () => {
  api = await startApi();
  ours = await stage(api);
  for (const [mutation, makes] of Object.entries(ours.valid)) {
    for (const make of makes) {
      const by = actorOf(mutation);
      const input = await make(by);
      const answer = await api.send(ours.company.people[by], documentOf(mutation), { input });
      expect({ mutation, ...outcomeOf(answer, mutation) }).toMatchObject({
        mutation,
        errors: undefined,
        payload: { userErrors: [] },
      });
    }
  }
  await whatNoMutationDoesAtOnce();
}, 120_000);

/** A session that is complete no more, a skill that a file renames, and somebody who comes after an invitation. */
async function whatNoMutationDoesAtOnce(): Promise<void> {
  const { company } = ours;
  const card = await submit(company, "ann", await interview(company, { panel: ["ann"] }), { "sql-query": 3 });
  await withdrawScorecard(company.as("ann"), card);
  const begun = await draft(company, "ann", await interview(company, { panel: ["ann"] }));
  await withdrawScorecard(company.as("ann"), begun);
  const admin = company.as("admin");
  const { text } = await exportBank(admin, { format: "YAML", bankId: null });
  const renamed = text.replace("name: SQL", "name: Databases");
  await importBank(admin, { format: "YAML", text: renamed, publish: false, dryRun: false });
  const invited = { email: `eve@${company.organizationId}.example`, name: "Eve Adler", role: "AUDITOR" as const };
  await api.ask(await inviteMember(admin, invited), "{ viewer { member { id } } }");
  await somebodyIsReminded();
  const payload = { organizationId: company.organizationId, facts: {}, entryId: null };
  await setAside(api.database, { job: "tests.job", payload, attempts: 1, failure: "It failed." });
}

/** Of a scorecard, on the day after an interview: at noon, when nobody sleeps. */
async function somebodyIsReminded(): Promise<void> {
  const { company } = ours;
  const { endsAt } = await interview(company, { panel: ["bob"] });
  const now = new Date(endsAt!.getTime());
  now.setUTCDate(now.getUTCDate() + 1);
  now.setUTCHours(12);
  const viewer = { kind: "WORKER", organizationId: company.organizationId, id: null };
  await remindOwing(contextOf(api.database, { viewer, now, requestId: "job:remind" }));
}

afterAll(() => api.close());

const sql = <R>(text: string, ...values: unknown[]): Promise<R[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

interface Column {
  table: string;
  column: string;
}

/** Whatever is written by people about people, by the names of its columns. */
const ABOUT_PEOPLE = /^(email|evidence|text|summary|rationale|label|place|\w*reason|\w*note|\w*url)$/;

/** Columns of text that tell of a person: found in the catalogue, so that a new one is looked for too. */
async function personalColumns(): Promise<Column[]> {
  const columns = await sql<Column>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and data_type = 'text' and table_name <> 'journal_entries' order by 1, 2`,
  );
  return columns.filter(
    ({ table, column }) => ABOUT_PEOPLE.test(column) || (column === "name" && /^(candidates|members)$/.test(table)),
  );
}

/** What the columns hold in our organisation: other tests have theirs in the same database. */
async function said(...columns: Column[]): Promise<string[]> {
  const found = columns.map(({ table, column }) =>
    sql<{ value: string }>(
      `select distinct trim(${column}) as value from ${table} where trim(${column}) <> '' and organization_id = $1`,
      ours.company.organizationId,
    ),
  );
  return (await Promise.all(found)).flat().map(({ value }) => value);
}

/** Every text and every number of every column of the journal. */
async function journalWords(): Promise<string[]> {
  const entries = await sql<{ entry: Record<string, unknown> }>(
    "select to_jsonb(j) as entry from journal_entries j where organization_id = $1",
    ours.company.organizationId,
  );
  expect(entries.length).toBeGreaterThan(200);
  return [...new Set(entries.flatMap(({ entry }) => Object.values(entry).flat().map(String)))];
}

/** Those that are a word, or longer ones that are in one. */
const spilt = (values: readonly string[], words: readonly string[]): string[] =>
  values.filter((value) => words.some((word) => word === value || (value.length > 3 && word.includes(value))));

test("every type that is announced was announced", async () => {
  const words = await journalWords();
  const listed = slices.flatMap(({ events }) => events);
  expect(listed.filter((type) => !words.includes(type))).toEqual([]);
});

test("every type is about the noun that the table of events says, so that it is told to those who may see that", async () => {
  const pairs = await sql<{ type: string; id: string }>(
    "select distinct on (type, substr(object_id::text, 16, 3)) type, object_id as id from journal_entries where organization_id = $1",
    ours.company.organizationId,
  );
  const told = pairs.filter(({ type }) => EVENTS[type] !== KEPT).map(({ type, id }) => `${type}: ${typeOfId(id)}`);
  expect(told.length).toBeGreaterThan(40);
  expect(told.filter((each) => !Object.entries(EVENTS).some(([type, noun]) => each === `${type}: ${noun}`))).toEqual(
    [],
  );
});

test("what people wrote, and who they are, is looked for", async () => {
  const columns = await personalColumns();
  expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(
    expect.arrayContaining([
      "candidates.email",
      "candidates.name",
      "debrief_notes.text",
      "decisions.rationale",
      "dissents.reason",
      "members.email",
      "members.name",
      "panelists.response_note",
      "panelists.waived_reason",
      "question_comments.text",
      "question_notes.text",
      "ratings.evidence",
      "schedule_changes.reason",
      "scorecards.amendment_reason",
      "scorecards.summary",
    ]),
  );
  for (const each of columns)
    expect({ ...each, written: (await said(each)).length > 0 }).toEqual({ ...each, written: true });
});

test("the journal holds none of it, in no column", async () => {
  const values = await said(...(await personalColumns()));
  const words = await journalWords();
  expect(values.length).toBeGreaterThan(50);
  expect(spilt(values, words)).toEqual([]);
  expect(spilt(values, [...words, values[0]!, `about ${ours.company.people.ann.email}`])).toEqual(
    expect.arrayContaining([values[0], ours.company.people.ann.email]),
  );
});
