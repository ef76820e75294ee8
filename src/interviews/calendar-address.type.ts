import { Field } from "type-graphql";
import { ToldOnce } from "../platform/graphql/keeping";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { CalendarAddress } from "./calendar-address.entity";

type Published = Pick<CalendarAddress, "id" | "label" | "createdAt" | "revokedAt">;

@Noun("CalendarAddress", "An address under which calendar programs read a member's sessions, without signing in.")
export abstract class CalendarAddressType extends NodeType implements Published {
  @Field(() => String, { description: "What the member calls it." })
  label!: string;

  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it was revoked; null while it works." })
  revokedAt!: Date | null;
}

@Value("NewCalendarAddress", "A calendar address that was just made, with what nobody is told again.")
export abstract class NewCalendarAddressType {
  @ToldOnce(
    "Path on this server that the calendar program subscribes to, such as /calendar/….ics. Whoever has it reads the sessions: keep it secret. It is shown this once.",
  )
  path!: string;

  @Field(() => CalendarAddressType, { description: "The address, by which to revoke it." })
  calendarAddress!: CalendarAddress;
}
