import { Arg, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import { type Comparison, compareApplications } from "./comparison.actions";
import type { ComparisonCell, ComparisonColumn, ComparisonRow } from "./comparison.rules";
import {
  ApplicationComparisonType,
  ComparedApplicationType,
  ComparedSkillType,
  ComparisonCellType,
} from "./comparison.type";

@Resolver()
export class ComparisonResolver {
  @Query(() => ApplicationComparisonType, {
    complexity: 20,
    description: "Compares applications, of one job or of several. NOT_FOUND where you may not see one of them.",
  })
  compareApplications(
    @Context() ctx: Ctx,
    @Arg("ids", () => [ID], { description: "Ids of 2 to 10 applications, each once." }) ids: string[],
  ): Promise<Comparison> {
    return compareApplications(ctx, ids);
  }
}

@Resolver(() => ComparedApplicationType)
export class ComparedApplicationResolver {
  @FieldResolver(() => ApplicationType, { description: "The application." })
  application(@Root() { applicationId }: ComparisonColumn, @Context() { db }: Ctx) {
    return byId(db, Application, applicationId);
  }
}

@Resolver(() => ComparedSkillType)
export class ComparedSkillResolver {
  @FieldResolver(() => SkillType, { description: "The skill." })
  skill(@Root() { skillId }: ComparisonRow, @Context() { db }: Ctx) {
    return byId(db, Skill, skillId);
  }
}

@Resolver(() => ComparisonCellType)
export class ComparisonCellResolver {
  @FieldResolver(() => ApplicationType, { description: "The application." })
  application(@Root() { applicationId }: ComparisonCell, @Context() { db }: Ctx) {
    return byId(db, Application, applicationId);
  }
}
