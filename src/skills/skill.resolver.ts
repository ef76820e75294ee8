import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createSkill } from "./skill.actions";
import { Skill } from "./skill.entity";
import { CreateSkillInput } from "./skill.input";
import { SkillType } from "./skill.type";

const CreateSkillPayload = payloadOf("CreateSkill", "skill", () => SkillType, "The new skill.");

@Resolver()
export class SkillResolver {
  @Query(() => connectionOf(Skill), { description: "The skill taxonomy, by slug." })
  skills(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Skill, args);
  }

  @Mutation(() => CreateSkillPayload, { description: "Adds a skill to the taxonomy." })
  createSkill(@Context() ctx: Ctx, @Input(() => CreateSkillInput) input: CreateSkillInput) {
    return payload(ctx, "skill", input, createSkill);
  }
}
