import { Field, Float, Int } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { CriterionScore } from "./criterion-score.rules";

@Value("CriterionScore", "What the panel says of one criterion, and what it brings to the score.")
export abstract class CriterionScoreType implements Omit<CriterionScore, "id" | "skillId"> {
  @Field(() => Int, { description: "Raters who rated it." })
  raterCount!: number;

  @Field(() => Float, { nullable: true, description: "0 to 100; null if nobody rated it." })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean rating on the criterion's own scale." })
  rawMean!: number | null;

  @Field(() => Float, { nullable: true, description: "Standard deviation on its own scale; null below two raters." })
  rawStandardDeviation!: number | null;

  @Field(() => Float, { nullable: true, description: "Highest less lowest rating; null below two raters." })
  range!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean distance from the mean, own scale; null below two raters." })
  averageDeviation!: number | null;

  @Field(() => Float, { nullable: true, description: "Agreement r_wg, 0 to 1; null below two raters." })
  rwg!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the raters should talk about it; null below two raters.",
  })
  disagreement!: boolean | null;

  @Field(() => Boolean, { description: "Whether it does not matter for this candidate." })
  notApplicable!: boolean;

  @Field(() => Float, { nullable: true, description: "Its part of the overall score, 0 to 1; they sum to 1." })
  effectiveWeight!: number | null;

  @Field(() => Float, { nullable: true, description: "The points that it brings; they add up to the overall score." })
  contribution!: number | null;
}
