import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FEEDBACK_VISIBILITIES, type FeedbackVisibility } from "../../src/identity/organization.rules";
import type { Role, Scope } from "../../src/identity/viewer.rules";
import type { Ctx } from "../../src/identity/viewer.type";
import { moveInterviewSession, waiveScorecard } from "../../src/interviews/interview-session.actions";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { SEATS, type Seat } from "../../src/interviews/panelist.rules";
import { allRows, binding } from "../../src/platform/db/reader";
import { owesScorecardSql } from "../../src/scorecards/blindness.relations";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { SCORECARD_STATES } from "../../src/scorecards/scorecard.rules";
import { type Company, company, type Person, roleOf } from "../cast/company";
import { amend, draft, interview, submit } from "../cast/interview";
import { type CastKey, keyWith } from "../cast/keys";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { everyNode, type Seen, sorted, type There, WAYS } from "./ways";

const PAGE = join(__dirname, "../../docs/decisions/0006-blindness-in-one-predicate.md");

type Table = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The page's table: viewer -> column -> cell. */
function tableIn(markdown: string): Table {
  const lines = markdown.split("\n").filter((line) => line.startsWith("| ") || line.startsWith("|-"));
  const [header, , ...rows] = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const columns = header!.slice(1).map((name) => name.replace("others' submitted: ", ""));
  return new Map(rows.map(([name, ...cells]) => [name!, new Map(columns.map((column, at) => [column, cells[at]!]))]));
}

const table = tableIn(readFileSync(PAGE, "utf8"));

/** The table's rows, as the page words them. */
const ROW = {
  owing: "on the panel, own required scorecard not in (any role)",
  given: "on the panel, own scorecard in",
  free: "on the panel, none required of them (SHADOW, optional, waived) and none in",
  hiring: "RECRUITER, HIRING_MANAGER, ADMIN, not on the panel",
  interviewer: "INTERVIEWER, not on the panel",
  auditor: "AUDITOR",
  key: "API key with `scorecards:read`",
  writer: "API key with `scorecards:write` alone",
};

const OUTSIDE: Record<Role, string> = {
  ADMIN: ROW.hiring,
  RECRUITER: ROW.hiring,
  HIRING_MANAGER: ROW.hiring,
  INTERVIEWER: ROW.interviewer,
  AUDITOR: ROW.auditor,
};

type Requirement = "required" | "waived" | "not required";

/** How somebody's scorecard came to be what it is. */
const STEPS = {
  none: [],
  draft: ["draft"],
  submitted: ["submit"],
  amended: ["submit", "amend", "amend"],
  withdrawn: ["submit", "withdraw"],
  "amended, then withdrawn": ["submit", "amend", "withdraw"],
  "written anew": ["submit", "amend", "withdraw", "submit"],
} as const;
type Own = keyof typeof STEPS;

const OWNS = Object.keys(STEPS) as Own[];
const GIVEN: readonly Own[] = ["submitted", "amended", "written anew"];
const isGiven = (own: Own): boolean => GIVEN.includes(own);

interface Chair {
  seat: Seat;
  requirement: Requirement;
  own: Own;
}

/** What is to be made of a session: null stands for nobody of the five on its panel. */
interface Plan {
  chair: Chair | null;
  end: "before COMPLETE" | "COMPLETE" | "CANCELLED";
  /** What the giver has written. */
  giver: Own;
  /** The key that enters what the giver and the drafter say; they write themselves where it is left out. */
  hand?: string;
}

interface Made {
  id: string;
  applicationId: string;
  end: Plan["end"];
  /** By member id. */
  chairs: ReadonlyMap<string, Chair>;
}

interface Card {
  id: string;
  sessionId: string;
  authorId: string;
  keyId: string | null;
  state: string;
  revision: number;
  ratingIds: string[];
}

/** One of each role. In every session all five sit alike, or none of them sits. */
const FIVE: readonly Person[] = ["admin", "recruiter", "hiringManager", "ann", "auditor"];
/** Has handed in, but for one session. */
const GIVER: Person = "bob";
/** Has a draft everywhere, which keeps a session from being COMPLETE where it is required. */
const DRAFTER: Person = "cyd";
/** What each hands in on the one criterion, 1 to 5. */
const VALUES: Partial<Record<Person, number>> = {
  admin: 1,
  recruiter: 2,
  hiringManager: 3,
  ann: 5,
  auditor: 4,
  bob: 5,
};
const CRITERION = "sql-query";

const REQUIREMENTS: readonly Requirement[] = ["required", "waived", "not required"];

/** Every seat, requirement and own scorecard, before COMPLETE and after; a session that waits for somebody is not COMPLETE. */
function plans(): Plan[] {
  const chairs = SEATS.flatMap((seat) =>
    REQUIREMENTS.flatMap((requirement) => OWNS.map((own): Chair => ({ seat, requirement, own }))),
  );
  const seated = chairs.flatMap((chair, at): Plan[] => {
    const giver = GIVEN[at % GIVEN.length]!;
    const waits = chair.requirement === "required" && !isGiven(chair.own);
    return ENDS.slice(0, waits ? 1 : 2).map((end) => ({ chair, end, giver }));
  });
  const outside = ENDS.flatMap((end) => GIVEN.map((giver): Plan => ({ chair: null, end, giver })));
  const entered = ENDS.flatMap((end) => WRITERS.map((hand): Plan => ({ chair: null, end, giver: "amended", hand })));
  const withdrawn: Plan = { chair: null, end: "before COMPLETE", giver: "amended, then withdrawn" };
  return [...outside, withdrawn, { ...withdrawn, hand: WRITERS[0] }, ...entered, ...seated];
}

const ENDS = ["before COMPLETE", "COMPLETE"] as const;

const chair = (requirement: Requirement, own: Own): Chair => ({ seat: "INTERVIEWER", requirement, own });

const COMPLETE = { end: "COMPLETE", giver: "submitted" } as const;
const BEFORE = { end: "before COMPLETE", giver: "amended" } as const;

/** Pairs of sessions of one application. */
const PAIRS: readonly [Plan, Plan][] = [null, chair("required", "submitted")].flatMap((first) =>
  (
    [
      { ...BEFORE, chair: null },
      { ...BEFORE, chair: chair("required", "none") },
      { ...BEFORE, chair: chair("required", "submitted") },
      { ...BEFORE, chair: chair("not required", "none") },
      { ...BEFORE, chair: chair("required", "none"), end: "CANCELLED" },
    ] as Plan[]
  ).map((second): [Plan, Plan] => [{ ...COMPLETE, chair: first }, second]),
);

let api: Api;
let firm: Company;
let sessions: Made[];
let cards: Card[];
let sessionOf: Map<string, Made>;
let there: There;

async function makeSession({ chair: common, end, giver, hand }: Plan, applicationId: string): Promise<Made> {
  const { people } = firm;
  const waits = end !== "COMPLETE";
  const five = common ? FIVE : [];
  const recruiter = firm.as("recruiter");
  const session = await interview(firm, {
    applicationId,
    panel: [
      GIVER,
      { who: DRAFTER, feedbackRequired: waits },
      ...five.map((who) => ({
        who,
        seat: common?.seat,
        feedbackRequired: common?.requirement !== "not required",
      })),
    ],
  });
  if (common?.requirement === "waived") {
    const panel = await allRows(recruiter.db, Panelist, (bind) => `t.session_id = ${bind(session.id)}`);
    for (const { id, memberId } of panel)
      if (five.some((who) => people[who].id === memberId))
        await waiveScorecard(memberId === people.recruiter.id ? firm.as("admin") : recruiter, {
          panelistId: id,
          reason: "Off sick",
        });
  }
  await writeOwn(GIVER, session, giver, hand);
  await writeOwn(DRAFTER, session, "draft", hand);
  for (const who of five) await writeOwn(who, session, common!.own);
  if (end === "CANCELLED") await call(session.id);

  const others = { seat: "INTERVIEWER", requirement: "required" } as const;
  return {
    id: session.id,
    applicationId,
    end,
    chairs: new Map<string, Chair>([
      [people[GIVER].id, { ...others, own: giver }],
      [people[DRAFTER].id, { ...others, requirement: waits ? "required" : "not required", own: "draft" }],
      ...five.map((who) => [people[who].id, common!] as const),
    ]),
  };
}

type Step = (typeof STEPS)[Own][number];

interface Work {
  who: Person;
  session: InterviewSession;
  value: number;
  card: Scorecard;
  /** Who writes: they themselves, or a key for them. */
  by: Ctx;
}

const TAKEN: Record<Step, (work: Work) => Promise<Scorecard>> = {
  draft: ({ by, who, session, value }) => draft(firm, who, session, { [CRITERION]: value }, "YES", by),
  submit: ({ by, who, session, value }) => submit(firm, who, session, { [CRITERION]: value }, by),
  amend: ({ by, who, card, value }) => amend(firm, who, card, { [CRITERION]: value }, by),
  withdraw: ({ by, card: { id, version } }) => withdrawScorecard(by, { id, version }),
};

/** What counts of it says the person's value; what was replaced or taken back said another. */
async function writeOwn(who: Person, session: InterviewSession, own: Own, hand?: string): Promise<void> {
  const value = VALUES[who] ?? 1;
  const by = hand ? firm.asKey(keys.get(hand)!.id, SCOPES[hand]!) : firm.as(who);
  let card: Scorecard | undefined;
  for (const [at, step] of STEPS[own].entries()) {
    const isLast = at === STEPS[own].length - 1;
    card = await TAKEN[step]({ who, session, value: isLast ? value : (value % 5) + 1, card: card!, by });
  }
}

/** Calls the session off. */
async function call(id: string): Promise<void> {
  const recruiter = firm.as("recruiter");
  const [row] = await allRows(recruiter.db, InterviewSession, (bind) => `t.id = ${bind(id)}`);
  await moveInterviewSession(recruiter, { id, version: row!.version, to: "CANCELLED" });
}

async function makeAll(): Promise<Made[]> {
  const applications: Plan[][] = [...plans().map((plan) => [plan]), ...PAIRS];
  const made: Made[] = [];
  const work = applications.values();
  const worker = async () => {
    for (const planned of work) {
      const { id } = await firm.applicant();
      for (const plan of planned) made.push(await makeSession(plan, id));
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return made;
}

async function cardsThere(): Promise<Card[]> {
  return withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(
      `select c.id, c.session_id as "sessionId", c.interviewer_id as "authorId", c.entered_by_key_id as "keyId", c.state, c.revision,
         array(select r.id::text from ratings r where r.scorecard_id = c.id) as "ratingIds"
       from scorecards c where c.organization_id = $1`,
      [firm.organizationId],
    );
    return rows;
  });
}

const setPolicy = (policy: FeedbackVisibility) =>
  withClient(superuserUrl, (client) =>
    client.query("update organizations set feedback_visibility = $2 where id = $1", [firm.organizationId, policy]),
  );

/** Two cores may be shared with other test files. */
jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 1 },
    criteria: [{ key: CRITERION, skill: "sql", weight: 1 }],
  });
  for (const [name, scopes] of Object.entries(SCOPES)) keys.set(name, await keyWith(firm, scopes));
  sessions = await makeAll();
  // Plans fit what is there only when PostgreSQL has looked: of the thousands of looks below each would take ten times as long.
  await withClient(superuserUrl, (client) => client.query("analyze"));
  sessionOf = new Map(sessions.map((session) => [session.id, session]));
  cards = await cardsThere();
  there = { cards: cards.map(({ id }) => id), ratings: cards.flatMap(({ ratingIds }) => ratingIds) };
}, 120_000);

afterAll(() => api.close());

/** Somebody who looks. */
interface Looker {
  name: string;
  id: string;
  /** Null for a key. */
  role: Role | null;
  scopes: readonly Scope[];
  ask(query: string, variables?: object): Promise<Pick<Answer, "data" | "errors">>;
}

const SCOPES: Record<string, readonly Scope[]> = {
  "a key with scorecards:read": ["candidates:read", "interviews:read", "scorecards:read"],
  "a key without scorecards:read": ["candidates:read", "interviews:read"],
  "a key with scorecards:write": ["candidates:read", "scorecards:write"],
  "a key with scorecards:read and scorecards:write": ["candidates:read", "scorecards:read", "scorecards:write"],
};
/** Keys that enter scorecards. */
const WRITERS = Object.keys(SCOPES).filter((name) => SCOPES[name]!.includes("scorecards:write"));

function memberLooking(who: Person): Looker {
  const member = firm.people[who];
  return { name: who, id: member.id, role: roleOf(who), scopes: [], ask: (...asked) => api.send(member, ...asked) };
}

/** By the names of their scopes. */
const keys = new Map<string, CastKey>();

function keyLooking(name: string): Looker {
  const { id, secret } = keys.get(name)!;
  return { name, id, role: null, scopes: SCOPES[name]!, ask: (...asked) => api.send(secret, ...asked) };
}

const LOOKERS = [...FIVE, GIVER, DRAFTER, ...Object.keys(SCOPES)];
const looking = (name: string): Looker => (name in SCOPES ? keyLooking(name) : memberLooking(name as Person));

/** Where the looker stands in the table; undefined in no row. */
function rowOf({ id, role, scopes }: Looker, { chairs }: Made): string | undefined {
  const own = chairs.get(id);
  if (own && isGiven(own.own)) return ROW.given;
  if (own) return own.requirement === "required" ? ROW.owing : ROW.free;
  if (role) return OUTSIDE[role];
  if (scopes.includes("scorecards:read")) return ROW.key;
  return scopes.includes("scorecards:write") ? ROW.writer : undefined;
}

const met = new Set<string>();
const situations = new Set<string>();
let looks = 0;

/** Whether the table's cell says yes. */
function says(looker: Looker, session: Made, column: string): boolean {
  const row = rowOf(looker, session);
  if (row === undefined) return false;
  const cell = table.get(row)?.get(column);
  met.add(`${row} | ${column}`);
  if (cell === "once COMPLETE") return session.end === "COMPLETE";
  if (cell !== "yes" && cell !== "no") throw new Error(`"${row}" says ${cell} of ${column}`);
  return cell === "yes";
}

function isOpen(looker: Looker, policy: FeedbackVisibility, card: Card): boolean {
  const session = sessionOf.get(card.sessionId)!;
  note(looker, policy, session);
  if (card.authorId === looker.id || card.keyId === looker.id) return says(looker, session, "own");
  return says(looker, session, isIn(card) ? policy : "others' drafts");
}

/** Whether the card is submitted, or was replaced by one that is. */
const isIn = ({ state }: Card): boolean => state === "SUBMITTED" || state === "AMENDED";

function note(looker: Looker, policy: FeedbackVisibility, session: Made): void {
  const own = session.chairs.get(looker.id);
  const where = own ? `${own.seat} ${own.requirement} ${own.own}` : "outside";
  const end = session.end === "COMPLETE" ? "COMPLETE" : "before";
  situations.add([policy, looker.role ?? looker.name, where, end].join(" | "));
}

function openCards(looker: Looker, policy: FeedbackVisibility): Card[] {
  return cards.filter((card) => isOpen(looker, policy, card));
}

interface Score {
  raters: number;
  score: number | null;
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** What the submitted scorecards of the sessions come to: one criterion, one value per rater. */
function scoreOf(counted: readonly Made[]): Score {
  const ids = new Set(counted.map(({ id }) => id));
  const people = Object.entries(firm.people) as [Person, { id: string }][];
  const authors = new Set(
    cards.filter(({ sessionId, state }) => state === "SUBMITTED" && ids.has(sessionId)).map(({ authorId }) => authorId),
  );
  const values = people.filter(([, { id }]) => authors.has(id)).map(([who]) => VALUES[who]!);
  return { raters: values.length, score: values.length === 0 ? null : (mean(values) - 1) * 25 };
}

/** The score that the looker sees; null while it is kept back, undefined where they do not see the application. */
function expectedScore(looker: Looker, policy: FeedbackVisibility, all: readonly Made[]): Score | null | undefined {
  const seated = all.filter(({ chairs }) => chairs.has(looker.id));
  if (looker.role === "INTERVIEWER" && seated.length === 0) return undefined;
  const live = all.filter(({ end }) => end !== "CANCELLED");
  if (live.some((session) => rowOf(looker, session) === ROW.owing)) return null;
  const isAuditor = looker.role === "AUDITOR";
  const bound = isAuditor ? live.filter((session) => seated.includes(session)) : live;
  if (!bound.every((session) => says(looker, session, policy))) return null;
  return scoreOf(isAuditor ? live.filter(({ end }) => end === "COMPLETE") : live);
}

interface Evaluated {
  id: string;
  evaluation: { overall: { raterCount: number; score: number } } | null;
}

async function scoresSeen(looker: Looker): Promise<Record<string, Score | null>> {
  const query = `query ($after: String) { applications(first: 100, after: $after) {
    nodes { id evaluation { overall { raterCount score } } } pageInfo { hasNextPage endCursor } } }`;
  const applications = await everyNode<Evaluated>(looker, query, (data) => data.applications);
  return Object.fromEntries(
    applications.map(({ id, evaluation }) => [
      id,
      evaluation && { raters: evaluation.overall.raterCount, score: evaluation.overall.score },
    ]),
  );
}

/** Sessions that the looker owes a scorecard, as the condition says that scores and to-do lists share. */
async function owedBy({ id, role }: Looker): Promise<string[]> {
  const { organizationId } = firm;
  const { values, bind } = binding();
  const condition = owesScorecardSql("s.id", { kind: "MEMBER", organizationId, id, role: role! }, bind);
  const rows = await firm
    .as("admin")
    .db.all<{ id: string }>(`select s.id from interview_sessions s where ${condition}`, values);
  return sorted(rows.map((row) => row.id));
}

test("the page holds the rule: eight kinds of viewer, five columns", () => {
  expect([...table.keys()]).toEqual(Object.values(ROW));
  for (const row of table.values()) {
    expect([...row.keys()]).toEqual(["own", "others' drafts", "NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"]);
  }
});

test("the sessions stand as the cases want them", async () => {
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query("select id, state from interview_sessions where organization_id = $1", [firm.organizationId]),
  );
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  const wanted = { "before COMPLETE": "IN_PROGRESS", COMPLETE: "COMPLETE", CANCELLED: "CANCELLED" };
  expect(sessions).toHaveLength(12 + 114 + 20);
  expect(sessions.map(({ id }) => states.get(id))).toEqual(sessions.map(({ end }) => wanted[end]));
  expect(new Set(cards.map(({ state }) => state))).toEqual(new Set(SCORECARD_STATES));
});

describe.each(FEEDBACK_VISIBILITIES)("where feedback is open %s", (policy) => {
  beforeAll(() => setPolicy(policy));

  test.each(LOOKERS)("%s sees the scorecards that the table says, on every way", async (name) => {
    const looker = looking(name);
    const open = openCards(looker, policy);
    const expected: Seen = {
      cards: sorted(open.map(({ id }) => id)),
      ratings: sorted(open.flatMap(({ ratingIds }) => ratingIds)),
    };
    for (const [way, look] of Object.entries(WAYS)) {
      expect({ way, ...(await look(looker, there)) }).toEqual({ way, ...expected });
      looks += cards.length;
    }
  });

  test.each(LOOKERS)("%s sees the scores that follow from scorecards open to them, and no other", async (name) => {
    const looker = looking(name);
    const expected: Record<string, Score | null> = {};
    for (const applicationId of new Set(sessions.map((session) => session.applicationId))) {
      const all = sessions.filter((session) => session.applicationId === applicationId);
      const score = expectedScore(looker, policy, all);
      if (score !== undefined)
        expected[applicationId] = score && { ...score, score: score.score && expect.closeTo(score.score, 9) };
      looks++;
    }
    expect(await scoresSeen(looker)).toEqual(expected);
  });
});

test.each(LOOKERS.filter((name) => !(name in SCOPES)))(
  "%s owes what is required, not in, and not called off",
  async (name) => {
    const looker = looking(name);
    const owed = sessions.filter((session) => session.end !== "CANCELLED" && rowOf(looker, session) === ROW.owing);
    expect(await owedBy(looker)).toEqual(sorted(owed.map(({ id }) => id)));
  },
);

test("every cell of the table was tried, in every situation there is", () => {
  const cells = [...table].flatMap(([row, columns]) =>
    [...columns].filter(([, cell]) => cell !== "–").map(([column]) => `${row} | ${column}`),
  );
  expect(sorted([...met])).toEqual(sorted(cells));
  // 3 policies: 5 roles in 3 seats, each in 38 ways; 5 roles and 4 keys outside, before COMPLETE and after.
  expect(situations.size).toBe(3 * (5 * 3 * 38 + 9 * 2));
  const ways = Object.keys(WAYS).length;
  const applications = new Set(sessions.map(({ applicationId }) => applicationId)).size;
  expect(looks).toBe(3 * LOOKERS.length * (ways * cards.length + applications));
  process.stdout.write(
    `Blindness: ${situations.size} situations, ${cards.length} scorecards, ${ways} ways, ${looks} looks as the table says.\n`,
  );
});
