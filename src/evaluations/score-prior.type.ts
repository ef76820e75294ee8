import { Field, Float, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { ScorePrior } from "./score-prior.entity";

type Published = Pick<
  ScorePrior,
  "id" | "number" | "standardDeviation" | "degreesOfFreedom" | "methodVersion" | "createdAt"
>;

@Noun(
  "ScorePrior",
  "What past panels say about one rater's spread on a rubric version; scores name the estimate they lean on.",
)
export abstract class ScorePriorType extends NodeType implements Published {
  @Field(() => Int, { description: "1, 2, 3 … of this rubric version." })
  number!: number;

  @Field(() => Float, { description: "s0: standard deviation of a single rater's composite, in points of the score." })
  standardDeviation!: number;

  @Field(() => Float, { description: "ν0: what this history weighs, in degrees of freedom; at most 20." })
  degreesOfFreedom!: number;

  @Field(() => String, { description: "Version of the method by which the panels were measured." })
  methodVersion!: string;

  @Field(() => Date, { description: "When it was estimated." })
  createdAt!: Date;
}
