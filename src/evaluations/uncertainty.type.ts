import { Field, Float } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { Interval, NotEstimable } from "./uncertainty.rules";

export const NotEstimableEnum = enumOf<NotEstimable>(
  "NotEstimable",
  "Why a value could not be estimated. Null is not zero.",
  {
    NO_DATA: "Nobody rated anything that counts.",
    SINGLE_RATER: "No criterion was rated by two people, and there is no history to lean on.",
    NO_VARIATION: "The raters do not differ at all.",
    ZERO_WEIGHT: "What was rated weighs nothing.",
  },
);

@Value("Interval", "A confidence interval.")
export class IntervalType implements Interval {
  @Field(() => Float, { description: "Lower end, clipped to 0 to 100." })
  lower!: number;

  @Field(() => Float, { description: "Upper end, clipped to 0 to 100." })
  upper!: number;

  @Field(() => Float, { description: "Between 0 and 1: 0.95 for a 95 % interval." })
  level!: number;

  @Field(() => String, { description: "Name of the method, as in docs/scoring.md." })
  method!: string;
}
