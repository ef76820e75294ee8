import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { Extent } from "./event-reach.rules";
import { WebhookEndpoint } from "./webhook-endpoint.entity";

/*
 * A lane is what one endpoint is to hear of one object: one delivery is PENDING, later ones wait behind it. All of this
 * happens under the endpoint's lock.
 */

/** Keeps others from the endpoint's deliveries until the end of the transaction. Null where there is no such endpoint. */
export async function heldEndpoint(tx: Tx, endpointId: string): Promise<WebhookEndpoint | null> {
  const [endpoint] = await allRows(
    tx,
    WebhookEndpoint,
    (bind) => `t.id = ${bind(endpointId)}`,
    "for no key update of t",
  );
  return endpoint ?? null;
}

/** Writes what deliveries note in their endpoint, past its version. */
export async function note(
  tx: Tx,
  { organizationId, id }: WebhookEndpoint,
  noted: Partial<WebhookEndpoint>,
): Promise<void> {
  await tx.runner.manager.update(WebhookEndpoint, { organizationId, id }, noted);
}

/** Has the first one begin of each lane in which none is under way: of the given objects, or of all. */
export async function promote(
  tx: Tx,
  endpointId: string,
  now: Date,
  objectIds: readonly string[] | null,
): Promise<void> {
  await tx.all(
    `update webhook_deliveries set state = 'PENDING', due_at = $2, leased_until = null where id in (
       select distinct on (w.object_id) w.id from webhook_deliveries w
       where w.endpoint_id = $1 and w.state = 'WAITING' ${objectIds ? "and w.object_id = any($3)" : ""}
         and not exists (select from webhook_deliveries p
           where p.endpoint_id = $1 and p.object_id = w.object_id and p.state = 'PENDING')
       order by w.object_id, w.position
     )`,
    [endpointId, now, ...(objectIds ? [objectIds] : [])],
  );
}

/** Objects of which the endpoint has something to hear already. */
export async function lanesIn(tx: Tx, endpointId: string, objectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.all<{ objectId: string }>(
    `select distinct object_id as "objectId" from webhook_deliveries
     where endpoint_id = $1 and object_id = any($2) and state in ('WAITING', 'PENDING')`,
    [endpointId, objectIds],
  );
  return new Set(rows.map(({ objectId }) => objectId));
}

/** Puts deliveries back to where they were before the first try, each in its lane's order; what is under way is left to end. */
export async function putBack(
  tx: Tx,
  endpointId: string,
  now: Date,
  where: string,
  values: readonly unknown[],
): Promise<number> {
  const back = await tx.all<{ objectId: string }>(
    `select object_id as "objectId" from webhook_deliveries t where t.endpoint_id = $1 and ${where} for update`,
    [endpointId, ...values],
  );
  if (back.length === 0) return 0;
  const objectIds = [...new Set(back.map(({ objectId }) => objectId))];
  await tx.all(
    `update webhook_deliveries t set state = 'WAITING', attempts = 0, due_at = null, leased_until = null, delivered_at = null
     where t.endpoint_id = $1 and ${where}`,
    [endpointId, ...values],
  );
  // One that rests in such a lane may come after what was put back.
  await tx.all(
    `update webhook_deliveries set state = 'WAITING', due_at = null, leased_until = null
     where endpoint_id = $1 and state = 'PENDING' and object_id = any($2) and coalesce(leased_until, $3) <= $3`,
    [endpointId, objectIds, now],
  );
  await promote(tx, endpointId, now, objectIds);
  return back.length;
}

/** Nothing is sent any more of what was written down and not received. */
export async function discardAll(tx: Tx, endpointId: string): Promise<void> {
  await tx.all(
    `update webhook_deliveries set state = 'DISCARDED', due_at = null, leased_until = null
     where endpoint_id = $1 and state in ('WAITING', 'PENDING')`,
    [endpointId],
  );
}

/** What is PENDING is due now, with all its tries before it. */
export async function beginAnew(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await tx.all(
    `update webhook_deliveries set attempts = 0, due_at = $2
     where endpoint_id = $1 and state = 'PENDING' and coalesce(leased_until, $2) <= $2`,
    [endpointId, now],
  );
}

/** Of the organisation's journal; "0" where nothing has happened. */
export async function journalHead(tx: Tx): Promise<string> {
  const [row] = await tx.all<{ head: string }>("select coalesce(max(position), 0) as head from journal_positions");
  return row!.head;
}

/** Of the organisation's journal, as it is kept. */
export async function journalExtent(tx: Tx): Promise<Extent> {
  const [row] = await tx.all<{ horizon: string; head: string }>(
    "select coalesce(min(position), 1) as horizon, coalesce(max(position), 0) as head from journal_positions",
  );
  return { horizon: BigInt(row!.horizon), head: BigInt(row!.head) };
}
