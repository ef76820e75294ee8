import type { Database } from "../../src/platform/db/database";
import { importBank } from "../../src/question-bank/import.actions";
import { importStateAt } from "../../src/question-bank/import.rules";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

let api: Api;
let database: Database;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ({ database } = api);
  ours = await company(database);
});

afterAll(() => api.close());

interface Row {
  id: string;
  state: string;
  itemCount: number;
  doneCount: number;
  failure: string | null;
  finishedAt: string | null;
}

/** The newest import, as anybody else sees it meanwhile. */
async function newest(): Promise<Row | undefined> {
  const query = "{ imports(first: 1) { nodes { id state itemCount doneCount failure finishedAt } } }";
  return (await api.ask(ours.people.bob, query)).imports.nodes[0];
}

const question = (index: number, stem = `Question ${index}?`) => `  - key: q${index}
    bank: many
    kind: SINGLE_CHOICE
    title: Question number ${index}
    skills: [sql]
    level: MIDDLE
    minutes: 5
    tags: [many]
    stem: |
      ${stem}
    options:
      - text: Yes, ${index}.
        right: true
        feedback: Right.
      - text: No, ${index}.
        feedback: Look again.
    guidance:
      good: Says why.
      followUps: [And if it were twice as much?]
      redFlags: [Guesses.]
`;

const bank = (count: number): string =>
  `assay: 1\nbanks:\n  - { key: many, name: Many }\nquestions:\n${Array.from({ length: count }, (_, index) => question(index)).join("")}`;

const yaml = (text: string) => ({ format: "YAML" as const, text, publish: true, dryRun: false });

/** Rows of a table in the organisation. */
const count = (table: string): Promise<number> =>
  withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(`select count(*)::int as n from ${table} where organization_id = $1`, [
      ours.organizationId,
    ]);
    return rows[0].n;
  });

/** Does something while the database answers to writes of questions as slowly as a busy one. */
async function slowly<T>(work: () => Promise<T>): Promise<T> {
  const asSuperuser = (text: string) => withClient(superuserUrl, (client) => client.query(text));
  await asSuperuser(`create function doze() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.3); return null; end $$`);
  await asSuperuser("create trigger doze after insert on question_versions for each statement execute function doze()");
  try {
    return await work();
  } finally {
    await asSuperuser("drop function doze() cascade");
  }
}

test("a thousand questions come in at once, in one transaction, and everybody can watch", async () => {
  let over = false;
  const importing = slowly(() => importBank(ours.as("admin"), yaml(bank(1000)))).finally(() => {
    over = true;
  });
  const seen: Row[] = [];
  let visibleEarly = 0;
  while (!over) {
    const row = await newest();
    if (row?.state !== "RUNNING") continue;
    seen.push(row);
    visibleEarly = Math.max(visibleEarly, await count("questions"));
  }
  const report = await importing;
  expect(report.counts).toEqual({ created: 1001, updated: 0, unchanged: 0, refused: 0, ignored: 0 });
  // Watched from another connection while it ran: progress moved, and nothing was there before all of it was.
  const progress = seen.map(({ doneCount }) => doneCount);
  expect(progress).toEqual([...progress].sort((one, other) => one - other));
  expect(new Set(progress).size).toBeGreaterThan(2);
  expect(seen.every(({ itemCount, finishedAt }) => itemCount === 1001 && finishedAt === null)).toBe(true);
  expect(visibleEarly === 0 || visibleEarly === 1000).toBe(true);
  expect(await newest()).toMatchObject({ id: report.import!.id, state: "DONE", itemCount: 1001, doneCount: 1001 });
  expect(await count("questions")).toBe(1000);
});

test("brought in again it writes nothing", async () => {
  const before = [await count("questions"), await count("question_versions"), await count("journal_entries")];
  const report = await importBank(ours.as("admin"), yaml(bank(1000)));
  expect(report.counts).toEqual({ created: 0, updated: 0, unchanged: 1001, refused: 0, ignored: 0 });
  const [questions, versions, entries] = before;
  // The journal tells of the import itself.
  expect([await count("questions"), await count("question_versions"), await count("journal_entries")]).toEqual([
    questions,
    versions,
    entries! + 1,
  ]);
});

test("a dry run leaves nothing behind, not even an import", async () => {
  const tables = ["imports", "questions", "question_versions", "question_banks", "journal_entries"];
  const before = await Promise.all(tables.map(count));
  const other = bank(50).replaceAll("many", "more").replace("Many", "More");
  const report = await importBank(ours.as("admin"), { ...yaml(other), dryRun: true });
  expect(report).toMatchObject({ dryRun: true, import: null, counts: { created: 51 } });
  expect(report.items.map(({ id }) => id)).toEqual(Array(51).fill(null));
  expect(await Promise.all(tables.map(count))).toEqual(before);
});

test("an import that fails leaves nothing but word of its failure, which outlives the rollback", async () => {
  const before = await count("questions");
  await withClient(superuserUrl, async (client) => {
    // The database refuses in the middle of the work, as it would on a full disk.
    await client.query(`create function spoil() returns trigger language plpgsql as
      $$ begin if new.stem like 'Spoilt%' then raise exception 'no space left'; end if; return new; end $$`);
    await client.query("create trigger spoil before insert on question_versions for each row execute function spoil()");
  });
  try {
    const text = `assay: 1\nquestions:\n${question(5000)}${question(5001, "Spoilt?")}`;
    await expect(importBank(ours.as("admin"), yaml(text))).rejects.toThrow("no space left");
  } finally {
    await withClient(superuserUrl, (client) => client.query("drop function spoil() cascade"));
  }
  expect(await count("questions")).toBe(before);
  const row = await newest();
  expect(row).toMatchObject({ state: "FAILED", itemCount: 2, failure: "The server failed at request test." });
  expect(row!.finishedAt).not.toBeNull();
});

test("one import at a time: the second is refused, and says so", async () => {
  const answers = await Promise.allSettled(
    ["a", "b", "c"].map((key) =>
      importBank(ours.as("admin"), yaml(bank(200).replaceAll("many", key).replace("Many", key))),
    ),
  );
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []));
  expect(refused.length).toBeLessThan(3);
  expect(new Set([...refused, "IMPORT_RUNNING"])).toEqual(new Set(["IMPORT_RUNNING"]));
});

test("twenty imports at once do not wait for each other's connections for ever", async () => {
  const bankIds = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const { id } = await createQuestionBank(ours.as("admin"), { name: `Parallel ${index}` });
      return id;
    }),
  );
  const answers = await Promise.allSettled(
    bankIds.map((bankId) =>
      importBank(ours.as("admin"), { format: "GIFT", text: "Is 1 odd? {T}", bankId, publish: true, dryRun: false }),
    ),
  );
  expect(answers.some(({ status }) => status === "fulfilled")).toBe(true);
});

test("an import whose server was killed is FAILED after two minutes of silence", () => {
  const updatedAt = new Date("2030-01-01T10:00:00Z");
  const at = (time: string) => importStateAt({ state: "RUNNING", updatedAt }, new Date(`2030-01-01T${time}Z`));
  expect([at("10:02:00"), at("10:02:01")]).toEqual(["RUNNING", "FAILED"]);
  const later = new Date("2031-01-01T00:00:00Z");
  expect(importStateAt({ state: "DONE", updatedAt }, later)).toBe("DONE");
});
