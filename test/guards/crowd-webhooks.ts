import type { Candidate } from "../../src/candidates/candidate.entity";
import type { Tx } from "../../src/platform/db/tx";
import { WebhookAttempt, WebhookDelivery } from "../../src/webhooks/webhook-delivery.entity";
import { WebhookEndpoint } from "../../src/webhooks/webhook-endpoint.entity";
import { MANY, of, rowsOf } from "./crowd-rows";

interface Heard {
  candidates: readonly Candidate[];
  /** Who made the endpoint of an index. */
  somebody: (index: number) => string;
}

/** Endpoints, two deliveries of each, and two tries of each delivery. */
export async function webhooks(tx: Tx, { candidates, somebody }: Heard): Promise<void> {
  const each = rowsOf(tx);
  const endpoints = await each(
    WebhookEndpoint,
    MANY,
  )((i) => ({
    url: `https://hooks.example.org/${i}`,
    description: "The crowd's",
    eventTypes: ["candidate.updated"],
    state: "DISABLED",
    disabledReason: "Moving.",
    secret: "",
    formerSecret: null,
    formerUntil: tx.occasion.now,
    createdById: somebody(i),
    position: "0",
    failingSince: tx.occasion.now,
    restsUntil: tx.occasion.now,
  }));
  const deliveries = await each(
    WebhookDelivery,
    2 * MANY,
  )((i) => ({
    endpointId: of(endpoints, i).id,
    position: `${i}`,
    type: "candidate.updated",
    objectId: of(candidates, i).id,
    body: "{}",
    state: "FAILED",
    attempts: 2,
    dueAt: null,
    leasedUntil: null,
    deliveredAt: null,
  }));
  await each(
    WebhookAttempt,
    2 * deliveries.length,
  )((i) => ({
    deliveryId: of(deliveries, i).id,
    number: 1 + Math.floor(i / deliveries.length),
    durationMilliseconds: 5,
    requestHeaders: "accept: */*",
    responseStatus: 500,
    responseHeaders: "content-length: 0",
    responseBody: "",
    failure: "It answered 500.",
  }));
}
