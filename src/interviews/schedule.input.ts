import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { Field, InputType } from "type-graphql";
import { Line } from "../platform/graphql/input-fields";
import { type NamedTime, namedTime } from "./local-time.rules";

function read(text: unknown): NamedTime {
  const time = typeof text === "string" ? namedTime(text) : null;
  if (time !== null) return time;
  throw new GraphQLError(
    `SlotTime wants a time such as 2026-11-20T14:00:00+01:00, or 2026-11-20T14:00 with a \`timeZone\`; got ${JSON.stringify(text)}.`,
  );
}

const write = (time: unknown): string => (time instanceof Date ? time.toISOString() : String(time));

/** Taken, never answered. */
export const SlotTime = new GraphQLScalarType<NamedTime, string>({
  name: "SlotTime",
  description:
    "A time of a slot. An instant as in RFC 3339, such as 2026-11-20T14:00:00+01:00; or, without an offset, what the clocks " +
    "of the slot's `timeZone` show, such as 2026-11-20T14:00. A time that the clocks skip or show twice is refused.",
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  serialize: write,
});

@InputType({ description: "A time and a place." })
export abstract class SlotInput {
  @Field(() => SlotTime, {
    nullable: true,
    description: "Start, such as 2026-11-20T14:00:00+01:00, or 2026-11-20T14:00 as clocks in `timeZone` show it.",
  })
  startsAt?: NamedTime | null;

  @Field(() => SlotTime, { nullable: true, description: "End, after the start." })
  endsAt?: NamedTime | null;

  @Line("IANA time zone in which people read the times, such as Europe/Zurich, or UTC.", { optional: true, max: 64 })
  timeZone?: string | null;

  @Line("A room or a link.", { optional: true, max: 500 })
  place?: string | null;
}
