import { Field, Int } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { Level } from "../skills/level.rules";
import { LevelEnum } from "../skills/level.type";
import type { ComparisonCell, ComparisonColumn, ComparisonRow } from "./comparison.rules";
import { EvaluationType } from "./evaluation.type";
import type { GateResult } from "./gate.rules";
import { GateResultType } from "./gate.type";
import type { ExplainedScore } from "./score.rules";
import type { SkillScore } from "./skill-score.rules";
import { SkillScoreType } from "./skill-score.type";

@Value("ComparedApplication", "An application in a comparison, as a whole.")
export abstract class ComparedApplicationType implements Pick<ComparisonColumn, "evaluation" | "withheld"> {
  @Field(() => Boolean, {
    description:
      "Whether the score is kept from you, as `Application.evaluation` would be: then the column holds none.",
  })
  withheld!: boolean;

  @Field(() => EvaluationType, { nullable: true, description: "The whole explained score; null where it is withheld." })
  evaluation!: ExplainedScore | null;
}

@Value("ComparisonCell", "One application in one skill.")
export abstract class ComparisonCellType implements Omit<ComparisonCell, "applicationId"> {
  @Field(() => LevelEnum, {
    nullable: true,
    description: "Expected seniority; null where the profile of its job does not name the skill.",
  })
  level!: Level | null;

  @Field(() => Int, {
    nullable: true,
    description: "Relative weight of the skill; null where the profile of its job does not name it.",
  })
  weight!: number | null;

  @Field(() => SkillScoreType, {
    nullable: true,
    description: "Score and coverage; null where withheld, or where the profile of its job does not name the skill.",
  })
  score!: SkillScore | null;

  @Field(() => GateResultType, {
    nullable: true,
    description: "How the gate on the skill came out; null where withheld, or where the profile has none.",
  })
  gate!: GateResult | null;
}

@Value("ComparedSkill", "A skill, and where each application stands in it.")
export abstract class ComparedSkillType implements Omit<ComparisonRow, "skillId"> {
  @Field(() => [ComparisonCellType], { description: "One for each application, in the order in which you named them." })
  cells!: ComparisonCell[];
}

@Value("ApplicationComparison", "Applications side by side, skill by skill.")
export abstract class ApplicationComparisonType {
  @Field(() => [ComparedApplicationType], { description: "The applications, in the order in which you named them." })
  applications!: ComparisonColumn[];

  @Field(() => [ComparedSkillType], {
    description:
      "Every skill that a profile of theirs names, in the first profile's order; what only others name after.",
  })
  skills!: ComparisonRow[];
}
