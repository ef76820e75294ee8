import type { Ctx } from "../platform/context";
import type { Tx } from "../platform/db/tx";
import { EVENT_COLUMNS, withObjectType } from "./event.actions";
import { isTold, LISTENER, type ToldEvent } from "./event.rules";
import { deliveries } from "./webhook-delivery.actions";
import { WebhookDelivery } from "./webhook-delivery.entity";
import type { WebhookEndpoint } from "./webhook-endpoint.entity";
import { bodyOf } from "./webhook-event.actions";
import { heldEndpoint, lanesIn, note } from "./webhook-lane.actions";

/** Entries of the journal that are written down in one transaction, so that no lock is held for long. */
const BATCH = 500;
/** Of one endpoint in one run: then it is others' turn. */
const MOST_BATCHES = 10;

/** Endpoints that hear, and have not heard of all that happened. */
export async function endpointsBehind({ db }: Ctx): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `select id from webhook_endpoints where state = 'ENABLED'
       and position < (select coalesce(max(position), 0) from journal_positions) order by id`,
  );
  return rows.map(({ id }) => id);
}

const isBehind = async (ctx: Ctx, endpointId: string): Promise<boolean> =>
  (await endpointsBehind(ctx)).includes(endpointId);

/** Endpoints that hear, and have something to hear that was written down. */
export async function endpointsAwaiting({ db }: Ctx): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `select e.id from webhook_endpoints e where e.state = 'ENABLED'
       and exists (select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'PENDING') order by e.id`,
  );
  return rows.map(({ id }) => id);
}

/** How much was written down, and whether there may be more. */
interface Recorded {
  recorded: number;
  more: boolean;
}

const NOTHING: Recorded = { recorded: 0, more: false };

/**
 * Writes down what an endpoint is to hear of, up to the end of the journal, or to the tenth batch. Where somebody else is at it
 * already, it is left to them: they look again after they have let go, and so see whatever was there when they were
 * passed by.
 */
export async function recordDeliveries(ctx: Ctx, endpointId: string): Promise<Recorded> {
  let recorded = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const batch = await ctx.db.transaction((tx) => recordBatch(tx, endpointId));
    const written = batch?.recorded ?? 0;
    deliveries.add("pending", written);
    recorded += written;
    if (!batch?.more && (batch === null || !(await isBehind(ctx, endpointId)))) return { recorded, more: false };
  }
  return { recorded, more: true };
}

/** Null where somebody else is at it. */
async function recordBatch(tx: Tx, endpointId: string): Promise<Recorded | null> {
  if (!(await isAlone(tx, endpointId))) return null;
  const endpoint = await heldEndpoint(tx, endpointId);
  if (endpoint?.state !== "ENABLED") return NOTHING;
  const events = await eventsAfter(tx, endpoint.position);
  const last = events.at(-1);
  if (!last) return NOTHING;
  const wanted = events.filter((event) => wants(endpoint, event));
  await write(tx, endpoint, wanted);
  await note(tx, endpoint, { position: last.position });
  return { recorded: wanted.length, more: events.length === BATCH };
}

/** A lock beside the endpoint's own: that one is held by tries too, which write nothing down, and are waited for. */
async function isAlone(tx: Tx, endpointId: string): Promise<boolean> {
  const lock = "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine";
  const [row] = await tx.all<{ mine: boolean }>(lock, [`webhooks.record ${endpointId}`]);
  return row!.mine;
}

const wants = ({ eventTypes }: WebhookEndpoint, { type }: ToldEvent): boolean =>
  isTold(LISTENER, type) && (eventTypes.length === 0 || eventTypes.includes(type));

async function eventsAfter(tx: Tx, position: string): Promise<ToldEvent[]> {
  const events = await tx.all<Omit<ToldEvent, "objectType">>(
    `select ${EVENT_COLUMNS} from journal_positions p
     join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence
     where p.position > $1 order by p.position limit $2`,
    [position, BATCH],
  );
  return events.map(withObjectType);
}

/** The first of each lane may be sent at once; the others wait behind it. */
async function write(tx: Tx, { id: endpointId }: WebhookEndpoint, events: readonly ToldEvent[]): Promise<void> {
  const busy = await lanesIn(tx, endpointId, [...new Set(events.map(({ objectId }) => objectId))]);
  const fresh = events.map((event) => {
    const { position, type, objectId } = event;
    const waits = busy.has(objectId);
    busy.add(objectId);
    return {
      endpointId,
      position,
      type,
      objectId,
      body: bodyOf(event),
      state: waits ? ("WAITING" as const) : ("PENDING" as const),
      attempts: 0,
      dueAt: waits ? null : tx.occasion.now,
      leasedUntil: null,
      deliveredAt: null,
    };
  });
  await tx.insertAll(WebhookDelivery, fresh);
}
