import { addDebriefNote } from "../../src/evaluations/debrief-note.actions";
import { reopenDecision } from "../../src/evaluations/decision.actions";
import { FEEDBACK_VISIBILITIES, type FeedbackVisibility } from "../../src/identity/organization.rules";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { type Company, company, type Person } from "../cast/company";
import { debriefed, decide } from "../cast/debrief";
import { interview, submit, type Values } from "../cast/interview";
import { keyWith, SCORE_SCOPES } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { callOff } from "./calling-off";

/*
 * Four applications, each with a note, a decision and a dissent, whose score is kept from different people.
 * finished: ann has handed in, bob listened; everybody else is outside.
 * seated: every role has handed in; bob and cyd are outside.
 * owing: as `finished` once, then reopened for a session to which every role but ann and bob owes a scorecard.
 * calledOff: bob and the recruiter were in; reopened, bob took his back and the session was cancelled, as ann's had been before.
 */
const PLACES = ["finished", "seated", "owing", "calledOff"] as const;
type Place = (typeof PLACES)[number];

const SEATED: readonly Person[] = ["admin", "recruiter", "hiringManager", "ann", "auditor"];
const OWING: readonly Person[] = ["admin", "recruiter", "hiringManager", "auditor", "cyd"];
const HIRING: readonly Person[] = ["admin", "recruiter", "hiringManager"];
const EVERYBODY: readonly Person[] = [...HIRING, "auditor", "ann", "bob", "cyd"];

/** Who sees the score of which application; whoever is not named does not. Nobody sees that of `owing`: who owes nothing is outside. */
const SEES: Record<FeedbackVisibility, Record<Place, readonly Person[]>> = {
  NEVER: {
    finished: [...HIRING, "auditor"],
    seated: [],
    owing: [],
    calledOff: ["admin", "hiringManager", "auditor"],
  },
  AFTER_OWN_SUBMISSION: {
    finished: [...HIRING, "auditor", "ann", "bob"],
    seated: SEATED,
    owing: [],
    calledOff: [...HIRING, "auditor"],
  },
  ALWAYS: {
    finished: [...HIRING, "auditor", "ann", "bob"],
    seated: SEATED,
    owing: [],
    calledOff: [...HIRING, "auditor", "bob"],
  },
};

interface Written {
  applicationId: string;
  decisionId: string;
  dissentId: string;
  noteId: string;
}

let api: Api;
let firm: Company;
const written = {} as Record<Place, Written>;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

/** A note, a decision and a dissent about the application. */
async function write(applicationId: string, dissenter: Person = "ann"): Promise<Written> {
  const note = await addDebriefNote(firm.as("recruiter"), { applicationId, text: "Said at the debrief." });
  const dissents = [{ memberId: firm.people[dissenter].id, reason: "I would not." }];
  const decision = await decide(firm, applicationId, { dissents });
  const { decisions } = (await nodeSeen("recruiter", applicationId)) as { decisions: { nodes: Made[] } };
  return {
    applicationId,
    decisionId: decision.id,
    dissentId: decisions.nodes[0]!.dissents[0]!.id,
    noteId: note.id,
  };
}

interface Made {
  id: string;
  dissents: { id: string }[];
}

const APPLICATION = `
  id
  debrief { topics { kind } }
  debriefNotes { nodes { id } }
  decisions { totalCount edges { node { id } } nodes { id frozenScore { score } evaluation { overall { score } } dissents { id } } }`;

async function nodeSeen(who: Person, id: string) {
  const query = `query ($id: ID!) { node(id: $id) { ... on Application { ${APPLICATION} } } }`;
  const { data } = await api.send(firm.people[who], query, { id });
  return data.node;
}

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  const good = { query: 4 };
  const finish = async () => {
    const panel = ["ann", { who: "bob", seat: "SHADOW", feedbackRequired: false }] as const;
    const session = await interview(firm, { panel });
    await submit(firm, "ann", session, good);
    return session.applicationId;
  };
  written.finished = await write(await finish());
  const all = await debriefed(firm, Object.fromEntries(SEATED.map((who) => [who, good])));
  written.seated = await write(all.applicationId);
  written.owing = await write(await finish());
  await reopen(written.owing);
  await interview(firm, { applicationId: written.owing.applicationId, panel: OWING });
  written.calledOff = await calledOff(good);
}, 60_000);

const reopen = ({ decisionId: id }: Written) =>
  reopenDecision(firm.as("admin"), { id, version: 1, reason: "New facts." });

async function calledOff(good: Values): Promise<Written> {
  const first = await interview(firm, { panel: ["ann"] });
  await callOff(firm, first.id);
  const { applicationId } = first;
  const { session, cards } = await debriefed(firm, { bob: good, recruiter: good }, { applicationId });
  const all = await write(applicationId, "bob");
  await reopen(all);
  await withdrawScorecard(firm.as("bob"), cards.bob!);
  await callOff(firm, session.id);
  return all;
}

afterAll(() => api.close());

/** Ids that the person finds by every way there is. */
async function found(who: Person, place: Place): Promise<Record<string, string[]>> {
  const { applicationId, decisionId, dissentId, noteId } = written[place];
  const ids = [decisionId, dissentId, noteId];
  const one = async (id: string) => {
    const { data, errors } = await api.send(firm.people[who], "query ($id: ID!) { node(id: $id) { id } }", { id });
    if (!data?.node) expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    return data?.node ? [id] : [];
  };
  const together = await api.ask(firm.people[who], "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
  const list = await api.ask(firm.people[who], `{ applications(first: 100) { nodes { ${APPLICATION} } } }`);
  const inList = list.applications.nodes.find(({ id }: { id: string }) => id === applicationId);
  const within = (application: Awaited<ReturnType<typeof nodeSeen>>): string[] => {
    const { debrief, debriefNotes, decisions } = application ?? {
      debriefNotes: { nodes: [] },
      decisions: { nodes: [], edges: [] },
    };
    expect(decisions.totalCount ?? 0).toBe(decisions.nodes.length);
    expect(decisions.edges).toHaveLength(decisions.nodes.length);
    for (const each of decisions.nodes) expect(each.evaluation.overall.score).toBe(each.frozenScore.score);
    return [
      ...(debrief ? ["debrief"] : []),
      ...decisions.nodes.flatMap(({ id, dissents }: Made) => [id, ...dissents.map((each) => each.id)]),
      ...debriefNotes.nodes.map(({ id }: { id: string }) => id),
    ];
  };
  return {
    "one by one": (await Promise.all(ids.map(one))).flat(),
    together: together.nodes.flatMap((node: { id: string } | null) => (node ? [node.id] : [])),
    "in the list": within(inList),
    "in the application": within(await nodeSeen(who, applicationId)),
  };
}

let tried = 0;

describe.each(FEEDBACK_VISIBILITIES)("where feedback is open %s", (policy) => {
  beforeAll(() =>
    withClient(superuserUrl, (client) =>
      client.query("update organizations set feedback_visibility = $2 where id = $1", [firm.organizationId, policy]),
    ),
  );

  test.each(EVERYBODY)("%s finds what was said and decided where they see the score, and nowhere else", async (who) => {
    for (const place of PLACES) {
      const { decisionId, dissentId, noteId } = written[place];
      const sees = SEES[policy][place].includes(who);
      const isAuditor = who === "auditor";
      const rows = sees ? [decisionId, dissentId, ...(isAuditor ? [] : [noteId])] : [];
      const debrief = sees && !isAuditor && place !== "calledOff" ? ["debrief"] : [];
      const ways = await found(who, place);
      expect({ place, ...ways }).toEqual({
        place,
        "one by one": rows,
        together: rows,
        "in the list": [...debrief, ...rows],
        "in the application": [...debrief, ...rows],
      });
      tried += Object.keys(ways).length;
    }
  });

  test.each(EVERYBODY)("%s acts on no decision that is kept from them", async (who) => {
    const { applicationId, decisionId: id } = written.owing;
    const mutate = async (name: string, type: string, input: object) => {
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
      const { data, errors } = await api.send(firm.people[who], query, { input });
      return errors?.[0]?.extensions.code ?? data[name].userErrors[0].code;
    };
    const decides = who === "admin" || who === "hiringManager";
    const words = { applicationId, outcome: "HIRE", rationale: "Yes." };
    expect([
      await mutate("recordDecision", "RecordDecisionInput", words),
      await mutate("reopenDecision", "ReopenDecisionInput", { id, version: 2, reason: "No." }),
      await mutate("addDebriefNote", "AddDebriefNoteInput", { applicationId, text: "Hm." }),
    ]).toEqual([
      decides ? "SCORE_WITHHELD" : "FORBIDDEN",
      decides ? "NOT_FOUND" : "FORBIDDEN",
      who === "auditor" ? "FORBIDDEN" : "SCORE_WITHHELD",
    ]);
  });
});

test.each([
  ["with", true],
  ["without", false],
] as const)("a key %s scorecards:read finds them: %s", async (which, finds) => {
  for (const place of PLACES) {
    const { decisionId, dissentId, noteId } = written[place];
    const ids = [decisionId, dissentId, noteId];
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    const { secret } = await keyWith(firm, SCORE_SCOPES[which]);
    const { nodes } = await api.ask(secret, query, { ids });
    expect({ place, nodes }).toEqual({ place, nodes: ids.map((id) => (finds ? { id } : null)) });
  }
});

test("every policy, person, application and way was tried", () => {
  expect(tried).toBe(FEEDBACK_VISIBILITIES.length * EVERYBODY.length * PLACES.length * 4);
});
