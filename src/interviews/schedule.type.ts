import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { ScheduleChange } from "./schedule.entity";

type Published = Pick<ScheduleChange, "id" | "reason" | "startsAt" | "endsAt" | "timeZone" | "place" | "createdAt">;

@Noun(
  "ScheduleChange",
  "A time that a session was given, or was left without; also written when a panel is changed with a reason.",
)
export abstract class ScheduleChangeType extends NodeType implements Published {
  @Field(() => String, { nullable: true, description: "Why; null where nobody said." })
  reason!: string | null;

  @Field(() => Date, { nullable: true, description: "Start from then on; null where the session lost its time." })
  startsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "End from then on; null where the session lost its time." })
  endsAt!: Date | null;

  @Field(() => String, { nullable: true, description: "IANA time zone in which people read the times." })
  timeZone!: string | null;

  @Field(() => String, { nullable: true, description: "A room or a link." })
  place!: string | null;

  @Field(() => Date, { description: "When it was changed." })
  createdAt!: Date;
}
