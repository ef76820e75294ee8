import type { Ctx } from "../context";
import type { Database } from "../db/database";
import type { Refusal } from "../errors";
import { registerIdTypes } from "../ids";
import { AccessEntry } from "./access-log.entity";

registerIdTypes({ AccessEntry: 0x002 });

/** How long an attempt is remembered. */
const KEPT_DAYS = 90;

/** Writes down an attempt that was refused: after its rollback, in a transaction of its own. */
export async function recordRefusal(
  { db, viewer, requestId, address }: Ctx,
  { message: about, code }: Refusal,
): Promise<void> {
  const attempt = { about, code, actorKind: viewer.kind, actorId: viewer.id, requestId, address: address ?? null };
  await db.transaction((tx) => tx.insert(AccessEntry, attempt));
}

/** Forgets what is older than it is kept. */
export function expireAccessLog(database: Database, organizationId: string): Promise<void> {
  return database.write(organizationId, async (runner) => {
    await runner.query("delete from access_log where created_at < now() - make_interval(days => $1)", [KEPT_DAYS]);
  });
}
