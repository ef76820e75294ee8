import { Args, Ctx as Context, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { InterviewSession } from "./interview-session.entity";
import { sessionListing } from "./session-filter.actions";
import { SessionListArguments } from "./session-filter.input";
import { sessionWishFaults } from "./session-filter.rules";

@Resolver()
export class SessionListResolver {
  @Query(() => connectionOf(InterviewSession), { description: "Sessions that you may see." })
  interviewSessions(@Context() ctx: Ctx, @Args(() => SessionListArguments) args: SessionListArguments) {
    const wishes = wishesOf(args.filter, sessionWishFaults);
    return list(ctx, InterviewSession, args, sessionListing(ctx, wishes, args.orderBy ?? undefined));
  }
}
