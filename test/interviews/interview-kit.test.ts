import { allRows } from "../../src/platform/db/reader";
import { createQuestion, editQuestion } from "../../src/question-bank/question.actions";
import { Question, QuestionVersion } from "../../src/question-bank/question.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { retireQuestion } from "../../src/question-bank/question-review.actions";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { Rubric, RubricVersion } from "../../src/question-bank/rubric.entity";
import { retireRubric } from "../../src/question-bank/rubric-review.actions";
import { createSkill } from "../../src/skills/skill.actions";
import { type Company, company, type Person, publish } from "../cast/company";
import { publishQuestion, readyQuestion } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

jest.setTimeout(30_000);

let api: Api;
let firm: Company;
let bankId: string;
let made = 0;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  bankId = (await createQuestionBank(firm.as("admin"), { name: "Bank of kits" })).id;
});

afterAll(() => api.close());

const sql = (text: string, values: unknown[] = []): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

const KIT = `id name externalKey minutes version profileVersion { id } rubricVersion { id }
  questions { id position minutes questionVersion { id } }
  warnings { code message skill { slug } questionVersion { id number } }`;

/** The kit after a mutation, and what was refused, as "CODE at path". */
async function act(who: Person, mutation: string, input: object) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { interviewKit { ${KIT} } userErrors { code field } } }`;
  const { data, errors } = await api.send(firm.people[who], query, { input });
  const { interviewKit = null, userErrors = [] } = data?.[mutation] ?? {};
  const told = userErrors.map(({ code, field }: Anything) => `${code} at ${field.join(".")}`);
  return { kit: interviewKit, codes: [...(errors ?? []).map(({ extensions }) => extensions.code), ...told] };
}

const authors = () => ({ author: firm.as("ann"), reviewer: firm.as("bob") });
const question = (change: object = {}) =>
  readyQuestion(authors(), { bankId, stem: `Why ${++made}?`, skillIds: [firm.skillIds.sql!], ...change });

const said = (versions: readonly Pick<QuestionVersion, "id">[] = [], change: object = {}) => ({
  name: `Kit ${++made}`,
  profileVersionId: firm.profileVersionId,
  rubricVersionId: firm.rubricVersionId,
  minutes: 60,
  questions: versions.map(({ id }) => ({ questionVersionId: id, minutes: 20 })),
  ...change,
});

async function create(versions: readonly QuestionVersion[] = [], change: object = {}): Promise<Anything> {
  const { kit, codes } = await act("recruiter", "createInterviewKit", said(versions, change));
  expect(codes).toEqual([]);
  return kit;
}

/** An edit of the kit to these questions, and nothing else unless said. */
const edit = (
  who: Person,
  { id, version, name }: Anything,
  versions: readonly Pick<QuestionVersion, "id">[],
  change: object = {},
) => act(who, "editInterviewKit", { ...said(versions), id, version, name, ...change });

const current = async ({ questionId }: QuestionVersion): Promise<Question> => {
  const [row] = await allRows(firm.as("ann").db, Question, (bind) => `t.id = ${bind(questionId)}`);
  return row!;
};

/** The next version of the question, published. */
async function followed(version: QuestionVersion): Promise<void> {
  const question = await current(version);
  const next = await editQuestion(firm.as("ann"), {
    ...version,
    ...question,
    stem: `${version.stem} Anew`,
    skillIds: [firm.skillIds.sql!],
  } as never);
  await publishQuestion(authors(), next);
}

const retire = async (version: QuestionVersion) => retireQuestion(firm.as("ann"), await current(version));

const usesOf = async (versions: readonly QuestionVersion[]): Promise<number[]> => {
  const rows = await sql("select id, use_count from question_versions where id = any($1)", [
    versions.map(({ id }) => id),
  ]);
  return versions.map(({ id }) => rows.find((row) => row.id === id).use_count);
};

const journalOf = async ({ id }: { id: string }): Promise<string[]> => {
  const rows = await sql("select type, changes from journal_entries where object_id = $1 order by sequence", [id]);
  return rows.map(({ type, changes }) => `${type} ${changes}`.trim());
};

const kitOf = async ({ id }: { id: string }): Promise<Anything> =>
  (
    await api.ask(firm.people.recruiter, `query ($id: ID!) { node(id: $id) { ... on InterviewKit { ${KIT} } } }`, {
      id,
    })
  ).node;

const asked = ({ questions }: Anything) =>
  questions.map(({ position, minutes, questionVersion }: Anything) => [position, minutes, questionVersion.id]);

describe("a kit is put together", () => {
  test("of READY versions, whose use is counted", async () => {
    const [first, second] = [await question(), await question()];
    const kit = await create([second, first], { externalKey: "back-end-60" });
    expect(kit).toMatchObject({ externalKey: "back-end-60", version: 1, minutes: 60, warnings: [] });
    expect(asked(kit)).toEqual([
      [0, 20, second.id],
      [1, 20, first.id],
    ]);
    expect(await usesOf([first, second])).toEqual([1, 1]);
    const [use] = await sql("select occasion, used_in from question_uses where question_version_id = $1", [first.id]);
    expect(use).toEqual({ occasion: "PLANNED", used_in: kit.id });
  });

  test("not of a question that was retired, or is a draft; and nothing is counted", async () => {
    const [ready, old] = [await question(), await question()];
    await followed(old);
    const { id } = await createQuestion(firm.as("ann"), {
      bankId,
      kind: "ESSAY",
      stem: "A draft",
      stemFormat: "PLAIN",
    });
    const [draft] = await allRows(firm.as("ann").db, QuestionVersion, (bind) => `t.question_id = ${bind(id)}`);
    const { codes } = await act("recruiter", "createInterviewKit", said([ready, old, draft!]));
    expect(codes).toEqual([1, 2].map((place) => `NOT_READY at questions.${place}.questionVersionId`));
    expect(await usesOf([ready, old, draft!])).toEqual([0, 0, 0]);
  });

  test("not of a rubric that is a draft", async () => {
    const { id } = await createRubric(firm.as("ann"), { name: "A draft", criteria: [] });
    const [version] = await allRows(firm.as("ann").db, RubricVersion, (bind) => `t.rubric_id = ${bind(id)}`);
    const { codes } = await act("recruiter", "createInterviewKit", said([], { rubricVersionId: version!.id }));
    expect(codes).toEqual(["NOT_READY at rubricVersionId"]);
  });

  test("not of the same question twice", async () => {
    const version = await question();
    const { codes } = await act("recruiter", "createInterviewKit", said([version, version]));
    expect(codes).toEqual(["KIT_UNUSABLE at questions.1.questionVersionId"]);
  });

  test("not under a name or key that is there", async () => {
    const { name } = await create([], { externalKey: "taken" });
    const refused = async (change: object) => (await act("recruiter", "createInterviewKit", said([], change))).codes;
    expect(await refused({ name })).toEqual(["ALREADY_EXISTS at name"]);
    expect(await refused({ externalKey: "taken" })).toEqual(["ALREADY_EXISTS at externalKey"]);
  });

  test("not of another organisation's parts", async () => {
    const other = await company(api.database);
    for (const change of [{ rubricVersionId: other.rubricVersionId }, { profileVersionId: other.profileVersionId }]) {
      expect((await act("recruiter", "createInterviewKit", said([], change))).codes).toEqual(["NOT_FOUND"]);
    }
  });
});

describe("an edit", () => {
  test("replaces the whole kit, counts what is new to it, and a question that stays keeps its id", async () => {
    const [first, second, third] = [await question(), await question(), await question()];
    const kit = await create([first, second]);
    const { kit: edited, codes } = await edit("hiringManager", kit, [third, first], {
      name: "Edited kit",
      minutes: 45,
    });
    expect(codes).toEqual([]);
    expect(edited).toMatchObject({ id: kit.id, name: "Edited kit", minutes: 45, version: 2 });
    expect(asked(edited)).toEqual([
      [0, 20, third.id],
      [1, 20, first.id],
    ]);
    expect(edited.questions[1].id).toBe(kit.questions[0].id);
    expect(await usesOf([first, second, third])).toEqual([1, 1, 1]);
    expect(await journalOf(kit)).toEqual(["interview_kit.created", "interview_kit.updated name,minutes,questions"]);
  });

  test("may keep what was retired meanwhile, and take nothing else that was", async () => {
    const [kept, other] = [await question(), await question()];
    const kit = await create([kept]);
    for (const each of [kept, other]) await retire(each);
    expect((await edit("recruiter", kit, [kept, other])).codes).toEqual(["NOT_READY at questions.1.questionVersionId"]);
    const { kit: edited, codes } = await edit("recruiter", kit, [kept], { minutes: 30 });
    expect({ codes, minutes: edited?.minutes }).toEqual({ codes: [], minutes: 30 });
    expect(await usesOf([kept, other])).toEqual([1, 0]);
  });

  test("of a kit that asks a retired version cannot add the next one beside it", async () => {
    const old = await question();
    const kit = await create([old]);
    await followed(old);
    const [next] = await sql("select id from question_versions where question_id = $1 and state = 'READY'", [
      old.questionId,
    ]);
    expect((await edit("recruiter", kit, [old, next])).codes).toEqual([
      "KIT_UNUSABLE at questions.1.questionVersionId",
    ]);
    expect((await edit("recruiter", kit, [next])).kit.warnings).toEqual([]);
  });

  test("that changes nothing leaves the kit as it is", async () => {
    const version = await question();
    const kit = await create([version]);
    expect(await edit("recruiter", kit, [version])).toEqual({ kit, codes: [] });
    expect(await journalOf(kit)).toEqual(["interview_kit.created"]);
  });

  test("of a stale version is refused, and of two at once one is made", async () => {
    const kit = await create();
    const answers = await Promise.all([10, 20, 30].map((minutes) => edit("recruiter", kit, [], { minutes })));
    expect(answers.map(({ codes }) => codes.join()).sort()).toEqual(["", ...Array(2).fill("STALE_VERSION at version")]);
  });

  test("that is refused changes nothing", async () => {
    const version = await question();
    const kit = await create([version]);
    const { codes } = await edit("recruiter", kit, [], { name: firm.kit.name });
    expect(codes).toEqual(["ALREADY_EXISTS at name"]);
    expect(await kitOf(kit)).toEqual(kit);
  });

  test.each<[Person, boolean]>([
    ["admin", true],
    ["recruiter", true],
    ["ann", false],
    ["auditor", false],
  ])("by %s is allowed: %s", async (who, may) => {
    const { codes } = await edit(who, await create(), [], { minutes: 30 });
    expect(codes).toEqual(may ? [] : ["FORBIDDEN"]);
  });
});

describe("a kit warns", () => {
  const warned = async (kit: { id: string }) =>
    (await kitOf(kit)).warnings.map(({ code, skill, questionVersion }: Anything) =>
      [code, skill?.slug, questionVersion && `version ${questionVersion.number}`].filter(Boolean).join(" "),
    );

  test("when its questions take longer than its slot, and says both", async () => {
    const { warnings } = await create([await question(), await question()], { minutes: 39 });
    const message = "The questions take 40 minutes, and the interview lasts 39.";
    expect(warnings).toEqual([{ code: "MINUTES_EXCEED_SLOT", message, skill: null, questionVersion: null }]);
  });

  test("when a question was retired or followed by the next version, from then on", async () => {
    const [gone, old] = [await question(), await question({ title: "A title" })];
    const kit = await create([gone, old]);
    expect(await warned(kit)).toEqual([]);
    await retire(gone);
    await followed(old);
    expect((await kitOf(kit)).warnings).toEqual([
      {
        code: "QUESTION_RETIRED",
        message: `Version 1 of the question "${gone.stem}" is RETIRED; no version of it is READY.`,
        skill: null,
        questionVersion: { id: gone.id, number: 1 },
      },
      {
        code: "QUESTION_RETIRED",
        message: 'Version 1 of the question "A title" is RETIRED; version 2 is READY.',
        skill: null,
        questionVersion: { id: old.id, number: 1 },
      },
    ]);
  });

  test("when a skill of the profile is not covered, or not asked for; a sub-skill does for its ancestors", async () => {
    const other = await company(api.database, {
      skills: { sql: 1, rest: 1, git: 0 },
      criteria: [{ key: "query", skill: "sql", weight: 1 }],
    });
    const admin = other.as("admin");
    const indexes = await createSkill(admin, { slug: "indexes", name: "Indexes", parentId: other.skillIds.sql });
    const deep = await createSkill(admin, { slug: "b-trees", name: "B-trees", parentId: indexes.id });
    const { id: bank } = await createQuestionBank(admin, { name: "B" });
    const people = { author: other.as("ann"), reviewer: other.as("bob") };
    const version = await readyQuestion(people, { bankId: bank, stem: "Why?", skillIds: [deep.id] });
    const input = {
      name: "K",
      profileVersionId: other.profileVersionId,
      rubricVersionId: other.rubricVersionId,
      minutes: 60,
      questions: [{ questionVersionId: version.id, minutes: 5 }],
    };
    const query = `mutation ($input: CreateInterviewKitInput!) { createInterviewKit(input: $input) {
      interviewKit { warnings { code message skill { slug } } } userErrors { code } } }`;
    const { createInterviewKit } = await api.ask(other.people.admin, query, { input });
    expect(createInterviewKit.interviewKit.warnings).toEqual([
      { code: "SKILL_NOT_COVERED", message: 'No criterion of the rubric rates "REST".', skill: { slug: "rest" } },
      { code: "SKILL_NOT_ASKED", message: 'No question of the kit asks for "REST".', skill: { slug: "rest" } },
    ]);
  });

  test("when its rubric was retired; an edit may keep it", async () => {
    const author = firm.as("ann");
    const anchors = [1, 2].map((value) => ({ value, label: "L", behaviour: "B." }));
    const criterion = {
      key: "k",
      name: "K",
      skillId: firm.skillIds.sql!,
      weight: 1,
      scaleMin: 1,
      scaleMax: 2,
      anchors,
    };
    const rubric = await publish(
      await createRubric(author, { name: "Soon gone", criteria: [criterion] }),
      author,
      firm.as("bob"),
    );
    const [version] = await allRows(author.db, RubricVersion, (bind) => `t.rubric_id = ${bind(rubric.id)}`);
    const kit = await create([], { rubricVersionId: version!.id });
    const [now] = await allRows(author.db, Rubric, (bind) => `t.id = ${bind(rubric.id)}`);
    await retireRubric(author, now!);
    expect(await warned(kit)).toEqual(["RUBRIC_RETIRED"]);
    const { codes } = await edit("recruiter", kit, [], { rubricVersionId: version!.id, minutes: 30 });
    expect(codes).toEqual([]);
  });

  test("at the cost of four statements for any number of kits", async () => {
    for (let count = 0; count < 3; count++) await create([await question()], { minutes: 5 + count * 30 });
    await create();
    const cost = async (first: number) => {
      const heard: string[] = [];
      api.database.heard = (text) => heard.push(text);
      const { interviewKits } = await api.ask(
        firm.people.recruiter,
        "query ($first: Int) { interviewKits(first: $first) { nodes { warnings { code message } } } }",
        { first },
      );
      api.database.heard = () => undefined;
      return { statements: heard.length, kits: interviewKits.nodes.length };
    };
    const [few, many] = [await cost(1), await cost(100)];
    expect(many.kits).toBeGreaterThan(10);
    expect(many.statements).toBe(few.statements);
    const without = async () => {
      const heard: string[] = [];
      api.database.heard = (text) => heard.push(text);
      await api.ask(firm.people.recruiter, "{ interviewKits { nodes { name } } }");
      return heard.length;
    };
    expect(few.statements - (await without())).toBe(4);
  });
});
