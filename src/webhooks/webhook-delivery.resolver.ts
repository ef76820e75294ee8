import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import { spanFaults } from "../identity/audit-trail-filter.rules";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { WebhookDelivery } from "./webhook-delivery.entity";
import { WebhookAttemptType, WebhookDeliveryType } from "./webhook-delivery.type";
import { deliveryListing } from "./webhook-delivery-filter.actions";
import { WebhookDeliveryArguments } from "./webhook-delivery-filter.input";
import { ReplayWebhookDeliveriesInput, ReplayWebhookDeliveryInput, TestWebhookInput } from "./webhook-endpoint.input";
import { WebhookReplayType } from "./webhook-endpoint.type";
import { replayWebhookDeliveries, replayWebhookDelivery } from "./webhook-replay.actions";
import { testWebhook } from "./webhook-test.actions";

const TestWebhookPayload = payloadOf(
  "TestWebhook",
  "webhookAttempt",
  () => WebhookAttemptType,
  "What was sent, and what came back; `failure` says why it was not received.",
);
const ReplayWebhookDeliveryPayload = payloadOf(
  "ReplayWebhookDelivery",
  "webhookDelivery",
  () => WebhookDeliveryType,
  "The delivery, on its way again.",
);
const ReplayWebhookDeliveriesPayload = payloadOf(
  "ReplayWebhookDeliveries",
  "webhookReplay",
  () => WebhookReplayType,
  "How many are on their way again.",
);

@Resolver()
export class WebhookDeliveryResolver {
  @Query(() => connectionOf(WebhookDelivery), {
    description: "What endpoints were sent or are to be sent, newest first; kept for 30 days. For an ADMIN.",
  })
  webhookDeliveries(@Context() ctx: Ctx, @Args(() => WebhookDeliveryArguments) args: WebhookDeliveryArguments) {
    return list(ctx, WebhookDelivery, args, deliveryListing(wishesOf(args.filter, spanFaults)));
  }

  // It may take 15 s.
  @Mutation(() => TestWebhookPayload, {
    complexity: 100,
    description:
      "Sends an endpoint an event of type `webhook.test` at once, and tells what came back. Not tried again.",
  })
  testWebhook(@Context() ctx: Ctx, @Input(() => TestWebhookInput) input: TestWebhookInput) {
    return payload(ctx, "webhookAttempt", input, testWebhook);
  }

  @Mutation(() => ReplayWebhookDeliveryPayload, {
    description:
      "Sends a delivery that is done again, under the same `webhook-id`. Refused while it is on its way, of a test, and while its endpoint is DISABLED.",
  })
  replayWebhookDelivery(
    @Context() ctx: Ctx,
    @Input(() => ReplayWebhookDeliveryInput) input: ReplayWebhookDeliveryInput,
  ) {
    return payload(ctx, "webhookDelivery", input, replayWebhookDelivery);
  }

  @Mutation(() => ReplayWebhookDeliveriesPayload, {
    complexity: 100,
    description:
      "Sends the deliveries of a period again, at most 10,000, each under the same `webhook-id` and in order per object.",
  })
  replayWebhookDeliveries(
    @Context() ctx: Ctx,
    @Input(() => ReplayWebhookDeliveriesInput) input: ReplayWebhookDeliveriesInput,
  ) {
    return payload(ctx, "webhookReplay", input, replayWebhookDeliveries);
  }
}
