/** Whatever is asked, by whomever: rows that were read with all that is asked of them say what each relation would have said by itself. */
import { Client } from "pg";
import { schema } from "../../src/server";
import { Fate } from "../story/fate";
import { superuserUrl } from "../support/database";
import { disagreement } from "./agreement";
import { byHandOf } from "./by-hand";
import { cursorsOf } from "./cursors";
import { RandomOperations } from "./random-operations";
import type { Known } from "./random-values";
import { type Answers, type Asker, type Operation, type Servers, startServers, type Way } from "./servers";
import { shrunk } from "./shrink";
import { StatementBound } from "./statement-bound";
import { everybody, foreignCompany, idsOf, richStage } from "./world";

/** More of them: `PLANNER_OPERATIONS=5000 npx jest test/planner`; others: `PLANNER_SEED`; those that were not planned: `PLANNER_SHOW`. */
const OPERATIONS = Number(process.env.PLANNER_OPERATIONS ?? 250);
const SEED = Number(process.env.PLANNER_SEED ?? 1);
const LEAST_PLANNED = 0.9;
const PLAIN_OPERATIONS = Math.ceil(OPERATIONS * 0.6);
const LEAST_WRITTEN = 0.3;

jest.setTimeout(120_000 + OPERATIONS * 2_000);

let servers: Servers;
let known: Known;
let askers: Asker[];
let bound: StatementBound;

beforeAll(async () => {
  servers = await startServers();
  const { database } = servers.first;
  const { company: ours } = await richStage(servers.first);
  const theirs = await foreignCompany(database);
  askers = [];
  for (const [name, who] of await everybody(ours, theirs)) askers.push(await servers.askerOf(name, who));
  const superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  const ids = await idsOf(superuser, database, ours);
  const foreign = [...(await idsOf(superuser, database, theirs)).values()].flat();
  bound = new StatementBound(schema, await byHandOf(superuser, [ours, theirs]));
  await superuser.end();
  known = {
    ids,
    foreign,
    cursors: await cursorsOf(servers.first, ours.people.admin, ids),
    until: new Date().toISOString(),
  };
});

afterAll(() => servers.close());

interface Played {
  operation: Operation;
  asker: Asker;
  answers: Answers;
}

const play = async (step: number, isPlain = false): Promise<Played> => {
  const fate = new Fate(SEED, step);
  const operation = new RandomOperations(fate, known, isPlain).next();
  const asker = fate.percent(40) ? askers[0]! : fate.one(askers)!;
  return { operation, asker, answers: await servers.askAll(asker, operation) };
};

/** A part of the operation at which the ways still disagree, and how. */
async function least(step: number, asker: Asker, operation: Operation): Promise<string> {
  const disagreed = async (each: Operation) => disagreement(await servers.askAll(asker, each));
  const part = await shrunk(operation, async (each) => (await disagreed(each)) !== null);
  return `${step}, ${asker.name}: ${part.query}\n${JSON.stringify(part.variables)}\n${await disagreed(part)}`;
}

const tally = {
  planned: 0,
  plannedByLoaders: 0,
  written: 0,
  refused: 0,
  empty: 0,
  statements: 0,
  statementsByLoaders: 0,
};

/** PostgreSQL writes what is answered. */
const isWriting = (statement: string): boolean => statement.includes(" as written ");

/** Counts the statements of each way against those that a plan may take. */
function count(operation: Operation, answers: Answers): void {
  const most = bound.of(operation);
  const taken = (way: Way) => Math.max(...answers[way].map(({ statements }) => statements.length));
  const planned = Math.max(taken("planned, interpreted"), taken("planned, compiled"));
  const loaded = taken("by loaders, interpreted");
  if (planned <= most) tally.planned++;
  else if (process.env.PLANNER_SHOW)
    process.stdout.write(`${planned} statements, ${most} at most: ${operation.query}\n`);
  if (loaded <= most) tally.plannedByLoaders++;
  if (answers["planned, compiled"].some(({ statements }) => statements.some(isWriting))) tally.written++;
  tally.statements += planned;
  tally.statementsByLoaders += loaded;
  const { data, errors } = JSON.parse(answers["planned, interpreted"][0]!.text);
  if (errors) tally.refused++;
  if (!/"(node|nodes|edges)\w*":\[*\{/.test(JSON.stringify(data ?? null))) tally.empty++;
}

test(`${OPERATIONS} operations are answered alike, whatever way their rows are read`, async () => {
  const failures: string[] = [];
  for (let step = 0; step < OPERATIONS; step++) {
    const { operation, asker, answers } = await play(step);
    const { status, text } = answers["planned, interpreted"][0]!;
    if (status !== 200) failures.push(`${operation.query}\n${text}`);
    else if (disagreement(answers)) failures.push(await least(step, asker, operation));
    count(operation, answers);
  }
  const walked = Math.round(bound.walkedPart * 100);
  process.stdout.write(`Planner: seed ${SEED}, ${JSON.stringify(tally)}, ${walked} % of all relations\n`);
  expect(failures.slice(0, 3)).toEqual([]);
});

test("operations of plain columns and relations are answered alike, and PostgreSQL writes many of them", async () => {
  const failures: string[] = [];
  let written = 0;
  for (let step = 0; step < PLAIN_OPERATIONS; step++) {
    const { operation, asker, answers } = await play(step, true);
    if (disagreement(answers)) failures.push(await least(step, asker, operation));
    if (answers["planned, compiled"].some(({ statements }) => statements.some(isWriting))) written++;
  }
  process.stdout.write(`Planner: ${written} of ${PLAIN_OPERATIONS} plain operations were written by PostgreSQL\n`);
  expect(failures.slice(0, 3)).toEqual([]);
  expect(written / PLAIN_OPERATIONS).toBeGreaterThan(LEAST_WRITTEN);
});

test("nine in ten are planned, and the count of statements tells it from loaders", () => {
  expect(tally.planned / OPERATIONS).toBeGreaterThanOrEqual(LEAST_PLANNED);
  expect(tally.plannedByLoaders / OPERATIONS).toBeLessThan(LEAST_PLANNED);
});

test("they ask for nearly everything, and as a rule are answered", () => {
  expect(bound.walkedPart).toBeGreaterThan(0.8);
  expect(tally.refused / OPERATIONS).toBeLessThan(0.25);
  expect(tally.empty / OPERATIONS).toBeLessThan(0.5);
});
