import { Ctx as Context, FieldResolver, Resolver } from "type-graphql";
import { type Ctx, ToDoType } from "../identity/viewer.type";
import type { QuestionVersion } from "./question.entity";
import { QuestionVersionType } from "./question.type";
import type { RubricVersion } from "./rubric.entity";
import { RubricVersionType } from "./rubric.type";
import { questionReviews, rubricReviews } from "./to-do.actions";

@Resolver(() => ToDoType)
export class ReviewsToDoResolver {
  @FieldResolver(() => [QuestionVersionType], {
    description:
      "Versions of questions that wait for a review which you may give, having written nothing in them; the oldest request " +
      "first, at most 50.",
  })
  questionReviews(@Context() ctx: Ctx): Promise<QuestionVersion[]> {
    return questionReviews(ctx);
  }

  @FieldResolver(() => [RubricVersionType], {
    description:
      "Versions of rubrics that wait for a review which you may give, having written nothing in them; the oldest request " +
      "first, at most 50.",
  })
  rubricReviews(@Context() ctx: Ctx): Promise<RubricVersion[]> {
    return rubricReviews(ctx);
  }
}
