import { Arg, Ctx as Context, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import type { Question } from "./question.entity";
import { QuestionType } from "./question.type";
import { differenceOf } from "./question-diff.actions";
import { QuestionChangeType } from "./question-diff.type";

@Resolver(() => QuestionType)
export class QuestionDiffResolver {
  @FieldResolver(() => [QuestionChangeType], {
    complexity: 10,
    description:
      "What changed from one version to another; nothing where they say the same. The key and the guidance are left out " +
      "where you may not see them.",
  })
  diff(
    @Root() question: Question,
    @Arg("from", () => Int, { description: "Number of the earlier version." }) from: number,
    @Arg("to", () => Int, { description: "Number of the later version." }) to: number,
    @Context() ctx: Ctx,
  ) {
    return differenceOf(ctx, question, from, to);
  }
}
