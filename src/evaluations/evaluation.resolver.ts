import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/reading";
import { Criterion } from "../question-bank/rubric.entity";
import { CriterionType } from "../question-bank/rubric.type";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import type { CriterionScore } from "./criterion-score.rules";
import { type Evaluation, evaluationOf } from "./evaluation.actions";
import { CriterionScoreType, EvaluationType, GateResultType, SkillScoreType } from "./evaluation.type";
import type { GateResult } from "./gate.rules";
import type { SkillScore } from "./skill-score.rules";

/** A part of an evaluation, with the row that it is about. */
type About<T> = T & { criterionId?: string | undefined };

@Resolver(() => ApplicationType)
export class ApplicationEvaluationResolver {
  @FieldResolver(() => EvaluationType, {
    nullable: true,
    description:
      "The explained score over all sessions. Null while it is kept from you: you owe a scorecard, or sit on a panel whose " +
      "other scorecards are still closed to you.",
  })
  evaluation(@Root() { id }: Application, @Context() ctx: Ctx): Promise<Evaluation | null> {
    return evaluationOf(ctx, id);
  }
}

@Resolver(() => EvaluationType)
export class EvaluationResolver {
  @FieldResolver(() => [CriterionScoreType], { description: "Criterion by criterion, pooled over all sessions." })
  criteria(@Root() { criteria, criterionIds }: Evaluation): About<CriterionScore>[] {
    return criteria.map((each) => ({ ...each, criterionId: criterionIds.get(each.id) }));
  }

  @FieldResolver(() => [GateResultType], { description: "Gates of criteria, then of skills." })
  gates(@Root() { gates, criterionIds }: Evaluation): About<GateResult>[] {
    return gates.map((each) => ({ ...each, criterionId: criterionIds.get(each.id) }));
  }
}

@Resolver(() => SkillScoreType)
export class SkillScoreResolver {
  @FieldResolver(() => SkillType, { description: "The skill." })
  skill(@Root() { id }: SkillScore, @Context() { db }: Ctx) {
    return byId(db, Skill, id);
  }
}

@Resolver(() => CriterionScoreType)
export class CriterionScoreResolver {
  @FieldResolver(() => CriterionType, { description: "The criterion, in the newest version that was used." })
  criterion(@Root() { criterionId }: About<CriterionScore>, @Context() { db }: Ctx) {
    return byId(db, Criterion, criterionId ?? "");
  }
}

@Resolver(() => GateResultType)
export class GateResultResolver {
  @FieldResolver(() => CriterionType, { nullable: true, description: "The criterion; null for a gate on a skill." })
  criterion(@Root() { criterionId }: About<GateResult>, @Context() { db }: Ctx) {
    return criterionId ? byId(db, Criterion, criterionId) : null;
  }

  @FieldResolver(() => SkillType, { nullable: true, description: "The skill; null for a gate on a criterion." })
  skill(@Root() { id, kind }: GateResult, @Context() { db }: Ctx) {
    return kind === "SKILL" ? byId(db, Skill, id) : null;
  }
}
