import { openDebriefs } from "../../src/evaluations/debrief.actions";
import { waiveScorecard } from "../../src/interviews/interview-session.actions";
import { Panelist } from "../../src/interviews/interview-session.entity";
import { allRows } from "../../src/platform/db/reader";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { type Company, company, type Person } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { draft, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { callOff } from "./calling-off";

const DEBRIEF = `
query ($id: ID!) {
  node(id: $id) {
    ... on Application {
      debrief {
        openedAt
        topics { kind why found bound effect inFavour against interval { lower upper } criterion { key } skill { slug } }
      }
      debriefNotes { nodes { text author { name } } }
    }
  }
}`;

const ADD = `
mutation ($input: AddDebriefNoteInput!) {
  addDebriefNote(input: $input) { debriefNote { text author { name } } userErrors { code message field } }
}`;

let api: Api;
let firm: Company;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 1, go: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 1 },
      { key: "channels", skill: "go", weight: 1, gate: { min: 3, rule: "MEAN" } },
    ],
  });
});

afterAll(() => api.close());

const GOOD = { query: 4, channels: 4 };

async function debriefSeen(who: Person, id: string) {
  return (await api.ask(firm.people[who], DEBRIEF, { id })).node.debrief;
}

async function note(who: Person, applicationId: string, text = "Agreed to look again.") {
  const { data, errors } = await api.send(firm.people[who], ADD, { input: { applicationId, text } });
  return { code: errors?.[0]?.extensions.code ?? data.addDebriefNote.userErrors[0]?.code, ...data?.addDebriefNote };
}

const panelOf = (session: { id: string }) =>
  allRows(firm.as("admin").db, Panelist, (bind) => `t.session_id = ${bind(session.id)}`, "order by t.id");

describe("a debrief", () => {
  test("opens when the last required scorecard is in, and closes when one is taken back", async () => {
    const session = await interview(firm, { panel: ["ann", "bob", { who: "cyd", feedbackRequired: false }] });
    const { applicationId } = session;
    await submit(firm, "ann", session, GOOD);
    expect(await debriefSeen("recruiter", applicationId)).toBeNull();
    const { id, version } = await submit(firm, "bob", session, GOOD);
    const [ann, bob] = await panelOf(session);
    expect(ann!.feedbackGivenAt!.getTime()).toBeLessThanOrEqual(bob!.feedbackGivenAt!.getTime());
    const open = { openedAt: bob!.feedbackGivenAt!.toISOString(), topics: [] };
    expect(await debriefSeen("recruiter", applicationId)).toEqual(open);
    expect(await debriefSeen("ann", applicationId)).toEqual(open);
    await withdrawScorecard(firm.as("bob"), { id, version });
    expect(await debriefSeen("recruiter", applicationId)).toBeNull();
  });

  test("opens when the last one that is owed is waived", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"] });
    await submit(firm, "ann", session, GOOD);
    const [, bob] = await panelOf(session);
    await waiveScorecard(firm.as("recruiter"), { panelistId: bob!.id, reason: "Ill" });
    const [, waived] = await panelOf(session);
    const { openedAt } = await debriefSeen("recruiter", session.applicationId);
    expect(openedAt).toBe(waived!.waivedAt!.toISOString());
  });

  test("waits for every session that was not called off", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    const { id } = await interview(firm, { applicationId, panel: ["cyd"], state: "SCHEDULED" });
    expect(await debriefSeen("recruiter", applicationId)).toBeNull();
    await callOff(firm, id);
    expect(await debriefSeen("recruiter", applicationId)).not.toBeNull();
  });

  test("is there only where somebody was interviewed", async () => {
    const { id } = await firm.applicant();
    expect(await debriefSeen("recruiter", id)).toBeNull();
    const session = await interview(firm, { applicationId: id, panel: ["ann"], state: "SCHEDULED" });
    await callOff(firm, session.id);
    expect(await debriefSeen("recruiter", id)).toBeNull();
  });

  test("opens by the clock where nobody owes anything", async () => {
    const panel = [{ who: "ann", feedbackRequired: false }] as const;
    const session = await interview(firm, { panel, state: "SCHEDULED" });
    expect(await debriefSeen("recruiter", session.applicationId)).toBeNull();
    const { rows } = await withClient(superuserUrl, (client) =>
      client.query(
        `update interview_sessions set starts_at = now() - interval '2 h', ends_at = date_trunc('second', now() - interval '1 h')
         where id = $1 returning ends_at`,
        [session.id],
      ),
    );
    const { openedAt, topics } = await debriefSeen("recruiter", session.applicationId);
    expect(openedAt).toBe(rows[0].ends_at.toISOString());
    expect(topics[0].kind).toBe("UNRESOLVED_GATE");
  });

  test("says what to talk about, and of which criterion or skill", async () => {
    const { applicationId } = await debriefed(firm, {
      ann: { query: 1, channels: 2 },
      bob: { query: 5, channels: "NOT_OBSERVED" },
    });
    const { topics } = await debriefSeen("recruiter", applicationId);
    expect(topics).toMatchObject([
      { kind: "FAILED_GATE", criterion: { key: "channels" }, skill: null, found: 2, bound: 3 },
      { kind: "DISAGREEMENT", criterion: { key: "query" }, skill: null, found: 2, effect: 25 },
      {
        kind: "BORDERLINE_SCORE",
        criterion: null,
        skill: null,
        found: 37.5,
        bound: 60,
        interval: { lower: 0, upper: 100 },
      },
    ]);
  });

  test("takes as many statements for many applications as for one", async () => {
    const statements = async (first: number) => {
      const heard: string[] = [];
      api.database.heard = (text) => heard.push(text);
      const query = `{ applications(first: ${first}) { nodes {
        debrief { topics { criterion { key } skill { slug } } } debriefNotes { nodes { text author { name } } } decisions { nodes { evaluation { recommendation } } }
      } } }`;
      const { applications } = await api.ask(firm.people.recruiter, query);
      api.database.heard = undefined;
      expect(applications.nodes).toHaveLength(first);
      return heard.length;
    };
    const flawed = () => debriefed(firm, { ann: { query: 1, channels: 2 } });
    for (let made = 0; made < 5; made++) await note("recruiter", (await flawed()).applicationId);
    expect(await statements(5)).toBe(await statements(1));
  });
});

describe("a note", () => {
  test("is kept with its author, also after the decision", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    expect(await note("ann", applicationId)).toMatchObject({
      debriefNote: { author: { name: "ann" } },
      userErrors: [],
    });
    await decide(firm, applicationId);
    await note("recruiter", applicationId, "Told them on the phone.");
    const { node } = await api.ask(firm.people.admin, DEBRIEF, { id: applicationId });
    expect(node.debriefNotes.nodes).toEqual([
      { text: "Agreed to look again.", author: { name: "ann" } },
      { text: "Told them on the phone.", author: { name: "recruiter" } },
    ]);
  });

  test("is announced, and cannot be changed, not even in SQL", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    await note("ann", applicationId);
    const events = await api.database.read<{ type: string }>(
      firm.organizationId,
      "select j.type from journal_entries j join debrief_notes n on n.organization_id = j.organization_id and n.id = j.object_id where n.application_id = $1",
      [applicationId],
    );
    expect(events).toEqual([{ type: "debrief_note.added" }]);
    await expect(
      withClient(superuserUrl, (client) =>
        client.query("update debrief_notes set text = 'Never said' where application_id = $1", [applicationId]),
      ),
    ).rejects.toThrow(/stays as it was written/);
  });

  test("is refused by name: nothing to say, no debrief, no sight, no part in it", async () => {
    const { applicationId } = await debriefed(firm, { ann: GOOD });
    expect(await note("ann", applicationId, " \n ")).toMatchObject({ code: "BAD_INPUT" });
    expect(await note("auditor", applicationId)).toMatchObject({ code: "FORBIDDEN" });
    expect(await note("cyd", applicationId)).toMatchObject({ code: "NOT_FOUND" });
    const session = await interview(firm, { applicationId, panel: ["bob", "hiringManager"] });
    const refused = await note("recruiter", applicationId);
    expect(refused).toMatchObject({ code: "DEBRIEF_NOT_OPEN", userErrors: [{ field: ["applicationId"] }] });
    expect(refused.userErrors[0].message).toContain(`${session.id} is IN_PROGRESS`);
    expect(await note("hiringManager", applicationId)).toMatchObject({
      code: "SCORE_WITHHELD",
      userErrors: [{ message: "The score is kept from you: hand in the scorecards that you owe first." }],
    });
    expect((await note("ann", applicationId)).userErrors[0].message).toContain("you sit on a panel");
  });
});

describe("debriefs that wait", () => {
  let firm2: Company;
  const waitingFor = async (who: Person) => (await openDebriefs(firm2.as(who))).map(({ id }) => id);

  test("come the longest wait first, to whoever takes part in them", async () => {
    firm2 = await company(api.database);
    const [late, early, decided] = [await firm2.applicant(), await firm2.applicant(), await firm2.applicant()];
    const seats = [{ who: "ann" }, { who: "bob", seat: "SHADOW", feedbackRequired: false }] as const;
    for (const { id } of [early, late]) {
      const session = await interview(firm2, { applicationId: id, panel: seats });
      await submit(firm2, "ann", session);
    }
    await debriefed(firm2, { cyd: {} }, { applicationId: decided.id });
    await decide(firm2, decided.id, { departureReason: "Known from before." });
    const open = await interview(firm2, { panel: ["ann"] });
    await draft(firm2, "ann", open);
    expect(await waitingFor("recruiter")).toEqual([early.id, late.id]);
    expect(await waitingFor("ann")).toEqual([early.id, late.id]);
    expect(await waitingFor("bob")).toEqual([early.id, late.id]);
    expect(await waitingFor("cyd")).toEqual([]);
    expect(await waitingFor("auditor")).toEqual([]);
  });

  test("do not come to whom the score is kept from", async () => {
    await withClient(superuserUrl, (client) =>
      client.query("update organizations set feedback_visibility = 'NEVER' where id = $1", [firm2.organizationId]),
    );
    expect(await waitingFor("ann")).toEqual([]);
    expect(await waitingFor("recruiter")).toHaveLength(2);
  });
});
