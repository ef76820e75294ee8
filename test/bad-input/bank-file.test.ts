import { Client } from "pg";
import { LARGEST_FILE_BYTES, MOST_ITEMS } from "../../src/question-bank/import.rules";
import { type Company, company, type Person } from "../cast/company";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import { everyRow, walledTables } from "../support/rows";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;
let superuser: Client;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  // What was refused for want of a right is logged on purpose; the sequencer empties its backlog when it likes.
  tables = await walledTables(superuser, { except: ["access_log", "journal_backlog"] });
});

/** A company for each test, so that no name of one is in the way of another. */
beforeEach(async () => {
  ours = await company(api.database);
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

/** Table -> number and versions of its rows. */
async function everyTable(): Promise<Record<string, unknown>> {
  const read = await everyRow(superuser, tables, [ours.organizationId]);
  return Object.fromEntries(read.map((table) => [table.name, table]));
}

const LEAK =
  /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|QueryFailed|relation "|call stack|invalid byte|duplicate key|\bselect\b.*\bfrom\b|SQLSTATE|pg_|Invalid input|undefined/i;

const IMPORT = `mutation ($input: ImportBankInput!) { importBank(input: $input) {
  report {
    import { state } counts { created updated unchanged refused ignored }
    items { section line path key title outcome faults { line path message } object { id } }
  }
  userErrors { code field message } } }`;

interface Item {
  section: string;
  line: number;
  path: string;
  key: string | null;
  outcome: string;
  faults: { line: number; path: string; message: string }[];
}

interface How {
  who?: Person;
  publish?: boolean;
  dryRun?: boolean;
}

async function send(text: string, { who = "admin", publish = false, dryRun = false }: How = {}): Promise<Answer> {
  const input = { format: "YAML", text, publish, dryRun };
  const answer = await api.send(ours.people[who], IMPORT, { input });
  expect(JSON.stringify([answer.data, answer.errors])).not.toMatch(LEAK);
  expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain("INTERNAL_SERVER_ERROR");
  return answer;
}

/** The user errors of a file that is refused as a whole: nothing is written, not even that somebody tried. */
async function refused(text: string, how: How = {}): Promise<{ code: string; field: string[]; message: string }[]> {
  const before = await everyTable();
  const { data, errors } = await send(text, how);
  expect(errors).toBeUndefined();
  expect(data.importBank.report).toBeNull();
  expect(await everyTable()).toEqual(before);
  return data.importBank.userErrors;
}

async function itemsOf(text: string, how: How = {}): Promise<Item[]> {
  const { data, errors } = await send(text, how);
  expect({ errors, userErrors: data?.importBank?.userErrors }).toEqual({ errors: undefined, userErrors: [] });
  return data.importBank.report.items;
}

/** `<line> <path> <outcome>` of each item. */
const outcomes = (items: Item[]): string[] => items.map(({ line, path, outcome }) => `${line} ${path} ${outcome}`);

/** `<line> <path>: <message>` of each fault. */
const faultsOf = ({ faults }: Item): string[] => faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);

/** A file of the format, of these lines. */
const file = (...lines: string[]): string => ["assay: 1", ...lines, ""].join("\n");

const skill = (key: string, parent?: string): string =>
  `  - { key: ${key}, name: ${key}${parent ? `, parent: ${parent}` : ""} }`;

const bank = ["banks:", "  - { key: bank, name: Bank }"];

/** From its first line on: key, bank, stem on the three lines that follow it. */
const question = (key: string, ...more: string[]): string[] => [
  `  - key: ${key}`,
  "    bank: bank",
  "    stem: What is it?",
  ...more.map((each) => `    ${each}`),
];

const rubric = (key: string, change: Record<string, string> = {}, name = key): string[] => {
  const said = { weight: "1", scale: "[1, 2]", gate: "{ min: 1 }", one: "1", two: "2", ...change };
  return [
    `  - key: ${key}`,
    `    name: ${name}`,
    "    criteria:",
    "      - key: one",
    "        name: One",
    "        skill: sql",
    `        weight: ${said.weight}`,
    `        scale: ${said.scale}`,
    `        gate: ${said.gate}`,
    "        anchors:",
    `          - { value: ${said.one}, label: Weak, behaviour: Needs help. }`,
    `          - { value: ${said.two}, label: Strong, behaviour: Helps. }`,
  ];
};

const profile = (key: string, name = key): string[] => [
  `  - key: ${key}`,
  `    name: ${name}`,
  "    level: MIDDLE",
  "    passMark: 60",
  "    leastCoveragePercent: 60",
  "    bands: [{ label: All, min: 0 }]",
  "    expectations: [{ skill: sql, level: MIDDLE, weight: 1 }]",
];

const kit = (key: string, name = key, questions: readonly string[] = []): string[] => [
  `  - key: ${key}`,
  `    name: ${name}`,
  "    profile: p",
  "    rubric: r",
  "    minutes: 60",
  ...(questions.length > 0 ? ["    questions:"] : []),
  ...questions.map((each) => `      - { question: ${each}, minutes: 10 }`),
];

describe("a file that cannot be read is refused as a whole, with the line:", () => {
  const bomb = Array.from({ length: 9 }, (_, n) => `  - &b${n + 1} [${Array(9).fill(`*b${n}`).join(", ")}]`);
  const DEEP = /nested too deeply/;
  const ANCHOR = /anchors and aliases are not read/;
  const TAG = /tags such as `!!binary` are not read/;

  const cases: [string, string, number, RegExp][] = [
    ["a list that is never closed", file("skills: ["), 3, /end with a \]/],
    ["fields that do not line up", file("skills:", "  - key: a", " name: b"), 4, /same column/],
    ["a tab for an indent", file("skills:", "\t- key: a"), 3, /Tabs/],
    ["a list", "- 1\n", 1, /no map of sections: begin it with `assay: 1`/],
    ["a text", "\n\nHello.\n", 3, /no map of sections: begin it with `assay: 1`/],
    ["a number", "42", 1, /no map of sections/],
    ["JSON that is none of ours", "[]", 1, /no map of sections/],
    ["no version", "skills:\n  - key: a\n", 1, /does not say its version: begin it with `assay: 1`/],
    ["a version of the future", "\nassay: 2\nskills: []\n", 2, /1 is the only one/],
    ["a version that is a text", 'assay: "1"\n', 1, /1 is the only one/],
    ["an unknown section", file("skills: []", "questoins: []"), 3, /`questoins` is no section; there are skills, /],
    ["a section named by a list", file("? [a]", ": b"), 2, /is no section; there are skills, /],
    ["a section that is a map", file("skills:", "  key: a"), 2, /`skills` is no list: begin each item with `- `/],
    ["a section that is a text", file("banks: none"), 2, /`banks` is no list/],
    ["an anchor", file("skills:", "  - &a { key: a, name: A }"), 3, ANCHOR],
    ["an alias", file("skills:", "  - { key: a, name: A }", "  - *a"), 4, /./],
    ["a billion laughs", file("skills:", '  - &b0 ["lol"]', ...bomb), 3, ANCHOR],
    ["a merge of an anchor", file("skills:", "  - &a { key: a, name: A }", "  - { <<: *a, key: b }"), 3, ANCHOR],
    ["a merge into the file", file("<<: { skills: [] }"), 2, /`<<` is no section/],
    ["100,000 opening brackets", file(`skills: ${"[".repeat(100_000)}`), 2, DEEP],
    ["100,000 pairs of brackets", file(`skills: ${"[".repeat(100_000)}${"]".repeat(100_000)}`), 2, DEEP],
    ["1,000 pairs of brackets in an item", file("skills:", `  - key: ${"[".repeat(1000)}${"]".repeat(1000)}`), 3, DEEP],
    ["100,000 opening braces", file(`skills: ${"{a: ".repeat(100_000)}`), 2, DEEP],
    ["100,000 lists in lists", file("skills:", "- ".repeat(100_000)), 3, DEEP],
    ["100,000 keys in keys", file("? ".repeat(100_000)), 2, DEEP],
    ["a function", file("skills:", "  - key: !!js/function 'function () {}'"), 3, TAG],
    ["binary", file("skills:", "  - key: a", "    name: !!binary aGVsbG8="), 4, TAG],
    ["a tag of one's own", file("skills:", "  - !skill { key: a, name: A }"), 3, TAG],
    ["a set", file("skills: !!set { a }"), 2, TAG],
    ["a field twice", file("skills:", "  - key: a", "    name: A", "    key: b"), 5, /`key` stands here twice/],
    ["a section twice", file("skills: []", "banks: []", "skills: []"), 4, /`skills` stands here twice/],
    ["two documents", file("---", "assay: 1"), 2, /a second document begins here/],
    ["another version of YAML", "# Old\n%YAML 1.1\n---\nassay: 1\n", 2, /directives such as `%YAML 1.1` are not read/],
    ["NUL", file("skills:", "  - { key: a, name: A\u0000 }"), 3, /another encoding.*Send it as UTF-8/],
    ["what stands for lost letters", file("# Z\ufffdrich"), 2, /another encoding.*Send it as UTF-8/],
    ["UTF-16 read as Latin-1", Buffer.from(`\ufeff${file()}`, "utf16le").toString("latin1"), 1, /another encoding/],
    ["ASCII in UTF-16 without a mark", Buffer.from(file("skills: []"), "utf16le").toString("latin1"), 1, /encoding/],
  ];

  test.each(cases)("%s", async (_, text, line, message) => {
    for (const dryRun of [false, true]) {
      const faults = await refused(text, { dryRun });
      expect(faults.length).toBeLessThanOrEqual(10);
      expect(faults[0]).toMatchObject({ code: "FILE_UNREADABLE", field: ["text"] });
      expect(faults[0]!.message).toMatch(new RegExp(`^Line ${line}\\b`));
      expect(faults[0]!.message).toMatch(message);
    }
  });

  test("every fault of its outline is told, as long as they are few", async () => {
    const messages = (await refused("one: 1\nskills: a\ntwo: 2\n")).map(({ message }) => message.slice(0, 21));
    expect(messages).toEqual([
      "Line 1: the file does",
      "Line 1: `one` is no s",
      "Line 2: `skills` is n",
      "Line 3: `two` is no s",
    ]);
    const many = file(...Array.from({ length: 50_000 }, (_, index) => `section${index}: 1`));
    expect(await refused(many)).toHaveLength(10);
  });

  test("a name of a megabyte is not told at full length", async () => {
    const [fault] = await refused(file(`? ${"x".repeat(1_000_000)}`, ": 1"));
    expect(fault!.message).toMatch(/^Line 2: `x{60}…` is no section/);
  });
});

describe("4 MB that are written to keep the server busy are answered in seconds:", () => {
  const HOSTILE: Record<string, (size: number) => string> = {
    "opening brackets": (size) => `skills: ${"[".repeat(size)}`,
    commas: (size) => `skills: [${",".repeat(size)}`,
    "lists in lists": (size) => `skills:\n${"- ".repeat(size / 2)}`,
    "keys of a map": (size) => Array.from({ length: size / 13 }, (_, index) => `key${index}: 1`).join("\n"),
    "a key again and again": (size) => "a: 1\n".repeat(size / 5),
    "keys without a name": (size) => ":\n".repeat(size / 2),
    items: (size) => `skills:\n${"- a\n".repeat(size / 4)}`,
    directives: (size) => "%\n".repeat(size / 2),
  };

  test.each(Object.keys(HOSTILE))("%s", async (name) => {
    const text = file(HOSTILE[name]!(LARGEST_FILE_BYTES.YAML - 1000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGEST_FILE_BYTES.YAML);
    const started = performance.now();
    const { status, data, errors } = await send(text);
    // A body in which each letter takes two is refused before it is read.
    if (status === 413) expect(errors).toMatchObject([{ extensions: { code: "PAYLOAD_TOO_LARGE" } }]);
    else expect(data.importBank.userErrors).toMatchObject([{ code: "FILE_UNREADABLE", field: ["text"] }]);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("a file of nothing", () => {
  const EMPTY: Record<string, string> = {
    nothing: "",
    "a byte order mark": "\ufeff",
    "blank lines": "\n \r\n\n",
    comments: "# one\n# two\n",
    "its version": "assay: 1\n",
    "empty sections": file("skills: []", "banks:", "questions: []"),
  };

  test.each(Object.keys(EMPTY))("of %s is empty, and says so", async (name) => {
    expect(await refused(EMPTY[name]!)).toMatchObject([{ code: "FILE_EMPTY", field: ["text"] }]);
  });
});

describe("line ends and marks", () => {
  const text = file("skills:", "  - key: good", "    name: Good", "", "  - key: bad", "    name: []");

  test.each([
    ["Unix", text],
    ["Windows", text.replaceAll("\n", "\r\n")],
    ["old Macs", text.replaceAll("\n", "\r")],
    ["Windows, with a byte order mark", `\ufeff${text.replaceAll("\n", "\r\n")}`],
    ["all sorts", text.replace("\n", "\r\n").replace("good\n", "good\r")],
  ])("of %s are read, and lines are counted right", async (_, written) => {
    const items = await itemsOf(written);
    expect(outcomes(items)).toEqual(["3 skills.0 CREATED", "6 skills.1 REFUSED"]);
    expect(items[1]!.faults).toMatchObject([{ line: 7, path: "name" }]);
  });
});

describe("a file that is too large", () => {
  const LIMIT = LARGEST_FILE_BYTES.YAML;
  const whole = file("skills:", skill("large"));
  const padded = (bytes: number) => whole + "# ".padEnd(bytes - whole.length - 1, "x") + "\n";

  test("by one byte is refused, counted in UTF-8; of exactly 4 MB it is read", async () => {
    const emoji = `${whole}# ${"🦄".repeat(LIMIT / 4)}\n`;
    for (const text of [padded(LIMIT + 1), emoji]) {
      const [fault, ...others] = await refused(text);
      expect(fault).toMatchObject({ code: "FILE_TOO_LARGE", field: ["text"] });
      expect(fault!.message).toContain(`takes ${LIMIT} at once: split it`);
      expect(others).toEqual([]);
    }
    expect(outcomes(await itemsOf(padded(LIMIT)))).toEqual(["3 skills.0 CREATED"]);
  });

  test("of 20 MB never reaches GraphQL, but is answered in its shape", async () => {
    const before = await everyTable();
    const { status, data, errors } = await api.send(ours.people.admin, IMPORT, {
      input: { format: "YAML", text: padded(20_000_000) },
    });
    expect({ status, data }).toEqual({ status: 413, data: undefined });
    expect(errors).toMatchObject(
      [{ message: /large/, extensions: { code: "PAYLOAD_TOO_LARGE" } }].map((each) => ({
        ...each,
        message: expect.stringMatching(/too large/i),
      })),
    );
    expect(await everyTable()).toEqual(before);
  });

  test("of one item more than are taken is refused before any is written", async () => {
    const text = file("skills:", ...Array.from({ length: MOST_ITEMS + 1 }, (_, index) => skill(`s${index}`)));
    const faults = await refused(text);
    expect(faults).toMatchObject([{ code: "FILE_TOO_LARGE", field: ["text"] }]);
    expect(faults[0]!.message).toContain(`${MOST_ITEMS + 1} items; ${MOST_ITEMS} are taken at once`);
  });
});

describe("an item that is at fault is refused alone, with line, path and a way to mend it:", () => {
  const SKILLS = "skills:";
  const cases: [string, string[], string[]][] = [
    ["no map", [SKILLS, "  - sql"], ["3 : wants a map of fields, such as `key: value`"]],
    ["nothing", [SKILLS, "  -"], ["3 : wants a map of fields, such as `key: value`"]],
    [
      "unknown fields",
      [SKILLS, "  - key: a", "    name: A", "    colour:", "      red: 1", "    size: 3"],
      [
        "5 colour: is no field here: mend its name, or leave it out",
        "7 size: is no field here: mend its name, or leave it out",
      ],
    ],
    [
      "a merge of nothing named",
      [SKILLS, "  - key: a", "    <<: { name: A }"],
      ["3 name: is missing: it wants a text", "4 <<: is no field here: mend its name, or leave it out"],
    ],
    [
      "a field of the prototype",
      [SKILLS, "  - key: a", "    name: A", "    __proto__: { key: b }"],
      ["5 __proto__: is no field here: mend its name, or leave it out"],
    ],
    ["a missing field", [SKILLS, "  - key: a"], ["3 name: is missing: it wants a text"]],
    ["a field of nothing", [SKILLS, "  - key: a", "    name:"], ["4 name: wants a text"]],
    ["a list for a text", [SKILLS, "  - key: a", "    name: [A]"], ["4 name: wants a text"]],
    ["a number for a text", [SKILLS, "  - key: a", "    name: 42"], ["4 name: wants a text: put quotes around it"]],
    ["a truth for a text", [SKILLS, "  - key: a", "    name: true"], ["4 name: wants a text: put quotes around it"]],
    [
      "a key in capitals",
      [SKILLS, "  - { key: SQL, name: A }"],
      ["3 key: wants lower-case letters and digits, joined by single hyphens"],
    ],
    [
      "a control character",
      [SKILLS, "  - key: a", '    name: "a\\u0007b"'],
      ["4 name: wants one line of 1 to 200 characters, without control characters"],
    ],
    [
      "a kind that there is not",
      ["questions:", ...question("q", "kind: CODE")],
      [
        "6 kind: wants one of `SINGLE_CHOICE`, `MULTIPLE_CHOICE`, `TRUE_FALSE`, `SHORT_TEXT`, `NUMERIC`, `MATCHING`, `ESSAY`, `DISCUSSION`",
      ],
    ],
    [
      "a level and a number out of range",
      ["questions:", ...question("q", "kind: ESSAY", "level: GURU", "difficulty: 6", "minutes: 0.5")],
      [
        "7 level: wants one of `JUNIOR`, `JUNIOR_PLUS`, `MIDDLE`, `MIDDLE_PLUS`, `SENIOR`",
        "8 difficulty: wants 5 or fewer",
        "9 minutes: wants a whole number",
      ],
    ],
    [
      "a list that is a text",
      ["questions:", ...question("q", "kind: ESSAY", "tags: sql")],
      ["7 tags: wants a list: begin each item with `- `"],
    ],
    [
      "a choice without options",
      ["questions:", ...question("q", "kind: SINGLE_CHOICE")],
      ["3 options: is missing: it wants a list: begin each item with `- `"],
    ],
    [
      "a bank that is not there",
      ["questions:", ...question("q", "kind: ESSAY")],
      ["4 bank: there is no bank `bank`: list it, or mend the key"],
    ],
    ["a weight below zero", ["rubrics:", ...rubric("r", { weight: "-1" })], ["9 criteria.0.weight: wants 0 or more"]],
    [
      "a scale of three values",
      ["rubrics:", ...rubric("r", { scale: "[1, 2, 3]" })],
      ["10 criteria.0.scale: wants 2 items or fewer"],
    ],
    [
      "a scale upside down",
      ["rubrics:", ...rubric("r", { scale: "[2, 1]" }).filter((line) => !/gate|- \{ value/.test(line)), "          []"],
      ['10 criteria.0.scale: Criterion "one": the scale ends at 1, not above 2, where it starts.'],
    ],
    [
      "a gate outside the scale",
      ["rubrics:", ...rubric("r", { gate: "{ min: 3 }" })],
      ['11 criteria.0.gate.min: Criterion "one": the gate is at 3, outside the scale 1 to 2.'],
    ],
    [
      "an anchor outside the scale",
      ["rubrics:", ...rubric("r", { two: "9" })],
      ['14 criteria.0.anchors.1.value: Criterion "one": the anchor of 9 lies outside the scale 1 to 2.'],
    ],
    [
      "an anchor twice",
      ["rubrics:", ...rubric("r", { two: "1" })],
      ['14 criteria.0.anchors.1.value: Criterion "one": 1 has two anchors.'],
    ],
    [
      "a criterion that is used but not there",
      ["rubrics:", "  - key: r", "    name: R", "    criteria:", "      - use: other/one"],
      ["6 criteria.0.use: There is no criterion `other/one`: list it, or mend the key."],
    ],
    [
      "a parent that is not there",
      [SKILLS, "  - key: a", "    name: A", "    parent: b"],
      ["5 parent: there is no skill `b`: list it before, or mend the key"],
    ],
    [
      "a skill that is its own parent",
      [SKILLS, "  - key: a", "    name: A", "    parent: a"],
      ["5 parent: there is no skill `a`: list it before, or mend the key"],
    ],
    [
      "a profile whose bands begin above zero",
      ["profiles:", ...profile("p").map((line) => line.replace("min: 0", "min: 10"))],
      ["8 bands.0.min: The first band starts at 0, so that every score has a band."],
    ],
    [
      "a profile of a skill that is not there",
      ["profiles:", ...profile("p").map((line) => line.replace("sql", "nosql"))],
      ["9 expectations.0.skill: There is no skill `nosql`: list it, or mend the key."],
    ],
  ];

  test.each(cases)("%s", async (_, lines, wanted) => {
    const before = await everyTable();
    const section = lines[0]!.replace(":", "");
    const [item, ...others] = await itemsOf(file(...lines));
    expect(others).toEqual([]);
    expect(item).toMatchObject({ section, line: 3, path: `${section}.0`, outcome: "REFUSED" });
    expect(faultsOf(item!)).toEqual(wanted);
    const { imports: _imports, journal_entries: _journal, ...after } = await everyTable();
    expect(before).toMatchObject(after);
  });

  const QUESTIONS: [string, string[], string[]][] = [
    [
      "a skill that is not there",
      ["kind: ESSAY", "skills: [sql, nosql]"],
      ["9 skills.1: there is no skill `nosql`: list it, or mend the key"],
    ],
    [
      "a choice without a right answer",
      ["kind: SINGLE_CHOICE", "options:", "  - text: a", "  - text: b"],
      ["9 options: `options`: no option earns full credit."],
    ],
    [
      "a choice with two right answers",
      ["kind: SINGLE_CHOICE", "options:", "  - { text: a, right: true }", "  - { text: b, right: true }"],
      ["9 options: `options`: 2 options of a single choice earn full credit."],
    ],
    [
      "an option twice",
      ["kind: SINGLE_CHOICE", "options:", "  - { text: a, right: true }", "  - { text: a }"],
      ["11 options.1.text: `options.1.text`: answer 2 repeats answer 1."],
    ],
    [
      "an option that is called wrong, and one that is a number",
      ["kind: SINGLE_CHOICE", "options:", "  - { text: a, right: false }", "  - { text: 42, right: true }"],
      ["10 options.0.right: wants `true`", "11 options.1.text: wants a text: put quotes around it"],
    ],
    [
      "numbers that no number lies between",
      ["kind: NUMERIC", "accepted:", "  - { low: 2, high: 1 }"],
      ["10 accepted.0: `acceptedIntervals.0`: no number lies between 2 and 1."],
    ],
    ["a stem that is blank", ["kind: ESSAY", "source: S"], ["7 stem: `stem`: the question has no text."]],
  ];

  test.each(QUESTIONS)("a question with %s", async (name, more, wanted) => {
    const lines = question("q", ...more).map((line) =>
      /blank/.test(name) ? line.replace("What is it?", "' '") : line,
    );
    const items = await itemsOf(file(...bank, "questions:", ...lines));
    expect(outcomes(items)).toEqual(["3 banks.0 CREATED", "5 questions.0 REFUSED"]);
    expect(faultsOf(items[1]!)).toEqual(wanted);
  });

  test("more faults than anybody reads are counted", async () => {
    const unknown = Array.from({ length: 30 }, (_, index) => `    field${index}: 1`);
    const [item] = await itemsOf(file("skills:", "  - key: a", "    name: A", ...unknown));
    expect(item!.faults).toHaveLength(11);
    expect(item!.faults.at(-1)).toEqual({ line: 3, path: "", message: "20 more faults" });
  });
});

test("a thousand faulty questions are all refused where they stand, in seconds, and leave nothing", async () => {
  const options = Array.from({ length: 20 }, () => "  - { text: 1, right: no, colour: red, feedback: 3 }");
  const each = (index: number) => question(`q${index}`, "kind: SINGLE_CHOICE", "difficulty: 9", "options:", ...options);
  const text = file(...bank, "questions:", ...Array.from({ length: 1000 }, (_, index) => each(index)).flat());
  const before = await everyTable();
  const started = process.cpuUsage();
  const { data } = await send(text, { dryRun: true });
  const [first, ...items]: Item[] = data.importBank.report.items;
  expect(first?.outcome).toBe("CREATED");
  const size = each(0).length;
  expect(outcomes(items)).toEqual(items.map((_, index) => `${5 + index * size} questions.${index} REFUSED`));
  expect(items).toHaveLength(1000);
  expect(items.map(({ faults }) => faults.length)).toEqual(items.map(() => 11));
  const elsewhere = items.flatMap(({ line, faults }) =>
    faults.filter((fault) => fault.line < line || fault.line >= line + size),
  );
  expect(elsewhere).toEqual([]);
  expect(JSON.stringify(data).length).toBeLessThan(2_000_000);
  expect(await everyTable()).toEqual(before);

  const { imports: _imports, journal_entries: _journal, question_banks: _banks, ...untouched } = before;
  const { data: real } = await send(text);
  expect(real.importBank.report).toMatchObject({ import: { state: "DONE" }, counts: { created: 1, refused: 1000 } });
  expect(await everyTable()).toMatchObject(untouched);
  // Of the processor: a busy machine takes its time.
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1_000_000).toBeLessThan(20);
});

describe("what the file says of two items", () => {
  const ESSAY = "kind: ESSAY";

  test("two questions with one key: the second is refused with the line of the first", async () => {
    const text = file(...bank, "questions:", ...question("q", ESSAY), ...question("q", ESSAY, "tags: [new]"));
    const items = await itemsOf(text);
    expect(outcomes(items)).toEqual(["3 banks.0 CREATED", "5 questions.0 CREATED", "9 questions.1 REFUSED"]);
    expect(faultsOf(items[2]!)).toEqual(["9 key: the key is that of line 5: change one of them"]);
  });

  test("one key in two banks is two questions", async () => {
    const two = [...bank, "  - { key: two, name: Two }"];
    const other = question("q", ESSAY).map((line) => line.replace("bank: bank", "bank: two"));
    const items = await itemsOf(file(...two, "questions:", ...question("q", ESSAY), ...other));
    expect(items.map(({ outcome }) => outcome)).toEqual(Array(4).fill("CREATED"));
  });

  test.each<[string, (key: string, name: string) => string[]]>([
    ["banks", (key, name) => [`  - { key: ${key}, name: ${name} }`]],
    ["rubrics", (key, name) => rubric(key, {}, name)],
    ["profiles", profile],
    ["kits", kit],
  ])(
    "%s with one key or one name: the second is refused, also where the first was there before",
    async (section, item) => {
      const needed = section === "kits" ? ["profiles:", ...profile("p"), "rubrics:", ...rubric("r")] : [];
      if (needed.length > 0) await itemsOf(file(...needed), { publish: true });
      const what = section.replace(/s$/, "");
      const named = `a ${what} of the name "One" is there already, under the key \`one\``;
      const size = item("one", "One").length;
      const twice = await itemsOf(
        file(`${section}:`, ...item("one", "One"), ...item("one", "Other"), ...item("two", "One")),
      );
      expect(outcomes(twice)).toEqual([
        `3 ${section}.0 CREATED`,
        `${3 + size} ${section}.1 REFUSED`,
        `${3 + 2 * size} ${section}.2 REFUSED`,
      ]);
      expect(faultsOf(twice[1]!)).toEqual([`${3 + size} key: the key is that of line 3: change one of them`]);
      expect(twice[2]!.faults).toMatchObject([{ path: "name", message: named }]);
      const later = await itemsOf(file(`${section}:`, ...item("two", "One"), ...item("three", "Three")));
      expect(later.map(({ outcome }) => outcome)).toEqual(["REFUSED", "CREATED"]);
      expect(later[0]!.faults).toMatchObject([{ path: "name", message: named }]);
    },
  );

  test("a skill never becomes a part of itself", async () => {
    await itemsOf(file("skills:", skill("a"), skill("b", "a"), skill("c", "b")));
    for (const parent of ["a", "b", "c"]) {
      const [item] = await itemsOf(file("skills:", "  - key: a", "    name: A", `    parent: ${parent}`));
      expect(item?.outcome).toBe("REFUSED");
      expect(faultsOf(item!)).toEqual([`5 parent: \`${parent}\` is a part of \`a\` itself`]);
    }
  });
});

describe("a kit", () => {
  const needed = (publish: boolean) =>
    itemsOf(
      file(
        ...bank,
        "questions:",
        ...question("q", "kind: ESSAY"),
        "profiles:",
        ...profile("p"),
        "rubrics:",
        ...rubric("r"),
      ),
      { publish },
    );

  test("that names what is not there is refused at the name", async () => {
    await needed(true);
    const missing = await itemsOf(file("kits:", ...kit("k", "K", ["q", "nowhere"])));
    expect(faultsOf(missing[0]!)).toEqual([
      "10 questions.1.question: There is no question `nowhere`: list it, or mend the key.",
    ]);
    const orphan = kit("k").map((line) => line.replace("profile: p", "profile: nobody"));
    expect(faultsOf((await itemsOf(file("kits:", ...orphan)))[0]!)).toEqual([
      "5 profile: There is no profile `nobody`: list it, or mend the key.",
    ]);
    const unrated = kit("k").map((line) => line.replace("rubric: r", "rubric: none"));
    expect(faultsOf((await itemsOf(file("kits:", ...unrated)))[0]!)).toEqual([
      "6 rubric: There is no rubric `none`: list it, or mend the key.",
    ]);
  });

  test("that names a DRAFT is refused, and is taken once it is READY", async () => {
    await needed(false);
    const text = file("kits:", ...kit("k", "K", ["q"]));
    const [item] = await itemsOf(text);
    expect(item?.outcome).toBe("REFUSED");
    expect(item?.faults[0]?.message).toMatch(/^No version of the (rubric `r`|question `q`) is READY: publish it/);
    await needed(true);
    expect((await itemsOf(text)).map(({ outcome }) => outcome)).toEqual(["CREATED"]);
  });

  test("that asks a question twice is refused at the second", async () => {
    await needed(true);
    const [item] = await itemsOf(file("kits:", ...kit("k", "K", ["q", "q"])));
    expect(item).toMatchObject({ outcome: "REFUSED", faults: [{ line: 10, path: "questions.1.question" }] });
  });
});

describe("who may not", () => {
  const skills = file("skills:", skill("new"));
  const banks = file(...bank);
  const kits = file("kits:", ...kit("k"));

  test.each<[Person, string, string, How, RegExp]>([
    ["ann", "skills", skills, {}, /import `skills`/],
    ["ann", "profiles", file("profiles:", ...profile("p")), {}, /import `profiles`/],
    ["ann", "kits", kits, {}, /import `kits`/],
    ["ann", "banks with skills beside them", file(...bank, "skills:", skill("new")), {}, /import `skills`/],
    ["ann", "what is to be READY at once", banks, { publish: true }, /publish what nobody reviewed here/],
    ["auditor", "banks", banks, {}, /`importBank` is for/],
    ["auditor", "skills", skills, {}, /`importBank` is for/],
    ["auditor", "what cannot be read", "[", {}, /`importBank` is for/],
  ])("%s imports no file of %s", async (who, _, text, how, message) => {
    for (const dryRun of [false, true]) {
      const before = await everyTable();
      const { data, errors } = await send(text, { ...how, who, dryRun });
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { path: ["importBank"], message: expect.stringMatching(message), extensions: { code: "FORBIDDEN" } },
      ]);
      expect(await everyTable()).toEqual(before);
    }
  });

  test("an interviewer imports banks, questions and rubrics, which wait for their review", async () => {
    const text = file(...bank, "questions:", ...question("q", "kind: ESSAY"), "rubrics:", ...rubric("r"));
    const items = await itemsOf(text, { who: "ann" });
    expect(items.map(({ outcome }) => outcome)).toEqual(["CREATED", "CREATED", "CREATED"]);
    const { rows } = await superuser.query(
      `select state from question_versions where organization_id = $1
       union all select state from rubric_versions v where organization_id = $1 and not exists (
         select from interview_kits k where k.rubric_version_id = v.id)`,
      [ours.organizationId],
    );
    expect(rows).toEqual([{ state: "DRAFT" }, { state: "DRAFT" }]);
  });
});
