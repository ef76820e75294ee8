import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { NodeType, nodeOf } from "../platform/graphql/node";
import type { QuestionUse } from "./question-use.entity";
import { QuestionUseType } from "./question-use.type";

@Resolver(() => QuestionUseType)
export class QuestionUseResolver {
  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "The kit that plans it, or the session that asked it; null where you may not see that.",
  })
  usedIn(@Root() { usedIn }: QuestionUse, @Context() ctx: Ctx) {
    return nodeOf(ctx, usedIn);
  }
}
