import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import type { Evaluation } from "./evaluation.actions";
import { EvaluationType } from "./evaluation.type";
import { chartOf } from "./score-chart.actions";

@Resolver(() => EvaluationType)
export class ScoreChartResolver {
  @FieldResolver(() => String, {
    complexity: 100,
    description:
      "A picture of it as an SVG that stands by itself: a bar per skill with its interval, coverage, gates and the pass mark. " +
      "Names no candidate. Read in grey and by screen readers; safe to put into a page as it is.",
  })
  chart(@Root() evaluation: Evaluation, @Context() ctx: Ctx): Promise<string> {
    return chartOf(ctx, evaluation);
  }
}
