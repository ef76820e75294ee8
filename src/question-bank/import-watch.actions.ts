import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import type { Database } from "../platform/db/database";
import { monotonicMilliseconds, systemClock } from "../platform/time";
import { Import } from "./import.entity";
import type { BankFormat } from "./import.rules";

/** How often progress is written down. */
const PAUSE_MILLISECONDS = 200;

/** An import that can be watched while it runs. */
export interface ImportWatch {
  readonly import: Import;
  /** Tells that so many more items were looked at. */
  advance(items: number): void;
  /** Writes down how it ended. `failure`: why nothing was written; null: it was. */
  end(failure: string | null): Promise<Import>;
}

/** Writes down that an import begins, on a connection of its own. */
export async function watchedImport(ctx: Ctx, format: BankFormat, itemCount: number): Promise<ImportWatch> {
  const { db, viewer } = ctx;
  const row = await db.transaction((tx) =>
    tx.insert(Import, {
      startedById: isMember(viewer) ? viewer.id : null,
      format,
      state: "RUNNING",
      itemCount,
      doneCount: 0,
      failure: null,
      finishedAt: null,
    }),
  );
  let doneCount = 0;
  let lastWritten = monotonicMilliseconds();
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;

  /** Nobody waits for it: an import that waited for a second connection could wait for ever. */
  function note(): void {
    lastWritten = monotonicMilliseconds();
    isWriting = true;
    writing = change(db.database, row, { doneCount })
      .catch(() => undefined)
      .finally(() => {
        isWriting = false;
      });
  }

  return {
    import: row,
    advance(items) {
      doneCount += items;
      if (!isWriting && monotonicMilliseconds() - lastWritten >= PAUSE_MILLISECONDS) note();
    },
    async end(failure) {
      await writing;
      const over: Partial<Import> =
        failure === null ? { state: "DONE", doneCount: itemCount } : { state: "FAILED", doneCount, failure };
      const ended = { ...over, finishedAt: systemClock() };
      await change(db.database, row, ended);
      return { ...row, ...ended };
    },
  };
}

function change(database: Database, { organizationId, id }: Import, next: Partial<Import>): Promise<void> {
  return database.write(organizationId, async (runner) => {
    const stamped = { ...next, updatedAt: systemClock(), version: () => "version + 1" };
    await runner.manager.update(Import, { organizationId, id }, stamped);
  });
}
