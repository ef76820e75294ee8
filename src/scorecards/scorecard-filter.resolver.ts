import { Args, Ctx as Context, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { Scorecard } from "./scorecard.entity";
import { scorecardListing } from "./scorecard-filter.actions";
import { ScorecardListArguments } from "./scorecard-filter.input";
import { scorecardWishFaults } from "./scorecard-filter.rules";

@Resolver()
export class ScorecardListResolver {
  @Query(() => connectionOf(Scorecard), {
    description: "Scorecards that you may see: your own, and others' where blind feedback allows.",
  })
  scorecards(@Context() ctx: Ctx, @Args(() => ScorecardListArguments) args: ScorecardListArguments) {
    const wishes = wishesOf(args.filter, scorecardWishFaults);
    return list(ctx, Scorecard, args, scorecardListing(ctx, wishes, args.orderBy ?? undefined));
  }
}
