import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { ToldOnce } from "../platform/graphql/keeping";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { WebhookEndpoint } from "./webhook-endpoint.entity";
import type { EndpointState } from "./webhook-endpoint.rules";

export const WebhookEndpointStateEnum = enumOf<EndpointState>("WebhookEndpointState", "Whether an endpoint hears.", {
  ENABLED: "It is sent what happens.",
  DISABLED: "It is sent nothing; what happens meanwhile waits for it.",
});

type Published = Pick<
  WebhookEndpoint,
  | "id"
  | "url"
  | "description"
  | "eventTypes"
  | "state"
  | "disabledReason"
  | "formerUntil"
  | "failingSince"
  | "restsUntil"
  | "createdAt"
  | "version"
>;

@Noun("WebhookEndpoint", "Where somebody listens to what happens in the organisation, as Standard Webhooks has it.")
export abstract class WebhookEndpointType extends NodeType implements Published {
  @Field(() => String, { description: "Where events are posted." })
  url!: string;

  @Field(() => String, { description: "What people say of it; may be empty." })
  description!: string;

  @Field(() => [String], { description: "Event types that it hears of; every type where it is empty." })
  eventTypes!: string[];

  @Field(() => WebhookEndpointStateEnum, { description: "Whether it hears." })
  state!: EndpointState;

  @Field(() => String, {
    nullable: true,
    description: "Why it is DISABLED, in the words of who did it, or of the server; null while it is ENABLED.",
  })
  disabledReason!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when the secret before the last rotation signs too; null where there was none.",
  })
  formerUntil!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: "Since when every try has failed; null while it does well. After 5 days it is DISABLED.",
  })
  failingSince!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when it is left alone, for it asked for that or did not answer; null where it was not.",
  })
  restsUntil!: Date | null;

  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the endpoint." })
  version!: number;
}

@Value("NewWebhookSecret", "A webhook endpoint with a new secret, which is told this once.")
export abstract class NewWebhookSecretType {
  @ToldOnce(
    "What signs its deliveries: `whsec_` and base64, as libraries for Standard Webhooks take it. Keep it secret.",
  )
  secret!: string;

  @Field(() => WebhookEndpointType, { description: "The endpoint." })
  webhookEndpoint!: WebhookEndpoint;
}

@Value("WebhookReplay", "Deliveries that are sent again.")
export abstract class WebhookReplayType {
  @Field(() => Int, { description: "How many." })
  count!: number;

  @Field(() => WebhookEndpointType, { description: "Where they go." })
  webhookEndpoint!: WebhookEndpoint;
}
