import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { QuestionVersion } from "../question-bank/question.entity";
import { QuestionVersionType } from "../question-bank/question.type";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import type { InterviewKit } from "./interview-kit.entity";
import type { KitWarning } from "./interview-kit.rules";
import { InterviewKitType } from "./interview-kit.type";
import { warningsOf } from "./interview-kit-warning.actions";
import { KitWarningType } from "./interview-kit-warning.type";

@Resolver(() => InterviewKitType)
export class InterviewKitWarningsResolver {
  @FieldResolver(() => [KitWarningType], {
    complexity: 5,
    description: "What whoever plans with the kit should know, as things are now; empty when all is well.",
  })
  warnings(@Root() { id }: InterviewKit, @Context() ctx: Ctx): Promise<KitWarning[]> {
    return warningsOf(ctx, id);
  }
}

@Resolver(() => KitWarningType)
export class KitWarningResolver {
  @FieldResolver(() => SkillType, {
    nullable: true,
    description: "The skill that is not covered, or not asked for; null for another warning.",
  })
  skill(@Root() { skillId }: KitWarning, @Context() { db }: Ctx) {
    return skillId ? byId(db, Skill, skillId) : null;
  }

  @FieldResolver(() => QuestionVersionType, {
    nullable: true,
    description: "The version of the question that is RETIRED; null for another warning.",
  })
  questionVersion(@Root() { questionVersionId }: KitWarning, @Context() { db }: Ctx) {
    return questionVersionId ? byId(db, QuestionVersion, questionVersionId) : null;
  }
}
