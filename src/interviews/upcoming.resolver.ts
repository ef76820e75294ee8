import { Args, Ctx as Context, FieldResolver, Resolver } from "type-graphql";
import { isMember } from "../identity/viewer.rules";
import { type Ctx, ViewerType } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { InterviewSession } from "./interview-session.entity";
import { sessionListing } from "./session-filter.actions";

@Resolver(() => ViewerType)
export class UpcomingSessionsResolver {
  @FieldResolver(() => connectionOf(InterviewSession), {
    description:
      "The sessions on whose panel you sit that are to come or have begun, the soonest first; none for a key. Those that " +
      "still want a time are found by `interviewSessions`.",
  })
  upcomingSessions(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    const { viewer } = ctx;
    const own = isMember(viewer)
      ? sessionListing(ctx, { interviewerId: viewer.id, states: ["SCHEDULED", "IN_PROGRESS"] }, "STARTS_FIRST")
      : { where: () => "false" };
    return list(ctx, InterviewSession, args, own);
  }
}
