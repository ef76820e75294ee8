import { IsOptional, ValidateBy } from "class-validator";
import { Field, InputType } from "type-graphql";
import { Flag, IdOf, Line, Prose, Version, Whole } from "../platform/graphql/input-fields";

const MOST_TYPES = 100;
const TYPE = /^[a-z_]+(\.[a-z_]+)?$/;

/** Names of event types; whether there are such is asked of the journal. */
function EventTypes(description: string): PropertyDecorator {
  const isName = (type: unknown) => typeof type === "string" && type.length <= 100 && TYPE.test(type);
  const wanted = "wants names of event types, such as `scorecard.submitted`";
  const isFew = (types: unknown) => Array.isArray(types) && types.length <= MOST_TYPES;
  return (target, key) => {
    Field(() => [String], { nullable: true, description: `${description} At most ${MOST_TYPES}.` })(target, key);
    IsOptional()(target, key as string);
    const few = { validate: isFew, defaultMessage: () => `wants at most ${MOST_TYPES} event types` };
    ValidateBy({ name: "BAD_INPUT", validator: { validate: isName, defaultMessage: () => wanted } }, { each: true })(
      target,
      key as string,
    );
    ValidateBy({ name: "BAD_INPUT", validator: few })(target, key as string);
  };
}

@InputType({ description: "Where somebody listens." })
export class CreateWebhookEndpointInput {
  @Line("Where events are posted: https, on the public internet, without a password.", { max: 2000 })
  url!: string;

  @Prose("What people say of it, such as the program that listens.", { optional: true, max: 500 })
  description?: string | null;

  @EventTypes("Event types to hear of, such as `scorecard.submitted`; every type where none is given.")
  eventTypes?: string[] | null;
}

@InputType({ description: "What to change of an endpoint. What is left out or null stays." })
export class EditWebhookEndpointInput {
  @IdOf("WebhookEndpoint", "The endpoint.")
  id!: string;

  @Version()
  version!: number;

  @Line("Where events are posted from now on, also those that are tried again.", { max: 2000, optional: true })
  url?: string | null;

  @Prose("What people say of it; an empty text clears it.", { optional: true, max: 500 })
  description?: string | null;

  @EventTypes("Event types to hear of from now on; every type where the list is empty.")
  eventTypes?: string[] | null;
}

@InputType({ description: "The endpoint that is to hear again." })
export class EnableWebhookEndpointInput {
  @IdOf("WebhookEndpoint", "The endpoint.")
  id!: string;

  @Version()
  version!: number;

  @Flag(
    "Whether it hears nothing of what happened while it was off; otherwise all of it is sent now, while the journal keeps it.",
    false,
  )
  skipMissed!: boolean;
}

@InputType({ description: "The endpoint that is to hear no more." })
export class DisableWebhookEndpointInput {
  @IdOf("WebhookEndpoint", "The endpoint.")
  id!: string;

  @Line("Why; shown with the endpoint.", { max: 500 })
  reason!: string;
}

@InputType({ description: "The endpoint that is to have another secret." })
export class RotateWebhookSecretInput {
  @IdOf("WebhookEndpoint", "The endpoint.")
  id!: string;

  @Version()
  version!: number;

  @Whole(0, 168, "Hours for which the secret that it had signs too. Default 24.", { optional: true })
  overlapHours?: number | null;
}

@InputType({ description: "The endpoint to try." })
export class TestWebhookInput {
  @IdOf("WebhookEndpoint", "The endpoint; it may be DISABLED.")
  id!: string;
}

@InputType({ description: "The delivery to send again." })
export class ReplayWebhookDeliveryInput {
  @IdOf("WebhookDelivery", "The delivery: it is DELIVERED, FAILED or DISCARDED.")
  id!: string;
}

@InputType({ description: "Deliveries to send again." })
export class ReplayWebhookDeliveriesInput {
  @IdOf("WebhookEndpoint", "The endpoint; it is ENABLED.")
  endpointId!: string;

  @Field(() => Date, { description: "Those that were written down then or later." })
  from!: Date;

  @Field(() => Date, { description: "Those that were written down before then; at most 31 days after `from`." })
  until!: Date;

  @Flag("Whether only those are sent again that are FAILED; otherwise DELIVERED and DISCARDED ones too.", true)
  onlyFailed!: boolean;
}
