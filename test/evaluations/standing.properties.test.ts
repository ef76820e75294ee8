/** Whatever is done about an application: once the journal is drained, its standing is what the evaluation computes. */
import { reopenDecision } from "../../src/evaluations/decision.actions";
import type { Decision } from "../../src/evaluations/decision.entity";
import { evaluationOf } from "../../src/evaluations/evaluation.actions";
import { renewScorePrior } from "../../src/evaluations/score-prior.actions";
import { waiveScorecard } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { allRows } from "../../src/platform/db/reader";
import { type Dispatcher, startDispatcher } from "../../src/platform/journal/dispatcher";
import { withdrawScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { decide } from "../cast/debrief";
import { amend, interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { passOverThePast } from "../support/past";
import { callOff } from "./calling-off";
import { type Deed, type History, histories, RATERS, type Step } from "./history";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

const HISTORIES = 200;

let api: Api;
let dispatcher: Dispatcher;
let firm: Company;
const failures: unknown[] = [];
const done: Record<Deed | "refused", number> = {
  submit: 0,
  amend: 0,
  withdraw: 0,
  waive: 0,
  cancel: 0,
  noShow: 0,
  decide: 0,
  reopen: 0,
  refused: 0,
};

/** Two cores may be shared with other test files. */
jest.setTimeout(240_000);

beforeAll(async () => {
  api = await startApi();
  await passOverThePast(api.database);
  dispatcher = startDispatcher({ database: api.database, slices, log: (_, error) => failures.push(error) });
  firm = await company(api.database, {
    skills: { sql: 2, rest: 1 },
    criteria: [
      { key: "query", skill: "sql", weight: 2, gate: { min: 2, rule: "MEAN" } },
      { key: "schema", skill: "sql", weight: 1 },
      { key: "design", skill: "rest", weight: 1 },
      { key: "errors", skill: "rest", weight: 3, gate: { min: 2, rule: "ANY" } },
    ],
  });
});

afterAll(async () => {
  await dispatcher.stop();
  await api.close();
});

/** One application with its sessions, and what people do with them. */
class Loop {
  readonly #cards = new Map<string, Scorecard>();
  #decision: Decision | undefined;

  constructor(
    readonly applicationId: string,
    readonly sessions: readonly InterviewSession[],
  ) {}

  async take(step: Step): Promise<void> {
    if (step.refused) await expect(this.#do(step)).rejects.toMatchObject({ code: "DECIDED" });
    else await this.#do(step);
    done[step.refused ? "refused" : step.deed]++;
  }

  async #do({ deed, session, who, values }: Step): Promise<void> {
    const at = this.sessions[session]!;
    const key = `${session} ${who}`;
    const deeds: Record<Deed, () => Promise<unknown>> = {
      submit: async () => this.#cards.set(key, await submit(firm, who, at, values)),
      amend: async () => this.#cards.set(key, await amend(firm, who, this.#cards.get(key)!, values)),
      withdraw: () => withdrawScorecard(firm.as(who), this.#cards.get(key)!),
      waive: () => waive(at, who),
      cancel: () => callOff(firm, at.id),
      noShow: () => callOff(firm, at.id, "NO_SHOW"),
      decide: async () => {
        this.#decision = await decided(this.applicationId);
      },
      reopen: () => reopenDecision(firm.as("admin"), { ...this.#decision!, reason: "New facts." }),
    };
    await deeds[deed]();
  }
}

/** As the score recommends. */
async function decided(applicationId: string): Promise<Decision> {
  const evaluation = await evaluationOf(firm.as("hiringManager"), applicationId);
  const outcome = evaluation!.recommendation === "RECOMMENDED" ? "HIRE" : "REJECT";
  return decide(firm, applicationId, { outcome });
}

async function waive({ id }: InterviewSession, who: Person): Promise<void> {
  const recruiter = firm.as("recruiter");
  const own = await allRows(
    recruiter.db,
    Panelist,
    (bind) => `t.session_id = ${bind(id)} and t.member_id = ${bind(firm.people[who].id)}`,
  );
  await waiveScorecard(recruiter, { panelistId: own[0]!.id, reason: "Away" });
}

async function play({ sessions: count, steps }: History): Promise<void> {
  const { id: applicationId } = await firm.applicant();
  const sessions: InterviewSession[] = [];
  for (let index = 0; index < count; index++) sessions.push(await interview(firm, { applicationId, panel: RATERS }));
  const loop = new Loop(applicationId, sessions);
  for (const each of steps) await loop.take(each);
}

const LANES = 4;

/** Several histories at a time, as several panels would write them. */
async function playAll(drawn: readonly History[]): Promise<void> {
  const waiting = [...drawn];
  const lane = async () => {
    for (let history = waiting.shift(); history; history = waiting.shift()) await play(history);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const STANDINGS = `
query ($job: ID!, $first: Int!, $after: String, $orderBy: StandingOrder) {
  node(id: $job) { ... on Job { standings(first: $first, after: $after, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      id score coverage probabilityAbovePass intervalLower intervalUpper borderline band recommendation raterCount methodVersion
      priors { id }
      application { id evaluation {
        probabilityAbovePass borderline recommendation methodVersion
        overall { score coverage band raterCount interval { lower upper } }
        priors { id }
      } decisions { nodes { state frozenScore { score coverage band recommendation } evaluation { recommendation overall { score coverage band } } } } }
    }
  } } }
}`;

/** Every standing in the order, page by page. */
async function standings(orderBy: string, first: number): Promise<Anything[]> {
  const found: Anything[] = [];
  for (let after: string | null = null; ; ) {
    const variables: object = { job: firm.job.id, first, after, orderBy };
    const { node }: Anything = await api.ask(firm.people.admin, STANDINGS, variables);
    expect(node.standings.totalCount).toBe(HISTORIES);
    found.push(...node.standings.nodes);
    if (!node.standings.pageInfo.hasNextPage) return found;
    after = node.standings.pageInfo.endCursor;
  }
}

const stored = ({ id: _, application: __, ...numbers }: Anything) => numbers;

function computed({ application: { evaluation } }: Anything) {
  const { overall, ...whole } = evaluation;
  const { interval, ...numbers } = overall;
  return { ...whole, ...numbers, intervalLower: interval?.lower ?? null, intervalUpper: interval?.upper ?? null };
}

/** What a decision froze, and what is computed from it; where it holds, what is computed now. */
function frozenScores({ application }: Anything): Anything[][] {
  const flat = ({ recommendation, overall: { score, coverage, band } }: Anything) => ({
    score,
    coverage,
    band,
    recommendation,
  });
  return application.decisions.nodes.map(({ state, frozenScore, evaluation }: Anything) => [
    frozenScore,
    flat(evaluation),
    state === "RECORDED" ? flat(application.evaluation) : frozenScore,
  ]);
}

/** Highest first, what has none last, the newest of equals first. */
const inOrder = (nodes: Anything[], by: string): string[] =>
  [...nodes]
    .sort((a, b) => (b[by] ?? -1) - (a[by] ?? -1) || (a.id < b.id ? 1 : -1))
    .map(({ id }: { id: string }) => id);

test("every standing is the computed evaluation, number for number, over 200 random histories", async () => {
  const drawn = histories(HISTORIES);
  const half = HISTORIES / 2;
  await playAll(drawn.slice(0, half));
  // From here on every score leans on history, those that were there already too.
  const { rubricVersionId } = firm;
  const prior = await renewScorePrior(firm.as("recruiter"), { rubricVersionId });
  await playAll(drawn.slice(half));
  await dispatcher.drained();
  expect(failures).toEqual([]);

  const nodes = await standings("SCORE", 100);
  expect(nodes.map(stored)).toEqual(nodes.map(computed));
  const frozen = nodes.flatMap(frozenScores);
  expect(frozen).toHaveLength(done.decide);
  expect(frozen).toEqual(frozen.map(([first]) => [first, first, first]));
  const scored = nodes.filter(({ score }) => score !== null);
  expect(scored.length).toBeGreaterThan(HISTORIES / 2);
  expect(scored.length).toBeLessThan(HISTORIES);
  expect(new Set(scored.map(({ priors }) => `${priors.map(({ id }: Anything) => id)}`))).toEqual(new Set([prior.id]));
  expect(Math.min(...Object.values(done))).toBeGreaterThan(20);

  for (const [orderBy, column] of [
    ["SCORE", "score"],
    ["PROBABILITY", "probabilityAbovePass"],
    ["COVERAGE", "coverage"],
  ] as const) {
    const paged = await standings(orderBy, 17);
    expect(paged.map(({ id }) => id)).toEqual(inOrder(nodes, column));
  }
});
