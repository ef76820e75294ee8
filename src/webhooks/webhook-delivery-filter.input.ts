import { IsOptional, ValidateBy } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { IdOf } from "../platform/graphql/input-fields";
import { Texts } from "../platform/graphql/input-lists";
import { typeOfId } from "../platform/ids";
import type { DeliveryState, DeliveryWishes } from "./webhook-delivery.rules";
import { WebhookDeliveryStateEnum } from "./webhook-delivery.type";

/** The id of anything, whether it can be seen or not. */
function IdOfAnything(description: string): PropertyDecorator {
  const validate = (id: string) => typeOfId(id) !== undefined;
  const validator = { validate, defaultMessage: () => "wants an id of ours" };
  return (target, key) => {
    Field(() => ID, { nullable: true, description })(target, key);
    IsOptional()(target, key as string);
    ValidateBy({ name: "WRONG_ID_TYPE", validator })(target, key as string);
  };
}

@InputType({ description: "Which deliveries to list: those that fulfil everything that is given." })
class WebhookDeliveryFilter implements DeliveryWishes {
  @IdOf("WebhookEndpoint", "Where they go.", { optional: true })
  endpointId?: string | null;

  @Field(() => [WebhookDeliveryStateEnum], { nullable: true, description: "Where they stand: any of these." })
  states?: DeliveryState[] | null;

  @Texts("What happened, such as `scorecard.submitted`: any of these.", { max: 50, length: 100 })
  types?: string[] | null;

  @IdOfAnything("What it happened to; also what you may not see, or what is no more.")
  objectId?: string | null;

  @Field(() => Date, { nullable: true, description: "They were written down then or later." })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "They were written down before then." })
  until?: Date | null;
}

@ArgsType()
export class WebhookDeliveryArguments extends PageArguments {
  @Field(() => WebhookDeliveryFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: WebhookDeliveryFilter | null;
}
