import { Args, Ctx as Context, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { NodeType, nodeOf } from "../platform/graphql/node";
import { AccessEntry } from "../platform/journal/access-log.entity";
import { AccessEntryType } from "./access-log.type";
import { accessLogListing } from "./access-log-filter.actions";
import { AccessLogArguments } from "./access-log-filter.input";
import { spanFaults } from "./audit-trail-filter.rules";
import type { Ctx } from "./viewer.type";

@Resolver(() => AccessEntryType)
export class AccessLogResolver {
  @Query(() => connectionOf(AccessEntry), {
    description:
      "Who came in, who was turned away, and what left the house, newest first; entries are kept for 90 days. " +
      "For an ADMIN, an AUDITOR, and keys with AUDIT_READ.",
  })
  accessLog(@Context() ctx: Ctx, @Args(() => AccessLogArguments) args: AccessLogArguments) {
    return list(ctx, AccessEntry, args, accessLogListing(wishesOf(args.filter, spanFaults)));
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "The member or key that it was; null for the server's own work, and where you may not see the key.",
  })
  actor(@Context() ctx: Ctx, @Root() { actorId }: AccessEntry) {
    return actorId && nodeOf(ctx, actorId);
  }
}
