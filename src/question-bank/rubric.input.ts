import { Field, InputType } from "type-graphql";
import { ExternalKey, IdOf, Line, Part, Prose, Slug, Version, Whole } from "../platform/graphql/input-fields";
import { IdsOf, Parts } from "../platform/graphql/input-lists";
import type { Verdict } from "./publication.rules";
import { VerdictEnum } from "./publication.type";
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

  @Part(() => GateInput, "The least rating, where there is one.")
  gate?: GateInput | null;

  @Parts(() => AnchorInput, "What can be observed at each value.", { max: 21 })
  anchors!: AnchorInput[];
}

/** Everything that a version says. */
@InputType()
export abstract class RubricInput {
  @Line("Name of the rubric, unique in the organisation.")
  name!: string;

  @IdsOf("Skill", "The skills that it claims to rate; left out: those of its criteria.", { max: 60 })
  skillIds?: string[] | null;

  @Parts(() => CriterionInput, "What is rated, in order.", { min: 1, max: 60 })
  criteria!: CriterionInput[];
}

@InputType({ description: "A rubric with its first version, which is a DRAFT." })
export class CreateRubricInput extends RubricInput {
  @ExternalKey("What it is called in files and elsewhere; unique in the organisation.")
  externalKey?: string | null;
}

@InputType()
abstract class RubricMoveInput {
  @IdOf("Rubric", "The rubric.")
  id!: string;

  @Version("The rubric's `version` that you read.")
  version!: number;
}

@InputType({
  description: "All that the rubric shall say from now on. Its name changes at once, the rest once published.",
})
export class EditRubricInput extends RubricInput {
  @IdOf("Rubric", "The rubric.")
  id!: string;

  @Version("The rubric's `version` that you read.")
  version!: number;
}

@InputType({ description: "The rubric whose draft is to be reviewed." })
export class RequestRubricReviewInput extends RubricMoveInput {}

@InputType({ description: "What you make of a rubric that is in review. You must not have written it." })
export class ReviewRubricInput extends RubricMoveInput {
  @Field(() => VerdictEnum, { description: "Whether it becomes READY, or goes back to its authors." })
  verdict!: Verdict;
}

@InputType({ description: "The rubric whose READY version is to be taken out of use." })
export class RetireRubricInput extends RubricMoveInput {}

@InputType({ description: "The rubric whose draft is given up." })
export class DiscardRubricDraftInput extends RubricMoveInput {}
