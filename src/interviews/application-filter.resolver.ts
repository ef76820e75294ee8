import { Args, Ctx as Context, Query, Resolver } from "type-graphql";
import { Application } from "../candidates/application.entity";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { applicationListing } from "./application-filter.actions";
import { ApplicationListArguments } from "./application-filter.input";
import { applicationWishFaults } from "./application-filter.rules";

/** Here, because what people look for in applications is told by sessions, of which `candidates` cannot know. */
@Resolver()
export class ApplicationListResolver {
  @Query(() => connectionOf(Application), { description: "Applications that you may see." })
  applications(@Context() ctx: Ctx, @Args(() => ApplicationListArguments) args: ApplicationListArguments) {
    const wishes = wishesOf(args.filter, applicationWishFaults);
    return list(ctx, Application, args, applicationListing(ctx, wishes, args.orderBy));
  }
}
