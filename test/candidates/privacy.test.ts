import { createApplication } from "../../src/candidates/application.actions";
import type { Application } from "../../src/candidates/application.entity";
import { updateCandidate } from "../../src/candidates/candidate.actions";
import { createJob } from "../../src/candidates/job.actions";
import { addDebriefNote } from "../../src/evaluations/debrief-note.actions";
import { proposeDecision, recordDecision, reopenDecision } from "../../src/evaluations/decision.actions";
import { Decision } from "../../src/evaluations/decision.entity";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { planInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import { Refusal } from "../../src/platform/errors";
import { saveScorecard, withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { type Company, company, type Person } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { draft, interview, submit } from "../cast/interview";
import { keyWith } from "../cast/keys";
import { asking } from "../cast/questions";
import { type Answer, type Api, type Signer, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { wholeCandidate } from "./whole-candidate";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await asking(await company(api.database));
});

afterAll(() => api.close());

const EXPORT = `mutation ($input: ExportCandidateInput!) { exportCandidate(input: $input) {
  candidateExport { fileName mediaType text } userErrors { code message field } } }`;
const ERASE = `mutation ($input: EraseCandidateInput!) { eraseCandidate(input: $input) {
  candidate { id name email erasedAt version } userErrors { code message field } } }`;

type Payload = Answer["data"];

const exported = async (who: Signer | string, id: string): Promise<Payload> =>
  (await api.send(who, EXPORT, { input: { id } })).data?.exportCandidate;
const told = async (who: Signer | string, id: string): Promise<Payload> =>
  JSON.parse((await exported(who, id)).candidateExport.text);
const erase = async (id: string, version = 1, who: Signer | string = ours.people.admin): Promise<Payload> =>
  (await api.send(who, ERASE, { input: { id, version } })).data?.eraseCandidate;
const codes = ({ userErrors }: Payload): string[] => userErrors.map(({ code }: { code: string }) => code);

const sql = <R>(text: string, ...values: unknown[]): Promise<R[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

/** Somebody of whom nothing is left. */
async function gone(): Promise<Application> {
  const application = await wholeCandidate(ours, "Gone");
  expect(codes(await erase(application.candidateId))).toEqual([]);
  return application;
}

describe("an export", () => {
  let application: Application;

  beforeAll(async () => {
    application = await wholeCandidate(ours, "Anna");
    await wholeCandidate(ours, "Otto");
  });

  test("is a file of JSON that is called by the candidate's id", async () => {
    const { candidateExport, userErrors } = await exported(ours.people.admin, application.candidateId);
    expect(userErrors).toEqual([]);
    const fileName = `candidate-${application.candidateId}.json`;
    expect(candidateExport).toEqual({ fileName, mediaType: "application/json", text: expect.any(String) });
    expect(JSON.parse(candidateExport.text)).toMatchObject({
      candidates: { candidate: { id: application.candidateId, name: "Anna: the name", email: null } },
    });
  });

  test("holds every text about them, and none about somebody else", async () => {
    const text = JSON.stringify(await told(ours.people.admin, application.candidateId));
    const said = [
      "the name",
      "them",
      "what for",
      "the place",
      "moved",
      "noted",
      "waived",
      "debriefed",
      "why",
      "departs",
    ];
    for (const each of [...said, "reopened", "dissents", "declined", "called off"])
      expect(text).toContain(`Anna: ${each}`);
    expect(text).toContain("On second thoughts");
    expect(text).toContain("Saw sql-query.");
    expect(text).not.toContain("Otto");
  });

  test("names no colleague, and says the same of each in every part", async () => {
    const known = await told(ours.people.admin, application.candidateId);
    const text = JSON.stringify(known);
    for (const { id, email } of Object.values(ours.people)) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(email);
    }
    const [first] = known.interviews.interviewSessions;
    const ann = first.panel[0].who;
    expect(ann).toBe("interviewer 1");
    expect(first.questions[0].notes).toEqual([{ by: ann, text: "Anna: noted", updatedAt: expect.any(String) }]);
    expect(known.scorecards.scorecards.map(({ by }: Payload) => by)).toEqual([ann, ann]);
    expect(known.evaluations.debriefNotes).toMatchObject([{ by: "interviewer 2" }]);
    expect(known.evaluations.decisions[1].dissents).toEqual([{ by: ann, reason: "Anna: dissents" }]);
    expect(known.evaluations.decisions[1].decidedBy).toBe("the hiring team");
  });

  test("is in the access log, and in the journal", async () => {
    const { id } = ours.people.admin;
    await exported(ours.people.admin, application.candidateId);
    const about = `Exported the Candidate ${application.candidateId}.`;
    const log = await sql(`select kind, about from access_log where actor_id = $1 and about = $2`, id, about);
    expect(log).toContainEqual({ kind: "EXPORTED", about });
    const entries = await sql<{ by: string }>(
      `select actor_id as by from journal_entries where object_id = $1 and type = 'candidate.exported'`,
      application.candidateId,
    );
    expect(entries.at(-1)).toEqual({ by: id });
  });

  test.each<[Person]>([["recruiter"], ["hiringManager"], ["ann"], ["auditor"]])("is none for %s", async (who) => {
    const { errors } = await api.send(ours.people[who], EXPORT, { input: { id: application.candidateId } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  test("is one for a key with the scope, whole, and NOT_FOUND for another organisation's", async () => {
    const { secret } = await keyWith(ours, ["candidates:privacy"]);
    expect(JSON.stringify(await told(secret, application.candidateId))).toContain("Anna: debriefed");
    const elsewhere = await keyWith(await company(api.database), ["candidates:privacy"]);
    const { errors } = await api.send(elsewhere.secret, EXPORT, { input: { id: application.candidateId } });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("what is blind", () => {
  let firm: Company;

  beforeAll(async () => {
    firm = await asking(await company(api.database));
  });

  const visibility = (value: string) =>
    sql("update organizations set feedback_visibility = $2 where id = $1", firm.organizationId, value);

  /** An application with a session in which Ann has handed in and the administrator sits too. */
  async function blind(): Promise<{ session: InterviewSession; candidateId: string }> {
    const { id: applicationId, candidateId } = await firm.applicant();
    const session = await interview(firm, { applicationId, panel: ["ann", "admin"] });
    await submit(firm, "ann", session, { "sql-query": 4 });
    return { session, candidateId };
  }

  test.each([
    ["AFTER_OWN_SUBMISSION", ["SCORE_WITHHELD"], []],
    ["NEVER", ["SCORE_WITHHELD"], ["SCORE_WITHHELD"]],
    ["ALWAYS", ["SCORE_WITHHELD"], []],
  ])(
    "is not exported by whom it is kept from: with %s %j while they owe a scorecard, then %j",
    async (policy, owing, handedIn) => {
      await visibility(policy);
      const { session, candidateId } = await blind();
      expect(codes(await exported(firm.people.admin, candidateId))).toEqual(owing);
      await submit(firm, "admin", session, { "sql-query": 3 });
      expect(codes(await exported(firm.people.admin, candidateId))).toEqual(handedIn);
    },
  );

  test("leaves no trace of an export that was refused", async () => {
    await visibility("AFTER_OWN_SUBMISSION");
    const { candidateId } = await blind();
    await exported(firm.people.admin, candidateId);
    const text = `select from journal_entries where object_id = $1 and type = 'candidate.exported'`;
    expect(await sql(text, candidateId)).toEqual([]);
    expect(await sql("select from access_log where about like $1", `%${candidateId}%`)).toEqual([]);
  });

  test("is told with drafts and notes once the session is over, and before without", async () => {
    const { id: applicationId, candidateId } = await firm.applicant();
    const session = await interview(firm, {
      applicationId,
      panel: ["ann", { who: "bob", feedbackRequired: false }],
    });
    const [question] = await allRows(
      firm.as("bob").db,
      SessionQuestion,
      (bind) => `t.session_id = ${bind(session.id)}`,
    );
    await writeQuestionNote(firm.as("bob"), { sessionQuestionId: question!.id, text: "A private note" });
    await draft(firm, "bob", session, { "sql-query": 2 });
    const before = await told(firm.people.admin, candidateId);
    expect(before.scorecards.scorecards).toEqual([]);
    expect(JSON.stringify(before)).not.toContain("A private note");
    await submit(firm, "ann", session, { "sql-query": 4 });
    const after = await told(firm.people.admin, candidateId);
    expect(after.scorecards.scorecards.map(({ state }: Payload) => state).sort()).toEqual(["DRAFT", "SUBMITTED"]);
    expect(JSON.stringify(after)).toContain("A private note");
  });
});

describe("an erasure", () => {
  test("is told by the journal, without a value", async () => {
    const { candidateId } = await gone();
    const entries = await sql(
      `select type, changes, actor_kind as kind from journal_entries where object_id = $1 order by sequence desc limit 1`,
      candidateId,
    );
    expect(entries).toEqual([{ type: "candidate.erased", changes: ["name", "email"], kind: "MEMBER" }]);
  });

  test("shows in calendars, and closes links to the score", async () => {
    const application = await wholeCandidate(ours, "Shown");
    const links = await Promise.all(
      [1, 2].map(async () => (await createScoreLink(ours.as("admin"), { applicationId: application.id })).path),
    );
    const { path } = await createCalendarAddress(ours.as("ann"), { label: "Phone" });
    const calendar = async () => (await (await fetch(api.url + path)).text()).replace(/\r\n /g, "");
    expect(await calendar()).toContain("Shown: the name");
    expect((await fetch(api.url + links[0]!)).status).toBe(200);
    await erase(application.candidateId);
    expect(await calendar()).not.toContain("Shown");
    expect(await calendar()).toContain("Erased candidate");
    for (const link of links) expect((await fetch(api.url + link)).status).toBe(404);
  });

  test("is done once: the second is told that it was", async () => {
    const { candidateId } = await gone();
    for (const version of [1, 2]) expect(codes(await erase(candidateId, version))).toEqual(["ERASED"]);
    const text = "select from journal_entries where object_id = $1 and type = 'candidate.erased'";
    expect(await sql(text, candidateId)).toHaveLength(1);
  });

  test("of several at once is done once", async () => {
    const { candidateId } = await wholeCandidate(ours, "Hunted");
    const answers = await Promise.all(Array.from({ length: 6 }, () => erase(candidateId)));
    expect(answers.flatMap(codes)).toEqual(Array(5).fill("ERASED"));
  });

  test("of a version that is not the candidate's is refused", async () => {
    const { candidateId } = await ours.applicant();
    expect(codes(await erase(candidateId, 2))).toEqual(["STALE_VERSION"]);
    expect(codes(await erase(candidateId))).toEqual([]);
  });

  test("is done by a key with the scope, and by no other", async () => {
    const { candidateId } = await ours.applicant();
    const { secret } = await keyWith(ours, ["candidates:write"]);
    const { errors } = await api.send(secret, ERASE, { input: { id: candidateId, version: 1 } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const key = await keyWith(ours, ["candidates:privacy"]);
    expect((await erase(candidateId, 1, key.secret)).candidate).toMatchObject({ name: "Erased candidate", version: 2 });
  });

  test("frees the address for somebody else", async () => {
    const { candidateId } = await ours.applicant();
    const email = "freed@example.org";
    await updateCandidate(ours.as("admin"), { id: candidateId, version: 1, email });
    await erase(candidateId, 2);
    const { candidateId: next } = await ours.applicant();
    expect(await updateCandidate(ours.as("admin"), { id: next, version: 1, email })).toMatchObject({ email });
  });

  test.each<[SessionState, string[]]>([
    ["NEEDS_SCHEDULING", ["SESSIONS_OPEN"]],
    ["SCHEDULED", ["SESSIONS_OPEN"]],
    ["IN_PROGRESS", ["SESSIONS_OPEN"]],
    ["AWAITING_FEEDBACK", ["SESSIONS_OPEN"]],
    ["ON_HOLD", ["SESSIONS_OPEN"]],
    ["CANCELLED", []],
    ["NO_SHOW", []],
  ])("of whom a session is %s is answered with %j", async (state, expected) => {
    const { id: applicationId, candidateId } = await ours.applicant();
    const session = await interview(ours, { applicationId, panel: ["cyd"], state });
    const { userErrors, candidate } = await erase(candidateId);
    expect(userErrors.map(({ code }: Payload) => code)).toEqual(expected);
    if (candidate) return;
    expect(userErrors[0].message).toContain(`${session.id} is ${state}`);
    const [{ name }] = (await sql<{ name: string }>("select name from candidates where id = $1", candidateId)) as [
      { name: string },
    ];
    expect(name).toBe("Chris Candidate");
  });
});

describe("of whom the data was erased", () => {
  let application: Application;
  let open: Application;
  let decision: Decision;
  let card: Scorecard;
  let session: InterviewSession;

  beforeAll(async () => {
    application = await gone();
    const admin = ours.as("admin");
    const of = (column: string) => (bind: (value: unknown) => string) => `t.${column} = ${bind(application.id)}`;
    const newest = "order by t.id desc limit 1";
    [decision] = (await allRows(admin.db, Decision, of("application_id"), newest)) as [Decision];
    const { applicationId, session: held, cards } = await debriefed(ours, { ann: { "sql-query": 4 } });
    [card, session] = [cards.ann!, held];
    [open] = (await admin.db.all(`select id, candidate_id as "candidateId" from applications where id = $1`, [
      applicationId,
    ])) as [Application];
    expect(codes(await erase(open.candidateId))).toEqual([]);
  });

  const words = () => ({ applicationId: open.id, outcome: "HIRE" as const, rationale: "R", departureReason: "D" });

  test.each<[string, () => Promise<unknown>]>([
    [
      "is entered for no job",
      async () => {
        const admin = ours.as("admin");
        const { id: jobId } = await createJob(admin, { title: "J", profileVersionId: ours.profileVersionId });
        return createApplication(admin, { candidateId: open.candidateId, jobId });
      },
    ],
    ["is not changed", () => updateCandidate(ours.as("admin"), { id: open.candidateId, version: 2, name: "N" })],
    [
      "is planned no session",
      () =>
        planInterviewSession(ours.as("admin"), {
          applicationId: open.id,
          kitId: ours.kit.id,
          panel: [{ memberId: ours.people.ann.id, seat: "LEAD", feedbackRequired: true }],
        }),
    ],
    ["is written no scorecard of", () => saveScorecard(ours.as("ann"), { sessionId: session.id, ratings: [] })],
    ["is taken no scorecard of back", () => withdrawScorecard(ours.as("ann"), card)],
    [
      "is noted nothing about at a question",
      async () => {
        const [question] = await allRows(
          ours.as("ann").db,
          SessionQuestion,
          (bind) => `t.session_id = ${bind(session.id)}`,
        );
        return writeQuestionNote(ours.as("ann"), { sessionQuestionId: question!.id, text: "N" });
      },
    ],
    [
      "is noted nothing about at a debrief",
      () => addDebriefNote(ours.as("admin"), { applicationId: open.id, text: "N" }),
    ],
    ["is shown by no link", () => createScoreLink(ours.as("admin"), { applicationId: open.id })],
    ["is proposed no decision about", () => proposeDecision(ours.as("admin"), words())],
    ["is decided nothing about", () => recordDecision(ours.as("admin"), words())],
    [
      "keeps the decision that was made",
      () => reopenDecision(ours.as("admin"), { id: decision.id, version: decision.version, reason: "R" }),
    ],
  ])("the candidate %s", async (_, act) => {
    const refusal = await act().catch((error) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).code).toBe("ERASED");
  });

  test("nothing is exported", async () => {
    expect(codes(await exported(ours.people.admin, application.candidateId))).toEqual(["ERASED"]);
  });

  test("what was given in numbers is read as before", async () => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Application {
      candidate { name } standing { recommendation } decisions { nodes { outcome rationale dissents { reason } } }
      interviewSessions { nodes { scorecards { recommendation summary ratings { value evidence } } } } } } }`;
    const { node } = await api.ask(ours.people.admin, query, { id: application.id });
    expect(node).toMatchObject({
      candidate: { name: "Erased candidate" },
      standing: { recommendation: expect.any(String) },
      decisions: { nodes: [{ outcome: "HIRE", rationale: "", dissents: [{ reason: "" }] }, { rationale: "" }] },
    });
    const values = node.interviewSessions.nodes.flatMap(({ scorecards }: Payload) =>
      scorecards.flatMap(({ ratings }: Payload) => ratings),
    );
    expect(values).toContainEqual({ value: 5, evidence: "" });
    expect(values.every(({ evidence }: Payload) => evidence === "")).toBe(true);
  });
});

test("nothing is written behind an erasure, however many write while it erases", async () => {
  for (let round = 0; round < 4; round++) {
    const said = `Behind-${round}`;
    const { applicationId } = await debriefed(ours, { ann: { "sql-query": 4 } });
    await decide(ours, applicationId, { departureReason: "D" });
    const [{ id }] = (await sql<{ id: string }>(
      "select candidate_id as id from applications where id = $1",
      applicationId,
    )) as [{ id: string }];
    const write = async () => {
      await addDebriefNote(ours.as("admin"), { applicationId, text: said }).catch((error) => {
        if (!(error instanceof Refusal && error.code === "ERASED")) throw error;
      });
    };
    const writers = Array.from({ length: 8 }, async () => {
      for (let left = 6; left > 0; left--) await write();
    });
    await new Promise((resolve) => setTimeout(resolve, 10 * round));
    expect(codes(await erase(id))).toEqual([]);
    await Promise.all(writers);
    expect(await sql("select from debrief_notes where text = $1", said)).toEqual([]);
  }
});

describe("of requests under a key that were answered before", () => {
  const CREATE = `mutation ($input: CreateCandidateInput!) { createCandidate(input: $input) {
    candidate { id name } userErrors { code } } }`;
  const UPSERT = `mutation ($input: UpsertCandidatesInput!) { upsertCandidates(input: $input) {
    results { externalId outcome candidate { id } } userErrors { code } } }`;

  /** The same request each time, under the same key. */
  async function keyed(query: string, input: object, key: string): Promise<Payload> {
    const authorization = `Bearer ${await api.tokenOf(ours.people.admin)}`;
    const headers = { "content-type": "application/json", authorization, "idempotency-key": key };
    const body = JSON.stringify({ query, variables: { input } });
    return (await fetch(`${api.url}/graphql`, { method: "POST", headers, body })).json();
  }

  const count = async () =>
    (await sql("select from candidates where organization_id = $1", ours.organizationId)).length;

  test("none tells of the candidate after an erasure, and none is done twice", async () => {
    const created = () => keyed(CREATE, { name: "Kept in an answer" }, "create-one");
    const items = [{ externalId: "kept-elsewhere", name: "Kept in a batch" }];
    const upserted = () => keyed(UPSERT, { system: "ats", items }, "upsert-one");
    const { id } = (await created()).data.createCandidate.candidate;
    const [{ candidate }] = (await upserted()).data.upsertCandidates.results;
    const before = await count();
    for (const each of [id, candidate.id]) expect(codes(await erase(each))).toEqual([]);
    expect((await created()).data.createCandidate.candidate).toEqual({ id, name: "Erased candidate" });
    const { data, errors } = await upserted();
    expect({ data: data?.upsertCandidates ?? null, code: errors?.[0].extensions.code }).toEqual({
      data: null,
      code: "IDEMPOTENCY_ANSWER_GONE",
    });
    expect(await count()).toBe(before);
    const stored =
      "select from idempotent_requests t where t::text like '%kept-elsewhere%' or t::text like '%Kept in%'";
    expect(await sql(stored)).toEqual([]);
  });
});
