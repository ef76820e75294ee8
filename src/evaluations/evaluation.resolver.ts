import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { Criterion } from "../question-bank/rubric.entity";
import { CriterionType } from "../question-bank/rubric.type";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import type { CriterionScore } from "./criterion-score.rules";
import { CriterionScoreType } from "./criterion-score.type";
import { type About, type Evaluation, evaluationOf } from "./evaluation.actions";
import { EvaluationType } from "./evaluation.type";
import type { GateResult } from "./gate.rules";
import { GateResultType } from "./gate.type";
import { ScorePrior } from "./score-prior.entity";
import { ScorePriorType } from "./score-prior.type";
import type { SkillScore } from "./skill-score.rules";
import { SkillScoreType } from "./skill-score.type";

@Resolver(() => ApplicationType)
export class ApplicationEvaluationResolver {
  @FieldResolver(() => EvaluationType, {
    complexity: 20,
    nullable: true,
    description:
      "The explained score over all sessions. Null while it is kept from you: you owe a scorecard, or sit on a panel whose " +
      "other scorecards are still closed to you. An auditor's covers COMPLETE sessions only.",
  })
  evaluation(@Root() { id }: Application, @Context() ctx: Ctx): Promise<Evaluation | null> {
    return evaluationOf(ctx, id);
  }
}

@Resolver(() => EvaluationType)
export class EvaluationResolver {
  @FieldResolver(() => [ScorePriorType], {
    description:
      "The estimates of the raters' spread that the interval leans on, one of each rubric version that has any; empty " +
      "without history or without a score.",
  })
  priors(@Root() { priorIds }: Evaluation, @Context() { db }: Ctx) {
    return Promise.all(priorIds.map((id) => byId(db, ScorePrior, id)));
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
    return criterionId ? byId(db, Criterion, criterionId) : null;
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
