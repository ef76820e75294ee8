import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Member } from "../../src/identity/member.entity";
import { createOrganization } from "../../src/identity/organization.actions";
import type { Ctx } from "../../src/identity/viewer.type";
import { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { warningsOf } from "../../src/interviews/interview-kit-warning.actions";
import type { Database } from "../../src/platform/db/database";
import { allRows } from "../../src/platform/db/reader";
import { exportBank } from "../../src/question-bank/export.actions";
import { type ImportReport, importBank } from "../../src/question-bank/import.actions";
import { contextOf } from "../cast/company";
import { openTestDatabase } from "../support/database";

jest.setTimeout(120_000);

let database: Database;
let founder: Member;

beforeAll(async () => {
  database = await openTestDatabase();
  founder = await founded();
});

afterAll(() => database.close());

/** Somebody who runs an organisation that has just been founded, with the starter bank. */
async function founded(empty = false): Promise<Member> {
  const member = { email: `${Math.random()}@starter.example`, name: "Ada", role: "ADMIN" as const };
  return (await createOrganization(database, { name: "Starter", members: [member], empty })).members[0]!;
}

const as = (member: Member): Ctx => contextOf(database, member);

const exported = async (ctx: Ctx): Promise<string> => (await exportBank(ctx, { format: "YAML", bankId: null })).text;

const imported = (ctx: Ctx, text: string, dryRun = false): Promise<ImportReport> =>
  importBank(ctx, { format: "YAML", text, publish: true, dryRun });

/** What was not left as it is: section, key, outcome and why. */
const changesOf = ({ items }: ImportReport): string[] =>
  items
    .filter(({ outcome }) => outcome !== "UNCHANGED")
    .map(({ section, key, outcome, faults }) =>
      [section, key, outcome, ...faults.map(({ message }) => message)].join(" "),
    )
    .sort();

const FOLDER = join(__dirname, "..", "..", "src", "question-bank", "starter");
// biome-ignore lint/suspicious/noExplicitAny: the files as a reader without our code sees them
type Anything = any;
const files: Anything[] = readdirSync(FOLDER).map((name) => parse(readFileSync(join(FOLDER, name), "utf8")));
const all = (section: string): Anything[] => files.flatMap((file) => file[section] ?? []);

describe("the starter bank", () => {
  test("has what an interviewer of back-end developers needs", () => {
    const top = all("skills").filter(({ parent }) => !parent);
    expect(top.length).toBeGreaterThanOrEqual(12);
    expect(all("questions").length).toBeGreaterThanOrEqual(80);
    expect(all("profiles").map(({ level }) => level)).toEqual(["JUNIOR_PLUS", "MIDDLE", "MIDDLE_PLUS", "SENIOR"]);
    expect(all("kits").map(({ minutes }) => minutes)).toEqual([60, 60, 60, 60]);
    for (const { key } of top) {
      const asks = all("questions").filter(({ skills }) =>
        skills.some((skill: string) => ancestryOf(skill).includes(key)),
      );
      expect([key, asks.length >= 6]).toEqual([key, true]);
      const rubric = all("rubrics").find((each) => each.key === key);
      expect([key, rubric?.skills]).toEqual([key, [key]]);
    }
  });

  const ancestryOf = (key: string): string[] => {
    const { parent } = all("skills").find((each) => each.key === key);
    return parent ? [key, ...ancestryOf(parent)] : [key];
  };

  test.each(all("questions").map((question) => [question.key, question] as const))(
    "%s tells how to judge it",
    (_, each) => {
      expect(each.guidance.good.length).toBeGreaterThan(100);
      expect(each.guidance.followUps.length).toBeGreaterThanOrEqual(2);
      expect(each.guidance.redFlags.length).toBeGreaterThanOrEqual(1);
      expect([each.level, each.difficulty, each.minutes]).toEqual([
        expect.any(String),
        expect.any(Number),
        expect.any(Number),
      ]);
    },
  );

  test("anchors five values of every criterion", () => {
    const criteria = all("rubrics").flatMap((rubric) => rubric.criteria.filter((each: Anything) => each.anchors));
    expect(criteria.length).toBeGreaterThanOrEqual(24);
    for (const { key, anchors } of criteria) {
      expect([key, anchors.map(({ value }: Anything) => value)]).toEqual([key, [1, 2, 3, 4, 5]]);
    }
  });

  test("leaves no kit with a warning", async () => {
    const ctx = as(founder);
    const kits = await allRows(ctx.db, InterviewKit, () => "true");
    const warnings = await Promise.all(kits.map(({ id }) => warningsOf(ctx, id)));
    expect(warnings).toEqual([[], [], [], []]);
  });

  test("comes back unchanged from its own files, though they were published already", async () => {
    for (const name of readdirSync(FOLDER)) {
      const report = await imported(as(founder), readFileSync(join(FOLDER, name), "utf8"));
      expect([name, changesOf(report)]).toEqual([name, []]);
    }
  });
});

/** Rubric and criterion -> stable id, as the organisation's READY rubrics have them. */
async function stableIds({ organizationId }: Member): Promise<Map<string, string>> {
  const rows = await database.read<{ name: string; id: string }>(
    organizationId,
    `select r.external_key || '/' || c.key as name, c.stable_id as id from rubrics r
     join rubric_versions v on v.rubric_id = r.id and v.state = 'READY' join criteria c on c.rubric_version_id = v.id`,
    [],
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

describe("an export", () => {
  test("keeps criteria together whose ratings are pooled, elsewhere too", async () => {
    const elsewhere = await founded(true);
    await imported(as(elsewhere), await exported(as(founder)));
    for (const member of [founder, elsewhere]) {
      const ids = await stableIds(member);
      const interview = all("rubrics").find(({ key }) => key === "interview-middle");
      for (const { use } of interview.criteria) {
        expect(ids.get(`interview-middle/${use.split("/")[1]}`)).toBe(ids.get(use));
      }
    }
  });

  test("brought in again changes nothing", async () => {
    const ctx = as(await founded());
    const text = await exported(ctx);
    const report = await imported(ctx, text);
    expect(changesOf(report)).toEqual([]);
    expect(report.counts.unchanged).toBeGreaterThan(150);
    expect(await exported(ctx)).toBe(text);
  });

  test("brought into an empty organisation makes everything, and is exported from there the same", async () => {
    const text = await exported(as(founder));
    const elsewhere = as(await founded(true));
    const report = await imported(elsewhere, text);
    expect(new Set(report.items.map(({ outcome }) => outcome))).toEqual(new Set(["CREATED"]));
    expect(parse(await exported(elsewhere))).toEqual(parse(text));
  });

  test("changed in ten ways changes exactly these", async () => {
    const ctx = as(await founded());
    const file = parse(await exported(ctx));
    const find = (section: string, key: string) => file[section].find((each: Anything) => each.key === key);
    const question = (kind: string): Anything => file.questions.find((each: Anything) => each.kind === kind);
    find("skills", "sql").name = "SQL";
    file.skills.push({ key: "go", name: "Go", parent: "server-runtime" });
    find("banks", "back-end").description = "Ours now.";
    const choice = question("SINGLE_CHOICE");
    choice.options[0].text += "!";
    const discussion = question("DISCUSSION");
    discussion.guidance.redFlags.push("Answers before asking.");
    const numeric = question("NUMERIC");
    numeric.minutes += 1;
    file.questions.push({ key: "go-new", bank: "back-end", kind: "ESSAY", stem: "Why Go?", skills: ["go"] });
    find("rubrics", "sql").criteria[0].anchors[2].behaviour = "Joins as asked.";
    find("profiles", "back-end-middle").passMark = 55;
    find("kits", "back-end-senior-60").minutes = 75;

    const text = stringify(file);
    const expected = [
      "skills sql UPDATED",
      "skills go CREATED",
      "banks back-end UPDATED",
      `questions ${choice.key} UPDATED`,
      `questions ${discussion.key} UPDATED`,
      `questions ${numeric.key} UPDATED`,
      "questions go-new CREATED",
      "rubrics sql UPDATED",
      "profiles back-end-middle UPDATED",
      "kits back-end-senior-60 UPDATED",
    ];
    // What uses a criterion changes with it, and a kit moves on with the profile, rubric and questions that the file changes.
    const used = `sql/${find("rubrics", "sql").criteria[0].key}`;
    const rubrics = file.rubrics.filter(({ criteria }: Anything) => criteria.some(({ use }: Anything) => use === used));
    const keys = [
      "back-end-middle",
      choice.key,
      discussion.key,
      numeric.key,
      ...rubrics.map(({ key }: Anything) => key),
    ];
    const kits = file.kits.filter(({ profile, rubric, questions }: Anything) =>
      [profile, rubric, ...questions.map((each: Anything) => each.question)].some((key: string) => keys.includes(key)),
    );
    const moved = [
      ...rubrics.map(({ key }: Anything) => `rubrics ${key} UPDATED`),
      ...kits.map(({ key }: Anything) => `kits ${key} UPDATED`),
    ];
    const wanted = [...new Set([...expected, ...moved])].sort();
    expect(changesOf(await imported(ctx, text, true))).toEqual(wanted);
    expect(changesOf(await imported(ctx, text))).toEqual(wanted);
    expect(changesOf(await imported(ctx, text))).toEqual([]);
  });
});
