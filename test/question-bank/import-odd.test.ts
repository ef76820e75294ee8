import { createInterviewKit, editInterviewKit } from "../../src/interviews/interview-kit.actions";
import { allRows } from "../../src/platform/db/reader";
import { exportBank } from "../../src/question-bank/export.actions";
import { importBank } from "../../src/question-bank/import.actions";
import { createQuestion, editQuestion } from "../../src/question-bank/question.actions";
import { Question, QuestionVersion } from "../../src/question-bank/question.entity";
import { requestQuestionReview, retireQuestion, reviewQuestion } from "../../src/question-bank/question-review.actions";
import { QuestionUse } from "../../src/question-bank/question-use.entity";
import { type Company, company, type Person } from "../cast/company";
import { newBank, publishedQuestion, wordingOfKind } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { serverUrl, withClient } from "../support/database";

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

interface How {
  publish?: boolean;
  by?: Person;
}

/** Brings in a YAML file; answers with `section key OUTCOME` of each item, and why. */
async function bring(text: string, { publish = false, by = "admin" }: How = {}): Promise<string[]> {
  const report = await importBank(ours.as(by), { format: "YAML", text: `assay: 1\n${text}`, publish, dryRun: false });
  return report.items.map(({ section, key, outcome, faults }) =>
    [section, key, outcome, ...faults.map(({ message }) => message)].join(" "),
  );
}

const BANK = "banks: [{ key: b, name: B }]\n";
const essay = (key: string, stem: string): string =>
  `${BANK}questions: [{ key: ${key}, bank: b, kind: ESSAY, stem: "${stem}" }]`;

async function questionOf(key: string): Promise<Question> {
  const [question] = await allRows(ours.as("admin").db, Question, (bind) => `t.external_key = ${bind(key)}`);
  return question!;
}

test("whoever wrote a draft stays its author when somebody else brings the same words in again", async () => {
  await bring(essay("q", "One?"), { publish: true });
  const draft = { ...wordingOfKind("ESSAY"), stem: "Ann's?" };
  const { id, version } = await questionOf("q");
  await editQuestion(ours.as("ann"), { id, version, ...draft });
  await bring(essay("q", "Between."));
  const edited = await editQuestion(ours.as("bob"), { ...draft, id, version: (await questionOf("q")).version });
  const waiting = await requestQuestionReview(ours.as("bob"), edited);
  const approval = { id, version: waiting.version, verdict: "APPROVED" as const };
  for (const author of ["ann", "bob", "admin"] as const) {
    await expect(reviewQuestion(ours.as(author), approval)).rejects.toMatchObject({ code: "OWN_WORK" });
  }
  await reviewQuestion(ours.as("cyd"), approval);
});

describe("a rubric of a file", () => {
  const rubric = (key: string, criteria: string, more = ""): string =>
    `{ key: ${key}, name: ${key}, ${more}criteria: [${criteria}] }`;
  const whole = (max = 2, behaviour = "Does.") =>
    `{ key: c, name: C, skill: sql, weight: 1, scale: [1, ${max}], anchors: [${Array.from(
      { length: max },
      (_, index) => `{ value: ${index + 1}, label: L, behaviour: "${behaviour}" }`,
    ).join(", ")}] }`;
  const file = (...rubrics: string[]): string => `rubrics: [${rubrics.join(", ")}]`;

  /** Rubric -> stable id of its criterion, of what is READY. */
  async function stableIds(): Promise<Record<string, string>> {
    const rows = await ours.as("admin").db.all<{ name: string; id: string }>(
      `select r.external_key as name, c.stable_id as id from rubrics r
       join rubric_versions v on v.rubric_id = r.id and v.state = 'READY' join criteria c on c.rubric_version_id = v.id
       where r.external_key is not null`,
    );
    return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
  }

  test("that does not say what it claims is unchanged when it comes again", async () => {
    expect(await bring(file(rubric("a", whole())), { publish: true })).toEqual(["rubrics a CREATED"]);
    expect(await bring(file(rubric("a", whole())), { publish: true })).toEqual(["rubrics a UNCHANGED"]);
  });

  test("makes one draft beside what is READY, and no more", async () => {
    await bring(file(rubric("a", whole())), { publish: true });
    const other = file(rubric("a", whole(2, "Does well.")));
    expect(await bring(other)).toEqual(["rubrics a UPDATED"]);
    expect(await bring(other)).toEqual(["rubrics a UNCHANGED"]);
    expect(await bring(file(rubric("a", whole())))).toEqual(["rubrics a UNCHANGED"]);
    expect(await bring(other, { publish: true })).toEqual(["rubrics a UPDATED"]);
  });

  test("uses a criterion of another over a third, in whatever order they stand", async () => {
    const chain = file(rubric("c", "{ use: b/c }"), rubric("b", "{ use: a/c }"), rubric("a", whole()));
    expect(await bring(chain, { publish: true })).toEqual([
      "rubrics c CREATED",
      "rubrics b CREATED",
      "rubrics a CREATED",
    ]);
    const { a, b, c } = await stableIds();
    expect([b, c]).toEqual([a, a]);
    expect(await bring(chain, { publish: true })).toEqual([
      "rubrics c UNCHANGED",
      "rubrics b UNCHANGED",
      "rubrics a UNCHANGED",
    ]);
  });

  test("is not pooled with one of another scale", async () => {
    await bring(file(rubric("a", whole(3))), { publish: true });
    await bring(file(rubric("b", "{ use: a/c }"), rubric("a", whole(5))), { publish: true });
    const { a, b } = await stableIds();
    expect(b).toBe(a);
    const scales = await ours
      .as("admin")
      .db.all<{ scale: number }>("select distinct scale_max - scale_min as scale from criteria where stable_id = $1", [
        a,
      ]);
    expect(scales).toEqual([{ scale: 4 }]);
  });

  test("that uses itself is refused", async () => {
    const [item] = await bring(file(rubric("a", "{ use: a/c }")), { publish: true });
    expect(item).toContain("rubrics a REFUSED There is no criterion `a/c`");
  });
});

test("a question without a key that was retired here does not come back", async () => {
  const { id: bankId } = await newBank(ours);
  const text = "Which one?\nA. This\nB. That\nANSWER: A\n";
  const file = { format: "AIKEN" as const, text, bankId, publish: true, dryRun: false };
  const [first] = (await importBank(ours.as("admin"), file)).items;
  await retireQuestion(ours.as("admin"), { id: first!.id!, version: 1 });
  const [again] = (await importBank(ours.as("admin"), file)).items;
  expect(again).toMatchObject({ outcome: "IGNORED", faults: [{ message: expect.stringContaining("retired here") }] });
});

test("a question is not called by the id of another", async () => {
  const { id: bankId } = await newBank(ours);
  const other = await createQuestion(ours.as("ann"), { ...wordingOfKind("ESSAY"), bankId });
  const input = { bankId, kind: "ESSAY", stem: "Whose?", externalKey: other.id };
  const query =
    "mutation ($input: CreateQuestionInput!) { createQuestion(input: $input) { userErrors { code field } } }";
  const { createQuestion: answer } = (await api.send(ours.people.ann, query, { input })).data;
  expect(answer.userErrors).toEqual([{ code: "BAD_INPUT", field: ["externalKey"] }]);
});

test("one question named by its key and by its id is not written twice", async () => {
  await bring(essay("q", "One?"), { publish: true });
  const { id } = await questionOf("q");
  const both = `questions: [{ key: q, bank: b, kind: ESSAY, stem: "Two?" }, { key: ${id}, bank: b, kind: ESSAY, stem: "Three?" }]`;
  const [first, second] = await bring(both, { publish: true });
  expect(first).toBe("questions q UPDATED");
  expect(second).toContain("REFUSED the key is that of line 2");
});

test("what interviewers export they may bring in again", async () => {
  await bring(essay("q", "One?"), { publish: true });
  const { text } = await exportBank(ours.as("ann"), { format: "YAML", bankId: null });
  const items = await bring(text.replace("assay: 1\n", ""), { by: "ann" });
  expect(items.filter((item) => !item.endsWith(" UNCHANGED"))).toEqual([]);
});

test.each(["\u0000", "nonsense", "01a1fc18-3731-7031-8114-135a6a4e517b"])(
  "no bank is exported by the id %j",
  async (bankId) => {
    const query = "query ($bankId: ID) { exportBank(bankId: $bankId) { itemCount } }";
    const { errors } = await api.send(ours.people.ann, query, { bankId });
    expect(errors).toMatchObject([{ extensions: { code: "WRONG_ID_TYPE" } }]);
    const mutation = "mutation ($bankId: ID) { exportBank(input: { bankId: $bankId }) { userErrors { code field } } }";
    const { data } = await api.send(ours.people.ann, mutation, { bankId });
    expect(data.exportBank.userErrors).toEqual([{ code: "WRONG_ID_TYPE", field: ["bankId"] }]);
  },
);

test("a question that leaves a kit and comes back was used once", async () => {
  const { id: bankId } = await newBank(ours);
  const question = await publishedQuestion(ours, bankId);
  const [version] = await allRows(
    ours.as("admin").db,
    QuestionVersion,
    (bind) => `t.question_id = ${bind(question.id)}`,
  );
  const asked = [{ questionVersionId: version!.id, minutes: 5 }];
  const { profileVersionId, rubricVersionId } = ours;
  const draft = { name: "Kit", profileVersionId, rubricVersionId, minutes: 60 };
  const kit = await createInterviewKit(ours.as("admin"), { ...draft, questions: asked });
  const without = await editInterviewKit(ours.as("admin"), {
    ...draft,
    id: kit.id,
    version: kit.version,
    questions: [],
  });
  await editInterviewKit(ours.as("admin"), { ...draft, id: kit.id, version: without.version, questions: asked });
  const uses = await allRows(
    ours.as("admin").db,
    QuestionUse,
    (bind) => `t.question_version_id = ${bind(version!.id)}`,
  );
  expect(uses).toMatchObject([{ occasion: "PLANNED", usedIn: kit.id }]);
  const query = `{ node(id: "${version!.id}") { ... on QuestionVersion { useCount uses { nodes { usedIn { id } } } } } }`;
  const { node } = await api.ask(ours.people.ann, query);
  expect(node).toEqual({ useCount: 1, uses: { nodes: [{ usedIn: { id: kit.id } }] } });
});

describe("the server's own login", () => {
  const KEPT: [what: string, text: string][] = [
    ["takes no skill from", "delete from question_skills where question_version_id = $1"],
    ["changes no skill of", "update question_skills set created_at = now() where question_version_id = $1"],
    [
      "adds no skill to",
      `insert into question_skills select organization_id, gen_random_uuid(), now(), question_version_id,
         (select id from skills where slug = 'rest') from question_skills where question_version_id = $1`,
    ],
    ["takes no criterion from the rubric beside", "delete from criteria where $1 is not null"],
    ["puts back to DRAFT not even", "update question_versions set state = 'DRAFT' where id = $1"],
  ];

  test.each(KEPT)("%s what is READY", async (_, text) => {
    await bring(`${BANK}questions: [{ key: q, bank: b, kind: ESSAY, stem: "One?", skills: [sql] }]`, { publish: true });
    const { id } = await questionOf("q");
    const [version] = await allRows(ours.as("admin").db, QuestionVersion, (bind) => `t.question_id = ${bind(id)}`);
    const answer = await withClient(serverUrl, async (client) => {
      await client.query("begin");
      await client.query("select set_config('app.organization', $1, true)", [ours.organizationId]);
      return client.query(text.replace("$1", `'${version!.id}'::uuid`)).then(
        ({ rowCount }) => rowCount,
        (error: { code: string }) => error.code,
      );
    });
    expect(answer).toBe("23001");
  });
});
