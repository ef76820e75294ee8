import { Ctx as Context, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { type Ctx, ToDoType } from "../identity/viewer.type";
import { InterviewSession, Panelist } from "../interviews/interview-session.entity";
import { InterviewSessionType, PanelistType } from "../interviews/interview-session.type";
import { byId } from "../platform/db/loaders";
import { ownScorecardOf } from "./own-scorecard.actions";
import { ScorecardType } from "./scorecard.type";
import { owedScorecards } from "./to-do.actions";
import { minutesLate, type OwedScorecard } from "./to-do.rules";
import { OwedScorecardType } from "./to-do.type";

@Resolver(() => ToDoType)
export class ScorecardsToDoResolver {
  @FieldResolver(() => [OwedScorecardType], {
    description: "Scorecards that you owe to sessions that have begun, the longest due first; at most 50.",
  })
  scorecards(@Context() ctx: Ctx): Promise<OwedScorecard[]> {
    return owedScorecards(ctx);
  }
}

@Resolver(() => OwedScorecardType)
export class OwedScorecardResolver {
  @FieldResolver(() => InterviewSessionType, { description: "The session that waits for it." })
  interviewSession(@Root() { sessionId }: OwedScorecard, @Context() { db }: Ctx) {
    return byId(db, InterviewSession, sessionId);
  }

  @FieldResolver(() => PanelistType, { description: "Your seat on the panel." })
  panelist(@Root() { panelistId }: OwedScorecard, @Context() { db }: Ctx) {
    return byId(db, Panelist, panelistId);
  }

  @FieldResolver(() => ScorecardType, { nullable: true, description: "What you have begun; null where nothing is." })
  draft(@Root() { sessionId }: OwedScorecard, @Context() ctx: Ctx) {
    return ownScorecardOf(ctx, sessionId);
  }

  @FieldResolver(() => Int, { description: "Whole minutes since it was due; 0 while it is not." })
  minutesLate(@Root() owed: OwedScorecard, @Context() { now }: Ctx): number {
    return minutesLate(owed, now);
  }
}
