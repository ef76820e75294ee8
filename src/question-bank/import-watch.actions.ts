import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { monotonicMilliseconds, systemClock } from "../platform/time";
import { Import } from "./import.entity";
import type { BankFormat } from "./import.rules";

/** How often progress is written down. */
const PAUSE_MILLISECONDS = 200;

/** An import that can be watched while it runs. */
export interface ImportWatch {
  readonly import: Import;
  /** Tells that the work begins, perhaps once more. */
  begin(): void;
  /** Tells that so many more items were looked at. */
  advance(items: number): void;
  /** Writes down that it is DONE, in the transaction that writes what it brought. */
  finish(tx: Tx): Promise<Import>;
  /** Writes down why nothing was written, after the rollback. */
  fail(failure: string): Promise<void>;
}

/** Writes down that an import begins. Progress and failure are written on connections of their own. */
export async function watchedImport({ db, viewer }: Ctx, format: BankFormat, itemCount: number): Promise<ImportWatch> {
  const startedById = isMember(viewer) ? viewer.id : null;
  const fresh = {
    startedById,
    format,
    state: "RUNNING" as const,
    itemCount,
    doneCount: 0,
    failure: null,
    finishedAt: null,
  };
  const row = await db.transaction((tx) => tx.insert(Import, fresh));
  let doneCount = 0;
  let lastWritten = monotonicMilliseconds();
  let writing: Promise<void> | null = null;
  let isOver = false;

  const write = (next: Partial<Import>): Promise<void> =>
    db.database.write(row.organizationId, async (runner) => {
      const stamped = { ...next, updatedAt: systemClock(), version: () => "version + 1" };
      await runner.manager.update(Import, { organizationId: row.organizationId, id: row.id }, stamped);
    });

  /** Nobody waits for it: an import that waited for a second connection could wait for ever. */
  function note(): void {
    lastWritten = monotonicMilliseconds();
    writing = write({ doneCount })
      .catch(() => undefined)
      .finally(() => {
        writing = null;
      });
  }

  return {
    import: row,
    begin() {
      doneCount = 0;
      isOver = false;
    },
    advance(items) {
      doneCount += items;
      if (!isOver && !writing && monotonicMilliseconds() - lastWritten >= PAUSE_MILLISECONDS) note();
    },
    async finish(tx) {
      isOver = true;
      await writing;
      const over = { state: "DONE" as const, doneCount: itemCount, finishedAt: systemClock() };
      const claimed = await tx.claim(Import, row.id);
      return tx.change(claimed, over);
    },
    async fail(failure) {
      await writing;
      await write({ state: "FAILED", doneCount, failure, finishedAt: systemClock() });
    },
  };
}
