import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { DebriefNote } from "./debrief-note.entity";

type Published = Pick<DebriefNote, "id" | "text" | "createdAt">;

@Noun("DebriefNote", "What was said at a debrief; never changed.")
export abstract class DebriefNoteType extends NodeType implements Published {
  @Field(() => String, { description: "The note." })
  text!: string;

  @Field(() => Date, { description: "When it was written." })
  createdAt!: Date;
}
