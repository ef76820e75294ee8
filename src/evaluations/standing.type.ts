import { Field, Float, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import { ScoreRecommendationEnum } from "./evaluation.type";
import type { ScoreRecommendation } from "./score.rules";
import type { Standing } from "./standing.entity";

type Published = Omit<Standing, "organizationId" | "createdAt" | "applicationId" | "jobId" | "priorIds">;

@Noun(
  "Standing",
  "What an application's evaluation came to when it was last refreshed, so that a job's candidates can be ordered.",
)
export abstract class StandingType extends NodeType implements Published {
  @Field(() => Float, { nullable: true, description: "0 to 100; null without a score." })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1: the part of the applicable weight that was observed." })
  coverage!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "0 to 1: probability that an endless panel would score above the pass mark.",
  })
  probabilityAbovePass!: number | null;

  @Field(() => Float, { nullable: true, description: "Lower end of the 95 % interval, clipped to 0 to 100." })
  intervalLower!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of the 95 % interval, clipped to 0 to 100." })
  intervalUpper!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the interval holds both a failing and a passing score.",
  })
  borderline!: boolean | null;

  @Field(() => String, { nullable: true, description: "Label of the highest band that the score reaches." })
  band!: string | null;

  @Field(() => ScoreRecommendationEnum, { description: "What the profile says of it. People decide." })
  recommendation!: ScoreRecommendation;

  @Field(() => Int, { description: "Raters with at least one rating that carries weight." })
  raterCount!: number;

  @Field(() => String, { description: "Version of the published method." })
  methodVersion!: string;

  @Field(() => Date, { description: "When it was last refreshed." })
  refreshedAt!: Date;
}
