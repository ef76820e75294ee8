import { ArgsType, Field, Int } from "type-graphql";
import { Texts } from "../platform/graphql/input-lists";

@ArgsType()
export class EventArguments {
  @Field(() => Int, { nullable: true, description: "At most so many events: 0 to 100; 25 when left out." })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what comes after this cursor. Left out: from the first event that is kept.",
  })
  after?: string | null;

  @Texts("Only these, such as `scorecard.submitted`; of all types where none is given.", { max: 50, length: 100 })
  types?: string[] | null;
}
