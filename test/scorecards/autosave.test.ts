import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import { type Company, company } from "../cast/company";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { type Anything, cardsOf, type Mutate, mutating } from "./mutations";

const TABS = ["left", "right"] as const;
type Tab = (typeof TABS)[number];

/** Saves per tab. */
const SAVES = 100;
/** Each tab writes two criteria of its own, and both write one and the summary. */
const CRITERIA: Record<Tab, string[]> = { left: ["query", "schema"], right: ["index", "lock"] };
const SHARED = "plan";

let api: Api;
let firm: Company;
let mutate: Mutate;

/** Two hundred saves over HTTP, and those that were stale. */
jest.setTimeout(120_000);

beforeAll(async () => {
  api = await startApi();
  const criteria = [...CRITERIA.left, ...CRITERIA.right, SHARED].map((key) => ({ key, skill: "sql", weight: 1 }));
  firm = await company(api.database, { skills: { sql: 1 }, criteria });
  mutate = mutating(api, firm);
});

afterAll(() => api.close());

/** What was acknowledged: cell -> what it holds, with the version of the scorecard that it made. */
interface Acknowledged {
  version: number;
  cells: Record<string, string>;
}

/** The draft's version as the tab reads it; null where none is begun. */
async function versionRead({ id }: InterviewSession): Promise<number | null> {
  const query = "query ($id: ID!) { node(id: $id) { ... on InterviewSession { scorecards { version } } } }";
  const { node } = await api.ask(firm.people.ann, query, { id });
  return node.scorecards[0]?.version ?? null;
}

/** What a tab writes at its n-th save: now values, now evidence, now both. */
function written(tab: Tab, n: number): { input: object; cells: Record<string, string> } {
  const keys = [CRITERIA[tab][n % 2]!, ...(n % 5 === 0 ? [SHARED] : [])];
  const cells: Record<string, string> = {};
  const ratings = keys.map((key) => {
    const isFirst = n < 2 || key === SHARED;
    const value = isFirst || n % 3 !== 0 ? { value: 1 + (n % 5) } : {};
    const evidence = isFirst || n % 3 !== 1 ? { evidence: `${tab} ${n}` } : {};
    for (const [name, held] of Object.entries({ ...value, ...evidence })) cells[`${key} ${name}`] = `${held}`;
    return { criterionId: firm.criterionIds[key], ...value, ...evidence };
  });
  const summary = n % 7 === 0 ? { summary: `${tab} ${n}` } : {};
  if ("summary" in summary) cells.summary = `${summary.summary}`;
  return { input: { ratings, ...summary }, cells };
}

const STALE = ["STALE_VERSION at version", "ALREADY_EXISTS at sessionId"];

/** Saves until it is acknowledged, reading the version again whenever it was stale. */
async function saved(session: InterviewSession, tab: Tab, n: number, from: number | null): Promise<Acknowledged> {
  const { input, cells } = written(tab, n);
  for (let version = from; ; version = await versionRead(session)) {
    const { scorecard, errors } = await mutate("ann", "saveScorecard", { sessionId: session.id, version, ...input });
    if (errors.length === 0) return { version: scorecard.version, cells };
    expect(STALE).toContain(errors[0]);
    stale++;
  }
}

let stale = 0;

async function typing(session: InterviewSession, tab: Tab): Promise<Acknowledged[]> {
  const log: Acknowledged[] = [];
  for (let n = 0; n < SAVES; n++) log.push(await saved(session, tab, n, log.at(-1)?.version ?? null));
  return log;
}

/** What the draft holds, cell by cell. */
async function held({ id }: InterviewSession): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { node(id: $id) { ... on InterviewSession {
    scorecards { summary ratings { value evidence criterion { key } } } } } }`;
  const { node } = await api.ask(firm.people.ann, query, { id });
  const [{ summary, ratings }] = node.scorecards;
  const cells = ratings.flatMap(({ criterion: { key }, value, evidence }: Anything) => [
    [`${key} value`, `${value}`],
    [`${key} evidence`, evidence],
  ]);
  return { ...Object.fromEntries(cells), summary };
}

test("two tabs that autosave one draft lose nothing that was acknowledged", async () => {
  const session = await interview(firm, { panel: ["ann"] });
  const logs = await Promise.all(TABS.map((tab) => typing(session, tab)));
  const inOrder = logs.flat().sort((a, b) => a.version - b.version);

  expect(await cardsOf(session)).toMatchObject([{ revision: 1, state: "DRAFT", version: inOrder.at(-1)!.version }]);
  expect(inOrder).toHaveLength(TABS.length * SAVES);
  expect(new Set(inOrder.map(({ version }) => version)).size).toBe(inOrder.length);
  // The tabs met: some saves were stale.
  expect(stale).toBeGreaterThan(0);
  expect(await held(session)).toEqual(Object.assign({}, ...inOrder.map(({ cells }) => cells)));
});

test("two tabs that begin at once begin one draft, and both go on from it", async () => {
  for (let round = 0; round < 10; round++) {
    const session = await interview(firm, { panel: ["ann"] });
    const logs = await Promise.all(TABS.map((tab) => saved(session, tab, 0, null)));
    expect(await cardsOf(session)).toMatchObject([{ revision: 1, state: "DRAFT", version: 3 }]);
    const inOrder = logs.sort((a, b) => a.version - b.version);
    expect(await held(session)).toEqual(Object.assign({}, ...inOrder.map(({ cells }) => cells)));
  }
});
