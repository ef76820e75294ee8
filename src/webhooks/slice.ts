import { defineSlice } from "../platform/slice";
import { disabledEndpointJobs } from "./disabled-endpoint-mail.jobs";
import { EventResolver } from "./event.resolver";
import { personalData } from "./personal-data.actions";
import { webhookJobs } from "./webhook.jobs";
import * as webhook from "./webhook.relations";
import { WebhookDeliveryResolver } from "./webhook-delivery.resolver";
import { WebhookEndpointResolver } from "./webhook-endpoint.resolver";

export const webhooks = defineSlice({
  name: "webhooks",
  idTypes: { WebhookEndpoint: 0x080, WebhookDelivery: 0x081, WebhookAttempt: 0x082 },
  declared: { ...webhook },
  personalData,
  resolvers: [EventResolver, WebhookEndpointResolver, WebhookDeliveryResolver],
  refusals: {
    UNKNOWN_EVENT_TYPE: "There is no such event type; the message names the nearest.",
    TARGET_NOT_ALLOWED: "The URL may not be called: https, on the public internet, without a password, is wanted.",
    TARGET_UNREACHABLE: "The URL's host has no address.",
    TOO_MANY_ENDPOINTS: "The organisation has as many ENABLED webhook endpoints as it may have.",
    TOO_MANY_DELIVERIES: "More deliveries lie in the period than are sent again at once.",
  },
  jobs: { ...webhookJobs, ...disabledEndpointJobs },
  events: [
    "webhook_endpoint.created",
    "webhook_endpoint.edited",
    "webhook_endpoint.enabled",
    "webhook_endpoint.disabled",
    "webhook_endpoint.secret_rotated",
    "webhook_endpoint.tested",
    "webhook_endpoint.replayed",
  ],
});
