import { Field, ID } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { JournalEntry } from "../platform/journal/journal.entity";
import type { Viewer } from "./viewer.rules";

export const ActorKindEnum = enumOf<Viewer["kind"]>("ActorKind", "Who acted.", {
  MEMBER: "Somebody of the organisation, signed in.",
  KEY: "A program, with a key.",
  WORKER: "The server itself.",
});

type Published = Pick<JournalEntry, "id" | "type" | "objectId" | "actorKind" | "actorId" | "requestId" | "changes"> & {
  createdAt: Date;
};

@Noun(
  "JournalEntry",
  "Something that happened, written in the transaction in which it did. Never changed; holds names and ids, and no values.",
)
export abstract class JournalEntryType extends NodeType implements Published {
  @Field(() => String, { description: "What happened, as in `scorecard.submitted`: a noun and what became of it." })
  type!: string;

  @Field(() => Date, { description: "When: the instant of the request, which everything that it writes carries." })
  createdAt!: Date;

  @Field(() => ID, { description: "Id of what it happened to." })
  objectId!: string;

  @Field(() => [String], { description: "Names of the fields that changed; empty where the type says it all." })
  changes!: string[];

  @Field(() => ActorKindEnum, { description: "Who did it." })
  actorKind!: Viewer["kind"];

  @Field(() => ID, {
    nullable: true,
    description: "Id of the member or key that did it; null for the server's own work.",
  })
  actorId!: string | null;

  @Field(() => String, {
    description: "Of the request that did it: the `x-request-id` of its answer, which the server's own log repeats.",
  })
  requestId!: string;
}
