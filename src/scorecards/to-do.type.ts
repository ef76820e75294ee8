import { Field } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { OwedScorecard } from "./to-do.rules";

@Value("OwedScorecard", "A scorecard that a session waits for: yours.")
export abstract class OwedScorecardType implements Pick<OwedScorecard, "dueAt"> {
  @Field(() => Date, { nullable: true, description: "End of the session; null where it has begun without a time." })
  dueAt!: Date | null;
}
