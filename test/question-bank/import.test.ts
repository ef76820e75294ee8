import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GiftItem, readGift } from "../../src/question-bank/gift.rules";
import { unifiedText } from "../../src/question-bank/import.rules";
import { type Company, company, type Person } from "../cast/company";
import { newBank } from "../cast/questions";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(30_000);

const folder = join(__dirname, "gift");
const files = readdirSync(folder).filter((name) => name.endsWith(".gift"));
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

interface Fault {
  line: number;
  path: string;
  message: string;
}

interface Item {
  section: string;
  line: number;
  path: string;
  title: string | null;
  key: string | null;
  outcome: string;
  faults: Fault[];
  object: { id: string; externalKey: string | null; version: number; versions: { nodes: Version[] } } | null;
}

interface Version {
  number: number;
  state: string;
  kind: string;
  title: string | null;
  stem: string;
  stemFormat: string;
  tags: string[];
  skills: { slug: string }[];
}

const IMPORT = `mutation ($input: ImportBankInput!) { importBank(input: $input) {
  report {
    dryRun import { id state itemCount doneCount failure } counts { created updated unchanged refused ignored }
    items { section line path title key outcome faults { line path message } object { id ... on Question {
      externalKey version versions { nodes { number state kind title stem stemFormat tags skills { slug } } } } } }
  }
  userErrors { code field message } } }`;

const bankId = async () => (await newBank(ours)).id;

const inputOf = (into: string, text: string, change: object = {}) => ({
  format: "GIFT",
  bankId: into,
  text,
  ...change,
});

/** The whole report. */
async function reportOf(into: string, text: string, change: object = {}): Promise<Answer["data"]> {
  const { importBank } = await api.ask(ours.people.admin, IMPORT, { input: inputOf(into, text, change) });
  return importBank.report;
}

const importInto = async (into: string, text: string, change: object = {}): Promise<Item[]> =>
  (await reportOf(into, text, change)).items;

const outcomes = (items: Item[]) => items.map(({ outcome }) => outcome);

/** What a first import into an empty bank says of a question that was read. */
function expected(item: GiftItem, index: number): Item {
  const { line, title, externalKey, tags, outcome } = item;
  const named = { section: "questions", line, path: `questions.${index}`, title, key: externalKey };
  if (outcome.kind === "ignored") {
    return { ...named, outcome: "IGNORED", faults: [{ line, path: "", message: outcome.reason }], object: null };
  }
  if (outcome.kind === "refused") {
    const fault = { line: outcome.at.line, path: "", message: outcome.reason };
    return { ...named, outcome: "REFUSED", faults: [fault], object: null };
  }
  const { text: stem, format: stemFormat } = outcome.stem;
  const { kind } = outcome.content;
  const version = { number: 1, state: "DRAFT", kind, title, stem, stemFormat, tags, skills: [] };
  const object = { id: expect.any(String), externalKey, version: 1, versions: { nodes: [version] } };
  return { ...named, outcome: "CREATED", faults: [], object };
}

/** The whole report. A question without a key that the file says again is known by then: unchanged, and the same one. */
function expectedOf(items: readonly GiftItem[]): Item[] {
  const said = ({ title, tags, outcome }: GiftItem) => JSON.stringify([title, tags, outcome]);
  return items.map((item, index) => {
    const repeats = item.externalKey === null && items.findIndex((each) => said(each) === said(item)) < index;
    const wanted = expected(item, index);
    return repeats && item.outcome.kind === "question" ? { ...wanted, outcome: "UNCHANGED" } : wanted;
  });
}

const questionsIn = async (id: string): Promise<number> => {
  const query = "query ($id: ID!) { node(id: $id) { ... on QuestionBank { questions { totalCount } } } }";
  return (await api.ask(ours.people.admin, query, { id })).node.questions.totalCount;
};

/** Number of rows of everything that an import writes. */
const written = () =>
  withClient(superuserUrl, async (client) => {
    const tables = [
      "questions",
      "question_versions",
      "question_skills",
      "question_authors",
      "journal_entries",
      "imports",
    ];
    const text = tables.map((table) => `(select count(*)::int from ${table} where organization_id = $1) as ${table}`);
    return (await client.query(`select ${text.join(", ")}`, [ours.organizationId])).rows[0];
  });

describe.each(files)("%s", (file) => {
  const wanted = expectedOf([...readGift(unifiedText(textOf(file)))]);

  test("is reported question by question as it is read; a second import changes nothing", async () => {
    const bank = await bankId();
    const first = await importInto(bank, textOf(file));
    expect(first).toEqual(wanted);
    const ids = first.flatMap(({ object }) => (object ? [object.id] : []));
    expect(new Set(ids).size).toBe(wanted.filter(({ outcome }) => outcome === "CREATED").length);
    expect(await questionsIn(bank)).toBe(wanted.filter(({ outcome }) => outcome === "CREATED").length);

    const before = await written();
    const second = await importInto(bank, textOf(file));
    expect(second).toEqual(
      first.map((item) => (item.outcome === "CREATED" ? { ...item, outcome: "UNCHANGED" } : item)),
    );
    const after = await written();
    expect(after).toEqual({ ...before, journal_entries: before.journal_entries + 1, imports: before.imports + 1 });
  });

  test("a dry run says the same and writes nothing, neither in the journal nor among the imports", async () => {
    const bank = await bankId();
    const before = await written();
    const told = await importInto(bank, textOf(file), { dryRun: true });
    expect(told).toEqual(wanted.map((item) => ({ ...item, object: null })));
    expect(await written()).toEqual(before);
    expect(await questionsIn(bank)).toBe(0);
  });
});

describe("a question with a key", () => {
  const asking = (stem: string, key = "odd") => `// [id:${key}]\n::T::${stem} {T}`;

  test("is updated as its next version when it says something else", async () => {
    const bank = await bankId();
    const [created] = await importInto(bank, asking("Is 1 odd?"));
    const [dry] = await importInto(bank, asking("Is 3 odd?"), { dryRun: true });
    expect(dry).toMatchObject({ outcome: "UPDATED", object: { id: created!.object!.id } });
    expect(dry?.object?.versions.nodes).toHaveLength(1);
    const [updated] = await importInto(bank, asking("Is 3 odd?"));
    expect(updated).toMatchObject({ outcome: "UPDATED", faults: [], key: "odd" });
    expect(updated?.object?.id).toBe(created?.object?.id);
    expect(updated?.object?.versions.nodes.map(({ number, stem }) => `${number} ${stem}`)).toEqual([
      "2 Is 3 odd?",
      "1 Is 1 odd?",
    ]);
    expect(outcomes(await importInto(bank, asking("Is 3 odd?")))).toEqual(["UNCHANGED"]);
    expect(outcomes(await importInto(bank, asking("Is 1 odd?")))).toEqual(["UPDATED"]);
    expect(await questionsIn(bank)).toBe(1);
  });

  test.each([
    ["its answer", "// [id:odd]\n::T::Is 1 odd? {F}"],
    ["its title", "// [id:odd]\n::Other::Is 1 odd? {T}"],
    ["its tags", "// [id:odd] [tag:new]\n::T::Is 1 odd? {T}"],
    ["its feedback", "// [id:odd]\n::T::Is 1 odd? {T####Yes.}"],
    ["its format", "// [id:odd]\n::T::[markdown]Is 1 odd? {T}"],
  ])("is updated when %s changes", async (_, changed) => {
    const bank = await bankId();
    await importInto(bank, asking("Is 1 odd?"));
    expect(outcomes(await importInto(bank, changed))).toEqual(["UPDATED"]);
  });

  test("is updated when it is imported for a skill, and tells which", async () => {
    const bank = await bankId();
    await importInto(bank, asking("Is 1 odd?"));
    const [item] = await importInto(bank, asking("Is 1 odd?"), { skillIds: [ours.skillIds.sql] });
    expect(item).toMatchObject({ outcome: "UPDATED" });
    expect(item?.object?.versions.nodes.map(({ skills }) => skills)).toEqual([[{ slug: "sql" }], []]);
  });

  test("is another one in another bank, and in another organisation", async () => {
    const [one, two] = [await bankId(), await bankId()];
    const [here] = await importInto(one, asking("Is 1 odd?"));
    const [there] = await importInto(two, asking("Is 1 odd?"));
    expect([here?.outcome, there?.outcome]).toEqual(["CREATED", "CREATED"]);
    expect(here?.object?.id).not.toBe(there?.object?.id);
  });

  test("is refused where the file has the key twice, with both lines", async () => {
    const bank = await bankId();
    const items = await importInto(bank, `${asking("Is 1 odd?")}\n\n${asking("Is 2 odd?")}`);
    expect(outcomes(items)).toEqual(["CREATED", "REFUSED"]);
    expect(items[1]).toMatchObject({ line: 5, faults: [{ line: 5, message: expect.stringMatching(/line 2/) }] });
  });
});

test("one without a key is known by what it says: reworded, it is a new question", async () => {
  const bank = await bankId();
  await importInto(bank, "Is 1 odd? {T}\n\nIs 2 odd? {F}");
  const items = await importInto(bank, "Is 2 odd? {F}\n\nIs 1 odd? {F}\n\nIs 1 odd? {F}");
  expect(outcomes(items)).toEqual(["UNCHANGED", "CREATED", "UNCHANGED"]);
  expect(await questionsIn(bank)).toBe(3);
});

test("one without a key that the file says twice is the one that is there, and shares its fate", async () => {
  const bank = await bankId();
  const twice = "Is 1 odd? {T}\n\nIs 1 odd? {T}";
  const [created, repeated] = await importInto(bank, twice);
  expect([created?.outcome, repeated?.outcome]).toEqual(["CREATED", "UNCHANGED"]);
  expect(repeated?.object).toEqual(created?.object);
  const again = await importInto(bank, twice);
  expect(again.map(({ outcome, object }) => [outcome, object?.id])).toEqual([
    ["UNCHANGED", created?.object?.id],
    ["UNCHANGED", created?.object?.id],
  ]);
  const { id, version } = created!.object!;
  const HAND_IN = `mutation ($input: RequestQuestionReviewInput!) { requestQuestionReview(input: $input) { userErrors { code } } }`;
  await api.ask(ours.people.admin, HAND_IN, { input: { id, version } });
  expect(outcomes(await importInto(bank, twice, { publish: true }))).toEqual(["REFUSED", "REFUSED"]);
});

/** Imports at once: one may be refused because another runs. Answers the reports of those that were not. */
async function atOnce(inputs: readonly object[]): Promise<Item[][]> {
  const answers = await Promise.all(inputs.map((input) => api.send(ours.people.admin, IMPORT, { input })));
  return answers.flatMap(({ data, errors }) => {
    expect(errors).toBeUndefined();
    const { report, userErrors } = data.importBank;
    if (report) return [report.items];
    expect(userErrors).toMatchObject([{ code: "IMPORT_RUNNING", field: null }]);
    return [];
  });
}

test("imports at once into one bank make no question twice", async () => {
  const bank = await bankId();
  const gift = Array.from({ length: 20 }, (_, index) =>
    index % 2 ? `Is ${index} odd? {T}` : `// [id:k${index}]\nIs ${index} odd? {F}`,
  ).join("\n\n");
  const reports = await atOnce([1, 2, 3, 4].map(() => inputOf(bank, gift)));
  const counts = reports.map((items) => items.filter(({ outcome }) => outcome === "CREATED").length);
  expect(counts.sort((a, b) => b - a)).toEqual([20, ...reports.slice(1).map(() => 0)]);
  expect(await questionsIn(bank)).toBe(20);
  expect(new Set(outcomes(await importInto(bank, gift)))).toEqual(new Set(["UNCHANGED"]));
});

test("updates at once of one question give it every version once", async () => {
  const bank = await bankId();
  await importInto(bank, "// [id:q]\nVersion 0 {T}");
  const reports = await atOnce([1, 2, 3, 4].map((number) => inputOf(bank, `// [id:q]\nVersion ${number} {T}`)));
  const [item] = await importInto(bank, "// [id:q]\nThe last {T}");
  const numbers = item?.object?.versions.nodes.map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 2 + reports.length }, (_, index) => 2 + reports.length - index));
});

describe("an import", () => {
  const TWO = "// [id:a]\nIs 1 odd? {T}\n\nIs 2 odd? {F}\n\nBroken {=a";

  const newest = async () => {
    const query = "{ imports(first: 1) { nodes { id state format itemCount doneCount failure startedBy { name } } } }";
    return (await api.ask(ours.people.admin, query)).imports.nodes[0];
  };

  test("tells how it ended, in the report and for everybody", async () => {
    const { dryRun, import: told, counts } = await reportOf(await bankId(), TWO);
    expect({ dryRun, counts }).toEqual({
      dryRun: false,
      counts: { created: 2, updated: 0, unchanged: 0, refused: 1, ignored: 0 },
    });
    expect(told).toMatchObject({ state: "DONE", itemCount: 3, doneCount: 3, failure: null });
    expect(await newest()).toEqual({ ...told, format: "GIFT", startedBy: { name: "admin" } });
  });

  test("that is a dry run is none", async () => {
    const before = await newest();
    expect(await reportOf(await bankId(), TWO, { dryRun: true })).toMatchObject({ dryRun: true, import: null });
    expect(await newest()).toEqual(before);
  });

  test("waits for no other, but is refused and FAILED, and nothing of it is written", async () => {
    const bank = await bankId();
    const before = await written();
    await withClient(superuserUrl, async (client) => {
      await client.query("begin");
      const lock = "select pg_advisory_xact_lock(hashtextextended('import ' || $1, 0))";
      await client.query(lock, [ours.organizationId]);
      for (const dryRun of [false, true]) {
        const { data } = await api.send(ours.people.admin, IMPORT, { input: inputOf(bank, TWO, { dryRun }) });
        expect(data.importBank).toMatchObject({ report: null, userErrors: [{ code: "IMPORT_RUNNING" }] });
      }
      await client.query("rollback");
    });
    expect(await newest()).toMatchObject({ state: "FAILED", failure: expect.stringContaining("Another import") });
    expect(await written()).toEqual({ ...before, imports: before.imports + 1 });
    expect(outcomes(await importInto(bank, TWO))).toEqual(["CREATED", "CREATED", "REFUSED"]);
  });

  test("that breaks at its end leaves nothing but the word that it failed, which gives nothing away", async () => {
    const bank = await bankId();
    const before = await written();
    const broken = await withClient(superuserUrl, async (client) => {
      await client.query(`create function break_import() returns trigger language plpgsql as
        $$ begin raise exception 'secret of the house'; end $$`);
      try {
        await client.query(`create trigger break_import before insert on journal_entries
          for each row when (new.type = 'import.done') execute function break_import()`);
        return await api.send(ours.people.admin, IMPORT, { input: inputOf(bank, TWO) });
      } finally {
        await client.query("drop function break_import cascade");
      }
    });
    expect(broken.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    const { state, failure } = await newest();
    expect(state).toBe("FAILED");
    expect(JSON.stringify([broken.errors, failure])).not.toContain("secret");
    expect(await written()).toEqual({ ...before, imports: before.imports + 1 });
    expect(outcomes(await importInto(bank, TWO))).toEqual(["CREATED", "CREATED", "REFUSED"]);
  });
});

describe("a version of a question that is there", () => {
  const asking = (stem: string) => `// [id:q]\n${stem} {T}`;
  const states = ([item]: Item[]) => item?.object?.versions.nodes.map(({ number, state }) => `${number} ${state}`);

  async function move(mutation: string, { id, version }: { id: string; version: number }, more: object = {}) {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { question { id version } userErrors { code } } }`;
    const who = mutation === "reviewQuestion" ? ours.people.recruiter : ours.people.admin;
    return (await api.ask(who, query, { input: { id, version, ...more } }))[mutation].question;
  }

  test("is READY at once where somebody vouches for the file, and retires the one before", async () => {
    const bank = await bankId();
    expect(states(await importInto(bank, asking("One?"), { publish: true }))).toEqual(["1 READY"]);
    expect(states(await importInto(bank, asking("Two?"), { publish: true }))).toEqual(["2 READY", "1 RETIRED"]);
    expect(states(await importInto(bank, asking("Three?")))).toEqual(["3 DRAFT", "2 READY", "1 RETIRED"]);
    expect(outcomes(await importInto(bank, asking("Two?")))).toEqual(["UNCHANGED"]);
  });

  test("is published by an import of the same words, where it was a DRAFT", async () => {
    const bank = await bankId();
    await importInto(bank, asking("One?"));
    const items = await importInto(bank, asking("One?"), { publish: true });
    expect(outcomes(items)).toEqual(["UPDATED"]);
    expect(states(items)).toEqual(["2 READY", "1 RETIRED"]);
    expect(outcomes(await importInto(bank, asking("One?"), { publish: true }))).toEqual(["UNCHANGED"]);
  });

  test("is not written over while it is in review", async () => {
    const bank = await bankId();
    const [created] = await importInto(bank, asking("One?"));
    const inReview = await move("requestQuestionReview", created!.object!);
    for (const publish of [false, true]) {
      const [item] = await importInto(bank, asking("Two?"), { publish });
      const fault = { line: 2, path: "key", message: expect.stringContaining("version 1 is in review") };
      expect(item).toMatchObject({ outcome: "REFUSED", faults: [fault], object: null });
    }
    await move("reviewQuestion", inReview, { verdict: "APPROVED" });
    expect(states(await importInto(bank, asking("Two?")))).toEqual(["2 DRAFT", "1 READY"]);
  });

  test("is not brought back where it was retired", async () => {
    const bank = await bankId();
    const [created] = await importInto(bank, asking("One?"), { publish: true });
    await move("retireQuestion", created!.object!);
    for (const stem of ["One?", "Two?"]) {
      const [item] = await importInto(bank, asking(stem));
      const fault = { line: 2, path: "key", message: expect.stringContaining("it was retired here") };
      expect(item).toMatchObject({ outcome: "IGNORED", faults: [fault], object: null });
    }
  });
});

test.each<[Person, boolean, boolean]>([
  ["admin", true, true],
  ["recruiter", true, true],
  ["hiringManager", true, true],
  ["ann", true, false],
  ["auditor", false, false],
])("%s may import: %s, and publish: %s", async (who, mayImport, mayPublish) => {
  for (const publish of [false, true]) {
    const input = inputOf(await bankId(), "Is it? {T}", { publish });
    const before = await written();
    const { data, errors } = await api.send(ours.people[who], IMPORT, { input });
    if (publish ? mayPublish : mayImport) expect(data.importBank.report.items).toHaveLength(1);
    else {
      expect(errors).toMatchObject([{ path: ["importBank"], extensions: { code: "FORBIDDEN" } }]);
      expect(await written()).toEqual(before);
    }
  }
});
