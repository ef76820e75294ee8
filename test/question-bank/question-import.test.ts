import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GiftItem, parseGift } from "../../src/question-bank/gift.rules";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { rubricFaults } from "../../src/question-bank/rubric.rules";
import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";
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

interface Item {
  line: number;
  title: string | null;
  externalKey: string | null;
  outcome: string;
  reason: string | null;
  question: { id: string; externalKey: string | null; versions: { nodes: Version[] } } | null;
}

interface Version {
  number: number;
  kind: string;
  title: string | null;
  stem: string;
  stemFormat: string;
  tags: string[];
  skill: { slug: string } | null;
}

const IMPORT = `mutation ($input: ImportQuestionsInput!) { importQuestions(input: $input) {
  report { dryRun items { line title externalKey outcome reason question { id externalKey versions { nodes {
    number kind title stem stemFormat tags skill { slug } } } } } } userErrors { code field message } } }`;

let opened = 0;
const newBank = async () => (await createQuestionBank(ours.as("admin"), { name: `Bank ${++opened}` })).id;

async function importInto(bankId: string, gift: string, change: object = {}): Promise<Item[]> {
  const { importQuestions } = await api.ask(ours.people.admin, IMPORT, { input: { bankId, gift, ...change } });
  return importQuestions.report.items;
}

const outcomes = (items: Item[]) => items.map(({ outcome }) => outcome);

/** What a first import into an empty bank says of a question that was read. */
function expected(item: GiftItem): Item {
  const { line, title, externalKey, tags, outcome } = item;
  const named = { line, title, externalKey };
  if (outcome.kind !== "question") {
    return {
      ...named,
      outcome: outcome.kind === "refused" ? "REFUSED" : "IGNORED",
      reason: outcome.reason,
      question: null,
    };
  }
  const { text: stem, format: stemFormat } = outcome.stem;
  const version = { number: 1, kind: outcome.content.kind, title, stem, stemFormat, tags, skill: null };
  const question = { id: expect.any(String), externalKey, versions: { nodes: [version] } };
  return { ...named, outcome: "CREATED", reason: null, question };
}

/** The whole report. A question without a key that the file says again is known by then: unchanged, and the same one. */
function expectedOf(items: readonly GiftItem[]): Item[] {
  const said = ({ title, tags, outcome }: GiftItem) => JSON.stringify([title, tags, outcome]);
  return items.map((item, index) => {
    const repeats = item.externalKey === null && items.findIndex((each) => said(each) === said(item)) < index;
    return repeats && item.outcome.kind === "question" ? { ...expected(item), outcome: "UNCHANGED" } : expected(item);
  });
}

const questionsIn = async (bankId: string): Promise<number> => {
  const query = "query ($id: ID!) { node(id: $id) { ... on QuestionBank { questions { totalCount } } } }";
  return (await api.ask(ours.people.admin, query, { id: bankId })).node.questions.totalCount;
};

/** Number of rows of everything that an import writes. */
const written = () =>
  withClient(superuserUrl, async (client) => {
    const text = ["questions", "question_versions", "journal_entries"].map(
      (table) => `(select count(*)::int from ${table} where organization_id = $1) as ${table}`,
    );
    return (await client.query(`select ${text.join(", ")}`, [ours.organizationId])).rows[0];
  });

describe.each(files)("%s", (file) => {
  const wanted = expectedOf(parseGift(textOf(file)).items);

  test("is reported question by question as it is read; a second import changes nothing", async () => {
    const bankId = await newBank();
    const first = await importInto(bankId, textOf(file));
    expect(first).toEqual(wanted);
    const ids = first.flatMap(({ question }) => (question ? [question.id] : []));
    expect(new Set(ids).size).toBe(wanted.filter(({ outcome }) => outcome === "CREATED").length);
    expect(await questionsIn(bankId)).toBe(wanted.filter(({ outcome }) => outcome === "CREATED").length);

    const before = await written();
    const second = await importInto(bankId, textOf(file));
    expect(second).toEqual(
      first.map((item) => (item.outcome === "CREATED" ? { ...item, outcome: "UNCHANGED" } : item)),
    );
    const after = await written();
    expect(after).toEqual({ ...before, journal_entries: before.journal_entries + 1 });
  });

  test("a dry run says the same and writes nothing, not even in the journal", async () => {
    const bankId = await newBank();
    const before = await written();
    const told = await importInto(bankId, textOf(file), { dryRun: true });
    expect(told).toEqual(wanted.map((item) => ({ ...item, question: null })));
    expect(await written()).toEqual(before);
    expect(await questionsIn(bankId)).toBe(0);
  });
});

describe("a question with a key", () => {
  const asking = (stem: string, key = "odd") => `// [id:${key}]\n::T::${stem} {T}`;

  test("is updated as its next version when it says something else", async () => {
    const bankId = await newBank();
    const [created] = await importInto(bankId, asking("Is 1 odd?"));
    const [dry] = await importInto(bankId, asking("Is 3 odd?"), { dryRun: true });
    expect(dry).toMatchObject({ outcome: "UPDATED", question: { id: created!.question!.id } });
    expect(dry?.question?.versions.nodes).toHaveLength(1);
    const [updated] = await importInto(bankId, asking("Is 3 odd?"));
    expect(updated).toMatchObject({ outcome: "UPDATED", reason: null, externalKey: "odd" });
    expect(updated?.question?.id).toBe(created?.question?.id);
    expect(updated?.question?.versions.nodes.map(({ number, stem }) => `${number} ${stem}`)).toEqual([
      "2 Is 3 odd?",
      "1 Is 1 odd?",
    ]);
    expect(outcomes(await importInto(bankId, asking("Is 3 odd?")))).toEqual(["UNCHANGED"]);
    expect(outcomes(await importInto(bankId, asking("Is 1 odd?")))).toEqual(["UPDATED"]);
    expect(await questionsIn(bankId)).toBe(1);
  });

  test.each([
    ["its answer", "// [id:odd]\n::T::Is 1 odd? {F}"],
    ["its title", "// [id:odd]\n::Other::Is 1 odd? {T}"],
    ["its tags", "// [id:odd] [tag:new]\n::T::Is 1 odd? {T}"],
    ["its feedback", "// [id:odd]\n::T::Is 1 odd? {T####Yes.}"],
    ["its format", "// [id:odd]\n::T::[markdown]Is 1 odd? {T}"],
  ])("is updated when %s changes", async (_, changed) => {
    const bankId = await newBank();
    await importInto(bankId, asking("Is 1 odd?"));
    expect(outcomes(await importInto(bankId, changed))).toEqual(["UPDATED"]);
  });

  test("is updated when it is imported for a skill, and tells which", async () => {
    const bankId = await newBank();
    await importInto(bankId, asking("Is 1 odd?"));
    const [item] = await importInto(bankId, asking("Is 1 odd?"), { skillId: ours.skillIds.sql });
    expect(item).toMatchObject({ outcome: "UPDATED" });
    expect(item?.question?.versions.nodes.map(({ skill }) => skill?.slug)).toEqual(["sql", undefined]);
  });

  test("is another one in another bank, and in another organisation", async () => {
    const [one, two] = [await newBank(), await newBank()];
    const [here] = await importInto(one, asking("Is 1 odd?"));
    const [there] = await importInto(two, asking("Is 1 odd?"));
    expect([here?.outcome, there?.outcome]).toEqual(["CREATED", "CREATED"]);
    expect(here?.question?.id).not.toBe(there?.question?.id);
  });

  test("is refused where the file has the key twice, with both lines", async () => {
    const bankId = await newBank();
    const items = await importInto(bankId, `${asking("Is 1 odd?")}\n\n${asking("Is 2 odd?")}`);
    expect(outcomes(items)).toEqual(["CREATED", "REFUSED"]);
    expect(items[1]?.reason).toMatch(/^line 5, .*line 2/);
  });
});

test("one without a key is known by what it says: reworded, it is a new question", async () => {
  const bankId = await newBank();
  await importInto(bankId, "Is 1 odd? {T}\n\nIs 2 odd? {F}");
  const items = await importInto(bankId, "Is 2 odd? {F}\n\nIs 1 odd? {F}\n\nIs 1 odd? {F}");
  expect(outcomes(items)).toEqual(["UNCHANGED", "CREATED", "UNCHANGED"]);
  expect(await questionsIn(bankId)).toBe(3);
});

test("imports at once into one bank make no question twice", async () => {
  const bankId = await newBank();
  const gift = Array.from({ length: 20 }, (_, index) =>
    index % 2 ? `Is ${index} odd? {T}` : `// [id:k${index}]\nIs ${index} odd? {F}`,
  );
  const reports = await Promise.all([1, 2, 3, 4].map(() => importInto(bankId, gift.join("\n\n"))));
  const counts = reports.map((items) => items.filter(({ outcome }) => outcome === "CREATED").length);
  expect(counts.sort((a, b) => a - b)).toEqual([0, 0, 0, 20]);
  expect(new Set(reports.flat().map(({ outcome }) => outcome))).toEqual(new Set(["CREATED", "UNCHANGED"]));
  expect(await questionsIn(bankId)).toBe(20);
});

test("updates at once of one question give it every version once", async () => {
  const bankId = await newBank();
  await importInto(bankId, "// [id:q]\nVersion 0 {T}");
  await Promise.all([1, 2, 3, 4].map((number) => importInto(bankId, `// [id:q]\nVersion ${number} {T}`)));
  const [item] = await importInto(bankId, "// [id:q]\nThe last {T}");
  expect(item?.question?.versions.nodes.map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1]);
});

test.each<[Person, boolean]>([
  ["admin", true],
  ["recruiter", true],
  ["hiringManager", true],
  ["ann", true],
  ["auditor", false],
])("%s may import: %s", async (who, may) => {
  const input = { bankId: await newBank(), gift: "Is it? {T}", dryRun: true };
  const { data, errors } = await api.send(ours.people[who], IMPORT, { input });
  if (may) expect(data.importQuestions.report.items).toHaveLength(1);
  else expect(errors).toMatchObject([{ path: ["importQuestions"], extensions: { code: "FORBIDDEN" } }]);
});

describe("a rubric", () => {
  type Draft = Parameters<typeof rubricFaults>[0][number];
  const criterion = (change: Partial<Draft> = {}): Draft => ({
    key: "a",
    weight: 1,
    scaleMin: 1,
    scaleMax: 5,
    anchors: [{ value: 1 }, { value: 5 }],
    ...change,
  });

  const table: [string, Draft[], [string, string][]][] = [
    ["that can be used", [criterion(), criterion({ key: "b", weight: 0 })], []],
    [
      "with gates on both ends of the scale",
      [criterion({ gate: { min: 1 } }), criterion({ key: "b", gate: { min: 5 } })],
      [],
    ],
    ["below zero", [criterion({ scaleMin: -5, scaleMax: -1, anchors: [{ value: -3 }] })], []],
    ["without anchors", [criterion({ anchors: [], gate: null })], []],
    ["with a key twice", [criterion(), criterion()], [["criteria.1.key", 'Criterion "a": the key is there twice.']]],
    [
      "with a scale of one value",
      [criterion({ scaleMin: 3, scaleMax: 3, anchors: [] })],
      [["criteria.0.scaleMax", 'Criterion "a": the scale ends at 3, not above 3, where it starts.']],
    ],
    [
      "with a scale upside down",
      [criterion({ scaleMin: 5, scaleMax: 1, anchors: [] })],
      [["criteria.0.scaleMax", 'Criterion "a": the scale ends at 1, not above 5, where it starts.']],
    ],
    [
      "with a gate below the scale",
      [criterion({ gate: { min: 0 } })],
      [["criteria.0.gate.min", 'Criterion "a": the gate is at 0, outside the scale 1 to 5.']],
    ],
    [
      "with a gate above the scale",
      [criterion({ gate: { min: 6 } })],
      [["criteria.0.gate.min", 'Criterion "a": the gate is at 6, outside the scale 1 to 5.']],
    ],
    [
      "with an anchor off the scale",
      [criterion({ anchors: [{ value: 1 }, { value: 6 }] })],
      [["criteria.0.anchors.1.value", 'Criterion "a": the anchor of 6 lies outside the scale 1 to 5.']],
    ],
    [
      "with a value anchored twice",
      [criterion({ anchors: [{ value: 2 }, { value: 3 }, { value: 2 }] })],
      [["criteria.0.anchors.2.value", 'Criterion "a": 2 has two anchors.']],
    ],
    [
      "in which nothing weighs",
      [criterion({ weight: 0 }), criterion({ key: "b", weight: 0 })],
      [["criteria", "At least one criterion weighs more than 0."]],
    ],
    [
      "with several faults, all of them",
      [criterion(), criterion({ gate: { min: 9 }, anchors: [{ value: 0 }] })],
      [
        ["criteria.1.key", 'Criterion "a": the key is there twice.'],
        ["criteria.1.gate.min", 'Criterion "a": the gate is at 9, outside the scale 1 to 5.'],
        ["criteria.1.anchors.0.value", 'Criterion "a": the anchor of 0 lies outside the scale 1 to 5.'],
      ],
    ],
  ];

  const CREATE = `mutation ($input: CreateRubricInput!) { createRubric(input: $input) {
    rubric { name versions { nodes { number criteria { key scaleMin scaleMax gateMin gateRule anchors { value label } } } } }
    userErrors { code field message } } }`;

  const rubrics = async () => (await api.ask(ours.people.admin, "{ rubrics { totalCount } }")).rubrics.totalCount;

  test.each(table)("%s", async (name, drafts, wanted) => {
    const faults = wanted.map(([path, message]) => ({ code: "RUBRIC_UNUSABLE", message, field: path.split(".") }));
    expect(rubricFaults(drafts)).toEqual(faults);

    const before = await rubrics();
    const criteria = drafts.map(({ anchors, ...each }) => ({
      ...each,
      name: each.key,
      skillId: ours.skillIds.sql,
      anchors: anchors.map((anchor) => ({ ...anchor, label: "Some", behaviour: "" })),
    }));
    const { data } = await api.send(ours.people.ann, CREATE, { input: { name, criteria } });
    expect(data.createRubric.userErrors).toEqual(faults);
    expect(await rubrics()).toBe(before + (faults.length === 0 ? 1 : 0));
    if (faults.length > 0) return expect(data.createRubric.rubric).toBeNull();
    const [version] = data.createRubric.rubric.versions.nodes;
    expect(version).toMatchObject({
      number: 1,
      criteria: drafts.map(({ key, scaleMin, scaleMax, gate }) => ({
        key,
        scaleMin,
        scaleMax,
        gateMin: gate?.min ?? null,
        gateRule: gate ? "MEAN" : null,
      })),
    });
  });

  test("of a name that is there is refused by its field", async () => {
    const criteria = [{ ...criterion({ anchors: [] }), name: "A", skillId: ours.skillIds.sql }];
    const input = { name: "Twice", criteria };
    await api.ask(ours.people.admin, CREATE, { input });
    const { data } = await api.send(ours.people.admin, CREATE, { input });
    expect(data.createRubric).toEqual({
      rubric: null,
      userErrors: [{ code: "ALREADY_EXISTS", field: ["name"], message: "A rubric of this name is already there." }],
    });
  });

  test.each([
    ["no criterion", 0],
    ["61 criteria", 61],
  ])("of %s is refused", async (_, count) => {
    const criteria = Array.from({ length: count }, (_each, index) => ({
      ...criterion({ key: `k${index}`, anchors: [] }),
      name: "K",
      skillId: ours.skillIds.sql,
    }));
    const { data } = await api.send(ours.people.admin, CREATE, { input: { name: `Of ${count}`, criteria } });
    expect(data.createRubric.userErrors).toMatchObject([{ code: "BAD_INPUT", field: ["criteria"] }]);
  });

  test("by an auditor is refused", async () => {
    const input = {
      name: "Audited",
      criteria: [{ ...criterion({ anchors: [] }), name: "A", skillId: ours.skillIds.sql }],
    };
    const { errors } = await api.send(ours.people.auditor, CREATE, { input });
    expect(errors).toMatchObject([{ path: ["createRubric"], extensions: { code: "FORBIDDEN" } }]);
  });
});
