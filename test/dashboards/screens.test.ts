import type { Application } from "../../src/candidates/application.entity";
import { addDebriefNote } from "../../src/evaluations/debrief-note.actions";
import { proposeDecision } from "../../src/evaluations/decision.actions";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import type { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { QuestionNote, SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import type { QuestionBank } from "../../src/question-bank/question-bank.entity";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { requestRubricReview } from "../../src/question-bank/rubric-review.actions";
import { type Company, company, type Person } from "../cast/company";
import { draft, submit, type Values } from "../cast/interview";
import { newBank, newestVersion, publishedQuestion, questionInReview } from "../cast/questions";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { type Entry, writeDiary } from "./diary";
import { DAY, DEBRIEF, INTERVIEW, STANDINGS } from "./screens";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;
let bank: QuestionBank;
let kit: InterviewKit;
let heard: string[] = [];
const people: Record<"dora" | "emil" | "fay", Application> = {} as never;

const GOOD: Values = { "sql-query": 5, "sql-schema": 4, "rest-design": 4, "rest-errors": 5, "ds-complexity": 4 };
const POOR: Values = { "sql-query": 1, "sql-schema": 2, "rest-design": 2, "rest-errors": 1, "ds-complexity": 2 };

async function kitOf(name: string, questions: number): Promise<InterviewKit> {
  const asked: { questionVersionId: string; minutes: number }[] = [];
  for (let left = questions; left > 0; left--) {
    const { id } = await newestVersion(firm, await publishedQuestion(firm, bank.id, "DISCUSSION"));
    asked.push({ questionVersionId: id, minutes: 5 });
  }
  const { profileVersionId, rubricVersionId } = firm;
  return createInterviewKit(firm.as("admin"), {
    name,
    profileVersionId,
    rubricVersionId,
    minutes: 60,
    questions: asked,
  });
}

async function sessionOf(application: Application, entry: Partial<Entry>): Promise<{ id: string }> {
  const panel = { ann: "owes", bob: "owes" } as const;
  const common = { application, state: "SCHEDULED", hours: [-3, -2], panel, kit } as const;
  const [id] = await writeDiary(api.database, firm, [{ ...common, ...entry }]);
  return { id: id! };
}

/** An interview that is over, with both scorecards in. */
async function interviewed(application: Application, ann: Values, bob: Values): Promise<{ id: string }> {
  const session = await sessionOf(application, {});
  await submit(firm, "ann", session, ann);
  await submit(firm, "bob", session, bob);
  return session;
}

/** An interview that is over, for which Ann has a draft, and Bob's scorecard is in. */
async function halfWay(application: Application): Promise<{ id: string }> {
  const session = await sessionOf(application, {});
  await submit(firm, "bob", session, GOOD);
  await draft(firm, "ann", session, { "sql-query": 3 });
  return session;
}

let reviews = 0;

async function askForReviews(): Promise<void> {
  await questionInReview(firm, bank.id);
  const anchors = [1, 2].map((value) => ({ value, label: `${value}`, behaviour: `Hints: ${value}.` }));
  const criterion = { key: "c", name: "C", skillId: firm.skillIds.sql!, weight: 1, scaleMin: 1, scaleMax: 2, anchors };
  const rubric = await createRubric(firm.as("admin"), { name: `Waiting ${++reviews}`, criteria: [criterion] });
  await requestRubricReview(firm.as("admin"), rubric);
}

const writeStandings = (...applications: Application[]) =>
  firm.as("admin").db.transaction((tx) =>
    refreshStandings(
      tx,
      applications.map(({ id }) => id),
    ),
  );

/** Ann's and Bob's own words about the first question of a session. */
async function jotDown(session: { id: string }): Promise<void> {
  const ctx = firm.as("admin");
  const [question] = await allRows(
    ctx.db,
    SessionQuestion,
    (bind) => `t.session_id = ${bind(session.id)} and t.position = 0`,
  );
  await withClient(superuserUrl, (client) =>
    client.query("update session_questions set asked_at = $1, spent_seconds = 240 where id = $2", [
      ctx.now,
      question!.id,
    ]),
  );
  await ctx.db.transaction(async (tx) => {
    for (const who of ["ann", "bob"] as const)
      await tx.insert(QuestionNote, {
        sessionQuestionId: question!.id,
        authorId: firm.people[who].id,
        text: `Note of ${who}`,
      });
  });
}

let doraSession: { id: string };

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
  bank = await newBank(firm);
  kit = await kitOf("Kit of two questions", 2);
  people.dora = await firm.applicant("Dora");
  people.emil = await firm.applicant("Emil");
  people.fay = await firm.applicant("Fay");
  doraSession = await halfWay(people.dora);
  await jotDown(doraSession);
  await interviewed(people.emil, GOOD, POOR);
  await sessionOf(people.fay, { hours: [1, 2], panel: { ann: "owes", bob: "owes", cyd: "shadows" } });
  await askForReviews();
  await writeStandings(people.dora, people.emil, people.fay);
  const { id: applicationId } = people.emil;
  await addDebriefNote(firm.as("ann"), { applicationId, text: "We saw different things." });
  await proposeDecision(firm.as("hiringManager"), {
    applicationId,
    outcome: "HIRE",
    rationale: "Strong where it counts.",
    departureReason: "One of two was far too strict.",
  });
  api.database.heard = (text) => heard.push(text);
});

afterAll(() => api.close());

interface Seen {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
  data: any;
  statements: string[];
}

/** The answer, and the statements that it took. What is read side by side has no order. */
async function see(who: Person, query: string, variables: object = {}): Promise<Seen> {
  heard = [];
  const data = await api.ask(firm.people[who], query, variables);
  return { data: data.node ?? data.viewer, statements: [...heard].sort() };
}

/** Rows that are added of each kind before a screen is seen again. */
const MORE = 5;

/**
 * Nothing is read once per row: that would send a statement once more for each row that was added. Fields that lead to
 * rows of one kind share a statement or not, as they happen to be ready.
 */
function expectNoDearer(few: Seen, many: Seen): void {
  const times = (text: string, { statements }: Seen) => statements.filter((each) => each === text).length;
  expect([...new Set(many.statements)]).toEqual([...new Set(few.statements)]);
  for (const text of new Set(many.statements))
    expect({ text, more: Math.max(times(text, many) - times(text, few), MORE - 1) }).toEqual({ text, more: MORE - 1 });
}

const named = (rows: { candidate: { name: string } }[]) => rows.map(({ candidate }) => candidate.name);

describe("an interviewer's day", () => {
  test("tells what waits and what comes, with everything to begin it", async () => {
    const { data } = await see("ann", DAY);
    expect(data.member).toMatchObject({ name: "ann", role: "INTERVIEWER" });
    expect(data.toDo.scorecards).toEqual([
      {
        dueAt: expect.any(String),
        minutesLate: expect.any(Number),
        interviewSession: {
          id: doraSession.id,
          startsAt: expect.any(String),
          application: expect.objectContaining({ candidate: expect.objectContaining({ name: "Dora" }) }),
        },
        panelist: { id: expect.any(String), seat: "INTERVIEWER" },
        draft: { id: expect.any(String), version: expect.any(Number) },
      },
    ]);
    expect(data.toDo.scorecards[0].minutesLate).toBeGreaterThanOrEqual(120);
    expect(data.toDo.questionReviews).toMatchObject([
      { title: "A ESSAY", question: { bank: { name: bank.name } }, authors: [{ name: "admin" }] },
    ]);
    expect(data.toDo.rubricReviews).toMatchObject([{ rubric: { name: "Waiting 1" } }]);
    expect(named(data.toDo.debriefs)).toEqual(["Emil"]);
    const { totalCount, nodes } = data.upcomingSessions;
    expect(totalCount).toBe(1);
    expect(nodes).toMatchObject([
      {
        state: "SCHEDULED",
        timeZone: "Europe/Zurich",
        place: "Room 7",
        application: { candidate: { name: "Fay" }, job: { title: "Back-end developer" } },
        kit: { name: "Kit of two questions", minutes: 60 },
        panel: [
          { seat: "INTERVIEWER", response: "PENDING", member: { name: "ann" } },
          { seat: "INTERVIEWER", member: { name: "bob" } },
          { seat: "SHADOW", member: { name: "cyd" } },
        ],
      },
    ]);
  });

  test("costs no more where more waits", async () => {
    const few = await see("ann", DAY);
    for (let left = MORE; left > 0; left--) {
      await halfWay(await firm.applicant());
      await sessionOf(await firm.applicant(), { hours: [3, 4] });
      await interviewed(await firm.applicant(), GOOD, POOR);
      await askForReviews();
    }
    const many = await see("ann", DAY);
    const lengths = ({ data }: Seen) =>
      [...Object.values(data.toDo), data.upcomingSessions.nodes].map((rows) => (rows as []).length);
    expect(lengths(many)).toEqual(lengths(few).map((count) => count + MORE));
    expectNoDearer(few, many);
  });
});

describe("the interview screen", () => {
  test("tells what to ask, how to judge it, and what one has written oneself", async () => {
    const { data } = await see("ann", INTERVIEW, { sessionId: doraSession.id });
    expect(data).toMatchObject({
      state: "AWAITING_FEEDBACK",
      application: { candidate: { name: "Dora" } },
      place: "Room 7",
    });
    expect(data.questions).toMatchObject([
      {
        position: 0,
        minutes: 5,
        spentSeconds: 240,
        notes: [{ text: "Note of ann" }],
        questionVersion: {
          title: "A DISCUSSION",
          stem: "What would you do?",
          guidance: { good: "Asks back.", followUps: ["And then?"], redFlags: ["Shrugs."] },
        },
      },
      { position: 1, askedAt: null, notes: [] },
    ]);
    expect(data.questions[0].askedAt).not.toBeNull();
    expect(data.rubricVersion.rubric.name).toBe("Back-end interview");
    expect(data.rubricVersion.criteria.map(({ name }: { name: string }) => name)).toEqual(Object.keys(GOOD));
    expect(data.rubricVersion.criteria[0]).toMatchObject({
      weight: 2,
      skill: { name: "SQL" },
      scaleMin: 1,
      scaleMax: 5,
    });
    expect(data.rubricVersion.criteria[0].anchors).toHaveLength(5);
    const { state, recommendation, ratings } = data.ownScorecard;
    expect([state, recommendation, ratings.length]).toEqual(["DRAFT", "YES", 5]);
    const rated = ratings.find(
      ({ criterion }: { criterion: { id: string } }) => criterion.id === firm.criterionIds["sql-query"],
    );
    expect(rated).toMatchObject({ outcome: "RATED", value: 3 });
  });

  test("shows nobody else's scorecard or note as one's own", async () => {
    const bob = await see("bob", INTERVIEW, { sessionId: doraSession.id });
    expect(bob.data.ownScorecard.state).toBe("SUBMITTED");
    expect(bob.data.questions[0].notes).toMatchObject([{ text: "Note of bob" }]);
    const recruiter = await see("recruiter", INTERVIEW, { sessionId: doraSession.id });
    expect(recruiter.data.ownScorecard).toBeNull();
    expect(recruiter.data.questions[0].notes).toEqual([]);
  });

  test("costs no more where more is asked", async () => {
    const few = await see("ann", INTERVIEW, { sessionId: doraSession.id });
    const long = await sessionOf(await firm.applicant(), {
      kit: await kitOf("Kit of many questions", 2 + MORE),
      panel: Object.fromEntries(Object.keys(firm.people).map((who) => [who, "owes"])),
    });
    await jotDown(long);
    await draft(firm, "ann", long, GOOD);
    const many = await see("ann", INTERVIEW, { sessionId: long.id });
    expect([few.data.questions.length, many.data.questions.length]).toEqual([2, 2 + MORE]);
    expect([few.data.panel.length, many.data.panel.length]).toEqual([2, 2 + MORE]);
    expectNoDearer(few, many);
  });
});

describe("the debrief screen", () => {
  const sum = (values: (number | null)[]): number => values.reduce<number>((total, each) => total + (each ?? 0), 0);
  const debrief = (who: Person, { id }: Application) => see(who, DEBRIEF, { applicationId: id });

  test.each<Person>(["hiringManager", "ann"])("tells %s what the panel saw and what it comes to", async (who) => {
    const { data } = await debrief(who, people.emil);
    expect(data).toMatchObject({ status: "ACTIVE", candidate: { name: "Emil" }, job: { title: "Back-end developer" } });
    const [session, ...others] = data.interviewSessions.nodes;
    expect(others).toEqual([]);
    expect(session.state).toBe("COMPLETE");
    const cards = session.scorecards.map((card: Answer["data"]) => [
      card.interviewer.name,
      card.state,
      card.ratings.length,
    ]);
    expect(cards).toEqual([
      ["ann", "SUBMITTED", 5],
      ["bob", "SUBMITTED", 5],
    ]);
    const { overall, criteria, skills } = data.evaluation;
    expect(overall.score).toBeGreaterThan(0);
    expect(sum(criteria.map(({ contribution }: { contribution: number }) => contribution))).toBeCloseTo(
      overall.score,
      9,
    );
    expect(skills.map(({ skill }: { skill: { name: string } }) => skill.name).sort()).toEqual(["DS", "REST", "SQL"]);
    expect(data.debrief.topics.map(({ kind }: { kind: string }) => kind)).toContain("DISAGREEMENT");
    expect(data.debriefNotes.nodes).toMatchObject([{ text: "We saw different things.", author: { name: "ann" } }]);
    expect(data.decisions.nodes).toMatchObject([
      {
        state: "PROPOSED",
        outcome: "HIRE",
        rationale: "Strong where it counts.",
        proposedBy: { name: "hiringManager" },
        dissents: [],
      },
    ]);
  });

  test("keeps from whoever owes a scorecard what the others saw and what it comes to", async () => {
    const { data } = await debrief("ann", people.dora);
    const cards = data.interviewSessions.nodes.flatMap((session: Answer["data"]) => session.scorecards);
    expect(new Set(cards.map((card: Answer["data"]) => card.interviewer.name))).toEqual(new Set(["ann"]));
    expect([data.evaluation, data.debrief, data.debriefNotes.nodes, data.decisions.nodes]).toEqual([
      null,
      null,
      [],
      [],
    ]);
  });

  test("costs no more where more was seen", async () => {
    const few = await debrief("hiringManager", people.emil);
    for (let left = MORE; left > 0; left--) await interviewed(people.emil, GOOD, POOR);
    await addDebriefNote(firm.as("bob"), { applicationId: people.emil.id, text: "And again." });
    const many = await debrief("hiringManager", people.emil);
    const counts = ({ data }: Seen) => [data.interviewSessions.nodes.length, data.debriefNotes.nodes.length];
    expect([counts(few), counts(many)]).toEqual([
      [1, 1],
      [1 + MORE, 2],
    ]);
    expectNoDearer(few, many);
  });
});

describe("a job's standings", () => {
  const standings = (who: Person, orderBy?: string) => see(who, STANDINGS, { jobId: firm.job.id, orderBy });

  test("tell how its candidates stand, best first, by name", async () => {
    await writeStandings(people.emil);
    const { data } = await standings("recruiter");
    expect(data.title).toBe("Back-end developer");
    const rows: { score: number | null; application: { candidate: { name: string } } }[] = data.standings.nodes;
    expect(rows.map(({ application }) => application.candidate.name)).toEqual(["Dora", "Emil", "Fay"]);
    expect(rows[0]!.score).toBeGreaterThan(rows[1]!.score!);
    expect(rows[2]!.score).toBeNull();
    expect(rows[1]).toMatchObject({ raterCount: 2, coverage: 1 });
    expect(data.standings.totalCount).toBe(3);
  });

  test("leave out whom one still owes a scorecard", async () => {
    const { data } = await standings("ann");
    expect(named(data.standings.nodes.map((row: Answer["data"]) => row.application))).toEqual(["Emil"]);
    expect(data.standings.totalCount).toBe(1);
  });

  test("cost no more where there are more", async () => {
    const few = await standings("recruiter", "PROBABILITY");
    const more: Application[] = [];
    for (let left = MORE; left > 0; left--) more.push(await firm.applicant());
    for (const application of more) await interviewed(application, GOOD, GOOD);
    await writeStandings(...more);
    const many = await standings("recruiter", "PROBABILITY");
    expect(many.data.standings.nodes.length).toBe(few.data.standings.nodes.length + MORE);
    expectNoDearer(few, many);
  });
});
