import type { QueryRunner } from "typeorm";
import type { Database } from "../db/database";
import { EVERY_EVENT, type Job } from "../jobs/job";
import type { Queue, QueuedErrand } from "../jobs/queue";
import { JournalCursor } from "./journal.entity";
import { sequence } from "./sequencer";

/** Name of the cursor: how far the journal has been turned into jobs. */
const READER = "jobs";
const BATCH = 100;

interface Happened {
  position: string;
  id: string;
  type: string;
}

/**
 * Puts into the queue what is to follow the next entries of an organisation; false when none is left. The position is part
 * of the job's key, so that what a server that died has put there already is put there once. The cursor moves after the
 * queue has it: at least once.
 */
export async function enqueueErrands(
  database: Database,
  { organizationId, jobs, queue }: { organizationId: string; jobs: ReadonlyMap<string, Job>; queue: Queue },
): Promise<boolean> {
  return database.write(organizationId, async (runner) => {
    const position = await lockedCursor(runner, organizationId);
    const happened: Happened[] = await runner.query(
      `select p.position, e.id, e.type from journal_positions p
       join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence
       where p.position > $1 order by p.position limit ${BATCH}`,
      [position],
    );
    const last = happened.at(-1);
    if (!last) return false;
    await queue.add(
      organizationId,
      happened.flatMap((entry) => errandsAfter(entry, { jobs, isLast: entry === last })),
    );
    await runner.manager.update(JournalCursor, { organizationId, listener: READER }, { position: last.position });
    return happened.length === BATCH;
  });
}

/** `isLast`: of those that are looked at together, whichever they are. */
function errandsAfter(
  { position, id, type }: Happened,
  { jobs, isLast }: { jobs: ReadonlyMap<string, Job>; isLast: boolean },
): QueuedErrand[] {
  const wanting = [...jobs].filter(([, { on = [] }]) => (on === EVERY_EVENT ? isLast : on.includes(type)));
  return wanting.map(([job, { tries, yields }]) => ({
    job,
    facts: { position },
    key: `${job} ${position}`,
    entryId: id,
    tries,
    yields,
  }));
}

/** Nothing follows what has happened so far: for an organisation whose past was made up. */
export async function skipErrands(database: Database, organizationId: string): Promise<void> {
  await sequence(database, organizationId);
  await database.write(organizationId, async (runner) => {
    await lockedCursor(runner, organizationId);
    await runner.query(
      "update journal_cursors set position = (select coalesce(max(position), 0) from journal_positions) where listener = $1",
      [READER],
    );
  });
}

async function lockedCursor(runner: QueryRunner, organizationId: string): Promise<string> {
  await runner.query(
    "insert into journal_cursors (organization_id, listener, position) values ($1, $2, 0) on conflict do nothing",
    [organizationId, READER],
  );
  const [cursor] = await runner.query("select position from journal_cursors where listener = $1 for update", [READER]);
  return cursor.position;
}
