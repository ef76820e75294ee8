import { Field, InputType } from "type-graphql";
import { ExternalKey, IdOf, Line, Version, Whole } from "../platform/graphql/input-fields";
import { Parts } from "../platform/graphql/input-lists";
import type { Level } from "./level.rules";
import { LevelEnum } from "./level.type";

@InputType({ description: "A name for scores from `min` up, until the next band." })
export class ScoreBandInput {
  @Line("Name of the band.", { max: 60 })
  label!: string;

  @Whole(0, 100, "Lowest score of the band.")
  min!: number;
}

@InputType({ description: "What the role expects of one skill." })
export class ExpectationInput {
  @IdOf("Skill", "The skill.")
  skillId!: string;

  @Field(() => LevelEnum, { description: "Expected seniority in the skill." })
  level!: Level;

  @Whole(0, 1000, "Relative weight of the skill in the score.")
  weight!: number;

  @Whole(0, 100, "Least score of the skill; a lower one cannot be made up for.", { optional: true })
  gate?: number | null;
}

/** Everything that a version says. */
@InputType()
export abstract class RoleProfileInput {
  @Line("Name of the role, unique in the organisation.")
  name!: string;

  @Field(() => LevelEnum, { description: "Seniority of the role." })
  level!: Level;

  @Whole(0, 100, "Score from which a candidate is recommended.")
  passMark!: number;

  @Whole(0, 100, "Percent of the applicable weight that must have been observed.")
  leastCoveragePercent!: number;

  @Parts(() => ScoreBandInput, "Bands of the score, ascending; the first starts at 0.", { min: 1, max: 20 })
  bands!: ScoreBandInput[];

  @Parts(() => ExpectationInput, "What is expected of each skill, in order.", { min: 1 })
  expectations!: ExpectationInput[];
}

@InputType({ description: "A role profile with its first version." })
export class CreateRoleProfileInput extends RoleProfileInput {
  @ExternalKey("What it is called in files and elsewhere; unique in the organisation.")
  externalKey?: string | null;
}

@InputType({ description: "All that the role profile shall say from now on: what is left out is taken away." })
export class EditRoleProfileInput extends RoleProfileInput {
  @IdOf("RoleProfile", "The profile.")
  id!: string;

  @Version("The profile's `version` that you read.")
  version!: number;
}
