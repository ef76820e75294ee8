import { Field, Float, Int, ObjectType } from "type-graphql";
import { Criterion } from "./interview.entities";
import { Skill } from "./people.entities";

@ObjectType()
export class Interval {
  @Field(() => Float)
  lower!: number;

  @Field(() => Float)
  upper!: number;

  @Field(() => Float)
  level!: number;

  @Field(() => String)
  method!: string;
}

@ObjectType()
export class OverallScore {
  @Field(() => Float, { nullable: true })
  score!: number | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => Float, { nullable: true })
  coverage!: number | null;

  @Field(() => String, { nullable: true })
  band!: string | null;

  @Field(() => Int)
  raterCount!: number;

  @Field(() => Float, { nullable: true })
  effectiveRaterCount!: number | null;

  @Field(() => Float, { nullable: true })
  raterStandardDeviation!: number | null;

  @Field(() => Float)
  degreesOfFreedom!: number;

  @Field(() => Float, { nullable: true })
  standardError!: number | null;

  @Field(() => Interval, { nullable: true })
  interval!: Interval | null;
}

@ObjectType()
export class SkillScore {
  id!: string;

  @Field(() => Float, { nullable: true })
  score!: number | null;

  @Field(() => Float, { nullable: true })
  coverage!: number | null;

  @Field(() => Int)
  raterCount!: number;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => Interval, { nullable: true })
  interval!: Interval | null;

  @Field(() => Skill)
  skill!: Skill;
}

@ObjectType()
export class CriterionScore {
  @Field(() => Int)
  raterCount!: number;

  @Field(() => Float, { nullable: true })
  score!: number | null;

  @Field(() => Float, { nullable: true })
  rawMean!: number | null;

  @Field(() => Float, { nullable: true })
  rawStandardDeviation!: number | null;

  @Field(() => Float, { nullable: true })
  range!: number | null;

  @Field(() => Float, { nullable: true })
  averageDeviation!: number | null;

  @Field(() => Float, { nullable: true })
  rwg!: number | null;

  @Field(() => Boolean, { nullable: true })
  disagreement!: boolean | null;

  @Field(() => Boolean)
  notApplicable!: boolean;

  @Field(() => Float, { nullable: true })
  effectiveWeight!: number | null;

  @Field(() => Float, { nullable: true })
  contribution!: number | null;

  @Field(() => Criterion)
  criterion!: Criterion;
}

@ObjectType()
export class GateResult {
  @Field(() => String)
  kind!: string;

  @Field(() => Float)
  min!: number;

  @Field(() => Float, { nullable: true })
  actual!: number | null;

  @Field(() => String)
  status!: string;

  @Field(() => Criterion, { nullable: true })
  criterion!: Criterion | null;

  @Field(() => Skill, { nullable: true })
  skill!: Skill | null;
}

@ObjectType()
export class Evaluation {
  @Field(() => String)
  methodVersion!: string;

  @Field(() => String)
  recommendation!: string;

  @Field(() => Float, { nullable: true })
  probabilityAbovePass!: number | null;

  @Field(() => Boolean, { nullable: true })
  borderline!: boolean | null;

  @Field(() => Boolean, { nullable: true })
  opposed!: boolean | null;

  @Field(() => OverallScore)
  overall!: OverallScore;

  @Field(() => [SkillScore])
  skills!: SkillScore[];

  @Field(() => [CriterionScore])
  criteria!: CriterionScore[];

  @Field(() => [GateResult])
  gates!: GateResult[];
}
