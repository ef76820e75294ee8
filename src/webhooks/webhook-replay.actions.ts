import { firstIdAt } from "../identity/audit-trail-filter.rules";
import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { WebhookDelivery } from "./webhook-delivery.entity";
import { DONE } from "./webhook-delivery.rules";
import { WebhookEndpoint } from "./webhook-endpoint.entity";
import type { ReplayWebhookDeliveriesInput, ReplayWebhookDeliveryInput } from "./webhook-endpoint.input";
import type { WebhookReplayType } from "./webhook-endpoint.type";
import { putBack } from "./webhook-lane.actions";
import { MOST_REPLAYED, replayedStates, replayFaults } from "./webhook-replay.rules";

/** Sends a delivery again, under the same id. @throws Refusal NOT_FOUND | ILLEGAL_MOVE */
export function replayWebhookDelivery(ctx: Ctx, { id }: ReplayWebhookDeliveryInput): Promise<WebhookDelivery> {
  return ctx.db.transaction(async (tx) => {
    const { endpointId } = await tx.find(WebhookDelivery, id, "id");
    // Its endpoint first, as everybody locks them.
    const endpoint = await hearing(tx, endpointId, "id");
    const delivery = await tx.claim(WebhookDelivery, id);
    assertReplayable(delivery);
    await putBack(tx, endpointId, ctx.now, "t.id = $2", [id]);
    await announce(tx, "webhook_endpoint.replayed", endpoint);
    return tx.find(WebhookDelivery, id, "id");
  });
}

function assertReplayable({ state, position }: WebhookDelivery): void {
  if (position === null) refuse("ILLEGAL_MOVE", "A test is not sent again: test the endpoint once more.", "id");
  if (!DONE.includes(state)) refuse("ILLEGAL_MOVE", `The delivery is ${state}: it is on its way already.`, "id");
}

/**
 * Sends again what was written down for an endpoint within a period, each under the same id, in order per object.
 * @throws Refusal NOT_FOUND | ILLEGAL_MOVE | BAD_INPUT | TOO_MANY_DELIVERIES
 */
export async function replayWebhookDeliveries(
  ctx: Ctx,
  { endpointId, from, until, onlyFailed }: ReplayWebhookDeliveriesInput,
): Promise<WebhookReplayType> {
  refuseAll(replayFaults({ from, until }));
  return ctx.db.transaction(async (tx) => {
    const webhookEndpoint = await hearing(tx, endpointId, "endpointId");
    // Ids are made after the instant of their row, so that they lead to it by an index.
    const where = `t.id >= $2 and t.created_at >= $3 and t.created_at < $4 and t.state = any($5) and t.position is not null`;
    const values = [firstIdAt(from), from, until, replayedStates(onlyFailed)];
    await assertFew(tx, endpointId, where, values);
    const count = await putBack(tx, endpointId, ctx.now, where, values);
    if (count > 0) await announce(tx, "webhook_endpoint.replayed", webhookEndpoint);
    return { count, webhookEndpoint };
  });
}

/** The endpoint, locked. @throws Refusal NOT_FOUND | ILLEGAL_MOVE */
async function hearing(tx: Tx, endpointId: string, field: string): Promise<WebhookEndpoint> {
  await tx.find(WebhookEndpoint, endpointId, field);
  const endpoint = await tx.claim(WebhookEndpoint, endpointId);
  if (endpoint.state === "ENABLED") return endpoint;
  return refuse("ILLEGAL_MOVE", "The endpoint is DISABLED: enable it, then have what it missed sent again.", field);
}

async function assertFew(tx: Tx, endpointId: string, where: string, values: readonly unknown[]): Promise<void> {
  const [found] = await tx.all<{ n: number }>(
    `select count(*)::int as n from webhook_deliveries t where t.endpoint_id = $1 and ${where}`,
    [endpointId, ...values],
  );
  if (found!.n <= MOST_REPLAYED) return;
  const message = `${found!.n} deliveries lie in the period; at most ${MOST_REPLAYED} are sent again at once: take a shorter one.`;
  refuse("TOO_MANY_DELIVERIES", message, "until");
}
