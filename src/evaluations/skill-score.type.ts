import { Field, Float, Int } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { SkillScore } from "./skill-score.rules";
import type { Interval, NotEstimable } from "./uncertainty.rules";
import { IntervalType, NotEstimableEnum } from "./uncertainty.type";

@Value("SkillScore", "The score of one skill of the profile.")
export abstract class SkillScoreType implements Omit<SkillScore, "id"> {
  @Field(() => Float, {
    nullable: true,
    description: "Mean of its rated criteria by weight, 0 to 100; null with a `reason`.",
  })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1: the part of the applicable weight that was observed." })
  coverage!: number | null;

  @Field(() => Int, { description: "Raters with at least one rating on its criteria." })
  raterCount!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description:
      "Where an endless panel would put the skill, from its own raters alone. Null where no two of them share a criterion, " +
      "or where they agree fully.",
  })
  interval!: Interval | null;

  @Field(() => NotEstimableEnum, { nullable: true, description: "Why the score is null." })
  reason!: NotEstimable | null;
}
