import { Field, Int } from "type-graphql";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { Level } from "./level.rules";
import { LevelEnum } from "./level.type";
import type { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import type { Band } from "./role-profile.rules";

type PublishedProfile = Pick<RoleProfile, "id" | "name" | "externalKey" | "version">;

@Noun("RoleProfile", "A role that is hired for. What it asks stands in its versions, which never change.")
export abstract class RoleProfileType extends NodeType implements PublishedProfile {
  @Field(() => String, { description: "Name of the role; unique in the organisation." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the profile is called in files and elsewhere; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Int, { description: "Grows with each change of the profile: pass it to the next one." })
  version!: number;
}

@Value("ScoreBand", "A name for scores from `min` up, until the next band.")
class ScoreBandType implements Band {
  @Field(() => String, { description: "Name of the band." })
  label!: string;

  @Field(() => Int, { description: "Lowest score of the band, 0 to 100." })
  min!: number;
}

type PublishedVersion = Pick<
  RoleProfileVersion,
  "id" | "number" | "level" | "passMark" | "leastCoveragePercent" | "bands" | "createdAt"
>;

@Noun("RoleProfileVersion", "Everything that turns evidence into a score. Never changes.")
export abstract class RoleProfileVersionType extends NodeType implements PublishedVersion {
  @Field(() => Int, { description: "1, 2, 3 … within the profile." })
  number!: number;

  @Field(() => LevelEnum, { description: "Seniority of the role." })
  level!: Level;

  @Field(() => Int, { description: "Score from which a candidate is recommended, 0 to 100." })
  passMark!: number;

  @Field(() => Int, { description: "Share of the applicable weight that must have been observed, in percent." })
  leastCoveragePercent!: number;

  @Field(() => [ScoreBandType], { description: "Bands of the score, ascending; the first starts at 0." })
  bands!: Band[];

  @Field(() => Date, { description: "When the version was made." })
  createdAt!: Date;
}

type PublishedExpectation = Pick<Expectation, "id" | "level" | "weight" | "gate">;

@Noun("Expectation", "What a role expects of one skill.")
export abstract class ExpectationType extends NodeType implements PublishedExpectation {
  @Field(() => LevelEnum, { description: "Expected seniority in the skill." })
  level!: Level;

  @Field(() => Int, { description: "Relative weight of the skill in the score, 0 or more." })
  weight!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Least score of the skill, 0 to 100; a lower one cannot be made up for. Null: no gate.",
  })
  gate!: number | null;
}
