import { Args, Ctx as Context, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { NodeType, nodeOf } from "../platform/graphql/node";
import { check } from "../platform/graphql/user-errors";
import { cursorAt, eventPage } from "./event.actions";
import { EventArguments } from "./event.input";
import type { ToldEvent } from "./event.rules";
import { EventFeedType, EventType } from "./event.type";

@Resolver(() => EventType)
export class EventResolver {
  @Query(() => EventFeedType, {
    description:
      "What happened, in the order in which it was committed, for a program that was away. Keys hear of what they may see; an ADMIN, an AUDITOR and keys with AUDIT_READ of everything. " +
      "Repeat with `after: pageInfo.endCursor` until `hasNextPage` is false, and later go on from there.",
  })
  async events(@Context() ctx: Ctx, @Args(() => EventArguments) args: EventArguments): Promise<EventFeedType> {
    check(args);
    const { events, head, position, hasMore } = await eventPage(ctx, args);
    return {
      edges: events.map((node) => ({ cursor: cursorAt(ctx, node.position), node })),
      nodes: events,
      pageInfo: { hasNextPage: hasMore, endCursor: cursorAt(ctx, position) },
      headCursor: cursorAt(ctx, head),
    };
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "What it happened to, as it is now; null where you may not see it, or where it is no more.",
  })
  object(@Context() ctx: Ctx, @Root() { objectId }: ToldEvent) {
    return nodeOf(ctx, objectId);
  }
}
