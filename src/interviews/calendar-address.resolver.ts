import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createCalendarAddress, revokeCalendarAddress } from "./calendar-address.actions";
import { CreateCalendarAddressInput, RevokeCalendarAddressInput } from "./calendar-address.input";
import { CalendarAddressType, NewCalendarAddressType } from "./calendar-address.type";

const CreateCalendarAddressPayload = payloadOf(
  "CreateCalendarAddress",
  "newCalendarAddress",
  () => NewCalendarAddressType,
  "The new address.",
);
const RevokeCalendarAddressPayload = payloadOf(
  "RevokeCalendarAddress",
  "calendarAddress",
  () => CalendarAddressType,
  "The address as it stands now.",
);

@Resolver()
export class CalendarAddressResolver {
  @Mutation(() => CreateCalendarAddressPayload, {
    description:
      "Makes an address under which calendar programs read the sessions on whose panel you sit, without signing in.",
  })
  createCalendarAddress(
    @Context() ctx: Ctx,
    @Input(() => CreateCalendarAddressInput) input: CreateCalendarAddressInput,
  ) {
    return payload(ctx, "newCalendarAddress", input, createCalendarAddress);
  }

  @Mutation(() => RevokeCalendarAddressPayload, { description: "Closes a calendar address of yours for good." })
  revokeCalendarAddress(
    @Context() ctx: Ctx,
    @Input(() => RevokeCalendarAddressInput) input: RevokeCalendarAddressInput,
  ) {
    return payload(ctx, "calendarAddress", input, revokeCalendarAddress);
  }
}
