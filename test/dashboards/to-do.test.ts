import { requestQuestionReview } from "../../src/question-bank/question-review.actions";
import { createRubric } from "../../src/question-bank/rubric.actions";
import { requestRubricReview } from "../../src/question-bank/rubric-review.actions";
import { minutesLate } from "../../src/scorecards/to-do.rules";
import { type Company, company, type Person } from "../cast/company";
import { keyWith } from "../cast/keys";
import { draftQuestion, newBank } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { type Entry, writeDiary } from "./diary";

jest.setTimeout(30_000);

let api: Api;
let firm: Company;
const sessions: Record<string, string> = {};
let requested: { questions: string[]; rubrics: string[] };

/** Asks for reviews in the reverse of the order in which things were written. Their ids, the oldest request first. */
async function askForReviews(): Promise<typeof requested> {
  const admin = firm.as("admin");
  const bank = await newBank(firm);
  const questions = [await draftQuestion(firm, bank.id), await draftQuestion(firm, bank.id, "DISCUSSION")].reverse();
  await draftQuestion(firm, bank.id, "NUMERIC");
  for (const question of questions) await requestQuestionReview(firm.as("admin"), question);
  const anchors = [1, 2].map((value) => ({ value, label: `${value}`, behaviour: `Hints: ${value}.` }));
  const skillId = firm.skillIds.sql!;
  const criteria = [{ key: "c", name: "C", skillId, weight: 1, scaleMin: 1, scaleMax: 2, anchors }];
  const rubrics = [
    await createRubric(admin, { name: "Zeta", criteria }),
    await createRubric(admin, { name: "Alpha", criteria }),
  ];
  for (const rubric of rubrics.reverse()) await requestRubricReview(firm.as("admin"), rubric);
  return { questions: questions.map(({ id }) => id), rubrics: rubrics.map(({ id }) => id) };
}

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
  const application = await firm.applicant("Dora");
  const others = { bob: { card: "SUBMITTED", says: "YES" } } as const;
  const over = { application, state: "SCHEDULED", hours: [-3, -2] } as const;
  const diary: Record<string, Entry> = {
    begun: { ...over, hours: [-0.2, 0.8], panel: { ...others, ann: "owes" } },
    over: { ...over, panel: { ...others, ann: "owes" } },
    drafted: { ...over, hours: [-30, -29], panel: { ...others, ann: { card: "DRAFT" } } },
    "taken back": { ...over, hours: [-5, -4], panel: { ...others, ann: { card: "WITHDRAWN" } } },
    "marked as over": { ...over, state: "AWAITING_FEEDBACK", hours: [0.5, 1.5], panel: { ann: "owes" } },
    "marked as begun": { ...over, state: "IN_PROGRESS", hours: [1, 2], panel: { ann: "owes" } },
    "to come": { ...over, hours: [3, 4], panel: { ann: "owes", bob: "owes" } },
    "to come soon": { ...over, hours: [2.5, 3], panel: { ann: "shadows" } },
    "without a time": { ...over, state: "NEEDS_SCHEDULING", hours: undefined, panel: { ann: "owes" } },
    "on hold": { ...over, state: "ON_HOLD", hours: [5, 6], panel: { ann: "owes" } },
    cancelled: { ...over, state: "CANCELLED", hours: [7, 8], panel: { ann: "owes" } },
    "called off": { ...over, state: "CANCELLED", panel: { ann: "owes" } },
    "no show": { ...over, state: "NO_SHOW", panel: { ann: "owes" } },
    waived: { ...over, panel: { ann: "waived", bob: "owes" } },
    shadowed: { ...over, panel: { ann: "shadows", bob: "owes" } },
    "handed in": { ...over, panel: { ann: { card: "SUBMITTED" }, bob: "owes" } },
    "of others": { ...over, panel: { bob: "owes" } },
    "of others, to come": { ...over, hours: [2, 3], panel: { bob: "owes" } },
  };
  const ids = await writeDiary(api.database, firm, Object.values(diary));
  for (const [index, name] of Object.keys(diary).entries()) sessions[name] = ids[index]!;
  requested = await askForReviews();
});

afterAll(() => api.close());

const TO_DO = `{ viewer {
  toDo {
    scorecards { dueAt minutesLate interviewSession { id endsAt } panelist { member { id } } draft { state session { id } } }
    questionReviews { question { id } }
    rubricReviews { rubric { id } }
    debriefs { id }
  }
  upcomingSessions { totalCount nodes { id state } }
} }`;

const nameOf = ({ id }: { id: string }) => Object.keys(sessions).find((name) => sessions[name] === id);

interface Owed {
  dueAt: string;
  minutesLate: number;
  interviewSession: { id: string; endsAt: string };
  panelist: { member: { id: string } };
  draft: { state: string; session: { id: string } } | null;
}

interface Reviews {
  questionReviews: { question: { id: string } }[];
  rubricReviews: { rubric: { id: string } }[];
}

interface Waiting {
  owed: Owed[];
  reviews: Reviews;
  upcoming: { totalCount: number; nodes: { id: string }[] };
}

async function waitingFor(who: Person): Promise<Waiting> {
  const { viewer } = await api.ask(firm.people[who], TO_DO);
  return { owed: viewer.toDo.scorecards, reviews: viewer.toDo, upcoming: viewer.upcomingSessions };
}

test("scorecards wait where the session has begun and one's own is neither in nor waived, the longest due first", async () => {
  const { owed } = await waitingFor("ann");
  expect(owed.map(({ interviewSession }) => nameOf(interviewSession))).toEqual([
    "drafted",
    "taken back",
    "over",
    "begun",
    "marked as over",
    "marked as begun",
  ]);
  // By tens: it took a while to come here.
  expect(owed.map(({ minutesLate: late }) => late - (late % 10))).toEqual([29 * 60, 4 * 60, 2 * 60, 0, 0, 0]);
  for (const { dueAt, interviewSession, panelist } of owed) {
    expect(dueAt).toBe(interviewSession.endsAt);
    expect(panelist.member.id).toBe(firm.people.ann.id);
  }
  const drafts = owed.flatMap(({ draft, interviewSession }) =>
    draft ? [[draft.state, nameOf(interviewSession)]] : [],
  );
  expect(drafts).toEqual([["DRAFT", "drafted"]]);
});

test("a session to come waits for nothing yet, and what others owe waits for them", async () => {
  const { owed } = await waitingFor("bob");
  expect(owed.map(({ interviewSession }) => nameOf(interviewSession)).sort()).toEqual(
    ["handed in", "of others", "shadowed", "waived"].sort(),
  );
});

test.each<[string, number, number]>([
  ["not yet due", 60_000, 0],
  ["due now", 0, 0],
  ["late by less than a minute", -59_999, 0],
  ["late by a minute", -60_000, 1],
  ["late by a day", -86_400_000, 1440],
])("what is %s is late by whole minutes", (_, milliseconds, minutes) => {
  const now = new Date("2026-11-20T14:00:00Z");
  expect(minutesLate({ dueAt: new Date(now.getTime() + milliseconds) }, now)).toBe(minutes);
  expect(minutesLate({ dueAt: null }, now)).toBe(0);
});

test("upcoming are one's own sessions that have a time and are not over, the soonest first", async () => {
  const { upcoming } = await waitingFor("ann");
  expect(upcoming.nodes.map(nameOf)).toEqual(["begun", "marked as begun", "to come soon", "to come"]);
  expect(upcoming.totalCount).toBe(4);
  expect((await waitingFor("recruiter")).upcoming).toEqual({ totalCount: 0, nodes: [] });
});

test("upcoming sessions are paged", async () => {
  const page = (args: string) =>
    `{ viewer { upcomingSessions(${args}) { nodes { id } pageInfo { endCursor hasNextPage } } } }`;
  const first = (await api.ask(firm.people.ann, page("first: 3"))).viewer.upcomingSessions;
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = (await api.ask(firm.people.ann, page(`after: "${first.pageInfo.endCursor}"`))).viewer.upcomingSessions;
  expect(rest.nodes.map(nameOf)).toEqual(["to come"]);
});

describe("reviews", () => {
  const asked = ({ reviews: { questionReviews, rubricReviews } }: Waiting) => ({
    questions: questionReviews.map(({ question }) => question.id),
    rubrics: rubricReviews.map(({ rubric }) => rubric.id),
  });

  test.each<Person>(["ann", "recruiter", "hiringManager"])(
    "wait for %s, who wrote nothing, the oldest request first",
    async (who) => {
      expect(asked(await waitingFor(who))).toEqual(requested);
    },
  );

  test.each<Person>(["admin", "auditor"])("do not wait for %s, who may not give them", async (who) => {
    expect(asked(await waitingFor(who))).toEqual({ questions: [], rubrics: [] });
  });
});

test("nothing waits for a key, whatever it may read", async () => {
  const scopes = ["candidates:read", "interviews:read", "scorecards:read"] as const;
  const { secret } = await keyWith(firm, scopes);
  expect(await api.ask(secret, TO_DO)).toEqual({
    viewer: {
      toDo: { scorecards: [], questionReviews: [], rubricReviews: [], debriefs: [] },
      upcomingSessions: { totalCount: 0, nodes: [] },
    },
  });
});

test("fifty are told of at most", async () => {
  const busy = await company(api.database);
  const application = await busy.applicant();
  const entry: Entry = { application, state: "AWAITING_FEEDBACK", hours: [-3, -2], panel: { cyd: "owes" } };
  await writeDiary(api.database, busy, Array(51).fill(entry));
  const { viewer } = await api.ask(busy.people.cyd, TO_DO);
  expect(viewer.toDo.scorecards).toHaveLength(50);
});
