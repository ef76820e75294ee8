import { Field, ID, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.entity";
import type { DeliveryState } from "./webhook-delivery.rules";

export const WebhookDeliveryStateEnum = enumOf<DeliveryState>("WebhookDeliveryState", "Where a delivery stands.", {
  WAITING: "Behind an earlier one about the same object.",
  PENDING: "To be sent when it is due, or under way.",
  DELIVERED: "Received: the endpoint answered 200 to 299.",
  FAILED: "Given up after 10 tries; it can be replayed.",
  DISCARDED: "Passed over when the endpoint was enabled again; it can be replayed.",
});

type PublishedDelivery = Pick<
  WebhookDelivery,
  "id" | "type" | "objectId" | "body" | "state" | "dueAt" | "deliveredAt" | "createdAt"
>;

@Noun("WebhookDelivery", "Something that happened, on its way to an endpoint. Its id is the `webhook-id` of every try.")
export abstract class WebhookDeliveryType extends NodeType implements PublishedDelivery {
  @Field(() => String, { description: "What happened, as in `scorecard.submitted`; `webhook.test` for a test." })
  type!: string;

  @Field(() => ID, { description: "Id of what it happened to. Deliveries about one object come one after another." })
  objectId!: string;

  @Field(() => String, { description: "What is sent, in JSON, the same at every try." })
  body!: string;

  @Field(() => WebhookDeliveryStateEnum, { description: "Where it stands." })
  state!: DeliveryState;

  @Field(() => Date, { nullable: true, description: "When it is tried next; null where it is not PENDING." })
  dueAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it was received; null until then." })
  deliveredAt!: Date | null;

  @Field(() => Date, { description: "When it was written down." })
  createdAt!: Date;
}

type PublishedAttempt = Pick<
  WebhookAttempt,
  | "id"
  | "number"
  | "durationMilliseconds"
  | "requestHeaders"
  | "responseStatus"
  | "responseHeaders"
  | "responseBody"
  | "failure"
  | "createdAt"
>;

@Noun("WebhookAttempt", "One try of a delivery: what was sent, and what came back.")
export abstract class WebhookAttemptType extends NodeType implements PublishedAttempt {
  @Field(() => Int, { description: "1, 2, 3 … since it was written down, or replayed." })
  number!: number;

  @Field(() => Int, { description: "Milliseconds from the look-up of the host to the end of the answer." })
  durationMilliseconds!: number;

  @Field(() => String, { description: "Headers that were sent, one in a line, without signatures." })
  requestHeaders!: string;

  @Field(() => Int, { nullable: true, description: "Status in HTTP; null where no answer came." })
  responseStatus!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Headers that came back, one in a line, without cookies; null where no answer came.",
  })
  responseHeaders!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The first 2,000 characters of the answer, without control characters; null where none came.",
  })
  responseBody!: string | null;

  @Field(() => String, { nullable: true, description: "Why it does not count as received; null where it does." })
  failure!: string | null;

  @Field(() => Date, { description: "When it ended." })
  createdAt!: Date;
}
