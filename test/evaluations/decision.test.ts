import { reopenDecision } from "../../src/evaluations/decision.actions";
import { Decision } from "../../src/evaluations/decision.entity";
import { recomputed } from "../../src/evaluations/decision-score.actions";
import { wholeEvidenceOf } from "../../src/evaluations/evaluation.actions";
import { scoreOf } from "../../src/evaluations/evidence.rules";
import { METHOD_VERSION } from "../../src/evaluations/score.rules";
import { editInterviewKit } from "../../src/interviews/interview-kit.actions";
import { allRows } from "../../src/platform/db/reader";
import { Refusal } from "../../src/platform/errors";
import { editRubric } from "../../src/question-bank/rubric.actions";
import { Rubric, RubricVersion } from "../../src/question-bank/rubric.entity";
import { amendScorecard } from "../../src/scorecards/scorecard.actions";
import { editRoleProfile } from "../../src/skills/role-profile.actions";
import { RoleProfile, RoleProfileVersion } from "../../src/skills/role-profile.entity";
import { type Company, company, type Person, publish } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { amend, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { serverUrl, superuserUrl, withClient } from "../support/database";
import { callOff } from "./calling-off";

const DECISION = `
  id number state outcome rationale departureReason decidedAt methodVersion version reopenedReason
  proposedBy { name } decidedBy { name } reopenedBy { name } application { status }
  dissents { member { name } reason } frozenScore { score coverage band recommendation } evaluation { recommendation }`;

const act = (mutation: string, input: string) =>
  `mutation ($input: ${input}!) { ${mutation}(input: $input) { decision { ${DECISION} } userErrors { code message field } } }`;

const PROPOSE = act("proposeDecision", "ProposeDecisionInput");
const RECORD = act("recordDecision", "RecordDecisionInput");
const REOPEN = act("reopenDecision", "ReopenDecisionInput");

/** Every number of an evaluation, and everything else. */
const EVALUATION = `
  methodVersion recommendation borderline probabilityAbovePass opposed chart priors { number }
  overall {
    score reason coverage band raterCount effectiveRaterCount raterStandardDeviation degreesOfFreedom standardError uncertaintyReason
    interval { lower upper level method }
  }
  skills { skill { slug } score coverage raterCount reason }
  criteria {
    criterion { id key weight }
    raterCount score rawMean rawStandardDeviation range averageDeviation rwg disagreement notApplicable effectiveWeight contribution
  }
  gates { kind criterion { key } skill { slug } min actual status }`;

const GOOD = { query: 4, design: 5 };
const WEAK = { query: 1, design: 2 };

let api: Api;
let firm: Company;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

const founded = () =>
  company(api.database, {
    skills: { sql: 2, rest: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 2 },
      { key: "design", skill: "rest", weight: 1 },
    ],
  });

beforeAll(async () => {
  api = await startApi();
  firm = await founded();
});

afterAll(() => api.close());

/** An application whose only interview was called off, after the rater handed in. */
async function calledOff(to: "CANCELLED" | "NO_SHOW", rater?: Person): Promise<string> {
  const session = await interview(firm, { panel: ["ann", "bob"] });
  if (rater) await submit(firm, rater, session, GOOD);
  await callOff(firm, session.id, to);
  return session.applicationId;
}

/** What came of it: the decision, or the code, field and message of the first error. */
async function did(who: Person, query: string, input: object) {
  const { data, errors } = await api.send(firm.people[who], query, { input });
  if (errors) return { code: errors[0]!.extensions.code };
  const [{ decision, userErrors }] = Object.values(data) as [{ decision: object | null; userErrors: object[] }];
  return decision ?? { ...userErrors[0], others: userErrors.slice(1) };
}

const journalOf = (id: string) =>
  api.database.read<{ type: string; changes: string[] }>(
    firm.organizationId,
    "select type, changes from journal_entries where object_id = $1 order by sequence",
    [id],
  );

describe("a decision", () => {
  test("is proposed, changed, recorded in the proposal's place, and reopened", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD, bob: GOOD });
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    const proposed = await did("recruiter", PROPOSE, words);
    expect(proposed).toMatchObject({
      number: 1,
      state: "PROPOSED",
      proposedBy: { name: "recruiter" },
      decidedBy: null,
      frozenScore: null,
      evaluation: null,
      application: { status: "ACTIVE" },
    });
    expect(await did("admin", PROPOSE, { ...words, rationale: "Very strong.", version: 1 })).toMatchObject({
      number: 1,
      rationale: "Very strong.",
      proposedBy: { name: "admin" },
      version: 2,
    });
    const dissents = [{ memberId: firm.people.ann.id, reason: "Too slow." }];
    const recorded = await did("hiringManager", RECORD, { ...words, version: 2, dissents });
    expect(recorded).toMatchObject({
      id: (proposed as { id: string }).id,
      number: 1,
      state: "RECORDED",
      rationale: "Strong.",
      departureReason: null,
      methodVersion: METHOD_VERSION,
      proposedBy: { name: "admin" },
      decidedBy: { name: "hiringManager" },
      dissents: [{ member: { name: "ann" }, reason: "Too slow." }],
      frozenScore: { score: expect.closeTo(83.33, 2), coverage: 1, band: "L4", recommendation: "RECOMMENDED" },
      evaluation: { recommendation: "RECOMMENDED" },
      application: { status: "HIRED" },
    });
    const { id, version } = recorded as { id: string; version: number };
    expect(await did("admin", REOPEN, { id, version, reason: "They withdrew." })).toMatchObject({
      state: "REOPENED",
      reopenedBy: { name: "admin" },
      reopenedReason: "They withdrew.",
      application: { status: "ACTIVE" },
    });
    expect(await journalOf(id)).toMatchObject([
      { type: "decision.proposed", changes: ["outcome", "rationale", "departureReason"] },
      { type: "decision.proposed" },
      { type: "decision.recorded", changes: ["state"] },
      { type: "decision.reopened", changes: ["state"] },
    ]);
    expect((await journalOf(applicationId)).map(({ type }) => type)).toEqual([
      "application.created",
      "application.settled",
      "application.settled",
    ]);
    expect(await did("hiringManager", RECORD, words)).toMatchObject({ number: 2, state: "RECORDED" });
  });

  test("can be recorded without a proposal, and once", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    expect(await did("admin", RECORD, words)).toMatchObject({ state: "RECORDED", proposedBy: null });
    const decided = { code: "DECIDED", field: ["applicationId"], others: [] };
    expect(await did("admin", RECORD, words)).toMatchObject(decided);
    expect(await did("recruiter", PROPOSE, words)).toMatchObject(decided);
  });

  test("is not changed by who has not read what was proposed", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    const stale = { code: "STALE_VERSION", field: ["version"] };
    expect(await did("admin", RECORD, { ...words, version: 1 })).toMatchObject(stale);
    await did("recruiter", PROPOSE, words);
    expect(await did("admin", RECORD, words)).toMatchObject(stale);
    expect(await did("admin", PROPOSE, { ...words, version: 7 })).toMatchObject(stale);
  });

  test.each([
    ["to hire whom the score does not recommend", "HIRE", WEAK, "NOT_RECOMMENDED"],
    ["to hire whom too little is known of", "HIRE", { query: "NOT_OBSERVED", design: 5 }, "INSUFFICIENT_EVIDENCE"],
    ["not to hire whom the score recommends", "REJECT", GOOD, "RECOMMENDED"],
  ] as const)("wants a reason %s", async (_, outcome, values, recommendation) => {
    const { applicationId } = await debriefed(firm, { ann: values });
    const words = { applicationId, outcome, rationale: "On balance." };
    const refused = await did("hiringManager", RECORD, words);
    expect(refused).toMatchObject({ code: "DEPARTURE_UNEXPLAINED", field: ["departureReason"] });
    const recorded = await did("hiringManager", RECORD, { ...words, departureReason: "We know them." });
    expect(recorded).toMatchObject({ departureReason: "We know them.", frozenScore: { recommendation } });
  });

  test("takes no reason where it departs from nothing, and none that is blank", async () => {
    const { applicationId } = await debriefed(firm, { ann: WEAK });
    const words = { applicationId, outcome: "REJECT", rationale: "Weak.", departureReason: "?" };
    const fault = { code: "BAD_INPUT", field: ["departureReason"] };
    expect(await did("hiringManager", RECORD, words)).toMatchObject(fault);
    expect(await did("hiringManager", RECORD, { ...words, departureReason: " " })).toMatchObject(fault);
    expect(await did("hiringManager", RECORD, { ...words, departureReason: null, rationale: "\n" })).toMatchObject({
      code: "BAD_INPUT",
      field: ["rationale"],
    });
  });

  test("waits for the debrief, and names what it waits for; a proposal does not", async () => {
    const session = await interview(firm, { panel: ["ann"] });
    const words = { applicationId: session.applicationId, outcome: "REJECT", rationale: "No show." };
    const refused = await did("hiringManager", RECORD, words);
    expect(refused).toMatchObject({ code: "DEBRIEF_NOT_OPEN", field: ["applicationId"] });
    expect((refused as { message: string }).message).toContain(`${session.id} is IN_PROGRESS`);
    expect(await did("recruiter", PROPOSE, words)).toMatchObject({ state: "PROPOSED" });
  });

  test.each([
    ["has no interview", async () => (await firm.applicant()).id],
    ["was never come to", () => calledOff("NO_SHOW")],
    ["saw the only interview called off, a scorecard in", () => calledOff("CANCELLED", "bob")],
  ])("to reject an application that %s freezes what there is; to hire it is refused", async (_, applied) => {
    const applicationId = await applied();
    const words = { applicationId, rationale: "Never came." };
    const refused = await did("hiringManager", RECORD, { ...words, outcome: "HIRE" });
    expect(refused).toMatchObject({ code: "DEBRIEF_NOT_OPEN", field: ["applicationId"] });
    expect((refused as { message: string }).message).toContain("then REJECT alone can be recorded");
    const decision = await did("hiringManager", RECORD, { ...words, outcome: "REJECT" });
    expect(decision).toMatchObject({
      state: "RECORDED",
      departureReason: null,
      frozenScore: { score: null, coverage: null, band: null, recommendation: "INSUFFICIENT_EVIDENCE" },
      evaluation: { recommendation: "INSUFFICIENT_EVIDENCE" },
      application: { status: "REJECTED" },
    });
    const { id } = decision as { id: string };
    const [row] = await allRows(firm.as("admin").db, Decision, (bind) => `t.id = ${bind(id)}`);
    expect(row!.evidence).toMatchObject({ criteria: [], cards: [], ratings: [], priors: [] });
  });

  test("to reject waits for an interview that is to come", async () => {
    const { applicationId } = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const refused = await did("admin", RECORD, { applicationId, outcome: "REJECT", rationale: "Others were better." });
    expect(refused).toMatchObject({ code: "DEBRIEF_NOT_OPEN" });
  });

  test("is not for who owes a scorecard, even to an administrator", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    await interview(firm, { applicationId, panel: ["admin"] });
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    const withheld = {
      code: "SCORE_WITHHELD",
      field: ["applicationId"],
      message: "The score is kept from you: hand in the scorecards that you owe first.",
    };
    expect(await did("admin", RECORD, words)).toMatchObject(withheld);
    expect(await did("admin", PROPOSE, words)).toMatchObject(withheld);
  });

  test("is proposed by those who run the hiring and by leads, and recorded by managers and administrators", async () => {
    const panel = [
      { who: "ann", seat: "LEAD" },
      { who: "bob" },
      { who: "auditor", seat: "LEAD", feedbackRequired: false },
    ] as const;
    const session = await interview(firm, { panel });
    const { applicationId } = session;
    await submit(firm, "ann", session, GOOD);
    await submit(firm, "bob", session, GOOD);
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    const codes = async (query: string) => {
      const found: Record<string, string> = {};
      for (const who of Object.keys(firm.people) as Person[]) {
        const came = (await did(who, query, { ...words, version: 9 })) as { code: string };
        found[who] = came.code;
      }
      return found;
    };
    const outside = { cyd: "NOT_FOUND", bob: "FORBIDDEN", auditor: "FORBIDDEN" };
    const meant = { admin: "STALE_VERSION", hiringManager: "STALE_VERSION" };
    expect(await codes(PROPOSE)).toEqual({ ...outside, ...meant, recruiter: "STALE_VERSION", ann: "STALE_VERSION" });
    expect(await codes(RECORD)).toEqual({
      ...outside,
      ...meant,
      cyd: "FORBIDDEN",
      recruiter: "FORBIDDEN",
      ann: "FORBIDDEN",
    });
  });

  test("names as dissenters those who were there, each once", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const words = { applicationId, outcome: "HIRE", rationale: "Strong." };
    const dissents = (["recruiter", "ann", "cyd", "ann"] as const).map((who) => ({
      memberId: firm.people[who].id,
      reason: "No.",
    }));
    expect(await did("admin", RECORD, { ...words, dissents })).toMatchObject({
      code: "NOT_CONCERNED",
      field: ["dissents", "2", "memberId"],
      others: [{ code: "BAD_INPUT", field: ["dissents", "3", "memberId"] }],
    });
    const elsewhere = await company(api.database);
    const strangers = [{ memberId: elsewhere.people.ann.id, reason: "No." }];
    expect(await did("admin", RECORD, { ...words, dissents: strangers })).toEqual({ code: "NOT_FOUND" });
    expect(await did("admin", RECORD, { ...words, dissents: dissents.slice(0, 2) })).toMatchObject({
      dissents: [{ member: { name: "recruiter" } }, { member: { name: "ann" } }],
    });
  });

  test("is reopened only where it was recorded, from the version that was read", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const { id, version } = (await did("admin", PROPOSE, {
      applicationId,
      outcome: "HIRE",
      rationale: "Strong.",
    })) as Decision;
    const reason = "A mistake.";
    expect(await did("admin", REOPEN, { id, version, reason })).toMatchObject({ code: "ILLEGAL_MOVE" });
    await decide(firm, applicationId, { version });
    expect(await did("admin", REOPEN, { id, version, reason })).toMatchObject({ code: "STALE_VERSION" });
    expect(await did("recruiter", REOPEN, { id, version: 2, reason })).toMatchObject({ code: "FORBIDDEN" });
    await did("admin", REOPEN, { id, version: 2, reason });
    expect(await did("admin", REOPEN, { id, version: 3, reason })).toMatchObject({ code: "ILLEGAL_MOVE" });
  });
});

describe("what was decided", () => {
  test("is refused to SQL too, by the server's login and by a superuser", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const { id } = await decide(firm, applicationId);
    const changes = [
      "rationale = 'Other'",
      "evidence = '{}'",
      "score = null",
      "state = 'PROPOSED'",
      "decided_by_id = null",
    ];
    for (const [url, change] of [serverUrl, superuserUrl].flatMap((each) => changes.map((c) => [each, c] as const))) {
      const update = withClient(url, async (client) => {
        await client.query("select set_config('app.organization', $1, false)", [firm.organizationId]);
        await client.query(`update decisions set ${change} where id = $1`, [id]);
      });
      await expect(update).rejects.toThrow(`decision ${id} is frozen`);
    }
  });

  test("comes to the same numbers whatever changed since", async () => {
    const ours = await founded();
    const { applicationId } = await debriefed(ours, { ann: GOOD, bob: { query: 2, design: 4 } });
    const admin = ours.as("admin");
    const live = async () => {
      const query = `query ($id: ID!) { node(id: $id) { ... on Application { evaluation { ${EVALUATION} } } } }`;
      return (await api.ask(ours.people.admin, query, { id: applicationId })).node.evaluation;
    };
    const before = await live();
    const { id, version } = await decide(ours, applicationId);
    await reopenDecision(admin, { id, version, reason: "Somebody else to ask." });
    await otherWeights(ours);
    await debriefed(ours, { cyd: WEAK }, { applicationId });
    const query = `query ($id: ID!) { node(id: $id) { ... on Decision { frozenScore { score coverage band recommendation } evaluation { ${EVALUATION} } } } }`;
    const { frozenScore, evaluation: again } = (await api.ask(ours.people.admin, query, { id })).node;
    expect(again).toEqual(before);
    const { score, coverage, band } = before.overall;
    expect(frozenScore).toEqual({ score, coverage, band, recommendation: before.recommendation });
    const after = await live();
    expect(after.overall.score).not.toBe(score);
    expect(after.criteria.map(({ criterion }: { criterion: { weight: number } }) => criterion.weight)).toEqual([1, 9]);
    const [row] = await allRows(admin.db, Decision, (bind) => `t.id = ${bind(id)}`);
    expect(scoreOf(row!.evidence!)).toEqual(row!.score);
  });

  test("is computed by the method of its version, and by none where that is not known", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const decision = await decide(firm, applicationId);
    expect(recomputed(decision)?.methodVersion).toBe(METHOD_VERSION);
    expect(recomputed({ ...decision, methodVersion: "assay-score/0" })).toBeNull();
  });
});

/** The rubric and the profile in a next version of quite other weights; the kit and the job take it. */
async function otherWeights(ours: Company): Promise<void> {
  const [admin, recruiter] = [ours.as("admin"), ours.as("recruiter")];
  const [rubric] = await allRows(admin.db, Rubric, () => "t.name = 'Back-end interview'");
  const anchors = [1, 2, 3, 4, 5].map((value) => ({ value, label: `Value ${value}`, behaviour: "As seen." }));
  const criterion = (key: string, skill: string, weight: number) => ({
    key,
    name: key,
    skillId: ours.skillIds[skill]!,
    weight,
    scaleMin: 1,
    scaleMax: 5,
    anchors,
  });
  const criteria = [criterion("query", "sql", 1), criterion("design", "rest", 9)];
  const edited = await editRubric(admin, { id: rubric!.id, version: rubric!.version, name: rubric!.name, criteria });
  await publish(edited, admin, recruiter);
  const [profile] = await allRows(admin.db, RoleProfile, () => "true");
  await editRoleProfile(admin, {
    ...{ id: profile!.id, version: profile!.version, name: profile!.name, level: "MIDDLE" as const },
    ...{ passMark: 90, leastCoveragePercent: 90, bands: [{ label: "All", min: 0 }] },
    expectations: [
      { skillId: ours.skillIds.sql!, level: "MIDDLE", weight: 1 },
      { skillId: ours.skillIds.rest!, level: "MIDDLE", weight: 9, gate: 80 },
    ],
  });
  const [rubricVersion] = await allRows(admin.db, RubricVersion, () => "t.number = 2");
  const [profileVersion] = await allRows(admin.db, RoleProfileVersion, () => "t.number = 2");
  const versions = { rubricVersionId: rubricVersion!.id, profileVersionId: profileVersion!.id };
  const { id, version, name, minutes } = ours.kit;
  await editInterviewKit(admin, { id, version, name, minutes, questions: [], ...versions });
  await withClient(superuserUrl, (client) =>
    client.query("update jobs set profile_version_id = $2 where id = $1", [ours.job.id, profileVersion!.id]),
  );
  // The rubric's new criteria are rated by the names of the old.
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query("select key, id from criteria where rubric_version_id = $1", [rubricVersion!.id]),
  );
  Object.assign(ours.criterionIds, Object.fromEntries(rows.map((row) => [row.key, row.id])));
}

describe("at the same moment", () => {
  /** The code of a refusal, or what was done. */
  const came = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "done",
      (error) => {
        if (error instanceof Refusal) return error.code;
        throw error;
      },
    );

  test("of two who decide, one does", async () => {
    for (let round = 0; round < 8; round++) {
      const { applicationId } = await debriefed(firm, { ann: GOOD });
      const both = [decide(firm, applicationId), decide(firm, applicationId, {}, "admin")];
      expect((await Promise.all(both.map(came))).sort()).toEqual(["DECIDED", "done"]);
      const rows = await allRows(firm.as("admin").db, Decision, (bind) => `t.application_id = ${bind(applicationId)}`);
      expect(rows.map(({ number, state }) => [number, state])).toEqual([[1, "RECORDED"]]);
    }
  });

  test("an amendment is in what was frozen, or is refused", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 40 && (round < 12 || seen.size < 2); round++) {
      const { applicationId, cards } = await debriefed(firm, { ann: GOOD });
      const reader = firm.as("admin").db;
      const [amended, decided] = await Promise.all([
        came(amend(firm, "ann", cards.ann!, { query: 5 })),
        (round % 2 ? soon() : Promise.resolve()).then(() => came(decide(firm, applicationId))),
      ]);
      expect(decided).toBe("done");
      expect(["done", "DECIDED"]).toContain(amended);
      seen.add(amended);
      const [row] = await allRows(reader, Decision, (bind) => `t.application_id = ${bind(applicationId)}`);
      const evidence = (await wholeEvidenceOf(reader, [applicationId])).get(applicationId)!;
      expect(row!.score).toEqual(scoreOf(evidence));
      expect(row!.score!.criteria.map(({ rawMean }) => rawMean).sort()).toEqual(amended === "done" ? [5, 5] : [4, 5]);
    }
    // Both orders were met, or the race proved nothing.
    expect([...seen].sort()).toEqual(["DECIDED", "done"]);
  });

  test("an amendment after the decision is refused, and possible once it is reopened", async () => {
    const { applicationId, cards } = await debriefed(firm, { ann: GOOD });
    const { id, version } = await decide(firm, applicationId);
    const input = { id: cards.ann!.id, version: cards.ann!.version, reason: "Late", ratings: [] };
    expect(await came(amendScorecard(firm.as("ann"), input))).toBe("DECIDED");
    await reopenDecision(firm.as("admin"), { id, version, reason: "New facts." });
    expect(await came(amendScorecard(firm.as("ann"), input))).toBe("done");
  });
});

/** Long enough for another transaction to begin first. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 8));
