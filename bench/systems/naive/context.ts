import DataLoader from "dataloader";
import { DataSource, type EntityManager, type EntityTarget, In, type ObjectLiteral, type QueryRunner } from "typeorm";
import * as interview from "./interview.entities";
import * as people from "./people.entities";
import * as question from "./question.entities";
import * as score from "./score.entities";

export const source = new DataSource({
  type: "postgres",
  url: process.env.BENCH_DATABASE_URL,
  entities: [people, question, interview, score].flatMap((module) => Object.values(module)),
  installExtensions: false,
  poolSize: 10,
} as never);

/** One request: who asks, and what reads and writes for them. */
export interface Context {
  organizationId: string;
  email: string;
  runner: QueryRunner;
  loaders: Loaders;
}

type Row = ObjectLiteral & { id: string };

const byId = <T extends Row>(manager: EntityManager, entity: EntityTarget<T>) =>
  new DataLoader<string, T>(async (ids) => {
    const rows = await manager.find(entity, { where: { id: In([...ids]) } as never });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) as T);
  });

const childrenOf = <T extends Row>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  by: keyof T & string,
  where: object = {},
) =>
  new DataLoader<string, T[]>(async (parents) => {
    const order = { id: "ASC" } as never;
    const rows = await manager.find(entity, { where: { ...where, [by]: In([...parents]) } as never, order });
    return parents.map((parent) => rows.filter((row) => row[by] === parent));
  });

const loadersOf = (manager: EntityManager) => ({
  applications: byId(manager, people.Application),
  candidates: byId(manager, people.Candidate),
  jobs: byId(manager, people.Job),
  members: byId(manager, people.Member),
  skills: byId(manager, people.Skill),
  sessions: byId(manager, interview.InterviewSession),
  criteria: byId(manager, interview.Criterion),
  panels: childrenOf(manager, interview.Panelist, "sessionId"),
  scorecards: childrenOf(manager, interview.Scorecard, "sessionId", { state: In(["SUBMITTED", "AMENDED"]) }),
  ratings: childrenOf(manager, interview.Rating, "scorecardId"),
  versions: childrenOf(manager, question.QuestionVersion, "questionId"),
});

type Loaders = ReturnType<typeof loadersOf>;

/** A request runs in one transaction, for which the organisation is set. */
export async function openContext(viewer: Pick<Context, "organizationId" | "email">): Promise<Context> {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query("select set_config('app.organization', $1, true)", [viewer.organizationId]);
  return { ...viewer, runner, loaders: loadersOf(runner.manager) };
}

/** Keeps what was written, unless something failed. */
export async function closeContext({ runner }: Context, failed: boolean): Promise<void> {
  if (failed) await runner.rollbackTransaction();
  else await runner.commitTransaction();
  await runner.release();
}
