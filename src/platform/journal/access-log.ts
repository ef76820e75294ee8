import type { Ctx } from "../context";
import type { Database } from "../db/database";
import { Tx } from "../db/tx";
import type { Refusal } from "../errors";
import { registerIdTypes } from "../ids";
import { networkOf } from "../network";
import { Throttle } from "../throttle";
import { monotonicMilliseconds } from "../time";
import { AccessEntry, type AccessKind } from "./access-log.entity";

registerIdTypes({ AccessEntry: 0x002 });

/** How long it is remembered. */
const KEPT_DAYS = 90;

export interface Access {
  kind: AccessKind;
  about: string;
  /** Why it was refused. */
  code?: string;
}

/** What somebody can bring about who is not let in, and as often as they like. */
const ATTEMPTS: ReadonlySet<AccessKind> = new Set<AccessKind>(["REFUSED", "SIGN_IN_REFUSED"]);

/** The same attempt from the same network is written once a minute by each server: nobody fills the log by repeating it. */
const repeats = new Throttle({ capacity: 1, restoredPerSecond: 1 / 60 }, monotonicMilliseconds);

/**
 * Writes down who came, or what left: in a transaction of its own. It comes before what it tells of, and that fails
 * with it: nothing leaves unseen. A refusal stands, whether it could be written down or not.
 */
export async function recordAccess(ctx: Ctx, access: Access): Promise<void> {
  if (!ATTEMPTS.has(access.kind)) return write(ctx, access);
  if (repeats.pay(attemptKey(ctx, access), 1).granted) await write(ctx, access).catch(warnOfGap);
}

/** The same of an attempt that was refused: after its rollback. */
export const recordRefusal = (ctx: Ctx, { message, code }: Refusal): Promise<void> =>
  recordAccess(ctx, { kind: "REFUSED", about: message, code });

const attemptKey = ({ viewer, address = "" }: Ctx, { kind, about }: Access): string =>
  JSON.stringify([viewer.organizationId, viewer.kind, viewer.id, networkOf(address), kind, about]);

async function write({ db, viewer, requestId, address }: Ctx, { kind, about, code }: Access): Promise<void> {
  const actor = { actorKind: viewer.kind, actorId: viewer.id };
  const entry = { kind, about, code: code ?? null, ...actor, requestId, address: address ?? null };
  // Not by way of `db`, which may only rehearse.
  await db.database.write(viewer.organizationId, (runner) =>
    new Tx(db.occasion, db.database, runner).insert(AccessEntry, entry),
  );
}

/** On standard error: an operator must hear of a log that has gaps, and the caller must not. */
const warnOfGap = (error: unknown): void =>
  process.emitWarning("A refused attempt could not be written into the access log", {
    type: "AccessLogGap",
    detail: String(error),
  });

/** Forgets what is older than it is kept. */
export function expireAccessLog(database: Database, organizationId: string): Promise<void> {
  return database.write(organizationId, async (runner) => {
    await runner.query("delete from access_log where created_at < now() - make_interval(days => $1)", [KEPT_DAYS]);
  });
}
