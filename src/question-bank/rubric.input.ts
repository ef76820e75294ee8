import { IsOptional, ValidateNested } from "class-validator";
import { Field, InputType } from "type-graphql";
import { IdOf, Line, Parts, Prose, Slug, Whole } from "../platform/graphql/input-fields";
import type { GateRule } from "./rubric.rules";
import { GateRuleEnum } from "./rubric.type";

@InputType({ description: "What an interviewer can observe at one value of the scale." })
export class AnchorInput {
  @Whole(-1000, 1000, "Value on the criterion's scale.")
  value!: number;

  @Line("The value in a word or two.", { max: 60 })
  label!: string;

  @Prose("Observable behaviour.", { max: 2000 })
  behaviour!: string;
}

@InputType({ description: "The least rating; a lower one cannot be made up for." })
export class GateInput {
  @Whole(-1000, 1000, "Least rating, on the scale.")
  min!: number;

  @Field(() => GateRuleEnum, { defaultValue: "MEAN", description: "How ratings must reach it. Default MEAN." })
  rule!: GateRule;
}

@InputType({ description: "One thing to rate." })
export class CriterionInput {
  @Slug("What people call it in files; unique within the rubric.")
  key!: string;

  @Line("Name for people.")
  name!: string;

  @IdOf("Skill", "The skill that it is evidence for.")
  skillId!: string;

  @Whole(0, 1000, "Relative weight within the skill.")
  weight!: number;

  @Whole(-1000, 1000, "Lowest value of the scale.")
  scaleMin!: number;

  @Whole(-1000, 1000, "Highest value of the scale, above the lowest.")
  scaleMax!: number;

  @Field(() => GateInput, { nullable: true, description: "The least rating, where there is one." })
  @IsOptional()
  @ValidateNested()
  gate?: GateInput | null;

  @Parts(() => AnchorInput, "What can be observed at each value.", { max: 21 })
  anchors!: AnchorInput[];
}

@InputType({ description: "A rubric with its first version." })
export class CreateRubricInput {
  @Line("Name of the rubric, unique in the organisation.")
  name!: string;

  @Parts(() => CriterionInput, "What is rated, in order.", { min: 1, max: 60 })
  criteria!: CriterionInput[];
}
