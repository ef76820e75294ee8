import { Field, ID } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { AccessEntry, AccessKind } from "../platform/journal/access-log.entity";
import { ActorKindEnum } from "./audit-trail.type";
import type { Viewer } from "./viewer.rules";

export const AccessKindEnum = enumOf<AccessKind>("AccessKind", "What the access log tells of.", {
  SIGNED_IN: "A token came in for the first time.",
  SIGN_IN_REFUSED: "Somebody who was deactivated, or a key that was closed, tried to come in.",
  REFUSED: "Somebody tried what they may not do; repeated attempts are written once a minute.",
  KEY_FROM_NEW_ADDRESS: "A key was used from an address from which it never had been, as far as the log goes back.",
  EXPORTED: "A file of the organisation's questions was handed out.",
});

type Published = Pick<
  AccessEntry,
  "id" | "kind" | "about" | "code" | "actorKind" | "actorId" | "requestId" | "address" | "createdAt"
>;

@Noun("AccessEntry", "Who came in, who was turned away, and what left the house. Kept for 90 days.")
export abstract class AccessEntryType extends NodeType implements Published {
  @Field(() => AccessKindEnum, { description: "What it tells of." })
  kind!: AccessKind;

  @Field(() => String, { description: "What was done, or why it was refused, in the words that the caller read." })
  about!: string;

  @Field(() => String, { nullable: true, description: "Why it was refused, for programs; null where nothing was." })
  code!: string | null;

  @Field(() => ActorKindEnum, { description: "Who it was." })
  actorKind!: Viewer["kind"];

  @Field(() => ID, { nullable: true, description: "Id of the member or key; null for the server's own work." })
  actorId!: string | null;

  @Field(() => String, { description: "Of the request: the `x-request-id` of its answer." })
  requestId!: string;

  @Field(() => String, {
    nullable: true,
    description: "IPv4 or IPv6 address that the request came from; null where it did not come over the network.",
  })
  address!: string | null;

  @Field(() => Date, { description: "When." })
  createdAt!: Date;
}
