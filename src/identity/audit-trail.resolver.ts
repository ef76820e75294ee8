import { Args, Ctx as Context, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { NodeType, nodeOf } from "../platform/graphql/node";
import { JournalEntry } from "../platform/journal/journal.entity";
import { JournalEntryType } from "./audit-trail.type";
import { auditTrailListing } from "./audit-trail-filter.actions";
import { AuditTrailArguments } from "./audit-trail-filter.input";
import { spanFaults } from "./audit-trail-filter.rules";
import type { Ctx } from "./viewer.type";

@Resolver(() => JournalEntryType)
export class AuditTrailResolver {
  @Query(() => connectionOf(JournalEntry), {
    description:
      "Everything that happened in the organisation, newest first. For an ADMIN, an AUDITOR, and keys with AUDIT_READ.",
  })
  auditTrail(@Context() ctx: Ctx, @Args(() => AuditTrailArguments) args: AuditTrailArguments) {
    return list(ctx, JournalEntry, args, auditTrailListing(wishesOf(args.filter, spanFaults)));
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "The member or key that did it; null for the server's own work, and where you may not see the key.",
  })
  actor(@Context() ctx: Ctx, @Root() { actorId }: JournalEntry) {
    return actorId && nodeOf(ctx, actorId);
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "What it happened to, as it is now; null where you may not see it, or where it is no more.",
  })
  object(@Context() ctx: Ctx, @Root() { objectId }: JournalEntry) {
    return nodeOf(ctx, objectId);
  }
}
