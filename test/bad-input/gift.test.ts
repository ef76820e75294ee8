import { LARGEST_FILE_BYTES } from "../../src/question-bank/import.rules";
import { type Company, company } from "../cast/company";
import { newBank } from "../cast/questions";
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

const LIMIT = LARGEST_FILE_BYTES.GIFT;

const IMPORT = `mutation ($input: ImportBankInput!) { importBank(input: $input) {
  report { items { line title key outcome faults { line path message }
    object { ... on Question { id versions { nodes { title stem tags } } } } } }
  userErrors { code field message } } }`;

const bank = async () => (await newBank(ours)).id;

async function send(text: string, into?: string): Promise<Answer> {
  const input = { format: "GIFT", bankId: into ?? (await bank()), text };
  const answer = await api.send(ours.people.admin, IMPORT, { input });
  expect(JSON.stringify(answer).slice(0, 200_000)).not.toMatch(LEAK);
  return answer;
}

const written = () =>
  withClient(superuserUrl, async (client) => {
    const tables = ["questions", "question_versions", "journal_entries", "imports"];
    const text = tables.map((table) => `(select count(*)::int from ${table} where organization_id = $1) as ${table}`);
    return (await client.query(`select ${text.join(", ")}`, [ours.organizationId])).rows[0];
  });

async function itemsOf(gift: string) {
  const { data, errors } = await send(gift);
  expect({ errors, userErrors: data?.importBank?.userErrors }).toEqual({ errors: undefined, userErrors: [] });
  return data.importBank.report.items;
}

async function refused(gift: string) {
  const bankId = await bank();
  const before = await written();
  const { data, errors } = await send(gift, bankId);
  expect(errors).toBeUndefined();
  expect(data.importBank.report).toBeNull();
  expect(await written()).toEqual(before);
  return data.importBank.userErrors;
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
  expect(await refused(EMPTY[name]!)).toMatchObject([{ code: "FILE_EMPTY", field: ["text"] }]);
});

test("a file of one byte more than 1 MB is too large, counted in UTF-8", async () => {
  const question = "Is it? {T}\n\n";
  const emoji = `// ${"🦄".repeat(LIMIT / 4)}\n${question}`;
  for (const gift of [question.padEnd(LIMIT + 1), emoji]) {
    expect(gift.length).toBeLessThanOrEqual(LIMIT + 1);
    const [fault, ...others] = await refused(gift);
    expect(fault).toMatchObject({ code: "FILE_TOO_LARGE", field: ["text"] });
    expect(fault.message).toContain(`GIFT takes ${LIMIT} at once`);
    expect(others).toEqual([]);
  }
});

test("a file of exactly 1 MB is read", async () => {
  const [item] = await itemsOf("Is it? {T}\n\n".padEnd(LIMIT));
  expect(item).toMatchObject({ line: 1, outcome: "CREATED", object: { versions: { nodes: [{ stem: "Is it?" }] } } });
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
  "blanks in an answer": (size) => "Q {=a".padEnd(size - 1) + "}",
  "blanks in feedback": (size) => "Q {=a ####".padEnd(size - 1) + "}",
  "blanks in a choice": (size) => "Q {=a ~b".padEnd(size - 1) + "}",
  "many options": (size) => "Q {=right " + "~wrong ".repeat(size / 7 - 3) + "}",
};

test.each(Object.keys(LONG))("1 MB in one line of %s is answered in seconds", async (name) => {
  const gift = LONG[name]!(LIMIT);
  expect(Buffer.byteLength(gift)).toBeLessThanOrEqual(LIMIT);
  expect(gift).not.toContain("\n");
  const started = performance.now();
  const { status, errors } = await send(gift);
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each(["\u0000", "\ufffd"])("%j says that the file was read wrongly, and refuses it as a whole", async (bad) => {
  const texts = [`Is ${bad}it? {T}`, `::T${bad}::Is it? {T}`, `// [id:a${bad}b]\nIs it? {T}`];
  for (const text of texts) {
    const line = 2 + text.slice(0, text.indexOf(bad)).split("\n").length;
    const [fault, ...others] = await refused(`Is this one good? {T}\n\n${text}`);
    expect(fault).toMatchObject({ code: "FILE_UNREADABLE", field: ["text"] });
    expect(fault.message).toMatch(new RegExp(`^Line ${line} holds .*Send it as UTF-8\\.$`));
    expect(others).toEqual([]);
  }
});

const UNSTORABLE: Record<string, string> = {
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
    for (const [index, { faults, object }] of items.slice(0, places.length).entries()) {
      const line = 1 + 2 * index;
      const message = expect.stringMatching(new RegExp(`^line ${line}, column \\d+: .*cannot be stored`));
      expect({ faults, object }).toMatchObject({ faults: [{ line, message }], object: null });
    }
  },
);

test.each(Object.keys(UNSTORABLE))("%s in a comment, a key or a tag is stored nowhere", async (name) => {
  const bad = UNSTORABLE[name];
  const [item] = await itemsOf(`// [id:a${bad}b] [tag:c${bad}d] [tag:good]\nIs it? {T}`);
  expect(item).toMatchObject({
    outcome: "CREATED",
    key: null,
    object: { versions: { nodes: [{ tags: ["good"] }] } },
  });
});

test("every script is read back unchanged from title, stem, key and tags", async () => {
  const text = "👩🏽‍💻🦄 שלום عالم 𝒳𐍈 Z\u0338\u0321 e\u0301";
  const [item] = await itemsOf(`// [id:${text}] [tag:${text}]\n::${text}::Is ${text} it? {T}`);
  expect(item).toMatchObject({
    outcome: "CREATED",
    key: text,
    title: text,
    object: { versions: { nodes: [{ title: text, stem: `Is ${text} it?`, tags: [text] }] } },
  });
});

test("a file of refused questions alone is reported and leaves no question", async () => {
  const before = await written();
  const items = await itemsOf("A description.\n\nBroken {=a\n\n{}");
  expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["REFUSED", "REFUSED", "REFUSED"]);
  const after = await written();
  expect([after.questions, after.question_versions]).toEqual([before.questions, before.question_versions]);
});
