import { Member } from "../identity/member.entity";
import { everyone, many, noun, one, pages, part } from "../platform/db/nouns";
import { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.entity";
import { WebhookEndpoint } from "./webhook-endpoint.entity";

/** For an ADMIN, see the table of permissions. */
export const webhookEndpoints = noun(WebhookEndpoint, { visible: everyone, descending: true });
export const webhookDeliveries = noun(WebhookDelivery, { visible: everyone, descending: true });
export const webhookAttempts = part(WebhookAttempt, WebhookDelivery, { by: "deliveryId" });

export const creatorOfEndpoint = one(WebhookEndpoint, "createdBy", Member, {
  by: "createdById",
  always: true,
  description: "Who made it.",
});

export const deliveriesOfEndpoint = pages(WebhookEndpoint, "deliveries", WebhookDelivery, {
  by: "endpointId",
  description:
    "What it was sent or is to be sent, newest first; kept for 30 days. `webhookDeliveries` chooses among them.",
});

export const endpointOfDelivery = one(WebhookDelivery, "endpoint", WebhookEndpoint, {
  by: "endpointId",
  always: true,
  description: "Where it goes.",
});

export const attemptsOfDelivery = many(WebhookDelivery, "attempts", WebhookAttempt, {
  by: "deliveryId",
  description: "Every try, in order: at most 10, and as many again each time it is replayed.",
});

export const deliveryOfAttempt = one(WebhookAttempt, "delivery", WebhookDelivery, {
  by: "deliveryId",
  always: true,
  description: "What was tried.",
});
