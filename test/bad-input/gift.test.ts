import { GIFT_LIMIT_BYTES } from "../../src/question-bank/gift.rules";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { type Company, company } from "../cast/company";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const LEAK =
  /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|relation "|invalid byte|\bselect\b.*\bfrom\b|pg_/i;

const IMPORT = `mutation ($input: ImportQuestionsInput!) { importQuestions(input: $input) {
  report { items { line title externalKey outcome reason question { id versions { nodes { title stem tags } } } } }
  userErrors { code field message } } }`;

let opened = 0;
const bank = async () => (await createQuestionBank(ours.as("admin"), { name: `Bank ${++opened}` })).id;

async function send(gift: string, into?: string): Promise<Answer> {
  const input = { bankId: into ?? (await bank()), gift };
  const answer = await api.send(ours.people.admin, IMPORT, { input });
  expect(JSON.stringify(answer).slice(0, 200_000)).not.toMatch(LEAK);
  return answer;
}

const written = () =>
  withClient(superuserUrl, async (client) => {
    const tables = ["questions", "question_versions", "journal_entries"];
    const text = tables.map((table) => `(select count(*)::int from ${table} where organization_id = $1) as ${table}`);
    return (await client.query(`select ${text.join(", ")}`, [ours.organizationId])).rows[0];
  });

async function itemsOf(gift: string) {
  const { data, errors } = await send(gift);
  expect({ errors, userErrors: data?.importQuestions?.userErrors }).toEqual({ errors: undefined, userErrors: [] });
  return data.importQuestions.report.items;
}

async function refused(gift: string) {
  const bankId = await bank();
  const before = await written();
  const { data, errors } = await send(gift, bankId);
  expect(errors).toBeUndefined();
  expect(data.importQuestions.report).toBeNull();
  expect(await written()).toEqual(before);
  return data.importQuestions.userErrors;
}

const EMPTY: Record<string, string> = {
  nothing: "",
  spaces: "   ",
  "blank lines": "\n\n\r\n\t\n",
  "a comment": "// nothing to see",
  "comments with keys and tags": "// [id:a] [tag:b]\n\n// more\n",
  "a byte order mark": "\ufeff",
};

test.each(Object.keys(EMPTY))("a file of %s is empty, and says so", async (name) => {
  expect(await refused(EMPTY[name]!)).toMatchObject([{ code: "IMPORT_EMPTY", field: ["gift"] }]);
});

test("a file of one byte more than 1 MB is too large, counted in UTF-8", async () => {
  const question = "Is it? {T}\n\n";
  const emoji = `// ${"🦄".repeat(GIFT_LIMIT_BYTES / 4)}\n${question}`;
  for (const gift of [question.padEnd(GIFT_LIMIT_BYTES + 1), emoji]) {
    expect(gift.length).toBeLessThanOrEqual(GIFT_LIMIT_BYTES + 1);
    const [fault, ...others] = await refused(gift);
    expect(fault).toMatchObject({ code: "IMPORT_TOO_LARGE", field: ["gift"] });
    expect(fault.message).toContain(`at most ${GIFT_LIMIT_BYTES}`);
    expect(others).toEqual([]);
  }
});

test("a file of exactly 1 MB is read", async () => {
  const [item] = await itemsOf("Is it? {T}\n\n".padEnd(GIFT_LIMIT_BYTES));
  expect(item).toMatchObject({ line: 1, outcome: "CREATED", question: { versions: { nodes: [{ stem: "Is it?" }] } } });
});

/** Lines without an end, which a careless pattern would read for minutes. */
const LONG: Record<string, (size: number) => string> = {
  letters: (size) => "a".repeat(size),
  "opening braces": (size) => "{".repeat(size),
  "closing braces": (size) => "}".repeat(size),
  colons: (size) => ":".repeat(size),
  backslashes: (size) => "\\".repeat(size),
  "open keys in a comment": (size) => "// [id:".padEnd(size, "[id:"),
  "equals signs in an answer": (size) => "Q {".padEnd(size, "="),
  "tildes in an answer": (size) => "Q {".padEnd(size - 1, "~") + "}",
  "numbers in an answer": (size) => "Q {#".padEnd(size - 1, "1") + "}",
  "a stem with an answer": (size) => "a".repeat(size - 4) + " {T}",
  "many options": (size) => "Q {=right " + "~wrong ".repeat(size / 7 - 3) + "}",
};

test.each(Object.keys(LONG))("1 MB in one line of %s is answered in seconds", async (name) => {
  const gift = LONG[name]!(GIFT_LIMIT_BYTES);
  expect(Buffer.byteLength(gift)).toBeLessThanOrEqual(GIFT_LIMIT_BYTES);
  expect(gift).not.toContain("\n");
  const started = performance.now();
  const { status, errors } = await send(gift);
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  expect(performance.now() - started).toBeLessThan(10_000);
});

const UNSTORABLE: Record<string, string> = {
  NUL: "\u0000",
  "a lone high surrogate": "\ud800",
  "a lone low surrogate": "\udc00",
};

test.each(Object.keys(UNSTORABLE))(
  "%s refuses the question that holds it, with its line, and no other",
  async (name) => {
    const bad = UNSTORABLE[name];
    const places = [
      `Is ${bad}it? {T}`,
      `::T${bad}::Is it? {T}`,
      `Which? {=a${bad} ~b}`,
      `Which? {=a#well${bad} ~b}`,
      `Is it? {T####g${bad}}`,
    ];
    const items = await itemsOf([...places, "Is this one good? {T}"].join("\n\n"));
    expect(items.map(({ line, outcome }: { line: number; outcome: string }) => `${line} ${outcome}`)).toEqual([
      ...places.map((_, index) => `${1 + 2 * index} REFUSED`),
      `${1 + 2 * places.length} CREATED`,
    ]);
    for (const [index, { reason, question }] of items.slice(0, places.length).entries()) {
      expect(reason).toMatch(new RegExp(`^line ${1 + 2 * index}, column \\d+: .*cannot be stored`));
      expect(question).toBeNull();
    }
  },
);

test.each(Object.keys(UNSTORABLE))("%s in a comment, a key or a tag is stored nowhere", async (name) => {
  const bad = UNSTORABLE[name];
  const [item] = await itemsOf(`// [id:a${bad}b] [tag:c${bad}d] [tag:good]\nIs it? {T}`);
  expect(item).toMatchObject({
    outcome: "CREATED",
    externalKey: null,
    question: { versions: { nodes: [{ tags: ["good"] }] } },
  });
});

test("every script is read back unchanged from title, stem, key and tags", async () => {
  const text = "👩🏽‍💻🦄 שלום عالم 𝒳𐍈 Z\u0338\u0321 e\u0301";
  const [item] = await itemsOf(`// [id:${text}] [tag:${text}]\n::${text}::Is ${text} it? {T}`);
  expect(item).toMatchObject({
    outcome: "CREATED",
    externalKey: text,
    title: text,
    question: { versions: { nodes: [{ title: text, stem: `Is ${text} it?`, tags: [text] }] } },
  });
});

test("a file of refused questions alone is reported and leaves no question", async () => {
  const before = await written();
  const items = await itemsOf("A description.\n\nBroken {=a\n\n{}");
  expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["REFUSED", "REFUSED", "REFUSED"]);
  const after = await written();
  expect([after.questions, after.question_versions]).toEqual([before.questions, before.question_versions]);
});
