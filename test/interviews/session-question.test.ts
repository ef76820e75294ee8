import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import type { Seat } from "../../src/interviews/panelist.rules";
import type { QuestionVersion } from "../../src/question-bank/question.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { type Company, company, type Person } from "../cast/company";
import { interview } from "../cast/interview";
import { readyQuestion } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { type Anything, journalOf, mutations, sql } from "./mutations";

let api: Api;
let firm: Company;
let asked: QuestionVersion;
let mutate: ReturnType<typeof mutations>;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

/** Every session asks one question. */
beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  mutate = mutations(api, () => firm);
  const admin = firm.as("admin");
  const { id: bankId } = await createQuestionBank(admin, { name: "Bank" });
  asked = await readyQuestion({ author: admin, reviewer: firm.as("recruiter") }, { bankId, stem: "Why?" });
  firm.kit = await createInterviewKit(admin, {
    name: "Kit that asks",
    profileVersionId: firm.profileVersionId,
    rubricVersionId: firm.rubricVersionId,
    minutes: 45,
    questions: [{ questionVersionId: asked.id, minutes: 20 }],
  });
});

afterAll(() => api.close());

const questionOf = async ({ id }: InterviewSession): Promise<string> =>
  (await sql("select id from session_questions where session_id = $1", [id]))[0].id;

async function scene(state: SessionState = "IN_PROGRESS", seat: Seat = "LEAD") {
  const session = await interview(firm, { panel: [{ who: "ann", seat }, "bob"], state });
  return { session, sessionQuestionId: await questionOf(session) };
}

const mark = (who: Person, input: object) => mutate(who, "markQuestionAsked", input);
const write = (who: Person, input: object) => mutate(who, "writeQuestionNote", input);

const usesOf = async () => {
  const [{ use_count, last_used_at }] = await sql(
    "select use_count, last_used_at from question_versions where id = $1",
    [asked.id],
  );
  return { count: use_count, last: last_used_at };
};

describe("a question is marked as asked", () => {
  test("with the time spent on it; its use is counted once for the session, whoever marks it and how often", async () => {
    const { session, sessionQuestionId } = await scene();
    const before = await usesOf();
    const first = await mark("ann", { sessionQuestionId });
    expect(first.errors).toEqual([]);
    expect(first.node).toMatchObject({ askedAt: expect.any(String), spentSeconds: null });
    const timed = await mark("recruiter", { sessionQuestionId, spentSeconds: 240 });
    expect(timed.node).toMatchObject({ askedAt: first.node.askedAt, spentSeconds: 240 });
    const kept = await mark("bob", { sessionQuestionId, asked: true });
    expect(kept.node).toMatchObject({ spentSeconds: 240 });
    const undone = await mark("bob", { sessionQuestionId, asked: false });
    expect(undone.node).toMatchObject({ askedAt: null, spentSeconds: null });
    await Promise.all(["ann", "bob"].map((who) => mark(who as Person, { sessionQuestionId })));
    const after = await usesOf();
    expect(after.count).toBe(before.count + 1);
    expect(after.last.getTime()).toBeGreaterThan(before.last?.getTime() ?? 0);
    const uses = await sql("select occasion from question_uses where used_in = $1", [session.id]);
    expect(uses).toEqual([{ occasion: "ASKED" }]);
    expect(new Set(await journalOf({ id: sessionQuestionId }))).toEqual(new Set(["session_question.marked"]));
  });

  test.each<[Person, Seat, string[]]>([
    ["ann", "LEAD", []],
    ["ann", "INTERVIEWER", []],
    ["ann", "SHADOW", ["FORBIDDEN"]],
    ["hiringManager", "LEAD", []],
    ["admin", "LEAD", []],
    ["auditor", "LEAD", ["FORBIDDEN"]],
    ["cyd", "LEAD", ["NOT_FOUND"]],
  ])("by %s, with ann as %s: %j", async (who, seat, expected) => {
    const { sessionQuestionId } = await scene("IN_PROGRESS", seat);
    expect((await mark(who, { sessionQuestionId })).errors).toEqual(expected);
  });

  test.each<[SessionState, string[]]>([
    ["SCHEDULED", ["ILLEGAL_MOVE at sessionQuestionId"]],
    ["IN_PROGRESS", []],
    ["AWAITING_FEEDBACK", []],
    ["ON_HOLD", ["ILLEGAL_MOVE at sessionQuestionId"]],
    ["CANCELLED", ["ILLEGAL_MOVE at sessionQuestionId"]],
    ["NO_SHOW", ["ILLEGAL_MOVE at sessionQuestionId"]],
  ])("in a session that is %s: %j", async (state, expected) => {
    const { sessionQuestionId } = await scene(state);
    const before = await usesOf();
    expect((await mark("ann", { sessionQuestionId })).errors).toEqual(expected);
    expect((await usesOf()).count).toBe(before.count + (expected.length === 0 ? 1 : 0));
  });

  test.each<[object, string[]]>([
    [{ spentSeconds: -1 }, ["BAD_INPUT at spentSeconds"]],
    [{ spentSeconds: 86_401 }, ["BAD_INPUT at spentSeconds"]],
    [{ asked: false, spentSeconds: 10 }, ["BAD_INPUT at spentSeconds"]],
  ])("with %j: %j", async (input, expected) => {
    const { sessionQuestionId } = await scene();
    expect((await mark("ann", { sessionQuestionId, ...input })).errors).toEqual(expected);
  });
});

describe("a note about a question", () => {
  const notes = "notes { text author { name } }";

  test("is its author's alone, on every way to it", async () => {
    const { session, sessionQuestionId } = await scene("SCHEDULED");
    const { node, errors } = await write("ann", { sessionQuestionId, text: "Ann's secret" });
    expect(errors).toEqual([]);
    expect(node).toMatchObject({ text: "Ann's secret", version: 1, author: { name: "ann" } });
    await write("bob", { sessionQuestionId, text: "Bob's own" });

    const ways = (id: string) => `{
      note: node(id: "${id}") { ... on QuestionNote { text } }
      question: node(id: "${sessionQuestionId}") { ... on SessionQuestion { ${notes} } }
      session: node(id: "${session.id}") { ... on InterviewSession { questions { ${notes} } } }
    }`;
    const answers: Record<string, Anything> = {};
    for (const who of ["ann", "bob", "admin", "recruiter", "hiringManager", "auditor", "cyd"] as const)
      answers[who] = (await api.send(firm.people[who], ways(node.id))).data;
    const own = (who: string, text: string) => [{ text, author: { name: who } }];
    expect(answers.ann).toEqual({
      note: { text: "Ann's secret" },
      question: { notes: own("ann", "Ann's secret") },
      session: { questions: [{ notes: own("ann", "Ann's secret") }] },
    });
    expect(answers.bob).toMatchObject({ note: null, question: { notes: own("bob", "Bob's own") } });
    for (const who of ["admin", "recruiter", "hiringManager", "auditor"]) {
      expect(answers[who]).toEqual({
        note: null,
        question: { notes: [] },
        session: { questions: [{ notes: [] }] },
      });
    }
    expect(answers.cyd).toEqual({ note: null, question: null, session: null });
    for (const who of ["bob", "admin", "recruiter", "hiringManager", "auditor", "cyd"])
      expect(JSON.stringify(answers[who])).not.toContain("secret");
  });

  test("is written by the panel alone, whoever sees the question", async () => {
    const { sessionQuestionId } = await scene("SCHEDULED", "SHADOW");
    const input = { sessionQuestionId, text: "" };
    const errors: Record<string, string[]> = {};
    for (const who of ["ann", "bob", "admin", "recruiter", "auditor", "cyd"] as const)
      errors[who] = (await write(who, input)).errors;
    expect(errors).toEqual({
      ann: [],
      bob: [],
      admin: ["FORBIDDEN"],
      recruiter: ["FORBIDDEN"],
      auditor: ["FORBIDDEN"],
      cyd: ["NOT_FOUND"],
    });
  });

  test("is safe from a second tab: what was not read is not overwritten", async () => {
    const { sessionQuestionId } = await scene();
    expect((await write("ann", { sessionQuestionId, text: "a", version: 1 })).errors).toEqual([
      "STALE_VERSION at version",
    ]);
    expect((await write("ann", { sessionQuestionId, text: "a" })).node.version).toBe(1);
    const again = await write("ann", { sessionQuestionId, text: "b" });
    expect(again.errors).toEqual(["STALE_VERSION at version"]);
    expect(again.messages[0]).toContain("carry on from version 1");
    expect((await write("ann", { sessionQuestionId, text: "c", version: 1 })).node).toMatchObject({
      text: "c",
      version: 2,
    });
    expect((await write("ann", { sessionQuestionId, text: "d", version: 1 })).errors).toEqual([
      "STALE_VERSION at version",
    ]);
    expect((await write("ann", { sessionQuestionId, text: "", version: 2 })).node).toMatchObject({
      text: "",
      version: 3,
    });
  });

  test("is begun once by two tabs at the same moment, and carried on by one of two", async () => {
    const { sessionQuestionId } = await scene();
    for (const version of [undefined, 1, 2]) {
      const tabs = [1, 2, 3, 4].map((tab) => write("ann", { sessionQuestionId, text: `Tab ${tab}`, version }));
      const errors = (await Promise.all(tabs)).map(({ errors: each }) => each).sort();
      const stale = ["STALE_VERSION at version"];
      expect(errors).toEqual([[], stale, stale, stale]);
    }
  });
});
