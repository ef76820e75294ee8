import { atPresent, type Ctx } from "../platform/context";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { type Outbound, timeoutOf } from "../platform/jobs/outbound";
import { announce } from "../platform/journal/announce";
import { registerTally } from "../platform/metrics/tally";
import { systemClock } from "../platform/time";
import { isOfErased } from "./personal-data.actions";
import { type Aftermath, aftermath } from "./webhook-aftermath.rules";
import { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.entity";
import { MOST_AT_ONCE } from "./webhook-delivery.rules";
import type { WebhookEndpoint } from "./webhook-endpoint.entity";
import { heldEndpoint, note, promote } from "./webhook-lane.actions";
import { type Sending, send, withoutAnswer } from "./webhook-send.actions";

/** How many times as long as a call may take a lease lasts: what is later than that will never be told. */
const LEASE_TIMEOUTS = 4;

/** What became of deliveries in this process: not of all that there are, which are the organisations' own. */
export const deliveries = registerTally({
  name: "assay_webhook_deliveries_total",
  meaning: "Webhook deliveries that this process has written down, tried in vain for now, delivered, or given up.",
  label: "became",
  kinds: ["pending", "retried", "delivered", "failed"],
});

const BECAME = { PENDING: "retried", DELIVERED: "delivered", FAILED: "failed" } as const;

/** A delivery that this worker has for itself until then. */
interface Lease {
  endpoint: WebhookEndpoint;
  delivery: WebhookDelivery;
  until: Date;
}

/** Tries the delivery that is due first. False where none may be tried now. */
export async function tryNext(ctx: Ctx, outbound: Outbound, endpointId: string): Promise<boolean> {
  const lease = await claim(atPresent(ctx), outbound, endpointId);
  if (!lease) return false;
  const sending = await send(outbound, lease.endpoint, lease.delivery, systemClock());
  const state = await settle(atPresent(ctx), outbound, lease, sending);
  if (state) deliveries.add(BECAME[state]);
  return true;
}

function claim(ctx: Ctx, outbound: Outbound, endpointId: string): Promise<Lease | null> {
  const { now } = ctx;
  return ctx.db.transaction(async (tx) => {
    const endpoint = await heldEndpoint(tx, endpointId);
    if (endpoint?.state !== "ENABLED" || (endpoint.restsUntil && endpoint.restsUntil > now)) return null;
    const delivery = await nextDue(tx, endpointId, now);
    if (!delivery) return null;
    const until = new Date(now.getTime() + LEASE_TIMEOUTS * timeoutOf(outbound));
    await write(tx, delivery, { leasedUntil: until });
    return { endpoint, delivery, until };
  });
}

/** The one that has been due for longest, unless as many are under way as may be. */
async function nextDue(tx: Tx, endpointId: string, now: Date): Promise<WebhookDelivery | null> {
  // Whatever is leased is PENDING: the index of leases holds few, that of what is PENDING may hold all.
  const [underWay] = await tx.all<{ n: number }>(
    "select count(*)::int as n from webhook_deliveries where endpoint_id = $1 and leased_until > $2",
    [endpointId, now],
  );
  if (underWay!.n >= MOST_AT_ONCE) return null;
  const [delivery] = await allRows(
    tx,
    WebhookDelivery,
    (bind) => {
      const at = bind(now);
      return `t.endpoint_id = ${bind(endpointId)} and t.state = 'PENDING' and t.due_at <= ${at}
        and (t.leased_until is null or t.leased_until <= ${at})`;
    },
    "order by t.due_at, t.position limit 1",
  );
  return delivery ?? null;
}

/** Writes down what came of a try, and has the next in the lane begin; null where the lease was lost meanwhile. */
function settle(
  ctx: Ctx,
  { haste }: Outbound,
  lease: Lease,
  sending: Sending,
): Promise<Aftermath["delivery"]["state"] | null> {
  return ctx.db.transaction(async (tx) => {
    const { now } = ctx;
    const isKept = !(await isOfErased(tx, lease.delivery.objectId));
    const endpoint = await heldEndpoint(tx, lease.endpoint.id);
    const delivery = await leased(tx, lease);
    if (!endpoint || !delivery) return null;
    const before = { ...endpoint, attempts: delivery.attempts };
    const after = aftermath(sending.reply, before, { now, haste, chance: Math.random() });
    await write(tx, delivery, after.delivery);
    await logTry(tx, delivery.id, after, isKept ? sending : withoutAnswer(sending));
    if (after.delivery.state !== "PENDING") await promote(tx, endpoint.id, now, [delivery.objectId]);
    await treat(tx, endpoint, after);
    return after.delivery.state;
  });
}

async function leased(tx: Tx, { delivery: { id }, until }: Lease): Promise<WebhookDelivery | null> {
  const condition = "t.state = 'PENDING' and t.leased_until";
  const [row] = await allRows(tx, WebhookDelivery, (bind) => `t.id = ${bind(id)} and ${condition} = ${bind(until)}`);
  return row ?? null;
}

export async function logTry(tx: Tx, deliveryId: string, after: Aftermath, { log }: Sending): Promise<WebhookAttempt> {
  const { failure, delivery } = after;
  return tx.insert(WebhookAttempt, { deliveryId, number: delivery.attempts, ...log, failure });
}

async function write(
  tx: Tx,
  { organizationId, id }: WebhookDelivery,
  written: Partial<WebhookDelivery>,
): Promise<void> {
  await tx.runner.manager.update(WebhookDelivery, { organizationId, id }, written);
}

/** Leaves an endpoint alone for a while, or for good. */
async function treat(tx: Tx, endpoint: WebhookEndpoint, { endpoint: noted, disabling }: Aftermath): Promise<void> {
  if (noted.failingSince !== endpoint.failingSince || noted.restsUntil !== endpoint.restsUntil)
    await note(tx, endpoint, noted);
  if (disabling === null || endpoint.state === "DISABLED") return;
  await announce(tx, "webhook_endpoint.disabled", endpoint, ["state", "disabledReason"]);
  await tx.change(endpoint, { state: "DISABLED", disabledReason: disabling });
}
