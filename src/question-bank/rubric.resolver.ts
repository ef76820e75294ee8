import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createRubric } from "./rubric.actions";
import { Rubric } from "./rubric.entity";
import { CreateRubricInput } from "./rubric.input";
import { RubricType } from "./rubric.type";

const CreateRubricPayload = payloadOf("CreateRubric", "rubric", () => RubricType, "The new rubric.");

@Resolver()
export class RubricResolver {
  @Query(() => connectionOf(Rubric), { description: "Rubrics, by name." })
  rubrics(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Rubric, args);
  }

  @Mutation(() => CreateRubricPayload, { description: "Makes a rubric with its first version, which never changes." })
  createRubric(@Context() ctx: Ctx, @Input(() => CreateRubricInput) input: CreateRubricInput) {
    return payload(ctx, "rubric", input, createRubric);
  }
}
