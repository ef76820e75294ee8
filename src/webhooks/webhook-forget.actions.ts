import { firstIdAt } from "../identity/audit-trail-filter.rules";
import type { Ctx } from "../platform/context";
import type { Tx } from "../platform/db/tx";
import { MILLISECONDS } from "../platform/time";
import { DONE } from "./webhook-delivery.rules";

/** How long what was sent is remembered. What is still to be sent stays. */
const KEPT_DAYS = 30;
/** Deliveries that are forgotten in one transaction. */
const BATCH = 1000;

/** Forgets deliveries that are done, with their tries, once they are older than they are kept. */
export async function forgetDeliveries({ db, now }: Ctx): Promise<void> {
  const before = firstIdAt(new Date(now.getTime() - KEPT_DAYS * MILLISECONDS.day));
  while ((await db.transaction((tx) => forgetBatch(tx, before))) === BATCH);
}

async function forgetBatch(tx: Tx, before: string): Promise<number> {
  const old = await tx.all<{ id: string }>(
    "select id from webhook_deliveries where id < $1 and state = any($2) order by id limit $3 for update",
    [before, DONE, BATCH],
  );
  const ids = old.map(({ id }) => id);
  await tx.all("delete from webhook_attempts where delivery_id = any($1)", [ids]);
  await tx.all("delete from webhook_deliveries where id = any($1)", [ids]);
  return ids.length;
}
