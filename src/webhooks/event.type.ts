import { Field, ID } from "type-graphql";
import { ActorKindEnum } from "../identity/audit-trail.type";
import type { Viewer } from "../identity/viewer.rules";
import { Value } from "../platform/graphql/node";
import type { ToldEvent } from "./event.rules";

@Value("Event", "Something that happened. Webhooks tell the same. Never changed; holds names and ids, and no values.")
export abstract class EventType implements ToldEvent {
  @Field(() => ID, { description: "Of the journal's entry; the same in webhooks, to know a repeated one by." })
  id!: string;

  @Field(() => String, {
    description:
      "Its place in the organisation's journal, a whole number: 1, 2, 3 … Those that you are not told of are left out.",
  })
  position!: string;

  @Field(() => String, { description: "What happened, as in `scorecard.submitted`: a noun and what became of it." })
  type!: string;

  @Field(() => Date, { description: "When: the instant of the request that did it." })
  occurredAt!: Date;

  @Field(() => ID, { description: "Id of what it happened to." })
  objectId!: string;

  @Field(() => String, { nullable: true, description: "Type of what it happened to, such as `Scorecard`." })
  objectType!: string | null;

  @Field(() => ActorKindEnum, { description: "Who did it." })
  actorKind!: Viewer["kind"];

  @Field(() => ID, {
    nullable: true,
    description: "Id of the member or key that did it; null for the server's own work.",
  })
  actorId!: string | null;

  @Field(() => String, { description: "Of the request that did it: the `x-request-id` of its answer." })
  requestId!: string;

  @Field(() => [String], { description: "Names of the fields that changed; empty where the type says it all." })
  changes!: readonly string[];
}

@Value("EventEdge", "An event and its cursor.")
export abstract class EventEdgeType {
  @Field(() => String, { description: "To go on after this event: for `after`." })
  cursor!: string;

  // Its edge has been paid for.
  @Field(() => EventType, { description: "The event.", complexity: 0 })
  node!: EventType;
}

@Value("EventPageInfo", "Where to go on.")
export abstract class EventPageInfoType {
  @Field(() => Boolean, {
    description:
      "Whether the journal goes on after `endCursor`: also where the page is short or empty, ask on at once.",
  })
  hasNextPage!: boolean;

  @Field(() => String, {
    description:
      "To go on after all that this page looked through, also what you are not told of. Store it; it is there on an empty page too.",
  })
  endCursor!: string;
}

@Value("EventFeed", "A part of what happened, in order and without gaps. It is read forwards alone.")
export abstract class EventFeedType {
  @Field(() => [EventEdgeType], { description: "The events with their cursors." })
  edges!: EventEdgeType[];

  @Field(() => [EventType], { description: "The events." })
  nodes!: EventType[];

  @Field(() => EventPageInfoType, { description: "Where to go on." })
  pageInfo!: EventPageInfoType;

  @Field(() => String, { description: "Cursor of the newest event: to begin from now." })
  headCursor!: string;
}
