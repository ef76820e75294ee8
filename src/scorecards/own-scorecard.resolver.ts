import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import type { InterviewSession } from "../interviews/interview-session.entity";
import { InterviewSessionType } from "../interviews/interview-session.type";
import { ownScorecardOf } from "./own-scorecard.actions";
import { ScorecardType } from "./scorecard.type";

@Resolver(() => InterviewSessionType)
export class OwnScorecardResolver {
  @FieldResolver(() => ScorecardType, {
    nullable: true,
    description: "Your own scorecard of it: your draft, or what you handed in. Null where there is neither.",
  })
  ownScorecard(@Root() { id }: InterviewSession, @Context() ctx: Ctx) {
    return ownScorecardOf(ctx, id);
  }
}
