import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DocumentNode, execute, parse } from "graphql";
import { FEEDBACK_VISIBILITIES, type FeedbackVisibility } from "../../src/identity/organization.rules";
import type { KeyViewer, Role, Scope } from "../../src/identity/viewer.rules";
import { moveInterviewSession, waiveScorecard } from "../../src/interviews/interview-session.actions";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { SEATS, type Seat } from "../../src/interviews/panelist.rules";
import { contextOf } from "../../src/platform/context";
import { allRows } from "../../src/platform/db/reader";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import { schema } from "../../src/server";
import { type Company, company, type Person, roleOf } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

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
};

const OUTSIDE: Record<Role, string> = {
  ADMIN: ROW.hiring,
  RECRUITER: ROW.hiring,
  HIRING_MANAGER: ROW.hiring,
  INTERVIEWER: ROW.interviewer,
  AUDITOR: ROW.auditor,
};

type Requirement = "required" | "waived" | "not required";
type Own = "none" | "draft" | "submitted" | "withdrawn";

interface Chair {
  seat: Seat;
  requirement: Requirement;
  own: Own;
}

/** What is to be made of a session: null stands for nobody of the five on its panel. */
interface Plan {
  chair: Chair | null;
  end: "before COMPLETE" | "COMPLETE" | "CANCELLED";
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
  state: string;
  ratingIds: string[];
}

/** One of each role. In every session all five sit alike, or none of them sits. */
const FIVE: readonly Person[] = ["admin", "recruiter", "hiringManager", "ann", "auditor"];
/** Has handed in everywhere. */
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

const OWNS: Record<Requirement, readonly Own[]> = {
  required: ["none", "draft", "submitted", "withdrawn"],
  waived: ["none", "draft", "submitted", "withdrawn"],
  "not required": ["none", "draft", "submitted", "withdrawn"],
};

/** Every seat, requirement and own scorecard, before COMPLETE and after; a session that waits for somebody is not COMPLETE. */
function plans(): Plan[] {
  const chairs = SEATS.flatMap((seat) =>
    (Object.keys(OWNS) as Requirement[]).flatMap((requirement) =>
      OWNS[requirement].map((own): Chair => ({ seat, requirement, own })),
    ),
  );
  const seated = chairs.flatMap((chair): Plan[] => {
    const waits = chair.requirement === "required" && chair.own !== "submitted";
    return waits
      ? [{ chair, end: "before COMPLETE" }]
      : [
          { chair, end: "before COMPLETE" },
          { chair, end: "COMPLETE" },
        ];
  });
  return [{ chair: null, end: "before COMPLETE" }, { chair: null, end: "COMPLETE" }, ...seated];
}

const chair = (requirement: Requirement, own: Own): Chair => ({ seat: "INTERVIEWER", requirement, own });

/** Pairs of sessions of one application. */
const PAIRS: readonly [Plan, Plan][] = [null, chair("required", "submitted")].flatMap((first) =>
  (
    [
      { chair: null, end: "before COMPLETE" },
      { chair: chair("required", "none"), end: "before COMPLETE" },
      { chair: chair("required", "submitted"), end: "before COMPLETE" },
      { chair: chair("not required", "none"), end: "before COMPLETE" },
      { chair: chair("required", "none"), end: "CANCELLED" },
    ] as Plan[]
  ).map((second): [Plan, Plan] => [{ chair: first, end: "COMPLETE" }, second]),
);

let api: Api;
let firm: Company;
let sessions: Made[];
let cards: Card[];

async function makeSession({ chair: common, end }: Plan, applicationId: string): Promise<Made> {
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
  await submit(firm, GIVER, session, { [CRITERION]: VALUES[GIVER]! });
  await draft(firm, DRAFTER, session, { [CRITERION]: 1 });
  for (const who of five) await writeOwn(who, session, common!.own);
  if (end === "CANCELLED") await call(session.id);

  const others = { seat: "INTERVIEWER", requirement: "required" } as const;
  return {
    id: session.id,
    applicationId,
    end,
    chairs: new Map<string, Chair>([
      [people[GIVER].id, { ...others, own: "submitted" }],
      [people[DRAFTER].id, { ...others, requirement: waits ? "required" : "not required", own: "draft" }],
      ...five.map((who) => [people[who].id, common!] as const),
    ]),
  };
}

async function writeOwn(who: Person, session: InterviewSession, own: Own): Promise<void> {
  const values = { [CRITERION]: VALUES[who]! };
  if (own === "draft") await draft(firm, who, session, values);
  if (own === "submitted" || own === "withdrawn") {
    const { id, version } = await submit(firm, who, session, values);
    if (own === "withdrawn") await withdrawScorecard(firm.as(who), { id, version });
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
      `select c.id, c.session_id as "sessionId", c.interviewer_id as "authorId", c.state,
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
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, {
    skills: { sql: 1 },
    criteria: [{ key: CRITERION, skill: "sql", weight: 1 }],
  });
  sessions = await makeAll();
  cards = await cardsThere();
}, 60_000);

afterAll(() => api.close());

/** Somebody who looks. */
interface Looker {
  name: string;
  /** Null for a key. */
  id: string | null;
  role: Role | null;
  scopes: readonly Scope[];
  ask(query: string, variables?: object): Promise<Pick<Answer, "data" | "errors">>;
}

const SCOPES: Record<string, readonly Scope[]> = {
  "a key with scorecards:read": ["candidates:read", "interviews:read", "scorecards:read"],
  "a key without scorecards:read": ["candidates:read", "interviews:read"],
};

function memberLooking(who: Person): Looker {
  const member = firm.people[who];
  return { name: who, id: member.id, role: roleOf(who), scopes: [], ask: (...asked) => api.send(member, ...asked) };
}

const documents = new Map<string, DocumentNode>();

function keyLooking(name: string): Looker {
  const { organizationId } = firm;
  const scopes = SCOPES[name]!;
  const viewer: KeyViewer = { kind: "KEY", organizationId, id: "00000000-0000-7000-8000-000000000000", scopes };
  const ask: Looker["ask"] = async (query, variables = {}) => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const contextValue = contextOf(api.database, { viewer, now: new Date(), requestId: "test" });
    const { data, errors } = await execute({ schema, document, contextValue, variableValues: { ...variables } });
    const told = errors?.map(({ message, originalError }) => ({
      message,
      extensions: { code: (originalError as { code?: string } | undefined)?.code ?? "" },
    }));
    return { data, errors: told };
  };
  return { name, id: null, role: null, scopes, ask };
}

const LOOKERS = [...FIVE, GIVER, DRAFTER, ...Object.keys(SCOPES)];
const looking = (name: string): Looker => (name in SCOPES ? keyLooking(name) : memberLooking(name as Person));

/** Where the looker stands in the table; undefined in no row. */
function rowOf({ id, role, scopes }: Looker, { chairs }: Made): string | undefined {
  const own = chairs.get(id ?? "");
  if (own?.own === "submitted") return ROW.given;
  if (own) return own.requirement === "required" ? ROW.owing : ROW.free;
  if (role) return OUTSIDE[role];
  return scopes.includes("scorecards:read") ? ROW.key : undefined;
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
  const session = sessions.find(({ id }) => id === card.sessionId)!;
  note(looker, policy, session);
  if (card.authorId === looker.id) return says(looker, session, "own");
  return says(looker, session, card.state === "SUBMITTED" ? policy : "others' drafts");
}

function note(looker: Looker, policy: FeedbackVisibility, session: Made): void {
  const own = session.chairs.get(looker.id ?? "");
  const where = own ? `${own.seat} ${own.requirement} ${own.own}` : "outside";
  const end = session.end === "COMPLETE" ? "COMPLETE" : "before";
  situations.add([policy, looker.role ?? looker.name, where, end].join(" | "));
}

function openCards(looker: Looker, policy: FeedbackVisibility): Card[] {
  return cards.filter((card) => isOpen(looker, policy, card));
}

const sorted = (ids: readonly string[]) => [...ids].sort();

/** Ids in lots of so many; the last lot says some of its ids again, so that all have the same length. */
function inLots(ids: readonly string[], size: number): string[][] {
  const lots = Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
  return lots.map((lot) => Array.from({ length: size }, (_, at) => lot[at % lot.length]!));
}

interface Seen {
  cards: string[];
  ratings: string[];
}

type Rated = { id: string; ratings: { id: string }[] };

const seenIn = (rated: readonly Rated[]): Seen => ({
  cards: sorted(rated.map(({ id }) => id)),
  ratings: sorted(rated.flatMap(({ ratings }) => ratings.map(({ id }) => id))),
});

/** The answer's data, which must have come without an error. */
async function asked(looker: Looker, query: string) {
  const { data, errors } = await looker.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

const LOT = 50;
const FIELDS = Array.from({ length: LOT }, (_, at) => `n${at}: node(id: $n${at}) { id }`).join(" ");
const VARIABLES = Array.from({ length: LOT }, (_, at) => `$n${at}: ID!`).join(", ");
const ONE_BY_ONE = `query (${VARIABLES}) { ${FIELDS} }`;

/** What can be found under these ids one by one; what cannot must be NOT_FOUND. */
async function foundOneByOne(looker: Looker, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const lot of inLots(ids, LOT)) {
    const variables = Object.fromEntries(lot.map((id, at) => [`n${at}`, id]));
    const { data, errors = [] } = await looker.ask(ONE_BY_ONE, variables);
    const there = lot.filter((id, at) => data[`n${at}`]?.id === id);
    const codes = errors.map(({ extensions }) => extensions.code);
    expect(codes).toEqual(new Array(LOT - there.length).fill("NOT_FOUND"));
    for (const id of there) found.add(id);
  }
  return sorted([...found]);
}

/** What can be found under these ids together; what cannot must be null. */
async function foundTogether(looker: Looker, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const lot of inLots(ids, 100)) {
    const { data, errors } = await looker.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: lot });
    expect(errors).toBeUndefined();
    const there: (string | null)[] = data.nodes.map((node: { id: string } | null) => node?.id ?? null);
    expect(there.filter((id, at) => id !== null && id !== lot[at])).toEqual([]);
    for (const id of there) if (id !== null) found.add(id);
  }
  return sorted([...found]);
}

/** Every way to a scorecard. */
const WAYS: Record<string, (looker: Looker) => Promise<Seen>> = {
  "the sessions' lists": async (looker) => {
    const query = "{ interviewSessions(first: 100) { nodes { scorecards { id ratings { id } } } } }";
    const { interviewSessions } = await asked(looker, query);
    return seenIn(interviewSessions.nodes.flatMap(({ scorecards }: { scorecards: Rated[] }) => scorecards));
  },

  "the root list": async (looker) => {
    const seen: Rated[] = [];
    for (let after = ""; ; ) {
      const from = after ? `, after: "${after}"` : "";
      const page = `nodes { id ratings { id } } totalCount pageInfo { hasNextPage endCursor }`;
      const { scorecards } = await asked(looker, `{ scorecards(first: 100${from}) { ${page} } }`);
      seen.push(...scorecards.nodes);
      if (!scorecards.pageInfo.hasNextPage) {
        expect(scorecards.totalCount).toBe(seen.length);
        return seenIn(seen);
      }
      after = scorecards.pageInfo.endCursor;
    }
  },

  "the members' lists": async (looker) => {
    const list = "scorecards(first: 100) { totalCount nodes { id ratings { id } } }";
    const { members } = await asked(looker, `{ members(first: 100) { nodes { ${list} } } }`);
    const lists = members.nodes.map(({ scorecards }: { scorecards: { totalCount: number; nodes: Rated[] } }) => {
      expect(scorecards.totalCount).toBe(scorecards.nodes.length);
      return scorecards.nodes;
    });
    return seenIn(lists.flat());
  },

  "their ids, one by one": async (looker) => ({
    cards: await foundOneByOne(looker, cardIds()),
    ratings: await foundOneByOne(looker, ratingIds()),
  }),

  "their ids, together": async (looker) => ({
    cards: await foundTogether(looker, cardIds()),
    ratings: await foundTogether(looker, ratingIds()),
  }),
};

const cardIds = () => cards.map(({ id }) => id);
const ratingIds = () => cards.flatMap((card) => card.ratingIds);

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
  const seated = all.filter(({ chairs }) => chairs.has(looker.id ?? ""));
  if (looker.role === "INTERVIEWER" && seated.length === 0) return undefined;
  const live = all.filter(({ end }) => end !== "CANCELLED");
  if (live.some((session) => rowOf(looker, session) === ROW.owing)) return null;
  const isAuditor = looker.role === "AUDITOR";
  const bound = isAuditor ? live.filter((session) => seated.includes(session)) : live;
  if (!bound.every((session) => says(looker, session, policy))) return null;
  return scoreOf(isAuditor ? live.filter(({ end }) => end === "COMPLETE") : live);
}

async function scoresSeen(looker: Looker): Promise<Record<string, Score | null>> {
  const query = "{ applications(first: 100) { nodes { id evaluation { overall { raterCount score } } } } }";
  const { applications } = await asked(looker, query);
  return Object.fromEntries(
    applications.nodes.map(
      (node: { id: string; evaluation: { overall: { raterCount: number; score: number } } | null }) => [
        node.id,
        node.evaluation && { raters: node.evaluation.overall.raterCount, score: node.evaluation.overall.score },
      ],
    ),
  );
}

test("the page holds the rule: seven kinds of viewer, five columns", () => {
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
  expect(sessions).toHaveLength(2 + 63 + 20);
  expect(sessions.map(({ id }) => states.get(id))).toEqual(sessions.map(({ end }) => wanted[end]));
  expect(new Set(cards.map(({ state }) => state))).toEqual(new Set(["DRAFT", "SUBMITTED", "WITHDRAWN"]));
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
      expect({ way, ...(await look(looker)) }).toEqual({ way, ...expected });
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

test("every cell of the table was tried, in every situation there is", () => {
  const cells = [...table].flatMap(([row, columns]) =>
    [...columns].filter(([, cell]) => cell !== "–").map(([column]) => `${row} | ${column}`),
  );
  expect(sorted([...met])).toEqual(sorted(cells));
  // 3 policies: 5 roles in 3 seats, each in 21 ways; 5 roles and 2 keys outside, before COMPLETE and after.
  expect(situations.size).toBe(3 * (5 * 3 * 21 + 7 * 2));
  expect(looks).toBe(3 * LOOKERS.length * (5 * cards.length + 75));
});
