import { InputType } from "type-graphql";
import { IdOf, Line } from "../platform/graphql/input-fields";

@InputType({ description: "A calendar address for yourself." })
export class CreateCalendarAddressInput {
  @Line("What you call it, to know it by when it shall be revoked; such as Phone.", { max: 100 })
  label!: string;
}

@InputType({ description: "A calendar address of yours that shall work no more." })
export class RevokeCalendarAddressInput {
  @IdOf("CalendarAddress", "The address.")
  id!: string;
}
