import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import type { Tx } from "../platform/db/tx";
import { notFound } from "../platform/errors";
import { inProgress } from "../platform/idempotency-refusal";
import { newId } from "../platform/ids";
import { registeredOutbound } from "../platform/jobs/outbound";
import { announce } from "../platform/journal/announce";
import { MILLISECONDS, systemClock } from "../platform/time";
import { aftermath } from "./webhook-aftermath.rules";
import { logTry } from "./webhook-delivery.actions";
import { type WebhookAttempt, WebhookDelivery } from "./webhook-delivery.entity";
import { WebhookEndpoint } from "./webhook-endpoint.entity";
import type { TestWebhookInput } from "./webhook-endpoint.input";
import { bodyOf } from "./webhook-event.actions";
import { type Sending, send, unknownSending } from "./webhook-send.actions";

const TYPE = "webhook.test";

/** After so long, whoever began a test under a key and has told nothing of it never will. */
const GIVEN_UP_MILLISECONDS = MILLISECONDS.minute;
const LOST = "The server ended before an answer came: whether it was received is not known. Test it once more.";

/**
 * Sends an endpoint a test at once, and once only, ENABLED or not. What comes of it changes nothing else. Announced
 * before it is sent, so that a repeat under the same key sends nothing. @throws Refusal NOT_FOUND | IDEMPOTENCY_IN_PROGRESS
 */
export async function testWebhook(ctx: Ctx, { id: endpointId }: TestWebhookInput): Promise<WebhookAttempt> {
  const endpoint = (await byId(ctx.db, WebhookEndpoint, endpointId)) ?? notFound("WebhookEndpoint", endpointId, "id");
  const id = newId("WebhookDelivery");
  const body = testBody(ctx, id, endpointId);
  const { begunAt, isRepeat } = await announced(ctx, endpoint);
  const sending = isRepeat ? null : await send(registeredOutbound(), endpoint, { id, body }, systemClock());
  return ctx.db.transaction((tx) => written(tx, endpoint, { id, body, sending: sending ?? lost(begunAt) }));
}

async function announced({ db, now }: Ctx, endpoint: WebhookEndpoint): Promise<{ begunAt: Date; isRepeat: boolean }> {
  let isRepeat = true;
  const begunAt = await db.transaction(async (tx) => {
    isRepeat = false;
    await announce(tx, "webhook_endpoint.tested", endpoint);
    return now;
  });
  return { begunAt, isRepeat };
}

/** What is told of a test that somebody else began. @throws Refusal IDEMPOTENCY_IN_PROGRESS */
function lost(begunAt: Date): Sending {
  if (systemClock().getTime() - begunAt.getTime() < GIVEN_UP_MILLISECONDS) throw inProgress();
  return unknownSending(LOST);
}

interface Tested {
  id: string;
  body: string;
  sending: Sending;
}

async function written(tx: Tx, { id: endpointId }: WebhookEndpoint, tested: Tested): Promise<WebhookAttempt> {
  const { id, body, sending } = tested;
  const before = { attempts: 0, failingSince: null, restsUntil: null };
  const after = aftermath(sending.reply, before, { now: systemClock(), chance: 0, haste: 1 });
  const isDelivered = after.delivery.state === "DELIVERED";
  await tx.insert(WebhookDelivery, {
    ...after.delivery,
    state: isDelivered ? "DELIVERED" : "FAILED",
    dueAt: null,
    id,
    endpointId,
    position: null,
    type: TYPE,
    objectId: endpointId,
    body,
  });
  return logTry(tx, id, after, sending);
}

/** As if something had happened to the endpoint itself. */
const testBody = ({ viewer, now, requestId }: Ctx, id: string, objectId: string): string =>
  bodyOf({
    id,
    position: null,
    type: TYPE,
    objectId,
    objectType: WebhookEndpoint.name,
    actorKind: viewer.kind,
    actorId: viewer.id,
    requestId,
    changes: [],
    occurredAt: now,
  });
